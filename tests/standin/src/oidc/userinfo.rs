//! Owns `GET /userinfo`: what an access token says.

use axum::http::header::AUTHORIZATION;
use axum::response::Response;
use serde_json::json;

use super::Call;
use crate::http;

/// `GET /userinfo`.
pub fn claims(call: &Call<'_>) -> Response {
    let token = http::header(call.headers, AUTHORIZATION)
        .and_then(|header| header.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token);
    match call
        .backend
        .keys
        .verify(token, &call.backend.issuer, call.by_own_clock(call.now))
    {
        Some(claims) => http::oidc_json(200, &claims),
        None => http::oidc_json(
            403,
            &json!({ "error": "access_denied", "error_description": "Invalid bearer token." }),
        ),
    }
}
