//! Owns the head of a page: its title, what counts, its actions.

use super::support::say;
use crate::ui::support::drawn::{Content, ContentFn, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// The heading of a page. It takes the focus after a change of page (`tabindex="-1"`).
#[component]
pub fn PageHeader(
    /// The title; for names use `title_view` instead and leave it empty.
    #[prop(optional, into)]
    title: Option<TextProp>,
    /// The title where it is a name somebody else wrote.
    #[prop(optional, into)]
    title_view: Option<ContentFn>,
    /// A number beside the title, muted.
    #[prop(optional, into)]
    count: Option<TextProp>,
    /// A status beside the title.
    #[prop(optional, into)]
    status: Option<ContentFn>,
    /// A hairline below: pages without a toolbar.
    #[prop(optional)]
    lined: bool,
    /// The buttons at the end.
    #[prop(optional)]
    children: Option<Content>,
) -> Drawn {
    view! {
        <div class="page-header" class:page-header-lined=lined>
            <div class="page-title">
                <h1 tabindex="-1">{title.map(say)} {title_view.map(|title| title.run())}</h1>
                {count.map(|count| view! { <span class="page-count">{say(count)}</span> })}
                {status.map(|status| status.run())}
            </div>
            {children.map(|children| view! { <div class="page-actions">{children.run()}</div> })}
        </div>
    }
    .draw()
}
