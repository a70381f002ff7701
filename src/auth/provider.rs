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
const LIMIT_MS: u32 = 10_000;

/// What the provider says about itself.
///
/// # Errors
/// It does not answer, or not as the configured provider.
pub async fn discover(issuer: &str) -> Result<Provider, AuthError> {
    let tab = storage::tab();
    if let Some(document) = storage::get(tab.as_ref(), STORAGE_KEY)
        && let Ok(provider) = Provider::read(&document, issuer)
    {
        return Ok(provider);
    }
    let (status, document) = send(&oidc::discovery_url(issuer), None)
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
    storage::set(tab.as_ref(), STORAGE_KEY, &document);
    Ok(provider)
}

/// Turns a code into tokens.
///
/// # Errors
/// The provider does not answer, or refuses.
pub async fn exchange(provider: &Provider, form: &str) -> Result<Tokens, AuthError> {
    let Some((status, body)) = send(&provider.token_endpoint, Some(form)).await else {
        // The document may be of yesterday: the next try asks for it again.
        storage::remove(storage::tab().as_ref(), STORAGE_KEY);
        return Err(AuthError::Unreachable);
    };
    oidc::read_tokens(&body).map_err(|word| AuthError::Token(if word.is_empty() { status.to_string() } else { word }))
}

/// Sends one request, without cookies and without credentials. `None` when no answer came.
async fn send(url: &str, form: Option<&str>) -> Option<(u16, String)> {
    let attempt = Attempt::begin(LIMIT_MS);
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
