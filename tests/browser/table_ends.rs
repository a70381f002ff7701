//! The virtual table before its rows have come, with some of them selected, and after its end.

use leptos::prelude::*;
use roost::ui::support::drawn::Draw;
use roost::ui::virtual_table::{Column, VirtualTable};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::mount::mount;
use super::support::query::{all_by_role, by_role, clean};
use super::support::wait::{tick, until};
use super::virtual_table::{row, table};

#[wasm_bindgen_test]
async fn a_selected_row_has_the_perch_and_rows_on_their_way_are_skeletons() {
    let table = table(10).await;
    assert!(row(&table.view, "User 2").unwrap().class_list().contains("vt-selected"));
    assert!(!row(&table.view, "User 3").unwrap().class_list().contains("vt-selected"));

    let count = RwSignal::new(0);
    let view = mount(move || {
        let columns = vec![Column::new("name", "Name", "1fr")];
        view! {
            <VirtualTable
                label="People"
                columns=columns
                cells=|_| vec!["x".draw()]
                count=count
                sort=Signal::stored(Vec::new())
                on_sort=|_: (&'static str, bool)| ()
                loading=Signal::stored(true)
                loading_label="Loading users"
            />
        }
        .draw()
    });
    assert_eq!(clean(&all_by_role(&view, "status")[0]), "Loading users");
    assert_eq!(
        by_role(&view, "table", "People").get_attribute("aria-busy").as_deref(),
        Some("true")
    );
    count.set(40);
    until("the first rows take their place", || {
        all_by_role(&view, "status").is_empty()
    })
    .await;
}

#[wasm_bindgen_test]
async fn after_the_table_is_gone_scrolling_is_no_ones_business() {
    let mut table = table(1000).await;
    table.view.unmount();
    window()
        .dispatch_event(&web_sys::Event::new("scroll").unwrap())
        .unwrap();
    window()
        .dispatch_event(&web_sys::Event::new("resize").unwrap())
        .unwrap();
    table.handle.scroll_to(5);
    table.handle.focus(5);
    table.handle.reordered(Some);
    tick().await;
    assert_eq!(table.handle.anchor(), None);
}
