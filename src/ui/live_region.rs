//! Owns the polite announcer: results of a search, a change of page, a copy that worked.

use super::support::effect;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

/// Says what `message` holds each time it is set, also when the words are the same as before. Draw it once, early:
/// a region that appears together with its text is not heard.
#[component]
pub fn LiveRegion(
    /// The newest message.
    #[prop(into)]
    message: Signal<String>,
) -> Drawn {
    // Two places taken in turn: putting the same words into the same place would be no change.
    let turn = RwSignal::new((String::new(), String::new()));
    effect(move || {
        let text = message.get();
        turn.update(|(one, two)| {
            if one.is_empty() {
                *one = text;
                two.clear();
            } else {
                *two = text;
                one.clear();
            }
        });
    });
    view! {
        <div class="live" role="status" aria-atomic="false">
            <p>{move || turn.with(|turn| turn.0.clone())}</p>
            <p>{move || turn.with(|turn| turn.1.clone())}</p>
        </div>
    }
    .draw()
}
