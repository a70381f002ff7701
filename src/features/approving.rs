//! Approving somebody with one click, and the words for how an approval ended. The page of those who wait, a person's
//! page and the list's menu share them.

use leptos::task::spawn_local;

use crate::domain::user::User;
use crate::i18n::{describe_error, refusal, t_later};
use crate::state::approval_writes::{self, Approved};
use crate::state::console::Console;

/// Approves somebody as they are, and says so. A second click while the first is under way does nothing.
pub fn approve(console: Console, user: &User) {
    let user = user.clone();
    let (Some(client), Some(caller)) = (console.client(), console.caller_untracked()) else {
        return;
    };
    if !console.begin_write(&user.id) {
        return;
    }
    spawn_local(async move {
        let ended = approval_writes::approve(&client, &caller, &user.id).await;
        console.end_write(&user.id);
        let (worked, words) = settle(console, &user, &ended);
        if worked {
            console.toasts.success(words);
        } else {
            console.toasts.error(words);
        }
    });
}

/// Brings the list up to what an approval came to, and says it: whether the question is closed, and the words.
pub fn settle(console: Console, before: &User, ended: &Approved) -> (bool, String) {
    let name = before.display_name();
    match ended {
        Approved::Done { user, confirmed } => {
            console.users.put(user);
            let words = if *confirmed {
                t_later().approved_confirmed(name)
            } else {
                t_later().approved(name)
            };
            (true, words)
        }
        Approved::Already(user) => {
            console.users.put(user);
            (true, t_later().approved_already(name))
        }
        Approved::Gone => {
            console.users.remove(&before.id);
            (false, t_later().user_gone(name))
        }
        Approved::Refused(reason) => (false, [t_later().approve_failed(name), refusal(reason)].join(" ")),
        Approved::Failed(error) => (false, [t_later().approve_failed(name), describe_error(error)].join(" ")),
        Approved::Lost => (false, t_later().approve_lost(name)),
    }
}
