//! Owns the button of a bar that opens a panel of choices beside it.

use super::filter_chip::PanelPlace;
use super::icon::{Glyph, Icon};
use super::support::{run_if_alive, say};
use crate::ui::support::drawn::{ContentFn, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A quiet button with a panel.
#[component]
pub fn PanelButton(
    /// What one chooses there: "Columns".
    #[prop(into)]
    label: TextProp,
    /// Stands before the label.
    icon: Glyph,
    /// Where the panel stands.
    place: PanelPlace,
    /// The panel: a `FilterPanel` of the same place.
    #[prop(into)]
    panel: ContentFn,
    /// Called when the pointer or the focus comes: the reader may be about to open it.
    #[prop(into)]
    on_near: Callback<()>,
) -> Drawn {
    let face = view! {
        <Icon glyph=icon />
        <span>{say(label)}</span>
    };
    view! {
        <div
            class="panel-button"
            on:pointerenter=move |_| run_if_alive(on_near)
            on:focusin=move |_| run_if_alive(on_near)
        >
            {opener(place, "btn btn-quiet btn-small", face.draw())}
            {panel.run()}
        </div>
    }
    .draw()
}

/// The button that opens the panel of a place, and closes it.
pub(super) fn opener(place: PanelPlace, class: &'static str, face: Drawn) -> Drawn {
    let PanelPlace { open, anchor, id } = place;
    view! {
        <button
            type="button"
            class=class
            aria-haspopup="dialog"
            aria-expanded=move || if open.get() { "true" } else { "false" }
            aria-controls=move || open.get().then(|| id.get_value())
            node_ref=anchor
            on:click=move |_| open.update(|open| *open = !*open)
        >
            {face}
        </button>
    }
    .draw()
}
