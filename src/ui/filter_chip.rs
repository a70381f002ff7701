//! Owns the chip of a filter: dashed "+ Role" while it is off, solid "Role: admin ×" while it is on.

use super::icon::{Icon, glyph};
use super::panel_button::opener;
use super::support::{focus, next_id, run_if_alive, say};
use crate::ui::support::drawn::{ContentFn, Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What a chip and the panel of its choices share; copies are the same place.
#[derive(Clone, Copy)]
pub struct PanelPlace {
    /// Whether the panel is open.
    pub open: RwSignal<bool>,
    /// The button it stands beside.
    pub(super) anchor: NodeRef<html::Button>,
    /// The panel's id.
    pub(super) id: StoredValue<String>,
}

impl PanelPlace {
    /// For one chip.
    pub fn new() -> Self {
        Self {
            open: RwSignal::new(false),
            anchor: NodeRef::new(),
            id: StoredValue::new(next_id()),
        }
    }
}

impl Default for PanelPlace {
    fn default() -> Self {
        Self::new()
    }
}

/// One filter of a list.
#[component]
pub fn FilterChip(
    /// What it filters by: "Role".
    #[prop(into)]
    name: TextProp,
    /// The values chosen, in words; empty while it is off.
    #[prop(into)]
    value: Signal<String>,
    /// Takes it off.
    #[prop(into)]
    on_clear: Callback<()>,
    /// The name of the ×: "Remove the filter by role".
    #[prop(into)]
    clear_label: TextProp,
    /// Where the panel stands.
    place: PanelPlace,
    /// The panel: a `FilterPanel` of the same place.
    #[prop(into)]
    panel: ContentFn,
    /// Called when the pointer or the focus comes: the reader may be about to open it.
    #[prop(into)]
    on_near: Callback<()>,
) -> Drawn {
    let is_on = Memo::new(move |_| value.with(|value| !value.is_empty()));
    let clear = move || {
        on_clear.run(());
        if let Some(button) = place.anchor.get_untracked() {
            focus::focus(&button);
        }
    };
    let face = view! {
        {move || (!is_on.get()).then(|| view! { <Icon glyph=glyph::PLUS /> })}
        <span>{say(name)} {move || is_on.get().then_some(":")}</span>
        {move || is_on.get().then(|| view! { <span class="chip-value">{move || value.get()}</span> })}
    };
    view! {
        <div
            class="chip"
            class:chip-on=move || is_on.get()
            on:pointerenter=move |_| run_if_alive(on_near)
            on:focusin=move |_| run_if_alive(on_near)
        >
            {opener(place, "chip-button", face.draw())}
            {move || {
                let label = clear_label.clone();
                is_on
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="chip-clear"
                                aria-label=move || label.get()
                                on:click=move |_| clear()
                            >
                                <Icon glyph=glyph::CLOSE />
                            </button>
                        }
                    })
            }}
            {panel.run()}
        </div>
    }
    .draw()
}
