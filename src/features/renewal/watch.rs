//! Looks at the time, and does what `auth::renewal` says is to be done now.

use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};

use crate::auth::flow::{self, AuthError, Reason};
use crate::auth::oidc::Prompt;
use crate::auth::prolong::{self, WindowRequest};
use crate::auth::renewal::{Moment, Step, step};
use crate::auth::session::Session;
use crate::auth::talk::{self, Said};
use crate::browser::{clock, lifecycle, lock, page};
use crate::config::Renewal;
use crate::features::auth_words::auth_words;
use crate::i18n::t_session;
use crate::state::console::Console;
use crate::state::keeper::Keeper;

/// One tab renews at a time.
const LOCK: &str = "roost.renewal";
const TICK_MS: u32 = 1000;
/// So long a tab waits for what another one that has left brings, in milliseconds.
const AWAY_MS: u32 = 10_000;
/// So long it waits before it asks a provider again that did not answer.
const RETRY_MS: u32 = 5_000;
/// So often a tab waits for another one that has sent the token.
const SPENT_LIMIT: u32 = 3;
/// A session that is refused within so many milliseconds cannot be mended by another one of its kind.
const FRESH_MS: f64 = 60_000.0;

/// What the reader is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Minutes that are left, rounded down; `None` = it is over.
    pub minutes: Option<u64>,
    /// The provider wants to ask them something.
    pub by_hand: bool,
    /// A dialog is open, beside which nothing can be reached.
    pub in_dialog: bool,
}

/// What has happened so far.
#[derive(Clone, Copy)]
struct Past {
    /// When the reader last did something; `None` = they have just come back to the tab.
    active_at: Option<f64>,
    /// Nothing is begun before this.
    wait_until: f64,
    /// The present session was taken up then.
    adopted_at: Option<f64>,
    /// The provider wants to ask.
    by_hand: bool,
    /// The refresh token is worth nothing.
    refresh_failed: bool,
    /// So often another tab had sent it already and did not say what it brought.
    spent: u32,
}

/// Why a refresh brought nothing.
enum Failed {
    /// Another tab has sent the token.
    Spent,
    /// The provider's answer.
    Refused(AuthError),
}

/// A handle on what watches over the session.
#[derive(Clone, Copy)]
pub struct Watch {
    keeper: Keeper,
    console: Console,
    past: StoredValue<Past>,
    asked: StoredValue<Option<WindowRequest>>,
    /// What the reader is told.
    pub notice: RwSignal<Option<Notice>>,
    /// The window is open.
    pub opened: RwSignal<bool>,
    /// The browser did not open it.
    pub blocked: RwSignal<bool>,
    /// Why the last try did not work.
    pub problem: RwSignal<Option<String>>,
}

impl Watch {
    /// Watches as long as its owner lives.
    pub fn begin(keeper: Keeper) -> Self {
        let watch = Self {
            keeper,
            console: Console::get(),
            past: StoredValue::new(Past {
                active_at: Some(clock::ticks_ms()),
                wait_until: 0.0,
                adopted_at: None,
                by_hand: false,
                refresh_failed: false,
                spent: 0,
            }),
            asked: StoredValue::new(None),
            notice: RwSignal::new(None),
            opened: RwSignal::new(false),
            blocked: RwSignal::new(false),
            problem: RwSignal::new(None),
        };
        watch.listen();
        spawn_local_scoped_with_cancellation(async move {
            loop {
                watch.look().await;
                clock::sleep_ms(TICK_MS).await;
            }
        });
        watch
    }

    fn listen(self) {
        let acted = move || self.remember(|past| past.active_at = Some(clock::ticks_ms()));
        let listeners = [
            window_event_listener(ev::pointerdown, move |_| acted()),
            window_event_listener(ev::keydown, move |_| acted()),
            window_event_listener(ev::wheel, move |_| acted()),
            window_event_listener_untyped("visibilitychange", move |_| {
                if page::is_visible() {
                    self.remember(|past| past.active_at = None);
                }
            }),
        ];
        let ear = StoredValue::new_local(talk::listen(move |said| match said {
            Said::Renewing => self.wait(AWAY_MS),
            Said::Renewed(session) => self.adopt(*session),
            Said::Answer(query) => self.take_answer(query),
        }));
        on_cleanup(move || {
            ear.dispose();
            for listener in listeners {
                listener.remove();
            }
        });
    }

    fn remember(self, change: impl FnOnce(&mut Past)) {
        self.past.try_update_value(change);
    }

