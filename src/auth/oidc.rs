//! OpenID Connect's messages: discovery, the authorization request, the callback, the token exchange, the sign-out.
//! Texts in, texts out; `flow`, `callback` and `provider` carry them.

use serde::Deserialize;
use serde_json::Value;

use super::session::is_header_text;
use crate::api::encode::push_pair;
use crate::config::is_address;

/// So many characters of a provider's word for an error are kept; the standard ones have some twenty.
const WORD_LIMIT: usize = 100;

/// What a provider says about itself (OpenID Connect Discovery 1.0).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// its name, equal to the configured issuer
    pub issuer: String,
    /// where one is sent to sign in
    pub authorization_endpoint: String,
    /// where a code becomes a token
    pub token_endpoint: String,
    /// where one is sent to sign out, if there is such a place
    pub end_session_endpoint: Option<String>,
    /// where tokens are given back, if there is such a place (RFC 7009)
    pub revocation_endpoint: Option<String>,
    /// whether the callback names the issuer (RFC 9207)
    pub names_issuer: bool,
    /// whether it says that it can ask anew who somebody is, or tell when they last proved it
    pub proves_anew: bool,
}

/// What is wrong with a discovery document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DiscoveryProblem {
    /// not a document of this kind
    Format,
    /// another issuer than the configured one
    Issuer,
}

#[derive(Deserialize)]
struct WireProvider {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    end_session_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
    authorization_response_iss_parameter_supported: Option<bool>,
    // Lists of texts, as a rule; nobody is kept out by one that is something else.
    claims_supported: Option<Value>,
    prompt_values_supported: Option<Value>,
}

/// Where the discovery document of an issuer is.
pub fn discovery_url(issuer: &str) -> String {
    [issuer.trim_end_matches('/'), "/.well-known/openid-configuration"].concat()
}

impl Provider {
    /// Reads a discovery document. The issuer must be the configured one, character by character.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(document: &str, issuer: &str) -> Result<Self, DiscoveryProblem> {
        let wire: WireProvider = serde_json::from_slice(document.as_bytes()).map_err(|_| DiscoveryProblem::Format)?;
        if wire.issuer != issuer {
            return Err(DiscoveryProblem::Issuer);
        }
        // A provider reached over TLS must not send anybody, or their code, anywhere without.
        let plain = issuer.starts_with("http://");
        let trusted = |address: &str| is_address(address) && (plain || address.starts_with("https://"));
        let end_session = wire.end_session_endpoint.filter(|address| trusted(address));
        let revocation = wire.revocation_endpoint.filter(|address| trusted(address));
        if !trusted(&wire.authorization_endpoint) || !trusted(&wire.token_endpoint) {
            return Err(DiscoveryProblem::Format);
        }
        Ok(Self {
            issuer: wire.issuer,
            authorization_endpoint: wire.authorization_endpoint,
            token_endpoint: wire.token_endpoint,
            end_session_endpoint: end_session,
            revocation_endpoint: revocation,
            names_issuer: wire.authorization_response_iss_parameter_supported.unwrap_or(false),
            proves_anew: lists(wire.claims_supported.as_ref(), "auth_time")
                || lists(wire.prompt_values_supported.as_ref(), "login"),
        })
    }

    /// Where to send the browser to sign in.
    pub fn authorization_url(&self, request: &AuthorizationRequest<'_>) -> String {
        let mut query = String::new();
        for (name, value) in [
            ("response_type", "code"),
            ("client_id", request.client_id),
            ("redirect_uri", request.redirect_uri),
            ("scope", request.scope),
            ("state", request.state),
            ("nonce", request.nonce),
            ("code_challenge", request.challenge),
            ("code_challenge_method", "S256"),
        ] {
            push_pair(&mut query, name, value);
        }
        if let Some(audience) = request.audience {
            push_pair(&mut query, "audience", audience);
        }
        match request.prompt {
            Prompt::Usual => {}
            Prompt::Nothing => push_pair(&mut query, "prompt", "none"),
            Prompt::SignIn => push_pair(&mut query, "prompt", "login"),
            Prompt::Anew => {
                push_pair(&mut query, "prompt", "login");
                push_pair(&mut query, "max_age", "0");
            }
        }
        with_query(&self.authorization_endpoint, &query)
    }

    /// Where to send the browser to sign out; `None` where the provider has no such place.
    pub fn end_session_url(&self, id_token: Option<&str>, client_id: &str, back_to: &str) -> Option<String> {
        let mut query = String::new();
        if let Some(token) = id_token {
            push_pair(&mut query, "id_token_hint", token);
        }
        push_pair(&mut query, "client_id", client_id);
        push_pair(&mut query, "post_logout_redirect_uri", back_to);
        self.end_session_endpoint
            .as_ref()
            .map(|endpoint| with_query(endpoint, &query))
    }
}

/// Whether a list of texts has this one.
fn lists(list: Option<&Value>, text: &str) -> bool {
    list.and_then(Value::as_array)
        .is_some_and(|items| items.iter().any(|item| item.as_str() == Some(text)))
}

fn with_query(endpoint: &str, query: &str) -> String {
    let joint = if endpoint.contains('?') { "&" } else { "?" };
    [endpoint, joint, query].concat()
}

