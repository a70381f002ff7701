//! The virtual table: few elements for many rows, each at its place, and a focus that is never lost.

use leptos::prelude::*;
use roost::ui::row_pool::{OVERSCAN, pool_size};
use roost::ui::support::drawn::Draw;
use roost::ui::virtual_table::{Anchor, Breakpoint, Column, RowSlot, SortKey, TableHandle, VirtualTable};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::support::mount::{Mounted, mount};
use super::support::query::{all, all_by_role, by_role, clean, focused, focused_name, has_role};
use super::support::wait::{frame, tick, until};

/// A table in the page, and what its owner holds.
pub struct Table {
    /// What is drawn.
    pub view: Mounted,
    /// Leads to its rows.
    pub handle: TableHandle,
    /// The names of the rows, in order; the table only ever sees how many there are.
    order: RwSignal<Vec<usize>>,
    sort: RwSignal<Vec<SortKey>>,
    pressed: RwSignal<Vec<(&'static str, bool)>>,
}

/// A table whose window is full.
pub async fn table(count: usize) -> Table {
    let table = open(count);
    if count > 0 {
        until("rows are drawn", || !rows(&table.view).is_empty()).await;
        until("the table has opened", || {
            all(&table.view, "[data-slot]").len() > pool(&table.view)
        })
        .await;
    }
    // Once more after the first row was measured.
    tick().await;
    table
}

/// A table that was just put into the page.
pub fn open(count: usize) -> Table {
    let order = RwSignal::new((0..count).collect::<Vec<_>>());
    let sort = RwSignal::new(vec![SortKey {
        column: "name",
        descending: false,
    }]);
    let pressed = RwSignal::new(Vec::new());
    let handle = RwSignal::new(None);
    let view = mount(move || {
        let grip = TableHandle::new();
        handle.set(Some(grip));
        let name =
            move |index: usize| order.with(|order| order.get(index).map_or(String::new(), |n| format!("User {n}")));
        let columns = vec![
            Column::new("name", "Name", "minmax(0, 1fr)").sortable(),
            Column::new("devices", "Devices", "6rem")
                .at_end()
                .from(Breakpoint::Largest)
                .sortable(),
        ];
        let cells = move |slot: RowSlot| {
            vec![
                view! { <a class="row-link" href="#" >{move || slot.read(name)}</a> }.draw(),
                view! { <span>{move || slot.read(|index| index.to_string())}</span> }.draw(),
            ]
        };
        view! {
            <VirtualTable
                label="Users"
                columns=columns
                cells=cells
                count=move || order.with(Vec::len)
                sort=sort
                on_sort=move |press: (&'static str, bool)| pressed.update(|all| all.push(press))
                selected=|index: usize| index == 2
                loading_label="Loading users"
                handle=grip
            />
        }
        .draw()
    });
    let handle = handle.get_untracked().unwrap();
    Table {
        view,
        handle,
        order,
        sort,
        pressed,
    }
}

/// How many rows the window takes, and those beyond its edges.
fn pool(view: &HtmlElement) -> usize {
    let window = window().inner_height().unwrap().as_f64().unwrap();
    pool_size(window, rows(view)[0].get_bounding_client_rect().height())
}

/// The rows that show, in the order of the document, without the head.
pub fn rows(view: &HtmlElement) -> Vec<HtmlElement> {
    all(view, "[data-slot]:not([hidden])")
}

/// The row of that name, where it is drawn.
pub fn row(view: &HtmlElement, name: &str) -> Option<HtmlElement> {
    rows(view)
        .into_iter()
        .find(|row| all(row, "a").iter().any(|link| clean(link) == name))
}

fn top(view: &HtmlElement, name: &str) -> f64 {
    row(view, name)
        .unwrap_or_else(|| panic!("{name} is not drawn"))
        .get_bounding_client_rect()
        .top()
}

async fn scroll_to(table: &Table, y: f64, name: &str) {
    window().scroll_to_with_x_and_y(0.0, y);
    until(name, || row(&table.view, name).is_some()).await;
    tick().await;
}

#[wasm_bindgen_test]
async fn a_hundred_thousand_rows_cost_a_screenful() {
    let table = table(100_000).await;
    let screenful = window().inner_height().unwrap().as_f64().unwrap();
    let most = pool_size(screenful, 40.0) + 2;
    assert!(all(&table.view, "[data-slot]").len() < most);
    let grid = by_role(&table.view, "table", "Users");
    assert_eq!(grid.get_attribute("aria-rowcount").as_deref(), Some("100001"));
    assert!(grid.get_bounding_client_rect().height() > 4_000_000.0);
}

#[wasm_bindgen_test]
async fn the_first_rows_come_some_in_each_frame_until_they_fill_the_window() {
    // However long the list was known: the page around it is drawn in the first of these frames.
    let table = open(10_000);
    let mut seen = vec![0];
    while all(&table.view, "[data-slot]").len() < 20 || all(&table.view, "[data-slot]").len() <= pool(&table.view) {
        seen.push(rows(&table.view).len());
        frame().await;
    }
    tick().await;
    seen.push(rows(&table.view).len());
    assert!(seen.len() > 4, "{seen:?}");
    assert!(seen.windows(2).all(|pair| pair[1] - pair[0] <= 8), "{seen:?}");
    let whole_rows = pool(&table.view) - 2 * OVERSCAN - 2;
    assert!(rows(&table.view).len() > whole_rows, "the window is full");
}

#[wasm_bindgen_test]
async fn in_the_midst_of_a_list_all_rows_come_at_once() {
    let table = table(1000).await;
    window().scroll_to_with_x_and_y(0.0, 9_600.0);
    tick().await;
    let expected = rows(&table.view).len();
    drop(table);
    let table = open(0);
    table.handle.restore(Anchor {
        index: 200,
        offset: 0.0,
    });
    table.order.set((0..1000).collect());
    until("rows are drawn", || !rows(&table.view).is_empty()).await;
    assert!(
        rows(&table.view).len() + 1 >= expected,
        "{} of {expected}",
        rows(&table.view).len()
    );
}

#[wasm_bindgen_test]
async fn every_row_has_its_number_and_its_place() {
    let table = table(1000).await;
    scroll_to(&table, 20_000.0, "User 420").await;
    let shown = rows(&table.view);
    for one in &shown {
        let number: usize = one.get_attribute("aria-rowindex").unwrap().parse().unwrap();
        assert_eq!(clean(&all(one, "a")[0]), format!("User {}", number - 2));
    }
    let step = top(&table.view, "User 421") - top(&table.view, "User 420");
    assert!(
        (step - shown[0].get_bounding_client_rect().height()).abs() < 1.0,
        "rows stand one under the other"
    );
}

#[wasm_bindgen_test]
async fn scrolling_reuses_the_elements() {
    let table = table(10_000).await;
    // Nothing but the number of slots may depend on where one was.
    let before = all(&table.view, "[data-slot]");
    scroll_to(&table, 100_000.0, "User 2090").await;
    let after = all(&table.view, "[data-slot]");
    assert_eq!(before.len(), after.len());
    assert!(before.iter().all(|one| after.contains(one)));
}

#[wasm_bindgen_test]
async fn at_rest_the_document_has_the_order_of_the_screen() {
    let table = table(1000).await;
    scroll_to(&table, 10_300.0, "User 220").await;
    until("the rows are in order", || {
        let numbers: Vec<usize> = rows(&table.view)
            .iter()
            .map(|one| one.get_attribute("aria-rowindex").unwrap().parse().unwrap())
            .collect();
        numbers.is_sorted()
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_focused_row_is_never_recycled() {
    let table = table(10_000).await;
    let link = all(&row(&table.view, "User 3").unwrap(), "a")[0].clone();
    link.focus().unwrap();
    for y in [3_000.0, 60_000.0, 300_000.0] {
        window().scroll_to_with_x_and_y(0.0, y);
        tick().await;
        assert_eq!(focused(), Some(link.clone()));
        assert_eq!(focused_name(), "User 3");
    }
    until("the row that it displaced is there too", || {
        row(&table.view, "User 6260").is_some()
    })
    .await;
    let numbers: Vec<_> = rows(&table.view)
        .iter()
        .filter_map(|one| one.get_attribute("aria-rowindex"))
        .collect();
    let mut unique = numbers.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), numbers.len(), "no row shows twice");

    link.blur().unwrap();
    window().scroll_to_with_x_and_y(0.0, 300_400.0);
    until("it is free again", || row(&table.view, "User 3").is_none()).await;
}

#[wasm_bindgen_test]
async fn a_new_order_keeps_the_row_at_the_edge_where_it_is() {
    let table = table(1000).await;
    scroll_to(&table, 9_600.0, "User 205").await;
    let anchor = table.handle.anchor().unwrap();
    let name = format!("User {}", anchor.index);
    let before = top(&table.view, &name);
    // A hundred newcomers sort before it.
    table
        .order
        .update(|order| order.splice(0..0, 1000..1100).for_each(drop));
    table.handle.reordered(|old| Some(old + 100));
    until("the new order is drawn", || row(&table.view, &name).is_some()).await;
    tick().await;
    assert!((top(&table.view, &name) - before).abs() < 1.0);
    assert_eq!(table.handle.anchor().unwrap().index, anchor.index + 100);
}

#[wasm_bindgen_test]
async fn a_new_order_keeps_the_focus_on_the_same_person() {
    let table = table(1000).await;
    let link = all(&row(&table.view, "User 5").unwrap(), "a")[0].clone();
    link.focus().unwrap();
    let before = link.get_bounding_client_rect().top();
    table
        .order
        .update(|order| order.splice(0..0, 1000..1300).for_each(drop));
    table.handle.reordered(|old| Some(old + 300));
    tick().await;
    assert_eq!(focused(), Some(link.clone()));
    assert_eq!(focused_name(), "User 5");
    assert!((link.get_bounding_client_rect().top() - before).abs() < 1.0);
}

#[wasm_bindgen_test]
async fn a_shorter_list_shows_no_row_that_is_gone() {
    let table = table(1000).await;
    scroll_to(&table, 30_000.0, "User 630").await;
    table.order.update(|order| order.truncate(3));
    until("three rows are left", || rows(&table.view).len() == 3).await;
    assert_eq!(
        by_role(&table.view, "table", "Users")
            .get_attribute("aria-rowcount")
            .as_deref(),
        Some("4")
    );
}

#[wasm_bindgen_test]
async fn a_place_is_restored_as_soon_as_its_row_is_there() {
    let table = table(0).await;
    table.handle.restore(Anchor {
        index: 500,
        offset: 10.0,
    });
    frame().await;
    table.order.set((0..1000).collect());
    until("the row is there", || row(&table.view, "User 500").is_some()).await;
    tick().await;
    assert!((top(&table.view, "User 500") + 10.0).abs() < 1.5);
    let anchor = table.handle.anchor().unwrap();
    assert_eq!(anchor.index, 500);
}

#[wasm_bindgen_test]
async fn scrolling_to_a_row_puts_it_under_the_head_and_moves_no_further_than_needed() {
    let table = table(1000).await;
    table.handle.scroll_to(400);
    until("the row is there", || row(&table.view, "User 400").is_some()).await;
    tick().await;
    let place = row(&table.view, "User 400").unwrap().get_bounding_client_rect();
    assert!(place.bottom() <= window().inner_height().unwrap().as_f64().unwrap());
    let y = window().scroll_y().unwrap();
    table.handle.scroll_to(399);
    assert!((window().scroll_y().unwrap() - y).abs() < 0.5, "it shows already");
    table.handle.scroll_to(0);
    until("the first row is there", || row(&table.view, "User 0").is_some()).await;
    tick().await;
    let head = all_by_role(&table.view, "rowgroup")[0]
        .get_bounding_client_rect()
        .bottom();
    assert!(top(&table.view, "User 0") >= head - 1.0, "the head does not cover it");
}

#[wasm_bindgen_test]
async fn focusing_a_far_row_reaches_its_link() {
    let table = table(1000).await;
    table.handle.focus(700);
    until("it has the focus", || focused_name() == "User 700").await;
}

#[wasm_bindgen_test]
async fn larger_text_moves_the_rows_apart_and_keeps_the_reader_in_place() {
    let table = table(1000).await;
    scroll_to(&table, 9_600.0, "User 205").await;
    let before = table.handle.anchor().unwrap().index;
    let root: HtmlElement = wasm_bindgen::JsCast::unchecked_into(document().document_element().unwrap());
    let old = rows(&table.view)[0].get_bounding_client_rect().height();
    root.style().set_property("font-size", "200%").unwrap();
    until("the rows are further apart", || {
        row(&table.view, "User 206")
            .zip(row(&table.view, "User 207"))
            .is_some_and(|(one, next)| {
                let step = next.get_bounding_client_rect().top() - one.get_bounding_client_rect().top();
                (step - 2.0 * old).abs() < 2.0
            })
    })
    .await;
    let after = table.handle.anchor().unwrap().index;
    root.style().remove_property("font-size").unwrap();
    assert!(after.abs_diff(before) <= 1, "{before} became {after}");
}

#[wasm_bindgen_test]
async fn the_head_says_what_it_is_sorted_by_and_sorts() {
    let table = table(10).await;
    let heads = all_by_role(&table.view, "columnheader");
    let states = |heads: &[HtmlElement]| {
        heads
            .iter()
            .map(|one| one.get_attribute("aria-sort"))
            .collect::<Vec<_>>()
    };
    assert_eq!(states(&heads), [Some("ascending".to_owned()), None]);
    by_role(&table.view, "button", "Name").click();
    assert_eq!(table.pressed.get_untracked(), [("name", false)]);
    table.sort.set(vec![
        SortKey {
            column: "devices",
            descending: true,
        },
        SortKey {
            column: "name",
            descending: false,
        },
    ]);
    tick().await;
    assert_eq!(
        states(&heads),
        [None, Some("descending".to_owned())],
        "only the first key is announced"
    );
    assert!(
        has_role(&table.view, "button", "Name 2"),
        "the second key has its number"
    );
}
