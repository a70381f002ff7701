//! Owns the page that has nothing to show but why: failed, forbidden, not found.

use super::button::Button;
use super::icon::{Glyph, Icon, IconSize, glyph};
use super::strip::MessageAction;
use super::support::say;
use crate::ui::support::drawn::{Content, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What failed, what follows from it, and the ways on. Nothing of it is a dead end.
#[component]
pub fn ErrorView(
    /// "The list did not load". A page whose own heading says it needs none.
    #[prop(optional, into)]
    title: Option<TextProp>,
    /// What happened and what did not: "The server did not answer within 20 seconds. Nothing was changed."
    #[prop(into)]
    text: TextProp,
    /// `alert` for failures; `lock` for what one may not see.
    #[prop(default = glyph::ALERT)]
    icon: Glyph,
    /// Whether the icon is in the danger colour: failures, not prohibitions.
    #[prop(default = true)]
    failed: bool,
    /// "Try again".
    #[prop(optional, into)]
    retry: Option<MessageAction>,
    /// The retry is under way.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Opens the details: "Show details".
    #[prop(optional, into)]
    details_label: Option<TextProp>,
    /// For whoever is asked for help: status, server's words, request.
    #[prop(optional, into)]
    details: Option<TextProp>,
    /// More ways on: a link back, signing out.
    #[prop(optional)]
    children: Option<Content>,
) -> Drawn {
    let details = details_label.zip(details).map(|(label, details)| {
        view! {
            <details class="failed-details">
                <summary class="btn btn-quiet">{say(label)}</summary>
                <pre tabindex="0">{say(details)}</pre>
            </details>
        }
    });
    let retry = retry.map(|retry| {
        view! { <Button label=retry.label icon=glyph::REFRESH busy=busy on_click=retry.run /> }
    });
    view! {
        <div class="state" class:failed=failed role="alert">
            <Icon glyph=icon size=IconSize::Large />
            {title.map(|title| view! { <h2>{say(title)}</h2> })}
            <p class="state-text">{say(text)}</p>
            <div class="state-actions">{retry} {children.map(Content::run)} {details}</div>
        </div>
    }
    .draw()
}