/// What an authorization request says.
#[derive(Clone, Copy, Debug)]
pub struct AuthorizationRequest<'a> {
    /// the client
    pub client_id: &'a str,
    /// where to come back to
    pub redirect_uri: &'a str,
    /// what is asked for
    pub scope: &'a str,
    /// for which API, where the provider wants to know
    pub audience: Option<&'a str>,
    /// ties the callback to this tab
    pub state: &'a str,
    /// ties the ID token to this sign-in
    pub nonce: &'a str,
    /// ties the code to this tab
    pub challenge: &'a str,
    /// what the provider may ask
    pub prompt: Prompt,
}

/// What the provider may ask somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Prompt {
    /// whatever it usually does
    Usual,
    /// nothing: it has a session, or says that it has none
    Nothing,
    /// who they are, whoever is signed in there already
    SignIn,
    /// the same, and the answer is to tell when they said it
    Anew,
}

/// What came back in the callback's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Callback {
    /// the value that was sent
    pub state: String,
    /// the issuer, where the provider names it
    pub issuer: Option<String>,
    /// a code, or the provider's word for why not
    pub result: Result<String, String>,
}

impl Callback {
    /// Reads the query of a callback. `None` when it is no answer at all.
    pub fn read(query: &str) -> Option<Self> {
        let (mut state, mut code, mut error, mut issuer) = (None, None, None, None);
        for pair in query.trim_start_matches('?').split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let slot = match name {
                "state" => &mut state,
                "code" => &mut code,
                "error" => &mut error,
                "iss" => &mut issuer,
                _ => continue,
            };
            // A parameter that comes twice is nobody's honest answer (RFC 6749, 3.1).
            if slot.is_some() {
                return None;
            }
            *slot = Some(decode(value));
        }
        let result = match (code, error) {
            (Some(code), None) if !code.is_empty() => Ok(code),
            (None, Some(error)) => Err(word(&error)),
            _ => return None,
        };
        Some(Self {
            state: state?,
            issuer,
            result,
        })
    }
}

fn decode(value: &str) -> String {
    percent_encoding::percent_decode_str(&value.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

/// A provider's word for an error, cut: it is shown.
fn word(error: &str) -> String {
    error.chars().take(WORD_LIMIT).collect()
}

/// The form that turns a code into tokens.
pub fn token_request(code: &str, redirect_uri: &str, client_id: &str, verifier: &str) -> String {
    let mut form = String::new();
    for (name, value) in [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", redirect_uri),
        ("client_id", client_id),
        ("code_verifier", verifier),
    ] {
        push_pair(&mut form, name, value);
    }
    form
}

/// The form that turns a refresh token into tokens (RFC 6749, 6).
pub fn refresh_request(refresh_token: &str, client_id: &str) -> String {
    let mut form = String::new();
    for (name, value) in [
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh_token),
        ("client_id", client_id),
    ] {
        push_pair(&mut form, name, value);
    }
    form
}

/// The form that gives a token back. `kind` is the hint of RFC 7009: `refresh_token`, `access_token`.
pub fn revocation_request(token: &str, kind: &str, client_id: &str) -> String {
    let mut form = String::new();
    for (name, value) in [("token", token), ("token_type_hint", kind), ("client_id", client_id)] {
        push_pair(&mut form, name, value);
    }
    form
}

/// Tokens, as the provider hands them out.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// for the API
    pub access_token: String,
    /// about the user; a refresh may leave it out
    pub id_token: Option<String>,
    /// for the next ones, where it was asked for
    pub refresh_token: Option<String>,
    /// seconds the access token lives, if said
    pub expires_in: Option<i64>,
}

#[derive(Deserialize)]
struct WireTokens {
    access_token: Option<String>,
    id_token: Option<String>,
    refresh_token: Option<String>,
    token_type: Option<String>,
    expires_in: Option<Value>,
    error: Option<String>,
}

/// Reads the answer of the token endpoint.
///
/// # Errors
/// The provider's word for why not; empty when its answer cannot be read.
pub fn read_tokens(body: &str) -> Result<Tokens, String> {
    let wire: WireTokens = serde_json::from_slice(body.as_bytes()).map_err(|_| String::new())?;
    if let Some(error) = wire.error {
        return Err(word(&error));
    }
    let bearer = wire.token_type.is_none_or(|kind| kind.eq_ignore_ascii_case("bearer"));
    let sendable = |token: &Option<String>| token.as_deref().is_none_or(is_header_text);
    match wire.access_token {
        Some(access_token) if bearer && is_header_text(&access_token) && sendable(&wire.id_token) => Ok(Tokens {
            access_token,
            id_token: wire.id_token,
            refresh_token: wire.refresh_token.filter(|token| !token.is_empty()),
            expires_in: wire.expires_in.as_ref().and_then(seconds),
        }),
        _ => Err(String::new()),
    }
}

/// A number of seconds; some providers write it as a text.
fn seconds(value: &Value) -> Option<i64> {
    let number = value.as_f64().or_else(|| value.as_str()?.parse().ok())?;
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and no token lives that long"
    )]
    let seconds = number as i64;
    Some(seconds)
}

#[cfg(test)]
#[path = "oidc_tests.rs"]
mod tests;
