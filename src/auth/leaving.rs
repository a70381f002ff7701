//! Leaving for the provider: the question that is put to it, and what is kept until the answer comes.

use super::flow::AuthError;
use super::oidc::{AuthorizationRequest, Prompt, Provider};
use super::pending::Pending;
use super::{pkce, provider, tab};
use crate::browser::{clock, page};
use crate::config::RunConfig;
use crate::routes::Route;

/// Sends the browser to the provider, see [`super::flow`]. Whether it left.
///
/// # Errors
/// Why it stays.
pub(super) async fn leave(
    config: &RunConfig,
    return_to: &str,
    prompt: Prompt,
    may_leave: fn() -> bool,
) -> Result<bool, AuthError> {
    let rounds = tab::rounds();
    if rounds.is_loop() {
        tab::clear_rounds();
        return Err(AuthError::Loop(rounds.claims.map(Box::new)));
    }
    // Asked now: who leaves for a provider that is not there is left with the browser's own page.
    let provider = provider::discover(&config.auth.issuer, provider::LIMIT_MS).await?;
    if !may_leave() {
        return Ok(false);
    }
    let (url, pending) = question(config, &provider, prompt, str::to_owned)?;
    let return_to = if Route::is_return_target(return_to) {
        return_to.to_owned()
    } else {
        Route::users().to_path()
    };
    tab::add_pending(Pending { return_to, ..pending });
    page::go_to(&url);
    Ok(true)
}

/// A question to a provider: the address that asks it, and what is to be known when the answer comes. `state` makes the
/// state out of something nobody can guess.
pub(super) fn question(
    config: &RunConfig,
    provider: &Provider,
    prompt: Prompt,
    state: fn(&str) -> String,
) -> Result<(String, Pending), AuthError> {
    let secret = || {
        page::random_bytes()
            .map(pkce::unguessable)
            .ok_or(AuthError::NoRandomness)
    };
    let (state, nonce, verifier) = (state(&secret()?), secret()?, secret()?);
    let url = provider.authorization_url(&AuthorizationRequest {
        client_id: &config.auth.client_id,
        redirect_uri: &config.redirect_uri(),
        scope: &config.auth.scope,
        audience: config.auth.audience.as_deref(),
        state: &state,
        nonce: &nonce,
        challenge: &pkce::challenge(&verifier),
        prompt,
    });
    let pending = Pending {
        state,
        verifier,
        nonce,
        return_to: String::new(),
        begun_at: clock::now_s(),
        silent: prompt == Prompt::Nothing,
    };
    Ok((url, pending))
}
