//! Owns the discovery document and the public keys (contract 7.1).

use axum::http::header::{CACHE_CONTROL, HeaderValue};
use axum::response::Response;
use serde_json::json;

use super::Call;
use crate::hooks::conditions::overlaid;
use crate::http;

/// `GET /.well-known/openid-configuration`.
pub fn document(call: &Call<'_>) -> Response {
    let issuer = call.backend.issuer.as_str();
    let at = |path: &str| format!("{issuer}{path}");
    let document = json!({
        "issuer": issuer,
        "authorization_endpoint": at("/auth"),
        "token_endpoint": at("/token"),
        "jwks_uri": at("/keys"),
        "userinfo_endpoint": at("/userinfo"),
        "device_authorization_endpoint": at("/device/code"),
        "introspection_endpoint": at("/token/introspect"),
        "end_session_endpoint": at("/logout"),
        "grant_types_supported": [
            "authorization_code",
            "client_credentials",
            "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ],
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
        "code_challenge_methods_supported": ["S256", "plain"],
        "scopes_supported": ["openid", "email", "groups", "profile", "offline_access"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "claims_supported": [
            "iss", "sub", "aud", "iat", "exp", "email", "email_verified", "locale", "name", "preferred_username", "at_hash",
        ],
    });
    http::oidc_json(200, &overlaid(document, &call.backend.conditions.now().discovery))
}

/// `GET /keys`.
pub fn keys(call: &Call<'_>) -> Response {
    let mut response = http::oidc_json(200, &json!({ "keys": [call.backend.keys.public()] }));
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("max-age=600, must-revalidate"));
    response
}
