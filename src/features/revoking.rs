//! Revoking a token: the question, and what became of it.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::guard;
use crate::domain::permission::Operation;
use crate::domain::token::Token;
use crate::domain::user::User;
use crate::features::faces;
use crate::i18n::{describe_error, refusal, t_keys};
use crate::state::console::Console;
use crate::state::token_writes;
use crate::state::user_writes::Deleted;
use crate::ui::confirm::Confirm;
use crate::ui::facts::Fact;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;

/// The question. It is open while there is a token to ask about.
#[component]
pub fn RevokeToken(
    /// Which, and whose it is.
    token: RwSignal<Option<(User, Token)>>,
    /// Called when it is gone.
    on_change: Callback<()>,
) -> Drawn {
    let console = Console::get();
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    // The words stay while the dialog closes.
    let last =
        Memo::new(move |before: Option<&Option<(User, Token)>>| token.get().or_else(|| before.cloned().flatten()));
    let name = move || last.get().map(|(_, token)| token.name).unwrap_or_default();
    effect(move || {
        if token.with(Option::is_some) {
            error.set(None);
        }
    });
    let confirm = move || {
        if let (Some((user, shown)), false) = (token.get_untracked(), busy.get_untracked()) {
            run(console, user, shown, token, busy, error, on_change);
        }
    };
    view! {
        <Confirm
            open=Signal::derive(move || token.with(Option::is_some))
            question=move || t_keys().revoke_title(&name())
            facts=Signal::derive(move || last.get().map(|(user, token)| facts(&user, &token)).unwrap_or_default())
            sentence=t_keys().revoke_text()
            keep_label=t_keys().revoke_keep()
            danger_label=t_keys().revoke_go()
            busy_label=t_keys().revoke_busy()
            busy=busy
            error=error
            on_keep=move || {
                if !busy.get_untracked() {
                    token.set(None);
                }
            }
            on_confirm=confirm
        />
    }
    .draw()
}

fn facts(user: &User, token: &Token) -> Vec<Fact> {
    vec![
        Fact::name(t_keys().token_name(), token.name.clone()),
        Fact::name(t_keys().revoke_owner(), user.display_name()),
        Fact::text(t_keys().token_last_used(), faces::moment_ago(token.last_used).text),
        Fact::text(t_keys().token_ends(), faces::moment_date(token.expires_at).text),
    ]
}

fn run(
    console: Console,
    user: User,
    shown: Token,
    asked: RwSignal<Option<(User, Token)>>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    on_change: Callback<()>,
) {
    let (Some(client), Some(caller)) = (console.client(), console.caller_untracked()) else {
        return;
    };
    if let Err(reason) = guard::tokens(&caller, &user, Operation::Delete) {
        return error.set(Some(refusal(&reason)));
    }
    if !console.begin_write(&user.id) {
        return;
    }
    busy.set(true);
    error.set(None);
    spawn_local(async move {
        let ended = token_writes::revoke(&client, &user.id, &shown.id).await;
        console.end_write(&user.id);
        busy.try_set(false);
        let words = match ended {
            Deleted::Done => t_keys().revoked(&shown.name),
            Deleted::Already => t_keys().revoked_already(&shown.name),
            Deleted::Failed(wrong) => {
                let words = [t_keys().revoke_failed(), describe_error(&wrong).as_str()].join(" ");
                return console.toasts.error_in(error, words);
            }
            Deleted::Lost => return console.toasts.error_in(error, t_keys().revoke_unknown().to_owned()),
        };
        asked.try_set(None);
        console.toasts.success(words);
        on_change.try_run(());
    });
}
