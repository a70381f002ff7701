//! Owns the plain table of few rows: a native one, in the page's flow. Long lists have `virtual_table`.

use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::keyed::{Line, keyed};
use crate::ui::support::say;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// The head of a column.
#[derive(Clone)]
pub struct ShortColumn {
    /// Its title.
    pub title: TextProp,
    /// Only shown where the page is wide: 1360 px.
    pub wide_only: bool,
}

impl ShortColumn {
    /// One that always shows.
    pub fn new(title: impl Into<TextProp>) -> Self {
        Self {
            title: title.into(),
            wide_only: false,
        }
    }

    /// The same, for wide pages only. Its cells need the class `short-wide`, too.
    pub fn wide_only(mut self) -> Self {
        self.wide_only = true;
        self
    }
}

/// A table. Each line draws the cells of its row.
#[component]
pub fn ShortTable(
    /// The id of the heading that names it.
    labelled_by: &'static str,
    /// The columns.
    columns: Vec<ShortColumn>,
    /// The rows, by key.
    rows: impl Fn() -> Vec<Line> + Send + Sync + 'static,
) -> Drawn {
    let heads: Vec<Drawn> = columns
        .into_iter()
        .map(|column| {
            view! {
                <th scope="col" class=column.wide_only.then_some("short-wide")>
                    {say(column.title)}
                </th>
            }
            .draw()
        })
        .collect();
    view! {
        <table class="short-table" aria-labelledby=labelled_by>
            <thead>
                <tr>{heads}</tr>
            </thead>
            <tbody>{keyed(rows)}</tbody>
        </table>
    }
    .draw()
}
