//! Owns the search box: icon, field, clear button, and the key that leads there.

use super::icon::{Icon, glyph};
use super::kbd::Kbd;
use super::support::focus;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A search box. Escape clears it, as the button does.
#[component]
pub fn SearchInput(
    /// What is searched for.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// The accessible name: "Search users".
    #[prop(into)]
    label: TextProp,
    /// What one may type: "Name, e-mail, group, id".
    #[prop(into)]
    placeholder: TextProp,
    /// The name of the clear button.
    #[prop(into)]
    clear_label: TextProp,
    /// Whether `/` leads here from anywhere on the page (shortcuts can be switched off: WCAG 2.1.4).
    #[prop(optional, into)]
    slash: Signal<bool>,
    /// The element, for the caller's focus handling.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> Drawn {
    let shortcut = window_event_listener(leptos::ev::keydown, move |event| {
        let plain = !(event.ctrl_key() || event.meta_key() || event.alt_key());
        if event.key() == "/"
            && plain
            && slash.try_get_untracked() == Some(true)
            && !focus::is_typing()
            && !focus::dialog_is_open()
            && let Some(input) = node_ref.get_untracked()
        {
            event.prevent_default();
            focus::focus(&input);
            input.select();
        }
    });
    on_cleanup(move || shortcut.remove());

    let clear = move || {
        on_input.run(String::new());
        if let Some(input) = node_ref.get_untracked() {
            focus::focus(&input);
        }
    };
    let region = label.clone();
    view! {
        <div class="search" role="search" aria-label=move || region.get()>
            <Icon glyph=glyph::SEARCH />
            <input
                type="search"
                autocomplete="off"
                spellcheck="false"
                aria-label=move || label.get()
                aria-keyshortcuts=move || slash.get().then_some("/")
                placeholder=move || placeholder.get()
                prop:value=move || value.get()
                node_ref=node_ref
                on:input=move |event| on_input.run(event_target_value(&event))
                on:keydown=move |event| {
                    if event.key() == "Escape" && !value.with_untracked(String::is_empty) {
                        event.prevent_default();
                        event.stop_propagation();
                        clear();
                    }
                }
            />
            {move || slash.get().then(|| view! { <Kbd key="/" /> })}
            {move || {
                let label = clear_label.clone();
                (!value.with(String::is_empty))
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="search-clear"
                                aria-label=move || label.get()
                                on:click=move |_| clear()
                            >
                                <Icon glyph=glyph::CLOSE />
                            </button>
                        }
                    })
            }}
        </div>
    }
    .draw()
}
