//! The way back from the provider: its answer in the address becomes a session, or the reason why not.

use super::claims::{ClaimProblem, Claims, Expected};
use super::flow::AuthError;
use super::oidc::{self, Callback, Provider, Tokens};
use super::pending::Pending;
use super::session::Session;
use super::talk::{self, Said};
use super::{provider, renewal, tab};
use crate::browser::{clock, page};
use crate::config::{Bearer, Renewal, RunConfig};

/// Turns the query of a callback into a session and the address to land on, below the base path.
///
/// # Errors
/// Why there is no session. Nothing is sent for an answer to a question this tab did not ask.
pub async fn finish(config: &RunConfig, query: &str) -> Result<(Session, String), AuthError> {
    let callback = Callback::read(query).ok_or(AuthError::State)?;
    if renewal::is_for_window(&callback.state) {
        // The tab that asked knows the verifier; whoever else hears the code can do nothing with it.
        talk::tell(&Said::Answer(query.to_owned()));
        page::close();
        return Err(AuthError::HandedOn);
    }
    let pending = tab::take_pending(&callback.state).ok_or(AuthError::State)?;
    // A further try, by hand, leads to the same page.
    tab::want(&pending.return_to);
    let session = match came_back(config, callback, &pending).await {
        Ok(session) => session,
        // A renewal that did not work ends nothing: what there was is good until its end.
        Err(AuthError::Denied(_) | AuthError::Unreachable | AuthError::Token(_)) if pending.silent => {
            let left = tab::session(config).ok_or_else(|| AuthError::Denied("login_required".to_owned()))?;
            Session { by_hand: true, ..left }
        }
        Err(error) => return Err(error),
    };
    tab::keep(config, &session);
    if !session.by_hand {
        tab::count_round(
            session
                .authorization
                .split(' ')
                .nth(1)
                .and_then(|token| Claims::read(token).ok()),
        );
        talk::tell(&Said::Renewed(Box::new(session.clone())));
    }
    tab::clear_wanted();
    Ok((session, pending.return_to))
}

/// The session that an answer brings to a page that left and has come back.
async fn came_back(config: &RunConfig, callback: Callback, pending: &Pending) -> Result<Session, AuthError> {
    // A refusal needs no provider to be read.
    fits(config, &callback)?;
    let provider = provider::discovered(&config.auth.issuer).await?;
    answered(config, &provider, callback, pending).await
}

/// The session that an answer of `provider` brings to a question.
///
/// # Errors
/// Why it brings none.
pub async fn answered(
    config: &RunConfig,
    provider: &Provider,
    callback: Callback,
    pending: &Pending,
) -> Result<Session, AuthError> {
    let code = fits(config, &callback)?;
    if provider.names_issuer && callback.issuer.is_none() {
        return Err(AuthError::Issuer);
    }
    let form = oidc::token_request(code, &config.redirect_uri(), &config.auth.client_id, &pending.verifier);
    let tokens = provider::exchange(provider, &form).await?;
    session(config, tokens, Some(&pending.nonce), None)
}

/// The code of an answer that the configured provider gave, as far as it says.
fn fits<'a>(config: &RunConfig, callback: &'a Callback) -> Result<&'a str, AuthError> {
    let named = callback.issuer.as_deref();
    if named.is_some_and(|issuer| issuer != config.auth.issuer) {
        return Err(AuthError::Issuer);
    }
    callback
        .result
        .as_deref()
        .map_err(|word| AuthError::Denied(word.clone()))
}

/// The session that tokens are good for. Those of a refresh say no nonce, must be of the same person as `before`, and
/// go on with what they leave out.
///
/// # Errors
/// They are not for us, or not all there.
pub fn session(
    config: &RunConfig,
    tokens: Tokens,
    nonce: Option<&str>,
    before: Option<&Session>,
) -> Result<Session, AuthError> {
    let now = clock::now_s();
    let claims = match &tokens.id_token {
        Some(token) => Some(checked(config, token, nonce, now)?),
        None => None,
    };
    let known = before.and_then(|before| before.id_token.clone());
    if let (Some(claims), Some(known)) = (&claims, &known)
        && Claims::read(known).is_ok_and(|known| known.subject != claims.subject)
    {
        return Err(AuthError::OtherPerson);
    }
    let incomplete = || AuthError::Token("id_token".to_owned());
    let id_token = tokens.id_token.clone().or(known).ok_or_else(incomplete)?;
    let (bearer, lifetime) = match config.auth.bearer {
        Bearer::AccessToken => (tokens.access_token, tokens.expires_in),
        Bearer::IdToken => (
            tokens.id_token.ok_or_else(incomplete)?,
            claims.as_ref().and_then(Claims::lifetime_s),
        ),
    };
    // Both ends are told by this computer's clock, which will be asked later on: it may be wrong, but it is steady.
    let expires_at = lifetime.map(|seconds| now.saturating_add(seconds));
    let due = |(end, lifetime)| renewal::due_at(end, lifetime, config.auth.renewal);
    let refresh_token = tokens
        .refresh_token
        .or_else(|| before.and_then(|before| before.refresh_token.clone()))
        .filter(|_| config.auth.renewal == Renewal::RefreshToken);
    Ok(Session {
        begun_at: now,
        renew_at: expires_at.zip(lifetime).map(due),
        refresh_token,
        // A refresh that brings no ID token goes on with the one before, and with what it told.
        clock_ahead_s: match claims {
            Some(claims) => claims.clock_ahead_s(now),
            None => before.and_then(|before| before.clock_ahead_s),
        },
        ..Session::with_bearer(&config.api, &bearer, expires_at, &id_token)
    })
}

fn checked(config: &RunConfig, id_token: &str, nonce: Option<&str>, now: i64) -> Result<Claims, AuthError> {
    let claims = Claims::read(id_token).map_err(AuthError::Claim)?;
    let expected = Expected {
        issuer: &config.auth.issuer,
        client_id: &config.auth.client_id,
        nonce,
        now,
    };
    match (claims.check(expected), claims.clock_ahead_s(now)) {
        (Ok(()), _) => Ok(claims),
        (Err(ClaimProblem::Time), Some(ahead)) => Err(AuthError::Clock(ahead)),
        (Err(problem), _) => Err(AuthError::Claim(problem)),
    }
}