    fn wait(self, milliseconds: u32) {
        let until = clock::ticks_ms() + f64::from(milliseconds);
        self.remember(|past| past.wait_until = until);
    }

    /// Tells why there is no new session yet; the next try is soon.
    fn put_off(self, why: &AuthError) {
        self.problem.try_set(Some(auth_words(self.keeper.config(), why)));
        self.wait(RETRY_MS);
    }

    fn must_wait(self) -> bool {
        let waits = |past: &Past| clock::ticks_ms() < past.wait_until;
        self.past.try_with_value(waits).unwrap_or(true)
    }

    async fn look(self) {
        let (Some(session), Some(past)) = (self.keeper.session(), self.past.try_get_value()) else {
            return;
        };
        let (refused, now) = (self.keeper.refused.get_untracked(), clock::now_s());
        if !refused && session.renew_at.is_none_or(|at| now < at) {
            self.notice.set(None);
            return;
        }
        let moment = self.moment(&session, past, refused, now);
        let may_begin = page::is_online() && !self.must_wait();
        match step(moment) {
            Step::Refresh if may_begin => self.refresh(session).await,
            Step::Leave { silent } if may_begin => self.leave(silent, false).await,
            Step::Tell => self.tell(session, moment).await,
            Step::End => {
                let here = flow::here(self.keeper.config());
                flow::forget();
                flow::want(&here);
                self.keeper.ended.try_run(Reason::Expired);
            }
            // The provider did not answer: until it does, the reader knows.
            _ if self.problem.get_untracked().is_some() => self.tell(session, moment).await,
            Step::Wait => self.notice.set(None),
            Step::Refresh | Step::Leave { .. } => {}
        }
    }

    fn moment(self, session: &Session, past: Past, refused: bool, now: i64) -> Moment {
        let ticks = clock::ticks_ms();
        let is_fresh = past.adopted_at.is_some_and(|at| ticks - at < FRESH_MS);
        Moment {
            renewal: self.keeper.config().auth.renewal,
            left_s: session.expires_at.map(|end| end.saturating_sub(now)),
            refused,
            by_hand: session.by_hand || past.by_hand,
            can_refresh: session.refresh_token.is_some() && !past.refresh_failed && !(refused && is_fresh),
            unsaved: lifecycle::is_unsaved(),
            visible: page::is_visible(),
            idle_s: past.active_at.map(clock::seconds_since),
        }
    }

    /// Takes up the session of a tab that was quicker, else sends the refresh token. One tab at a time: a provider that
    /// sees one twice ends everything.
    async fn refresh(self, before: Session) {
        let config = self.keeper.config();
        let result = lock::alone(LOCK, async move {
            let is_later = |now: &Session| now.expires_at > before.expires_at;
            if self.keeper.session().as_ref().is_some_and(is_later) {
                return Ok(());
            }
            if let Some(newer) = prolong::from_sibling(&before).await {
                self.adopt(newer);
                return Ok(());
            }
            if prolong::is_spent(&before) {
                return Err(Failed::Spent);
            }
            let session = prolong::refresh(config, before).await.map_err(Failed::Refused)?;
            prolong::note_refreshed(&session);
            self.adopt(session.clone());
            talk::tell(&Said::Renewed(Box::new(session)));
            Ok(())
        });
        match result.await {
            Some(Ok(())) => {}
            Some(Err(Failed::Refused(why @ (AuthError::Unreachable | AuthError::NotLoaded)))) => self.put_off(&why),
            // The tab that has the new one may be slow to say so.
            Some(Err(Failed::Spent)) if self.past.with_value(|past| past.spent) < SPENT_LIMIT => {
                self.remember(|past| past.spent += 1);
                self.wait(RETRY_MS);
            }
            Some(Err(_)) | None => self.remember(|past| past.refresh_failed = true),
        }
    }

