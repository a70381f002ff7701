//! Owns the strip: a message as wide as the page, above what it is about, that stays until it is no longer true.

use super::button::Button;
use super::icon::Icon;
use super::note::format_class;
use super::support::{Tone, say};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What one can do about a message.
#[derive(Clone)]
pub struct MessageAction {
    /// Verb and object.
    pub label: TextProp,
    /// Does it.
    pub run: Callback<()>,
}

impl MessageAction {
    /// An action.
    pub fn new(label: impl Into<TextProp>, run: impl Into<Callback<()>>) -> Self {
        Self {
            label: label.into(),
            run: run.into(),
        }
    }
}

/// A page-wide message: what was kept after a failed refresh, a list that is incomplete, a session about to end.
///
/// It announces itself: `alert` for danger, `status` for the rest. Draw the strip where its truth is, not always.
#[component]
pub fn Strip(
    /// How serious.
    #[prop(optional)]
    tone: Tone,
    /// Begins the text, in bold: "Could not refresh."
    #[prop(optional, into)]
    lead: Option<TextProp>,
    /// The rest of it.
    #[prop(into)]
    text: TextProp,
    /// What one can do.
    #[prop(optional, into)]
    action: Option<MessageAction>,
    /// The action is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
) -> Drawn {
    let button =
        action.map(|action| view! { <Button label=action.label small=true busy=busy on_click=action.run /> }.draw());
    view! {
        <div class=format_class("strip ", tone)>
            <Icon glyph=tone.glyph() />
            <p class="strip-text" role=if tone == Tone::Danger { "alert" } else { "status" }>
                {lead.map(|lead| view! { <span class="strong">{say(lead)}</span> " " })}
                {say(text)}
            </p>
            {button}
        </div>
    }
    .draw()
}
