//! Owns the bar under the page title: search and filters, which become one button and a sheet on a phone.

use super::button::{Button, ButtonKind};
use super::dialog::{Dialog, DialogSize};
use super::icon::glyph;
use crate::ui::support::drawn::{ContentFn, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Search, then filters. Under 768 px the filters are behind a button that says how many are on.
#[component]
pub fn Toolbar(
    /// The search box.
    #[prop(optional, into)]
    search: Option<ContentFn>,
    /// The filter chips, drawn in the bar.
    #[prop(into)]
    filters: ContentFn,
    /// The button of the phone: "Filters", "Filters 2".
    #[prop(into)]
    sheet_label: TextProp,
    /// Whether the sheet is open.
    sheet_open: RwSignal<bool>,
    /// The sheet: a `FilterSheet` with the same chips.
    #[prop(into)]
    sheet: ContentFn,
) -> Drawn {
    view! {
        <div class="toolbar">
            {search.map(|search| search.run())} <div class="toolbar-filters">{filters.run()}</div>
            <div class="toolbar-sheet">
                <Button label=sheet_label icon=glyph::FILTER on_click=move || sheet_open.set(true) />
            </div>
            {sheet.run()}
        </div>
    }
    .draw()
}

/// The filters on a phone.
#[component]
pub fn FilterSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// Its title: "Filters".
    #[prop(into)]
    title: TextProp,
    /// The button that closes it: "Show 31 users".
    #[prop(into)]
    done_label: TextProp,
    /// The filter chips.
    children: ContentFn,
) -> Drawn {
    let foot = move || {
        view! { <Button label=done_label.clone() kind=ButtonKind::Primary on_click=move || open.set(false) /> }
    };
    view! {
        <Dialog open=open on_close=move || open.set(false) title=title size=DialogSize::Confirm foot=foot>
            <div class="filter-sheet">{children.run()}</div>
        </Dialog>
    }
    .draw()
}
