//! Blocking and unblocking at once, with a message that can take it back.

use std::sync::atomic::{AtomicBool, Ordering};

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::chunk::chunk;
use crate::browser::clock;
use crate::domain::user::User;
use crate::i18n::{describe_error, refusal, t, t_later};
use crate::state::console::Console;
use crate::state::user_writes::{self, Saved};

// A first visit looks and does not block. The part is a small one: who has to be kept out at once must not wait for the
// pages of people.
chunk!(panels: fn set_in_part(console: Console, user: User, blocked: bool) -> () {
    run(console, user, blocked, Wish::Change);
});

/// What the reader wanted, which decides the words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    Change,
    Undo,
}

/// How long *Undo* waits between two looks at a save that is under way.
const LOOK_AGAIN_MS: u32 = 50;

/// Blocks or unblocks a user and says so, with *Undo*. A second click while the first is under way does nothing.
pub fn set_blocked(console: Console, user: &User, blocked: bool) {
    let user = user.clone();
    spawn_local(async move {
        if set_in_part(console, user, blocked).await.is_err() {
            console.toasts.error(t().part_failed_text().to_owned());
        }
    });
}

fn run(console: Console, user: User, blocked: bool, wish: Wish) {
    let (Some(client), Some(caller)) = (console.client(), console.caller_untracked()) else {
        return;
    };
    if !console.begin_write(&user.id) {
        return;
    }
    spawn_local(async move {
        let ended = user_writes::set_blocked(&client, &caller, &user.id, blocked).await;
        console.end_write(&user.id);
        tell(console, &user, blocked, wish, ended);
    });
}

fn tell(console: Console, before: &User, blocked: bool, wish: Wish, ended: Saved) {
    let toasts = console.toasts;
    let name = before.display_name();
    let failed = || {
        if blocked {
            t_later().block_failed(name)
        } else {
            t_later().unblock_failed(name)
        }
    };
    match ended {
        Saved::Done { user, .. } => {
            console.users.put(&user);
            if wish == Wish::Undo {
                return toasts.success(t_later().undone(name));
            }
            let text = if blocked {
                t_later().blocked_done(name)
            } else {
                t_later().unblocked_done(name)
            };
            let is_undone = AtomicBool::new(false);
            let undo = Callback::new(move |()| {
                if is_undone.swap(true, Ordering::Relaxed) {
                    return;
                }
                let user = user.clone();
                spawn_local(async move {
                    // The message with its button is gone by now: what else is being saved is waited for.
                    while untrack(|| console.is_writing(&user.id)) {
                        clock::sleep_ms(LOOK_AGAIN_MS).await;
                    }
                    run(console, user, !blocked, Wish::Undo);
                });
            });
            toasts.success_with(text, (t_later().undo().to_owned(), undo));
        }
        Saved::NothingLeft(user) => {
            console.users.put(&user);
            toasts.success(if blocked {
                t_later().blocked_already(name)
            } else {
                t_later().unblocked_already(name)
            });
        }
        Saved::Gone => {
            console.users.remove(&before.id);
            toasts.error(t_later().user_gone(name));
        }
        Saved::Refused(reason) => toasts.error([failed(), refusal(&reason)].join(" ")),
        Saved::Failed(error) | Saved::GroupFailed(_, error) => {
            toasts.error([failed(), describe_error(&error)].join(" "));
        }
        Saved::Lost(Some((_, now))) => {
            console.users.put(&now);
            toasts.error([failed().as_str(), t_later().save_outcome_not_done()].join(" "));
        }
        Saved::Lost(None) | Saved::Conflict { .. } => {
            toasts.error([failed().as_str(), t_later().save_outcome_unknown()].join(" "));
        }
    }
}
