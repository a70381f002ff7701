//! Owns the authorization endpoint: what may be asked for, and who is signed in already (contract 7.2, 7.4).

use axum::response::Response;

use super::{BASE, Call, pages, with_query};
use crate::auth::jwt;
use crate::http;
use crate::ids::{self, Source};
use crate::store::sign_in::{self, AuthRequest};

const SCOPES: [&str; 5] = ["openid", "email", "groups", "profile", "offline_access"];

/// `GET /auth`: there is one way to sign in, so it leads straight there.
pub fn start(call: &Call<'_>) -> Response {
    if !client_is_known(call.fields.get("client_id")) {
        return pages::bad_request("Invalid client_id provided.");
    }
    http::redirect(302, &format!("{BASE}/auth/local?{}", call.fields.sorted_query()))
}

/// `GET /auth/local`: checks the request, then asks who it is, unless the browser has a session.
pub fn local(call: &Call<'_>) -> rusqlite::Result<Response> {
    let request = match read(call) {
        Ok(request) => request,
        Err(refusal) => return Ok(*refusal),
    };
    let prompt = call.fields.get("prompt");
    let session = if prompt == "login" { None } else { call.session()? };
    if let Some(session) = session {
        return call.send_code(request, session);
    }
    if prompt == "none" {
        return Ok(back(&request, "login_required", "User not authenticated"));
    }
    let id = ids::secret(&mut Source::System);
    sign_in::begin(call.db, &id, &request, call.now)?;
    Ok(http::redirect(
        302,
        &format!("{BASE}/auth/local/login?back=&state={id}"),
    ))
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
