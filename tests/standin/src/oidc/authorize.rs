//! Owns the authorization endpoint: what may be asked for, and who is signed in already (contract 7.2, 7.4).

use axum::response::Response;

use super::{BASE, Call, login, outside, pages, with_query};
use crate::auth::jwt;
use crate::clock;
use crate::http;
use crate::ids::{self, LOCAL, Source};
use crate::store::connectors;
use crate::store::sign_in::{self, AuthRequest, Session};

const SCOPES: [&str; 5] = ["openid", "email", "groups", "profile", "offline_access"];

/// `GET /auth`: leads to the one way to sign in, or shows all there are.
pub fn start(call: &Call<'_>) -> rusqlite::Result<Response> {
    if !client_is_known(call.fields.get("client_id")) {
        return Ok(pages::bad_request("Invalid client_id provided."));
    }
    let to = |connector: &str| {
        let target = format!("{BASE}/auth/{connector}?{}", call.fields.sorted_query());
        Ok(http::redirect(302, &target))
    };
    let connectors = connectors::list(call.db)?;
    let chosen = call.fields.get("connector_id");
    if connectors.iter().any(|connector| connector.id == chosen) {
        return to(chosen);
    }
    // With one way to sign in, or nothing to ask, there is nothing to choose.
    if connectors.is_empty() || chosen == LOCAL || call.fields.get("prompt") == "none" || session(call)?.is_some() {
        return to(LOCAL);
    }
    match read(call) {
        Ok(request) => {
            let id = begin(call, &request)?;
            login::show(call, &id, &request, false)
        }
        Err(refusal) => Ok(*refusal),
    }
}

/// `GET /auth/local`: checks the request, then asks who it is, unless the browser has a session.
pub fn local(call: &Call<'_>) -> rusqlite::Result<Response> {
    let request = match read(call) {
        Ok(request) => request,
        Err(refusal) => return Ok(*refusal),
    };
    if let Some(session) = session(call)? {
        return call.send_code(request, session);
    }
    if call.fields.get("prompt") == "none" {
        return Ok(if call.session_is_pending()? {
            back(&request, "interaction_required", "User interaction required")
        } else {
            back(&request, "login_required", "User not authenticated")
        });
    }
    let id = begin(call, &request)?;
    Ok(http::redirect(
        302,
        &format!("{BASE}/auth/local/login?back=&state={id}"),
    ))
}

/// `GET /auth/{connector}`: checks the request, then goes to the outside provider. Who chose it wants to be asked there.
pub fn outside(call: &Call<'_>) -> rusqlite::Result<Response> {
    let id = call.path.rsplit('/').next().unwrap_or_default();
    let Some(connector) = connectors::find(call.db, id)? else {
        return Ok(pages::bad_request("Requested resource does not exist."));
    };
    if call.fields.get("prompt") == "none" {
        return local(call);
    }
    match read(call) {
        Ok(request) => {
            let sign_in = begin(call, &request)?;
            Ok(http::redirect(
                302,
                &outside::address(call.backend, &connector, &sign_in),
            ))
        }
        Err(refusal) => Ok(*refusal),
    }
}

/// The browser's session, if it is to count: not for who wants to be asked anew, or to have proved it more lately.
fn session(call: &Call<'_>) -> rusqlite::Result<Option<Session>> {
    if call.backend.conditions.now().asks_nobody_anew {
        return call.session();
    }
    if call.fields.get("prompt") == "login" {
        return Ok(None);
    }
    let most: Option<i64> = call.fields.get("max_age").parse().ok();
    let is_young = |session: &Session| {
        let age = call.now.saturating_sub(session.auth_time);
        most.is_none_or(|most| age < most.saturating_mul(clock::SECOND))
    };
    Ok(call.session()?.filter(is_young))
}

/// Remembers a begun sign-in; gives its id.
fn begin(call: &Call<'_>, request: &AuthRequest) -> rusqlite::Result<String> {
    let id = ids::secret(&mut Source::System);
    sign_in::begin(call.db, &id, request, call.now)?;
    Ok(id)
}

fn client_is_known(client: &str) -> bool {
    client == jwt::DASHBOARD || client == jwt::CLI
}

/// The request, or the answer that refuses it: a page while the way back is not trusted, else a redirect.
fn read(call: &Call<'_>) -> Result<AuthRequest, Box<Response>> {
    let field = |name: &str| call.fields.get(name).to_owned();
    let challenge = field("code_challenge");
    let method = field("code_challenge_method");
    let request = AuthRequest {
        client_id: field("client_id"),
        redirect_uri: field("redirect_uri"),
        scopes: call.fields.get("scope").split_whitespace().map(str::to_owned).collect(),
        state: field("state"),
        nonce: field("nonce"),
        method: if method.is_empty() && !challenge.is_empty() {
            "plain".to_owned()
        } else {
            method
        },
        challenge,
    };
    if !client_is_known(&request.client_id) {
        return Err(Box::new(pages::bad_request("Invalid client_id provided.")));
    }
    if !call.backend.redirect_is_registered(&request.redirect_uri) {
        return Err(Box::new(pages::bad_request("Unregistered redirect_uri.")));
    }
    match refusal(&request, call.fields.get("response_type")) {
        Some((error, description)) => Err(Box::new(back(&request, error, &description))),
        None => Ok(request),
    }
}

fn refusal(request: &AuthRequest, response_type: &str) -> Option<(&'static str, String)> {
    if !request.scopes.iter().any(|scope| scope == "openid") {
        return Some(("invalid_scope", "Missing required scope(s) [\"openid\"].".to_owned()));
    }
    let unknown: Vec<String> = request
        .scopes
        .iter()
        .filter(|scope| !SCOPES.contains(&scope.as_str()))
        .map(|scope| format!("{scope:?}"))
        .collect();
    if !unknown.is_empty() {
        return Some((
            "invalid_scope",
            format!("Unrecognized scope(s) [{}]", unknown.join(" ")),
        ));
    }
    if !matches!(request.method.as_str(), "" | "S256" | "plain") {
        let description = format!("Unsupported PKCE challenge method ({:?}).", request.method);
        return Some(("invalid_request", description));
    }
    match response_type {
        "code" => None,
        "" => Some(("invalid_request", "No response_type provided".to_owned())),
        other => Some((
            "unsupported_response_type",
            format!("Unsupported response type {other:?}"),
        )),
    }
}

fn back(request: &AuthRequest, error: &str, description: &str) -> Response {
    let pairs = [
        ("error", error),
        ("error_description", description),
        ("state", request.state.as_str()),
    ];
    http::redirect(303, &with_query(&request.redirect_uri, &pairs))
}
