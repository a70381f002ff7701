//! Owns the native select: its options are data, and may arrive after its value.

use super::field::FieldIds;
use super::icon::{Icon, glyph};
use super::support::{Choice, next_id};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// One choice of many. A value that is not among the options is shown as it is, and kept.
#[component]
pub fn Select(
    /// What can be chosen.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// What is chosen.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the value of the option that was chosen.
    #[prop(into)]
    on_change: Callback<String>,
    /// The accessible name where no field is around it.
    #[prop(optional, into)]
    name: Option<TextProp>,
    /// Why it may not be changed; it stays focusable.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> Drawn {
    let ids = FieldIds::around();
    let reason_id = next_id();
    let is_off = move || disabled_reason.with_untracked(Option::is_some);
    let described_by = {
        let (described, reason_id) = (ids.described(), reason_id.clone());
        move || {
            let mut all = described().unwrap_or_default();
            if disabled_reason.with(Option::is_some) {
                all.push(' ');
                all.push_str(&reason_id);
            }
            Some(all).filter(|all| !all.is_empty())
        }
    };
    // The option says whether it is the chosen one, not the select: so it holds for options that come later.
    let rows = move || {
        let chosen = value.get();
        options.with(|options| {
            let unknown = options
                .iter()
                .all(|option| option.value != chosen)
                .then(|| Choice::new(&chosen, &chosen));
            let mut rows: Vec<Drawn> = Vec::with_capacity(options.len() + 1);
            for option in unknown.iter().chain(options) {
                let mut label = option.label.clone();
                if let Some(reason) = &option.disabled_reason {
                    label.push_str(" – ");
                    label.push_str(reason);
                }
                let is_chosen = option.value == chosen;
                rows.push(
                    view! {
                        <option
                            value=option.value.clone()
                            disabled=option.disabled_reason.is_some() && !is_chosen
                            selected=is_chosen
                            prop:selected=is_chosen
                        >
                            {label}
                        </option>
                    }
                    .draw(),
                );
            }
            rows
        })
    };
    view! {
        <div class="select">
            <select
                id=ids.control.clone()
                aria-label=move || name.as_ref().map(TextProp::get)
                aria-describedby=described_by
                aria-invalid=ids.wrong()
                aria-disabled=move || disabled_reason.with(Option::is_some).then_some("true")
                data-tip=move || disabled_reason.get()
                on:mousedown=move |event| {
                    if is_off() {
                        event.prevent_default();
                    }
                }
                on:keydown=move |event| {
                    if is_off() && event.key() != "Tab" {
                        event.prevent_default();
                    }
                }
                on:change=move |event| on_change.run(event_target_value(&event))
            >
                {rows}
            </select>
            <Icon glyph=glyph::CHEVRON_DOWN />
            {move || {
                disabled_reason
                    .get()
                    .map(|reason| view! { <span id=reason_id.clone() class="visually-hidden">{reason}</span> })
            }}
        </div>
    }
    .draw()
}
