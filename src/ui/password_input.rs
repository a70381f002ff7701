//! Owns the password field: masked until its button shows it, and made for password managers.

use super::icon::{Icon, glyph};
use super::text_input::TextInput;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A password field. Inside a [`Field`](super::field::Field) it takes its name and description from there.
#[component]
pub fn PasswordInput(
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// `current-password` or `new-password`.
    autocomplete: &'static str,
    /// The name of the button that shows it: "Show current password".
    #[prop(into)]
    show_label: TextProp,
    /// The element, for the caller's focus handling.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> Drawn {
    let shown = RwSignal::new(false);
    view! {
        <span class="password">
            <TextInput
                value=value
                on_input=on_input
                kind=Signal::derive(move || if shown.get() { "text" } else { "password" })
                autocomplete=autocomplete
                mono=true
                node_ref=node_ref
            />
            <button
                type="button"
                class="password-show"
                aria-label=move || show_label.get()
                aria-pressed=move || if shown.get() { "true" } else { "false" }
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {move || {
                    let glyph = if shown.get() { glyph::EYE_OFF } else { glyph::EYE };
                    view! { <Icon glyph=glyph /> }.draw()
                }}
            </button>
        </span>
    }
    .draw()
}
