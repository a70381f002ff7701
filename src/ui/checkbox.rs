//! Owns the checkbox: for picking from many, and for consent.

use super::support::say;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A checkbox with its label, or with the label for screen readers only.
#[component]
pub fn Checkbox(
    /// What is ticked, "Select Jonas Brandt".
    #[prop(into)]
    label: TextProp,
    /// Only the box shows.
    #[prop(optional)]
    bare: bool,
    /// Whether it is ticked.
    #[prop(into)]
    checked: Signal<bool>,
    /// Some, not all, of what it stands for is ticked.
    #[prop(optional, into)]
    mixed: Signal<bool>,
    /// Why it may not be changed; it stays focusable.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// Called with what it should become.
    #[prop(into)]
    on_change: Callback<bool>,
) -> Drawn {
    let input = NodeRef::<html::Input>::new();
    let name = label.clone();
    view! {
        <label class="check" class:check-bare=bare data-tip=move || disabled_reason.get()>
            <input
                type="checkbox"
                node_ref=input
                aria-label=move || bare.then(|| name.get())
                aria-description=move || disabled_reason.get()
                aria-disabled=move || disabled_reason.with(Option::is_some).then_some("true")
                prop:checked=move || checked.get()
                prop:indeterminate=move || mixed.get()
                on:click=move |event| {
                    if disabled_reason.with_untracked(Option::is_some) {
                        event.prevent_default();
                    }
                }
                on:change=move |event| {
                    on_change.run(event_target_checked(&event));
                    show_truth(input, checked, mixed);
                }
            />
            {(!bare).then(|| view! { <span class="check-text">{say(label)}</span> })}
        </label>
    }
    .draw()
}

/// The browser has ticked the box already; what it shows is the caller's to decide.
fn show_truth(input: NodeRef<html::Input>, checked: Signal<bool>, mixed: Signal<bool>) {
    if let (Some(input), Some(checked), Some(mixed)) = (
        input.get_untracked(),
        checked.try_get_untracked(),
        mixed.try_get_untracked(),
    ) {
        input.set_checked(checked);
        input.set_indeterminate(mixed);
    }
}
