//! The way back from the provider: its answer in the address becomes a session, or the reason why not.

use super::claims::{Claims, Expected};
use super::flow::AuthError;
use super::oidc::{self, Callback, Tokens};
use super::session::Session;
use super::{provider, tab};
use crate::browser::clock;
use crate::config::{Bearer, RunConfig};

/// Turns the query of a callback into a session and the address to land on, below the base path.
///
/// # Errors
/// Why there is no session. Nothing is sent for an answer to a question this tab did not ask.
pub async fn finish(config: &RunConfig, query: &str) -> Result<(Session, String), AuthError> {
    let callback = Callback::read(query).ok_or(AuthError::State)?;
    let pending = tab::take_pending(&callback.state).ok_or(AuthError::State)?;
    // A further try, by hand, leads to the same page.
    tab::want(&pending.return_to);
    let named = callback.issuer.as_deref();
    if named.is_some_and(|issuer| issuer != config.auth.issuer) {
        return Err(AuthError::Issuer);
    }
    let code = callback.result.map_err(AuthError::Denied)?;
    let provider = provider::discover(&config.auth.issuer).await?;
    if provider.names_issuer && named.is_none() {
        return Err(AuthError::Issuer);
    }
    let form = oidc::token_request(&code, &config.redirect_uri(), &config.auth.client_id, &pending.verifier);
    let tokens = provider::exchange(&provider, &form).await?;
    let session = session(config, &tokens, &pending.nonce)?;
    tab::keep(config, &session);
    tab::count_round(Claims::read(bearer(config, &tokens)).ok());
    tab::clear_wanted();
    Ok((session, pending.return_to))
}

fn session(config: &RunConfig, tokens: &Tokens, nonce: &str) -> Result<Session, AuthError> {
    let now = clock::now_s();
    let claims = Claims::read(&tokens.id_token).map_err(AuthError::Claim)?;
    let expected = Expected {
        issuer: &config.auth.issuer,
        client_id: &config.auth.client_id,
        nonce,
        now,
    };
    claims.check(expected).map_err(AuthError::Claim)?;
    // Both ends are told by this computer's clock, which will be asked later on: it may be wrong, but it is steady.
    let lifetime = match config.auth.bearer {
        Bearer::AccessToken => tokens.expires_in,
        Bearer::IdToken => claims.lifetime_s(),
    };
    let expires_at = lifetime.map(|seconds| now.saturating_add(seconds));
    Ok(Session::with_bearer(
        &config.api,
        bearer(config, tokens),
        expires_at,
        &tokens.id_token,
    ))
}

fn bearer<'a>(config: &RunConfig, tokens: &'a Tokens) -> &'a str {
    match config.auth.bearer {
        Bearer::AccessToken => &tokens.access_token,
        Bearer::IdToken => &tokens.id_token,
    }
}
