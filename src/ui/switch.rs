//! Owns the switch: a setting with on and off.

use super::field::FieldIds;
use super::support::say;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A switch. Its label does not change with its state.
#[component]
pub fn Switch(
    /// The name of the setting, shown before the switch; left out inside a field, which has one.
    #[prop(optional, into)]
    label: Option<TextProp>,
    /// Whether it is on.
    #[prop(into)]
    checked: Signal<bool>,
    /// Why it may not be changed; it stays focusable.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Called with what it should become.
    #[prop(into)]
    on_change: Callback<bool>,
) -> Drawn {
    let ids = FieldIds::around();
    let input = NodeRef::<html::Input>::new();
    view! {
        <label class="switch" data-tip=move || disabled_reason.get()>
            {label.map(|label| view! { <span>{say(label)}</span> })}
            <input
                type="checkbox"
                role="switch"
                id=ids.control.clone()
                node_ref=input
                aria-describedby=ids.described()
                aria-description=move || disabled_reason.get()
                aria-disabled=move || disabled_reason.with(Option::is_some).then_some("true")
                prop:checked=move || checked.get()
                on:click=move |event| {
                    if disabled_reason.with_untracked(Option::is_some) {
                        event.prevent_default();
                    }
                }
                on:change=move |event| {
                    on_change.run(event_target_checked(&event));
                    // What it shows is the caller's to decide.
                    if let (Some(input), Some(checked)) = (input.get_untracked(), checked.try_get_untracked()) {
                        input.set_checked(checked);
                    }
                }
            />
        </label>
    }
    .draw()
}
