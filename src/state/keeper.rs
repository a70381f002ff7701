//! The session in use: what is sent with requests, when its renewal is due, and the ways out of it.

use std::sync::{Mutex, PoisonError};

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::auth::flow::Reason;
use crate::auth::prolong;
use crate::auth::session::Session;
use crate::browser::clock;
use crate::config::RunConfig;
use crate::transport::Credential;

/// The time is looked at as often as this at least, in seconds: a computer that slept does not notice by itself.
const LOOK_S: i64 = 30;

/// A handle on the session in use; copies are the same. What is behind it stays when the session ends: sessions are few.
#[derive(Clone, Copy)]
pub struct Keeper(&'static Kept);

impl std::ops::Deref for Keeper {
    type Target = Kept;

    fn deref(&self) -> &Kept {
        self.0
    }
}

/// The session in use, for what pages do with it, given by context.
#[derive(Clone, Copy)]
pub struct InUse {
    /// Keeps it.
    pub keeper: Keeper,
    /// Ends it because the account is gone; `false` = nobody knows whether it is.
    pub account_gone: Callback<bool>,
}

/// What a [`Keeper`] leads to.
pub struct Kept {
    config: &'static RunConfig,
    session: Mutex<Option<Session>>,
    /// What requests are sent with, now and later.
    pub credential: Credential,
    /// What renews is needed: the end is near, or there is something to say. It stays for good.
    pub needed: RwSignal<bool>,
    /// The API has refused the session.
    pub refused: RwSignal<bool>,
    /// Leads to the sign-in page.
    pub ended: Callback<Reason>,
    /// Called when the browser leaves for the provider.
    pub leaving: Callback<()>,
}

impl Keeper {
    /// Keeps `session`; `None` behind a proxy that adds the credentials.
    pub fn new(
        config: &'static RunConfig,
        session: Option<Session>,
        ended: Callback<Reason>,
        leaving: Callback<()>,
    ) -> Self {
        let authorization = session.as_ref().map(|session| session.authorization.clone());
        let keeper = Self(Box::leak(Box::new(Kept {
            config,
            session: Mutex::new(session),
            credential: Credential::new(authorization),
            needed: RwSignal::new(false),
            refused: RwSignal::new(false),
            ended,
            leaving,
        })));
        spawn_local(keeper.watch());
        keeper
    }

    /// The deployment.
    pub fn config(self) -> &'static RunConfig {
        self.0.config
    }

    /// The session as it is now.
    pub fn session(self) -> Option<Session> {
        self.session.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether the session can still be used: the API has not refused it, and its time is not over.
    pub fn is_good(self) -> bool {
        let is_over = |session: Session| session.expires_at.is_some_and(|end| end <= clock::now_s());
        !self.refused.get_untracked() && !self.session().is_none_or(is_over)
    }

    /// Goes on with another session of the same person; `None` when it has ended.
    pub fn adopt(self, session: Option<Session>) {
        if let Some(session) = &session {
            self.credential.set(session.authorization.clone());
        }
        *self.session.lock().unwrap_or_else(PoisonError::into_inner) = session;
        self.refused.try_set(false);
    }

    /// Goes on with a session that a provider has brought, over a reload too, if it is the same person's: whether the API
    /// had refused the one before. `None` when nothing was taken up.
    pub fn take_up(self, session: Session) -> Option<bool> {
        let is_ours = self.session().is_some_and(|before| before.is_of_same_person(&session));
        if !is_ours {
            return None;
        }
        let was_refused = self.refused.try_get_untracked() == Some(true);
        prolong::keep(self.config, &session);
        self.adopt(Some(session));
        Some(was_refused)
    }

    /// Takes note that the API has refused the session.
    pub fn refuse(self) {
        self.refused.try_set(true);
        self.needed.try_set(true);
    }

    /// Notices when the renewal is due, until the session has ended.
    async fn watch(self) {
        while let (Some(session), Some(is_needed)) = (self.session(), self.needed.try_get_untracked()) {
            let left = match session.renew_at {
                _ if session.clock_ahead_s.is_some() => 0,
                Some(at) => at.saturating_sub(clock::now_s()),
                None => LOOK_S,
            };
            if left <= 0 && !is_needed {
                self.needed.try_set(true);
            }
            let wait = u32::try_from(left.clamp(1, LOOK_S)).unwrap_or_default();
            clock::sleep_ms(wait.saturating_mul(1000)).await;
        }
    }
}
