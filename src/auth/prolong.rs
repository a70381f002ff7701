//! A session's next one without leaving the page: by a window of its own, or by a refresh token.

use super::flow::AuthError;
use super::oidc::{self, Callback, Prompt, Provider};
use super::pending::Pending;
use super::session::Session;
use super::{callback, leaving, provider, renewal, siblings, tab};
use crate::browser::chunk::{Working, chunk};
use crate::config::RunConfig;

/// A question that is asked in a window of its own. It waits in the memory of the tab that asked.
#[derive(Clone)]
pub struct WindowRequest {
    /// What the window opens.
    pub url: String,
    /// What the provider may ask.
    pub prompt: Prompt,
    pending: Pending,
    provider: Provider,
}

impl WindowRequest {
    /// Whether a callback's query is the answer to it.
    pub fn is_answered_by(&self, query: &str) -> bool {
        Callback::read(query).is_some_and(|callback| callback.state == self.pending.state)
    }

    /// Whether the provider says that it can ask anew who somebody is, or tell when they last proved it.
    pub fn proves_anew(&self) -> bool {
        self.provider.proves_anew
    }
}

// What these share with signing in travels with it.
chunk!(sign_in: fn window_in_part(config: RunConfig, prompt: Prompt) -> Working<Result<WindowRequest, AuthError>> {
    Box::pin(async move {
        let provider = provider::discover(&config.auth.issuer, provider::LIMIT_MS).await?;
        let (url, pending) = leaving::question(&config, &provider, prompt, renewal::window_state)?;
        Ok(WindowRequest { url, prompt, pending, provider })
    })
});
chunk!(sign_in: fn answer_in_part(config: RunConfig, asked: WindowRequest, query: String, before: Session) -> Working<Result<Session, AuthError>> {
    Box::pin(async move {
        let answer = Callback::read(&query).ok_or(AuthError::State)?;
        let session = callback::answered(&config, &asked.provider, answer, &asked.pending).await?;
        if before.is_of_same_person(&session) {
            Ok(session)
        } else {
            Err(AuthError::OtherPerson)
        }
    })
});
chunk!(sign_in: fn refresh_in_part(config: RunConfig, before: Session) -> Working<Result<Session, AuthError>> {
    Box::pin(async move {
        let provider = provider::discover(&config.auth.issuer, provider::LIMIT_MS).await?;
        let token = before.refresh_token.as_deref().unwrap_or_default();
        let form = oidc::refresh_request(token, &config.auth.client_id);
        // Without an answer nobody knows whether the token was used: it counts as spent.
        let tokens = provider::exchange(&provider, &form).await.map_err(|error| match error {
            AuthError::Unreachable => AuthError::Token("timeout".to_owned()),
            error => error,
        })?;
        callback::session(&config, tokens, None, Some(&before))
    })
});

/// Makes a question for a window.
///
/// # Errors
/// Why there is none.
pub async fn window(config: &RunConfig, prompt: Prompt) -> Result<WindowRequest, AuthError> {
    window_in_part(config.clone(), prompt).await?.await
}

/// The session that a window's answer brings.
///
/// # Errors
/// Why it brings none.
pub async fn answered(
    config: &RunConfig,
    asked: WindowRequest,
    query: String,
    before: Session,
) -> Result<Session, AuthError> {
    answer_in_part(config.clone(), asked, query, before).await?.await
}

/// The session that a refresh token brings. It is sent once: a provider that sees one twice ends everything.
///
/// # Errors
/// Why it brings none.
pub async fn refresh(config: &RunConfig, before: Session) -> Result<Session, AuthError> {
    refresh_in_part(config.clone(), before).await?.await
}

/// Notes that a refresh token has brought this session: the one before it is spent, also for tabs that have not heard.
pub fn note_refreshed(session: &Session) {
    if let Some(end) = session.expires_at {
        tab::mark_renewed(end);
    }
}

/// Whether another tab has sent this session's refresh token already.
pub fn is_spent(session: &Session) -> bool {
    session.expires_at.is_some_and(tab::is_renewed_since)
}

/// A session of the same person that another tab has and that ends later.
pub async fn from_sibling(before: &Session) -> Option<Session> {
    let found = siblings::ask(&before.api, before.expires_at.or(Some(0))).await?;
    before.is_of_same_person(&found).then_some(found)
}

/// Takes a session for the tab's.
pub fn keep(config: &RunConfig, session: &Session) {
    tab::keep(config, session);
}
