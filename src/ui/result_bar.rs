//! Owns the bar between toolbar and list: how many, as of when, what can be done with them.

use super::support::say;
use crate::ui::support::drawn::{Content, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// The result bar. Its count is a status: screen readers hear it when it changes.
#[component]
pub fn ResultBar(
    /// "412 users", "31 of 412 users", "Loading, 4,096 so far".
    #[prop(into)]
    count: TextProp,
    /// "As of 14:05".
    #[prop(optional, into)]
    as_of: Option<TextProp>,
    /// What is new since the reader came: "3 changed elsewhere". Heard when it changes, too.
    #[prop(optional, into)]
    news: Option<TextProp>,
    /// Controls at the end: columns, refresh, export.
    #[prop(optional)]
    children: Option<Content>,
) -> Drawn {
    view! {
        <div class="result-bar">
            <span class="result-count" role="status">
                {say(count)}
            </span>
            {as_of.map(|as_of| view! { <span>{say(as_of)}</span> })}
            {news.map(|news| view! { <span class="result-news" role="status">{say(news)}</span> })}
            {children.map(|children| view! { <div class="result-end">{children.run()}</div> })}
        </div>
    }
    .draw()
}
