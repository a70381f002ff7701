//! The sticky head: real buttons that sort, `aria-sort` on the first key only.

use super::column::{Column, SortKey};
use crate::ui::icon::{Icon, IconSize, glyph};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::say;
use leptos::prelude::*;

/// The row of column heads.
#[component]
pub(super) fn Head(columns: Vec<Column>, sort: Signal<Vec<SortKey>>, on_sort: Callback<(&'static str, bool)>) -> Drawn {
    let sort = Memo::new(move |_| sort.get());
    let heads: Vec<_> = columns
        .into_iter()
        .map(|column| column_head(column, sort, on_sort))
        .collect();
    view! {
        <div class="vt-head" role="rowgroup">
            <div class="vt-row" role="row" aria-rowindex="1">
                {heads}
            </div>
        </div>
    }
    .draw()
}

fn column_head(column: Column, sort: Memo<Vec<SortKey>>, on_sort: Callback<(&'static str, bool)>) -> Drawn {
    let class = column.class();
    let key = column.key;
    // Which key of the sort it is, from 0, and its direction.
    let place = move || {
        sort.with(|sort| {
            sort.iter()
                .position(|one| one.column == key)
                .zip(sort.iter().find(|one| one.column == key))
                .map(|(at, one)| (at, if one.descending { "descending" } else { "ascending" }))
        })
    };
    let aria_sort = move || place().and_then(|(at, direction)| (at == 0).then_some(direction));
    let content = if column.sortable {
        view! {
            <button
                type="button"
                class="vt-sort"
                data-sorted=move || place().map(|(_, direction)| direction)
                on:click=move |event| on_sort.run((key, event.shift_key()))
            >
                <span class="vt-cut">{say(column.title)}</span>
                {move || place().map(|_| view! { <Icon glyph=glyph::SORT size=IconSize::Small /> })}
                {move || {
                    place().filter(|(at, _)| *at > 0).map(|(at, _)| view! { <span class="vt-rank">{at + 1}</span> })
                }}
            </button>
        }
        .draw()
    } else if let Some(head) = column.head {
        head.run()
    } else {
        say(column.title)
    };
    view! {
        <div class=class role="columnheader" aria-sort=aria_sort>
            {content}
        </div>
    }
    .draw()
}
