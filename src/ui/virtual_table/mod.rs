//! Owns the table of any length: a pool of recycled rows in the page's own scroller, placed by transform.
//!
//! `div`s with table roles, because native rows miss frames. The window scrolls, not a box in it: keys, wheel and
//! phone bars work as everywhere, and nothing scrolls sideways. What the caller describes is in
//! `column`, the head in `head`, the rows in `rows` and `document_order`, how they come at first in `opening`, the
//! caller's grip on scrolling in `handle` and `window`.

mod column;
mod document_order;
mod handle;
mod head;
mod opening;
mod rows;
mod window;

use super::skeleton::SkeletonRows;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::sync::Arc;

pub use column::{Breakpoint, Column, RowCells, RowSlot, SortKey};
pub use handle::{Anchor, TableHandle};

/// A virtual table.
///
/// `count` rows are numbered by their position in the caller's order; cells are drawn once for each slot of the pool and
/// read the position from their [`RowSlot`], so that scrolling changes text, not elements.
#[component]
pub fn VirtualTable(
    /// The name of the table: "Users".
    #[prop(into)]
    label: TextProp,
    /// What is in it.
    columns: Vec<Column>,
    /// Draws the contents of a slot's cells, one for each column.
    #[prop(into)]
    cells: RowCells,
    /// How many rows there are.
    #[prop(into)]
    count: Signal<usize>,
    /// What it is sorted by, first key first.
    #[prop(into)]
    sort: Signal<Vec<SortKey>>,
    /// Called with the column whose head was pressed, and whether its key is to be added (Shift) to those there are.
    #[prop(into)]
    on_sort: Callback<(&'static str, bool)>,
    /// Whether the row at a position is selected: it carries the perch.
    #[prop(optional, into)]
    selected: Option<Callback<usize, bool>>,
    /// The rows are on their way: skeletons while there are none.
    #[prop(optional, into)]
    loading: Signal<bool>,
    /// Heard while there are none: "Loading users".
    #[prop(into)]
    loading_label: TextProp,
    /// The caller's grip on scrolling.
    #[prop(optional)]
    handle: TableHandle,
) -> Drawn {
    let tracks = column::Tracks::of(&columns);
    let classes: Arc<[String]> = columns.iter().map(Column::class).collect();
    let waiting = Memo::new(move |_| loading.get() && count.get() == 0);
    view! {
        <div
            class="vt"
            role="table"
            aria-label=move || label.get()
            aria-rowcount=move || (count.get() + 1).to_string()
            aria-busy=move || loading.get().then_some("true")
            style:--cols-s=tracks.small
            style:--cols-m=tracks.medium
            style:--cols-l=tracks.large
            style:--cols-xl=tracks.largest
        >
            <head::Head columns=columns sort=sort on_sort=on_sort />
            <rows::Rows classes=classes cells=cells count=count selected=selected handle=handle />
        </div>
        {move || waiting.get().then(|| view! { <SkeletonRows label=loading_label.clone() /> })}
    }
    .draw()
}