    /// Leaves for the provider, to come back to this address. `at_once`: the reader knows what is lost.
    async fn leave(self, silent: bool, at_once: bool) {
        let Some(before) = self.keeper.session() else { return };
        let keeper = self.keeper;
        let config = keeper.config();
        lock::alone(LOCK, async move {
            if self.must_wait() {
                return;
            }
            if let Some(newer) = prolong::from_sibling(&before).await {
                self.adopt(newer);
                return;
            }
            let may_leave = if at_once { || true } else { || !lifecycle::is_unsaved() };
            if !may_leave() {
                return;
            }
            talk::tell(&Said::Renewing);
            let here = flow::here(config);
            let begun = if silent {
                flow::renew_silently(config, &here, may_leave).await
            } else {
                flow::renew(config, &here, may_leave).await
            };
            match begun {
                Ok(false) => {}
                Ok(true) => {
                    keeper.leaving.try_run(());
                    // The lock goes with the page.
                    clock::sleep_ms(AWAY_MS).await;
                }
                // What there is may be good until its end, and the provider there again before it.
                Err(error @ AuthError::Unreachable) if keeper.is_good() => {
                    lifecycle::let_go(false);
                    self.put_off(&error);
                }
                Err(_) if silent => self.remember(|past| past.by_hand = true),
                Err(error) => {
                    flow::forget();
                    flow::want(&here);
                    keeper.ended.try_run(Reason::Failed(error));
                }
            }
        })
        .await;
    }

    async fn tell(self, session: Session, moment: Moment) {
        if self.notice.get_untracked().is_none()
            && let Some(newer) = prolong::from_sibling(&session).await
        {
            self.adopt(newer);
            return;
        }
        let left = moment.left_s.filter(|left| *left > 0 && !moment.refused);
        let is_silent = moment.renewal == Renewal::Session && !moment.by_hand && left.is_some();
        let prompt = if is_silent { Prompt::Nothing } else { Prompt::Usual };
        let is_made = self
            .asked
            .try_with_value(|asked| asked.as_ref().is_some_and(|asked| asked.prompt == prompt));
        // Made before the click: a window must be opened at once, or the browser takes it for an advertisement.
        if moment.unsaved && is_made == Some(false) {
            let config = self.keeper.config();
            match prolong::window(config, prompt).await {
                Ok(made) => self.asked.set_value(Some(made)),
                Err(error) => self.problem.set(Some(auth_words(config, &error))),
            }
        }
        let notice = Notice {
            minutes: left.map(|left| u64::try_from(left / 60).unwrap_or_default()),
            by_hand: moment.by_hand,
            in_dialog: lifecycle::is_dialog_open(),
        };
        if self.notice.get_untracked() != Some(notice) {
            self.notice.set(Some(notice));
        }
    }

    /// The reader wants to stay signed in.
    pub fn stay(self) {
        if self.problem.try_update(Option::take).flatten().is_some() {
            self.wait(0);
        }
        let silent = self.notice.get_untracked().is_some_and(|notice| {
            let renewal = self.keeper.config().auth.renewal;
            renewal == Renewal::Session && notice.minutes.is_some() && !notice.by_hand
        });
        if !lifecycle::is_unsaved() {
            spawn_local(self.leave(silent, false));
            return;
        }
        let url = self
            .asked
            .with_value(|asked| asked.as_ref().map(|asked| asked.url.clone()));
        let Some(url) = url else { return };
        if page::open_window(&url) {
            self.opened.set(true);
        } else {
            self.blocked.set(true);
        }
    }

    /// The reader signs in in this tab, whatever is unsaved.
    pub fn stay_here(self) {
        lifecycle::let_go(true);
        spawn_local(self.leave(false, true));
    }

    fn take_answer(self, query: String) {
        let asked = self
            .asked
            .try_update_value(|asked| asked.take_if(|asked| asked.is_answered_by(&query)));
        let (Some(Some(asked)), Some(before)) = (asked, self.keeper.session()) else {
            return;
        };
        let config = self.keeper.config();
        spawn_local(async move {
            self.opened.try_set(false);
            let silent = asked.prompt == Prompt::Nothing;
            match prolong::answered(config, asked, query, before).await {
                Ok(session) => {
                    self.adopt(session.clone());
                    talk::tell(&Said::Renewed(Box::new(session)));
                    self.console.toasts.success(t_session().session_renewed().to_owned());
                }
                Err(AuthError::Denied(_)) if silent => self.remember(|past| past.by_hand = true),
                Err(error) => {
                    self.problem.try_set(Some(auth_words(config, &error)));
                }
            }
        });
    }

    /// Goes on with a new session, if it is the same person's.
    fn adopt(self, session: Session) {
        let Some(was_refused) = self.keeper.take_up(session) else {
            return;
        };
        self.remember(|past| {
            past.adopted_at = Some(clock::ticks_ms());
            past.by_hand = false;
            past.refresh_failed = false;
            past.spent = 0;
        });
        self.asked.try_set_value(None);
        self.blocked.try_set(false);
        self.problem.try_set(None);
        self.notice.try_set(None);
        if was_refused {
            self.console.start();
            self.console.refresh();
        }
    }
}
