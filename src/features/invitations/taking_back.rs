//! Deleting an invitation: the question, and what became of it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::invite::Invite;
use crate::i18n::{describe_error, role_name, t, t_keys, t_later};
use crate::state::console::Console;
use crate::state::new_users::{self, TakenBack};
use crate::ui::confirm::Confirm;
use crate::ui::facts::Fact;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;

/// The question. It is open while there is an invitation to ask about.
#[component]
pub fn TakeBack(
    /// Which one.
    invite: RwSignal<Option<Invite>>,
) -> Drawn {
    let console = Console::get();
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    // The words stay while the dialog closes.
    let last = Memo::new(move |before: Option<&Option<Invite>>| invite.get().or_else(|| before.cloned().flatten()));
    let name = move || {
        last.get()
            .map(|invite| invite.display_name().to_owned())
            .unwrap_or_default()
    };
    effect(move || {
        if invite.with(Option::is_some) {
            error.set(None);
        }
    });
    let confirm = move || {
        let (Some(client), Some(asked), false) = (console.client(), invite.get_untracked(), busy.get_untracked())
        else {
            return;
        };
        busy.set(true);
        error.set(None);
        spawn_local(async move {
            let ended = new_users::take_back(&client, &asked.id).await;
            busy.try_set(false);
            console.ask_invites();
            let name = asked.display_name();
            let words = match ended {
                TakenBack::Done => {
                    console.toasts.success(t_keys().taken_back(name));
                    invite.try_set(None);
                    return;
                }
                TakenBack::Already => {
                    console.toasts.info(t_keys().invite_gone(name));
                    invite.try_set(None);
                    return;
                }
                TakenBack::Failed(wrong) => [t().delete_failed(), &describe_error(&wrong)].join(" "),
                TakenBack::Unknown => t_keys().take_back_unknown().to_owned(),
            };
            console.toasts.error_in(error, words);
        });
    };
    view! {
        <Confirm
            open=Signal::derive(move || invite.with(Option::is_some))
            question=move || t_keys().take_back_title(&name())
            facts=Signal::derive(move || last.get().map(|invite| facts(&invite)).unwrap_or_default())
            sentence=t_keys().take_back_text()
            keep_label=t_keys().take_back_keep()
            danger_label=t_keys().take_back_go()
            busy_label=t_later().delete_busy()
            busy=busy
            error=error
            on_keep=move || {
                if !busy.get_untracked() {
                    invite.set(None);
                }
            }
            on_confirm=confirm
        />
    }
    .draw()
}

fn facts(invite: &Invite) -> Vec<Fact> {
    vec![
        Fact::name(t().column_name(), invite.display_name()),
        Fact::address(t_later().detail_email(), invite.email.clone()),
        Fact::text(t_later().field_role(), role_name(&invite.role)),
    ]
}
