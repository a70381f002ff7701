//! Owns `config.json`: where the console finds its API and its provider.

use serde_json::json;

use crate::app::Console;

/// The configuration of a console served from here.
pub fn json(console: &Console) -> Vec<u8> {
    let auth = match &console.issuer {
        Some(issuer) => json!({ "mode": "oidc", "issuer": issuer, "client_id": console.client_id }),
        None => json!({ "mode": "token" }),
    };
    crate::json::line(&json!({ "api": console.api, "auth": auth }))
}
