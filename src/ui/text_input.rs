//! Owns the single-line text field.

use super::field::FieldIds;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A text field. Inside a [`Field`](super::field::Field) it takes its name and description from there.
#[component]
pub fn TextInput(
    /// What is in it.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// The accessible name where no field is around it.
    #[prop(optional, into)]
    name: Option<TextProp>,
    /// The `type` attribute: `text`, `email`, `password`…
    #[prop(default = Signal::stored("text"), into)]
    kind: Signal<&'static str>,
    /// The `autocomplete` attribute.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// The `inputmode` attribute.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// An example, never the label.
    #[prop(optional, into)]
    placeholder: Option<TextProp>,
    /// In the fixed-width face: tokens, addresses.
    #[prop(optional)]
    mono: bool,
    /// May be read and copied only.
    #[prop(optional, into)]
    read_only: Signal<bool>,
    /// Has the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// The element, for the caller's focus handling.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> Drawn {
    let ids = FieldIds::around();
    view! {
        <input
            class=if mono { "input mono" } else { "input" }
            id=ids.control.clone()
            type=move || kind.get()
            autocomplete=autocomplete
            inputmode=inputmode
            spellcheck="false"
            autocapitalize="none"
            autofocus=autofocus
            placeholder=move || placeholder.as_ref().map(TextProp::get)
            aria-label=move || name.as_ref().map(TextProp::get)
            aria-describedby=ids.described()
            aria-invalid=ids.wrong()
            readonly=move || read_only.get()
            prop:value=move || value.get()
            node_ref=node_ref
            on:input=move |event| on_input.run(event_target_value(&event))
        />
    }
    .draw()
}
