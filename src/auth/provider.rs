//! Talking to the identity provider: its discovery document, kept for the session, and its token endpoint.

use web_sys::RequestCredentials;

use super::flow::AuthError;
use super::oidc::{self, DiscoveryProblem, Provider, Tokens};
use crate::browser::abort::Attempt;
use crate::browser::fetch::{self, Call};
use crate::browser::storage;

/// The discovery document in the tab's storage.
const STORAGE_KEY: &str = "roost.provider";
/// Milliseconds a provider may take.
pub const LIMIT_MS: u32 = 10_000;
/// Milliseconds it may take for what nobody wants to wait for: whatever belongs to signing out.
pub const SHORT_LIMIT_MS: u32 = 3_000;

/// What the provider says about itself, or has said in this tab.
///
/// # Errors
/// It does not answer, or not as the configured provider.
pub async fn discover(issuer: &str) -> Result<Provider, AuthError> {
    if let Some(document) = storage::get(storage::tab().as_ref(), STORAGE_KEY)
        && let Ok(provider) = Provider::read(&document, issuer)
    {
        return Ok(provider);
    }
    discover_now(issuer, LIMIT_MS).await
}

/// What it says about itself now: a document that was kept proves neither that the provider is there, nor who wrote it.
///
/// # Errors
/// It does not answer, or not as the configured provider.
pub async fn discover_now(issuer: &str, limit_ms: u32) -> Result<Provider, AuthError> {
    let (status, document) = send(&oidc::discovery_url(issuer), None, limit_ms)
        .await
        .ok_or(AuthError::Unreachable)?;
    if status != 200 {
        return Err(if status >= 500 {
            AuthError::Unreachable
        } else {
            AuthError::Discovery
        });
    }
    let provider = Provider::read(&document, issuer).map_err(|problem| match problem {
        DiscoveryProblem::Format => AuthError::Discovery,
        DiscoveryProblem::Issuer => AuthError::Issuer,
    })?;
    storage::set(storage::tab().as_ref(), STORAGE_KEY, &document);
    Ok(provider)
}

/// Turns a code, or a refresh token, into tokens.
///
/// # Errors
/// The provider does not answer, or refuses.
pub async fn exchange(provider: &Provider, form: &str) -> Result<Tokens, AuthError> {
    let Some((status, body)) = send(&provider.token_endpoint, Some(form), LIMIT_MS).await else {
        // The document may be of yesterday: the next try asks for it again.
        forget();
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

/// Forgets what this tab knows of the provider.
pub fn forget() {
    storage::remove(storage::tab().as_ref(), STORAGE_KEY);
}
