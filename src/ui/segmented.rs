//! Owns the segmented choice: two to four states side by side, such as the theme.

use super::icon::{Glyph, Icon};
use super::support::{next_id, say};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// One of the states.
#[derive(Clone)]
pub struct Segment {
    /// What the program calls it.
    pub value: &'static str,
    /// What people call it.
    pub label: TextProp,
    /// Stands before the label.
    pub glyph: Option<Glyph>,
}

/// Radio buttons that look like one control.
#[component]
pub fn Segmented(
    /// What is chosen: "Theme".
    #[prop(into)]
    label: TextProp,
    /// The states.
    segments: Vec<Segment>,
    /// The present one.
    #[prop(into)]
    value: Signal<String>,
    /// Called with the one that was chosen.
    #[prop(into)]
    on_change: Callback<&'static str>,
) -> Drawn {
    let name = next_id();
    let rows: Vec<_> = segments
        .into_iter()
        .map(|segment| {
            let this = segment.value;
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        name=name.clone()
                        prop:checked=move || value.with(|value| value == this)
                        on:change=move |_| on_change.run(this)
                    />
                    {segment.glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
                    <span>{say(segment.label)}</span>
                </label>
            }
            .draw()
        })
        .collect();
    view! {
        <div class="segmented" role="radiogroup" aria-label=move || label.get()>
            {rows}
        </div>
    }
    .draw()
}
