//! Forms that outlive their page: what one holds is kept in the tab while it is edited, and taken up by the next page of the
//! same person, who may have been to the provider meanwhile. Which forms: `api/kept_forms`.

use leptos::prelude::*;
use serde_json::Value;

use crate::api::kept_forms::KeptForm;
use crate::domain::user::UserId;
use crate::state::console::Console;
use crate::state::drafts;
use crate::ui::support::effect;

/// Keeps a form.
///
/// `form` says which one is open, `held` what it holds that would be lost; both are tracked. `begin` is called once for each
/// form that opens, with what was left of it. A form that closes is kept no longer; one that ends with its page is.
pub fn keep(
    console: Console,
    form: impl Fn() -> Option<KeptForm> + 'static,
    held: impl Fn() -> Option<Value> + 'static,
    begin: impl Fn(Option<Value>) + 'static,
) {
    let mut last = None::<KeptForm>;
    let mut run = move |by: UserId, now: Option<KeptForm>, held: Option<Value>| {
        if last != now {
            if let Some(closed) = &last {
                drafts::keep_in_tab(&by, closed, None);
            }
            last.clone_from(&now);
            if let Some(opened) = &now {
                let left = drafts::from_tab(&by, opened);
                let is_taken_up = left.is_some();
                untrack(|| begin(left));
                if is_taken_up {
                    // What it holds by now is kept in the next run, which it has caused.
                    return;
                }
            }
        }
        if let Some(form) = &now {
            drafts::keep_in_tab(&by, form, held);
        }
    };
    effect(move || {
        let (now, held) = (form(), held());
        if let Some(by) = console.me().map(|me| me.user.id) {
            run(by, now, held);
        }
    });
}

/// What a form held has been made: it is kept no longer, also where its page was left meanwhile.
pub fn done(console: Console, form: &KeptForm) {
    if let Some(me) = untrack(|| console.me()) {
        drafts::keep_in_tab(&me.user.id, form, None);
    }
}

/// Runs `open` as soon as it is known who is signed in, and again when what it read has changed, until it says that it is
/// done: for a dialog that opens by itself because it was open when its page was left.
pub fn reopen(console: Console, open: impl Fn(&UserId) -> bool + 'static) {
    let mut is_done = false;
    effect(move || {
        if is_done {
            return;
        }
        if let Some(me) = console.me() {
            is_done = open(&me.user.id);
        }
    });
}
