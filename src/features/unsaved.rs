//! The question before edits that nobody saved are lost: with a page that is left, or with the session.

use leptos::prelude::*;
use leptos::text_prop::TextProp;

use crate::browser::lifecycle;
use crate::i18n::t_later;
use crate::state::console::Console;
use crate::state::drafts;
use crate::ui::confirm::Confirm;
use crate::ui::support::drawn::{Draw, Drawn};

/// The question; the edits stay unless somebody says otherwise.
#[component]
pub fn UnsavedQuestion(
    /// Whether it is asked; the caller's to change.
    #[prop(into)]
    open: Signal<bool>,
    /// What is about to happen: "Leave without saving?".
    #[prop(into)]
    question: TextProp,
    /// What is lost.
    #[prop(into)]
    sentence: TextProp,
    /// "Discard and leave".
    #[prop(into)]
    go_label: TextProp,
    /// Called when the edits stay.
    #[prop(into)]
    on_stay: Callback<()>,
    /// Called when they go.
    #[prop(into)]
    on_go: Callback<()>,
) -> Drawn {
    view! {
        <Confirm
            open=open
            question=question
            sentence=sentence
            keep_label=t_later().leave_stay()
            danger_label=go_label.clone()
            busy_label=go_label
            on_keep=on_stay
            on_confirm=on_go
        />
    }
    .draw()
}

/// `sign_out` as it asks first where something would be lost with the session, and the question.
pub fn asked_before(sign_out: Callback<()>) -> (Callback<()>, Drawn) {
    let console = Console::get();
    let open = RwSignal::new(false);
    let wish = Callback::new(move |()| {
        let caller = console.caller_untracked();
        if lifecycle::is_edited() || console.drafts.are_left(caller.as_ref().map(|caller| &caller.id)) {
            open.set(true);
        } else {
            sign_out.run(());
        }
    });
    let go = move || {
        open.set(false);
        drafts::let_go();
        sign_out.run(());
    };
    let question = view! {
        <UnsavedQuestion
            open=open
            question=t_later().sign_out_title()
            sentence=t_later().sign_out_text()
            go_label=t_later().sign_out_go()
            on_stay=move || open.set(false)
            on_go=go
        />
    };
    (wish, question.draw())
}
