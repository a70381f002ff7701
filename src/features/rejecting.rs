//! Rejecting somebody who waits: the question, which says that they can come back, and the way to keep them out instead.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::domain::approval;
use crate::domain::user::User;
use crate::features::approving;
use crate::features::faces;
use crate::i18n::{describe_error, refusal, t_later};
use crate::state::approval_writes::{self, KeptOut, Rejected};
use crate::state::console::Console;
use crate::state::user_writes::Saved;
use crate::ui::confirm::{Confirm, OtherWay};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;

/// What the dialog is about, and how far it is.
#[derive(Clone, Copy)]
struct Asking {
    console: Console,
    asked: RwSignal<Option<User>>,
    /// Which of the two ways is being gone.
    rejecting: RwSignal<bool>,
    keeping_out: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    on_decided: Callback<User>,
}

/// The question. It is open while there is a user to ask about.
#[component]
pub fn RejectUser(
    /// Whom it is about.
    user: RwSignal<Option<User>>,
    /// Called with them before the list forgets that they wait: so the page can look for who comes next.
    on_decided: Callback<User>,
) -> Drawn {
    let console = Console::get();
    let asking = Asking {
        console,
        asked: user,
        rejecting: RwSignal::new(false),
        keeping_out: RwSignal::new(false),
        error: RwSignal::new(None),
        on_decided,
    };
    // The words stay while the dialog closes.
    let last = Memo::new(move |before: Option<&Option<User>>| user.get().or_else(|| before.cloned().flatten()));
    let name = move || last.with(|user| user.as_ref().map(|user| user.display_name().to_owned()));
    effect(move || {
        if user.with(Option::is_some) {
            asking.error.set(None);
        }
    });
    let refused = Signal::derive(move || {
        let caller = console.caller()?;
        last.with(|user| approval::keep_out(&caller, user.as_ref()?).err())
            .map(|reason| refusal(&reason))
    });
    let other = OtherWay {
        label: t_later().reject_block().into(),
        busy: asking.keeping_out.into(),
        busy_label: t_later().reject_block_busy().into(),
        disabled_reason: refused,
        run: Callback::new(move |()| asking.keep_out()),
    };
    view! {
        <Confirm
            open=Signal::derive(move || user.with(Option::is_some))
            question=move || t_later().reject_title(&name().unwrap_or_default())
            facts=Signal::derive(move || last.get().map(|user| faces::who(&user)).unwrap_or_default())
            sentence=t_later().reject_text()
            effects=Signal::stored(vec![t_later().reject_back().to_owned(), t_later().reject_instead().to_owned()])
            keep_label=t_later().reject_keep()
            danger_label=t_later().reject_go()
            busy_label=t_later().reject_busy()
            busy=asking.rejecting
            other=other
            error=asking.error
            on_keep=move || asking.close()
            on_confirm=move || asking.reject()
        />
    }
    .draw()
}

impl Asking {
    fn is_busy(self) -> bool {
        self.rejecting.get_untracked() || self.keeping_out.get_untracked()
    }

    fn close(self) {
        if !self.is_busy() {
            self.asked.set(None);
        }
    }

    /// Begins one of the two ways; `None` while one is being gone.
    fn begin(self, way: RwSignal<bool>) -> Option<User> {
        let user = self.asked.get_untracked()?;
        if self.is_busy() || !self.console.begin_write(&user.id) {
            return None;
        }
        way.set(true);
        self.error.set(None);
        Some(user)
    }

    fn end(self, way: RwSignal<bool>, user: &User) {
        self.console.end_write(&user.id);
        way.try_set(false);
    }

    /// It is decided: the page looks for who comes next, the list forgets them, the reader is told.
    fn decided(self, user: &User, forget: impl FnOnce(), words: String) {
        self.on_decided.try_run(user.clone());
        forget();
        self.asked.try_set(None);
        self.console.toasts.success(words);
    }

    /// It stays open and says why.
    fn fail(self, words: String) {
        self.console.toasts.error_in(self.error, words);
    }

    fn reject(self) {
        let console = self.console;
        let (Some(client), Some(caller)) = (console.client(), console.caller_untracked()) else {
            return;
        };
        let Some(user) = self.begin(self.rejecting) else { return };
        spawn_local(async move {
            let ended = approval_writes::reject(&client, &caller, &user.id).await;
            self.end(self.rejecting, &user);
            let name = user.display_name();
            let gone = || console.users.remove(&user.id);
            match ended {
                Rejected::Done => self.decided(&user, gone, t_later().rejected(name)),
                Rejected::Already => self.decided(&user, gone, t_later().rejected_already(name)),
                Rejected::Approved(now) => {
                    self.on_decided.try_run(user.clone());
                    console.users.put(&now);
                    self.asked.try_set(None);
                    console.toasts.error(t_later().rejected_approved(name));
                }
                Rejected::Refused(reason) => {
                    self.fail([t_later().reject_failed(), refusal(&reason).as_str()].join(" "));
                }
                Rejected::Failed(error) => {
                    self.fail([t_later().reject_failed(), describe_error(&error).as_str()].join(" "));
                }
                Rejected::Lost => self.fail(t_later().reject_lost().to_owned()),
            }
        });
    }

    fn keep_out(self) {
        let console = self.console;
        let (Some(client), Some(caller)) = (console.client(), console.caller_untracked()) else {
            return;
        };
        let Some(user) = self.begin(self.keeping_out) else {
            return;
        };
        spawn_local(async move {
            let ended = approval_writes::keep_out(&client, &caller, &user.id).await;
            self.end(self.keeping_out, &user);
            let name = user.display_name();
            match ended {
                KeptOut::Done(now) => {
                    let put = || console.users.put(&now);
                    self.decided(&user, put, t_later().blocked_done(name));
                }
                KeptOut::NotApproved(ended) => {
                    let (_, words) = approving::settle(console, &user, &ended);
                    self.fail([t_later().not_blocked(), words.as_str()].join(" "));
                }
                // The worst that can happen here: the reader is told until they close it, wherever they are.
                KeptOut::LetIn(ended) => {
                    let (now, why) = *ended;
                    self.on_decided.try_run(user.clone());
                    console.users.put(&now);
                    self.asked.try_set(None);
                    console.toasts.error(let_in(name, why));
                }
            }
        });
    }
}

/// They are approved and not blocked: what is so now, and why.
fn let_in(name: &str, why: Saved) -> String {
    let reason = match why {
        Saved::Failed(error) => describe_error(&error),
        Saved::Refused(reason) => refusal(&reason),
        Saved::Gone => return t_later().user_gone(name),
        Saved::Lost(None) => t_later().save_outcome_unknown().to_owned(),
        _ => t_later().save_outcome_not_done().to_owned(),
    };
    [t_later().let_in_not_blocked(name), reason].join(" ")
}
