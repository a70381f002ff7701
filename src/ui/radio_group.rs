//! Owns radio buttons: up to four exclusive choices with consequences.

use super::support::{Choice, next_id, say};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A group of radio buttons under its question.
#[component]
pub fn RadioGroup(
    /// The question.
    #[prop(into)]
    legend: TextProp,
    /// The answers.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The answer given; empty when none is.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value of the answer.
    #[prop(into)]
    on_change: Callback<String>,
) -> Drawn {
    let name = StoredValue::new(next_id());
    let rows = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let (this, picked) = (choice.value.clone(), choice.value);
                let is_off = choice.disabled_reason.is_some();
                let help = choice.disabled_reason.or(choice.help);
                view! {
                    <label class="radio">
                        <input
                            type="radio"
                            name=name.get_value()
                            aria-disabled=is_off.then_some("true")
                            prop:checked=move || value.with(|value| *value == this)
                            on:click=move |event| {
                                if is_off {
                                    event.prevent_default();
                                }
                            }
                            on:change=move |_| on_change.run(picked.clone())
                        />
                        <span class="radio-text">
                            <span>{choice.label}</span>
                            {help.map(|help| view! { <span class="radio-help">{help}</span> })}
                        </span>
                    </label>
                }
                .draw()
            })
            .collect::<Vec<_>>()
    };
    view! {
        <fieldset class="radios">
            <legend>{say(legend)}</legend>
            {rows}
        </fieldset>
    }
    .draw()
}
