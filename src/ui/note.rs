//! Owns the note: one or two sentences on a subtle ground, inside a page or a dialog.

use super::icon::Icon;
use super::support::{Tone, say};
use crate::ui::support::drawn::{Content, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A note. Put it into a live region, or give the focus to it, when it appears after an action.
#[component]
pub fn Note(
    /// How serious.
    #[prop(optional)]
    tone: Tone,
    /// At most two sentences.
    #[prop(into)]
    text: TextProp,
    /// Begins the text, in bold.
    #[prop(optional, into)]
    lead: Option<TextProp>,
    /// What to do about it: a checkbox, buttons.
    #[prop(optional)]
    children: Option<Content>,
) -> Drawn {
    let class = format_class("note ", tone);
    view! {
        <div class=class>
            <Icon glyph=tone.glyph() />
            <div class="note-body">
                <p>{lead.map(|lead| view! { <span class="strong">{say(lead)}</span> " " })} {say(text)}</p>
                {children.map(Content::run)}
            </div>
        </div>
    }
    .draw()
}

/// A class with the tone's class behind it.
pub(super) fn format_class(class: &str, tone: Tone) -> String {
    let mut all = String::from(class);
    all.push_str(tone.class());
    all
}
