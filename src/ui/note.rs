//! Owns the note: one or two sentences on a subtle ground, inside a page or a dialog.

use super::icon::Icon;
use super::support::{Tone, effect, focus, say};
use crate::ui::support::drawn::{Content, Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Where a note says how a try in a dialog ended.
const NEWS_IN_DIALOG: &str = "dialog :is([role=alert], [role=status], [aria-live])";

/// A note. Put it into a live region, or give the focus to it, when it appears after an action;
/// in a dialog it is scrolled into view then.
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
    let node = NodeRef::<html::Div>::new();
    effect(move || {
        // Below a long form in a dialog it would be heard and not seen.
        if let Some(note) = node.get()
            && note.closest(NEWS_IN_DIALOG).is_ok_and(|place| place.is_some())
        {
            focus::bring_into_view(&note);
        }
    });
    view! {
        <div class=class node_ref=node>
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
