//! The virtual table as it opens, before its rows have come, with some of them selected, and after its end.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Promise;
use leptos::prelude::*;
use roost::ui::support::drawn::Draw;
use roost::ui::virtual_table::{Column, VirtualTable};
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::DomRect;

use super::fake_fetch::set;
use super::support::mount::mount;
use super::support::query::{all, all_by_role, by_role, clean};
use super::support::wait::{tick, until};
use super::virtual_table::{open, row, rows, table};

#[wasm_bindgen_test]
async fn a_table_opens_without_asking_where_it_is() {
    let table = open(1000);
    let body = &all(&table.view, ".vt-body")[0];
    let asked = Rc::new(Cell::new(0));
    let count = Rc::clone(&asked);
    let measure = Closure::<dyn Fn() -> DomRect>::new(move || {
        count.set(count.get() + 1);
        DomRect::new().unwrap()
    });
    set(body, "getBoundingClientRect", measure.as_ref());
    // Effects run before the next frame: in it the first rows are there, and all is laid out once.
    for _ in 0..100 {
        JsFuture::from(Promise::resolve(&JsValue::NULL)).await.unwrap();
    }
    assert!(!rows(&table.view).is_empty());
    assert_eq!(asked.get(), 0);
    table.handle.scroll_to(500);
    assert!(asked.get() > 0, "it is counted");
}

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
