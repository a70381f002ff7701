//! Owns the token endpoint: a code for tokens, once (contract 7.3).

use std::sync::Arc;

use axum::extract::Request;
use axum::http::header::AUTHORIZATION;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Call;
use crate::app::Backend;
use crate::auth::jwt::{self, Claims, Which};
use crate::clock::seconds;
use crate::hooks::conditions::overlaid;
use crate::http;
use crate::ids::{self, Source};
use crate::store::identities;
use crate::store::sign_in::{self, AuthRequest, Code};

/// `POST /token`. After one refresh of a session nothing is answered any more until a restart, as with NetBird's
/// provider on SQLite.
pub async fn serve(request: Request) -> Response {
    let Some(backend) = request.extensions().get::<Arc<Backend>>().cloned() else {
        return http::not_found();
    };
    let response = super::run(Arc::clone(&backend), exchange, request).await;
    if backend.conditions.now().token_endpoint_is_stuck {
        std::future::pending::<()>().await;
    }
    response
}

fn exchange(call: &Call<'_>) -> rusqlite::Result<Response> {
    let client = client(call);
    if client != jwt::DASHBOARD && client != jwt::CLI {
        return Ok(refused(401, "invalid_client", "Invalid client credentials."));
    }
    match call.fields.get("grant_type") {
        "authorization_code" => by_code(call, &client),
        "refresh_token" if call.backend.conditions.now().refresh_tokens_work => by_refresh_token(call, &client),
        "refresh_token" => {
            if sign_in::refresh_token_is_known(call.db, call.fields.get("refresh_token"))? {
                call.backend
                    .conditions
                    .change(|conditions| conditions.token_endpoint_is_stuck = true);
            }
            let text = "Refresh token is invalid or has already been claimed by another client.";
            Ok(refused(400, "invalid_request", text))
        }
        _ => Ok(finished(400, &json!({ "error": "unsupported_grant_type" }))),
    }
}

/// The client by form field or by HTTP Basic; both of ours are public, so there is no secret to check.
fn client(call: &Call<'_>) -> String {
    let basic = http::header(call.headers, AUTHORIZATION)
        .and_then(|header| header.strip_prefix("Basic "))
        .and_then(|encoded| STANDARD.decode(encoded).ok())
        .and_then(|pair| String::from_utf8(pair).ok())
        .and_then(|pair| pair.split_once(':').map(|(client, _)| client.to_owned()));
    basic.unwrap_or_else(|| call.fields.get("client_id").to_owned())
}

fn by_code(call: &Call<'_>, client: &str) -> rusqlite::Result<Response> {
    let sent = call.fields.get("code");
    let code = sign_in::take_code(call.db, sent, call.now)?.filter(|code| code.request.client_id == client);
    let Some(code) = code else {
        return Ok(refused(400, "invalid_grant", "Invalid or expired code parameter."));
    };
    if code.request.redirect_uri != call.fields.get("redirect_uri") {
        return Ok(refused(
            400,
            "invalid_request",
            "redirect_uri did not match URI from initial request.",
        ));
    }
    if let Some((error, description)) = pkce_refusal(&code.request, call.fields.get("code_verifier")) {
        return Ok(refused(400, error, description));
    }
    let Some(identity) = identities::find(call.db, &code.identity)? else {
        return Ok(refused(400, "invalid_grant", "Invalid or expired code parameter."));
    };
    let mut tokens = tokens(call, &code, sent, &identity);
    if has(&code.request, "offline_access") {
        tokens.refresh_token = Some(new_refresh_token(call, &code.identity)?);
    }
    Ok(handed_out(call, &tokens))
}

/// What other stores than SQLite do: another token each time, and the end of all when one comes back.
fn by_refresh_token(call: &Call<'_>, client: &str) -> rusqlite::Result<Response> {
    let sent = call.fields.get("refresh_token");
    let text = "Refresh token is invalid or has already been claimed by another client.";
    let Some(id) = sign_in::spend_refresh_token(call.db, sent)? else {
        return Ok(refused(400, "invalid_grant", text));
    };
    let Some(identity) = identities::find(call.db, &id)? else {
        return Ok(refused(400, "invalid_grant", text));
    };
    let request = AuthRequest {
        client_id: client.to_owned(),
        redirect_uri: String::new(),
        scopes: ["openid", "profile", "email"].map(str::to_owned).to_vec(),
        state: String::new(),
        nonce: String::new(),
        challenge: String::new(),
        method: String::new(),
    };
    let code = Code {
        request,
        identity: id.clone(),
        auth_time: call.now,
    };
    let mut tokens = tokens(call, &code, sent, &identity);
    tokens.refresh_token = Some(new_refresh_token(call, &id)?);
    Ok(handed_out(call, &tokens))
}

