//! What may be told of the session: what its token says, never the token.

use super::claims::Claims;
use super::session::Session;
use super::{siblings, tab};
use crate::config::{AuthMode, RunConfig};

/// The session of this tab, as far as it is for other eyes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Nobody is signed in.
    Nobody,
    /// A proxy adds the credentials.
    Proxy,
    /// An access token of NetBird, which says nothing.
    AccessToken,
    /// A token of the provider, and what it says; `None` where it says nothing that can be read.
    Provider(Option<Box<Claims>>),
}

/// The session that a page of this tab would begin with.
pub async fn session(config: &RunConfig) -> Option<Session> {
    match tab::session(config) {
        None if config.auth.mode != AuthMode::Proxy && !tab::is_signed_out() => siblings::ask(&config.api, None).await,
        session => session,
    }
}

/// What may be told of it.
pub fn told(config: &RunConfig, session: Option<&Session>) -> Told {
    match session {
        _ if config.auth.mode == AuthMode::Proxy => Told::Proxy,
        None => Told::Nobody,
        Some(session) => match session.authorization.strip_prefix("Bearer ") {
            Some(token) => Told::Provider(Claims::read(token).ok().map(Box::new)),
            None => Told::AccessToken,
        },
    }
}
