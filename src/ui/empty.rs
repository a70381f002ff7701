//! Owns the empty state: nothing is there, and that is how it should be.

use super::icon::BIRD;
use super::support::say;
use crate::ui::support::drawn::{Content, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// An empty list or a search without hits: the bird, what is not there, one sentence, one action.
#[component]
pub fn Empty(
    /// "No invitations yet".
    #[prop(into)]
    title: TextProp,
    /// When something shows up here, or which filters are on.
    #[prop(optional, into)]
    text: Option<TextProp>,
    /// The way on: a button.
    #[prop(optional)]
    children: Option<Content>,
) -> Drawn {
    view! {
        <div class="state">
            <svg class="perched" viewBox="0 0 88 36" aria-hidden="true" focusable="false">
                <path class="wire" d="M0 14Q44 26 88 12"></path>
                <path class="bird" transform="translate(48 19.3) rotate(-1) scale(.95) translate(-8 -17)" d=BIRD></path>
            </svg>
            <h2>{say(title)}</h2>
            {text.map(|text| view! { <p class="state-text">{say(text)}</p> })}
            {children.map(|children| view! { <div class="state-actions">{children.run()}</div> })}
        </div>
    }
    .draw()
}