fn new_refresh_token(call: &Call<'_>, identity: &str) -> rusqlite::Result<String> {
    let token = ids::secret(&mut Source::System) + &ids::secret(&mut Source::System);
    sign_in::keep_refresh_token(call.db, &token, identity)?;
    Ok(token)
}

fn handed_out(call: &Call<'_>, tokens: &Tokens) -> Response {
    let answer = serde_json::to_value(tokens).unwrap_or_default();
    finished(200, &overlaid(answer, &call.backend.conditions.now().token_answer))
}

/// `POST /revoke` (RFC 7009): the same answer whether there was such a token or not.
pub fn revoke(call: &Call<'_>) -> rusqlite::Result<Response> {
    sign_in::forget_refresh_token(call.db, call.fields.get("token"))?;
    Ok(http::no_store(http::text(200, "")))
}

fn pkce_refusal(request: &AuthRequest, verifier: &str) -> Option<(&'static str, &'static str)> {
    match (request.challenge.is_empty(), verifier.is_empty()) {
        (true, true) => None,
        (true, false) => Some(("invalid_request", "No PKCE flow started. Cannot check code_verifier.")),
        (false, true) => Some(("invalid_grant", "Expecting parameter code_verifier in PKCE flow.")),
        (false, false) => {
            let hashed = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
            let answer = if request.method == "S256" {
                hashed.as_str()
            } else {
                verifier
            };
            (answer != request.challenge).then_some(("invalid_grant", "Invalid code_verifier."))
        }
    }
}

#[derive(Serialize)]
struct Tokens {
    access_token: String,
    token_type: &'static str,
    expires_in: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    refresh_token: Option<String>,
    id_token: String,
}

fn has(request: &AuthRequest, scope: &str) -> bool {
    request.scopes.iter().any(|asked| asked == scope)
}

fn tokens(call: &Call<'_>, code: &Code, sent: &str, identity: &identities::Identity) -> Tokens {
    let request = &code.request;
    let base = Claims {
        iss: call.backend.issuer.clone(),
        sub: identity.id.clone(),
        aud: request.client_id.clone(),
        exp: seconds(call.by_own_clock(call.now) + call.backend.token_lifetime),
        iat: seconds(call.by_own_clock(call.now)),
        jti: ids::secret(&mut Source::System),
        nonce: request.nonce.clone(),
        auth_time: seconds(call.by_own_clock(code.auth_time)),
        // The real provider puts a hash into the access token as well, of a token nobody ever sees.
        at_hash: Some(jwt::half_hash(&ids::secret(&mut Source::System))),
        c_hash: None,
        email: has(request, "email").then(|| identity.email.clone()),
        email_verified: has(request, "email").then_some(true),
        name: has(request, "profile").then(|| identity.name.clone()),
    };
    let which = if call.backend.conditions.now().signs_with_retired_key {
        Which::Retired
    } else {
        Which::Current
    };
    let access_token = call.backend.keys.sign_with(which, &base);
    let id_claims = Claims {
        jti: ids::secret(&mut Source::System),
        at_hash: Some(jwt::half_hash(&access_token)),
        c_hash: Some(jwt::half_hash(sent)),
        ..base
    };
    let conditions = call.backend.conditions.now();
    let told = overlaid(
        serde_json::to_value(&id_claims).unwrap_or_default(),
        &conditions.id_token,
    );
    let id_token = if conditions.id_token_is_unsigned {
        jwt::unsigned(&told)
    } else {
        call.backend.keys.sign_with(which, &told)
    };
    Tokens {
        access_token,
        token_type: "bearer",
        expires_in: seconds(call.backend.token_lifetime) - 1,
        refresh_token: None,
        id_token,
    }
}

fn refused(status: u16, error: &str, description: &str) -> Response {
    finished(status, &json!({ "error": error, "error_description": description }))
}

fn finished<T: Serialize>(status: u16, body: &T) -> Response {
    http::no_store(http::oidc_json(status, body))
}
