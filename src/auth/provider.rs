//! Talking to the identity provider: its discovery document and its token endpoint.

use web_sys::RequestCredentials;

use super::flow::AuthError;
use super::oidc::{self, DiscoveryProblem, Provider, Tokens};
use crate::browser::abort::Attempt;
use crate::browser::boot;
use crate::browser::fetch::{self, Call};

/// Milliseconds a provider may take.
pub const LIMIT_MS: u32 = 10_000;
/// Milliseconds it may take for what nobody wants to wait for: whatever belongs to signing out.
pub const SHORT_LIMIT_MS: u32 = 3_000;

/// What it says about itself now. Nothing of it is kept: whoever can write the browser's storage must not say where a
/// reader, a code or a token goes.
///
/// # Errors
/// It does not answer, or not as the configured provider.
pub async fn discover(issuer: &str, limit_ms: u32) -> Result<Provider, AuthError> {
    let answer = send(&oidc::discovery_url(issuer), None, limit_ms).await;
    read(issuer, answer.ok_or(AuthError::Unreachable)?)
}

/// The same on the way back from it: what boot.mjs has asked for beside the program.
///
/// # Errors
/// As above.
pub async fn discovered(issuer: &str) -> Result<Provider, AuthError> {
    match boot::answer(boot::PROVIDER).await {
        Some(answer) => read(issuer, answer),
        None => discover(issuer, LIMIT_MS).await,
    }
}

fn read(issuer: &str, (status, document): (u16, String)) -> Result<Provider, AuthError> {
    match status {
        200 => Provider::read(&document, issuer).map_err(|problem| match problem {
            DiscoveryProblem::Format => AuthError::Discovery,
            DiscoveryProblem::Issuer => AuthError::Issuer,
        }),
        500.. => Err(AuthError::Unreachable),
        _ => Err(AuthError::Discovery),
    }
}

/// Turns a code, or a refresh token, into tokens.
///
/// # Errors
/// The provider does not answer, or refuses.
pub async fn exchange(provider: &Provider, form: &str) -> Result<Tokens, AuthError> {
    let Some((status, body)) = send(&provider.token_endpoint, Some(form), LIMIT_MS).await else {
        return Err(AuthError::Unreachable);
    };
    oidc::read_tokens(&body).map_err(|word| AuthError::Token(if word.is_empty() { status.to_string() } else { word }))
}

/// Gives a token back, where the provider takes it. Nobody waits for the outcome: the token ends by itself.
pub async fn revoke(provider: &Provider, form: &str) {
    if let Some(endpoint) = &provider.revocation_endpoint {
        let _ = send(endpoint, Some(form), SHORT_LIMIT_MS).await;
    }
}

/// Sends one request, without cookies and without credentials. `None` when no answer came.
async fn send(url: &str, form: Option<&str>, limit_ms: u32) -> Option<(u16, String)> {
    let attempt = Attempt::begin(limit_ms);
    let headers: &[_] = match form {
        Some(_) => &[("Content-Type", "application/x-www-form-urlencoded")],
        None => &[],
    };
    let call = Call {
        method: if form.is_some() { "POST" } else { "GET" },
        url,
        headers,
        body: form,
        credentials: RequestCredentials::Omit,
    };
    let response = fetch::fetch(&call, &attempt).await.ok()?;
    let text = fetch::body_text(&response).await.ok()?;
    attempt.finish();
    Some((response.status(), text))
}
