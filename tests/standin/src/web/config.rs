//! Owns `config.json`: where the console finds its API and its provider.

use serde_json::json;

use crate::app::Console;

/// The configuration of a console served from here.
pub fn json(console: &Console) -> Vec<u8> {
    let mut auth = match &console.issuer {
        Some(issuer) => json!({ "mode": "oidc", "issuer": issuer, "client_id": console.client_id }),
        None => json!({ "mode": "token" }),
    };
    if let Some(fields) = auth.as_object_mut() {
        fields.extend(console.auth.iter().map(|(key, value)| (key.clone(), json!(value))));
    }
    crate::json::line(&json!({ "api": console.api, "auth": auth }))
}
