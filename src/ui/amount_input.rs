//! Owns the number with its unit beside it: how long, how much.

use super::field::FieldIds;
use super::select::Select;
use super::support::{Choice, next_id};
use super::text_input::TextInput;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::context::Provider;
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A whole number and its unit. Inside a [`Field`](super::field::Field) the number has the field's name, and both are
/// described by its help or error.
#[component]
pub fn AmountInput(
    /// The number, as typed.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the whole text at every change.
    #[prop(into)]
    on_input: Callback<String>,
    /// The units.
    #[prop(into)]
    units: Signal<Vec<Choice>>,
    /// The present one.
    #[prop(into)]
    unit: Signal<String>,
    /// Called with the value of the unit that was chosen.
    #[prop(into)]
    on_unit: Callback<String>,
    /// The accessible name of the unit: "Unit".
    #[prop(into)]
    unit_name: TextProp,
    /// Why it may not be changed; both stay focusable. For the number the field around it has to say so, too.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
    /// The element of the number, for the caller's focus handling.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
) -> Drawn {
    let read_only = Signal::derive(move || disabled_reason.with(Option::is_some));
    // Its own id: the field's belongs to the number.
    let unit_ids = FieldIds {
        control: next_id(),
        ..FieldIds::around()
    };
    view! {
        <div class="amount">
            <TextInput value=value on_input=on_input inputmode="numeric" read_only=read_only node_ref=node_ref />
            <Provider value=unit_ids>
                <Select options=units value=unit on_change=on_unit name=unit_name disabled_reason=disabled_reason />
            </Provider>
        </div>
    }
    .draw()
}
