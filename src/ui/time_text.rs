//! Owns the display of a moment: short words, the machine's form, and the full local time on demand.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

/// A moment in the words of the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeFace {
    /// "4 minutes ago", "12 Mar 2026", "Never".
    pub text: String,
    /// RFC 3339; absent when there is no moment ("Never").
    pub machine: Option<String>,
    /// The full local time, as a tooltip.
    pub full: Option<String>,
    /// Less important than its neighbours: "Never".
    pub muted: bool,
}

/// A moment. Inside a row it adds no tab stop; elsewhere its full form is reachable with the keyboard.
#[component]
pub fn TimeText(
    /// What it shows; may change.
    #[prop(into)]
    face: Signal<TimeFace>,
    /// Reachable with Tab, so that the tooltip is.
    #[prop(optional)]
    focusable: bool,
) -> Drawn {
    let face = Memo::new(move |_| face.get());
    view! {
        <time
            class="time above-link"
            class:muted=move || face.with(|face| face.muted)
            datetime=move || face.with(|face| face.machine.clone())
            data-tip=move || face.with(|face| face.full.clone())
            tabindex=move || (focusable && face.with(|face| face.full.is_some())).then_some("0")
        >
            {move || face.with(|face| face.text.clone())}
        </time>
    }
    .draw()
}
