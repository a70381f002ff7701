//! Owns the rules for settings as a function: for whoever wants to compare their own with many values, without a server.

use serde_json::Value;

use crate::api::account_request::Request;

/// Why settings are refused, as status and text, in an account with so many peers; `None` when they are taken. What
/// needs the account's own rows is not asked: who may, and which groups there are.
pub fn settings_refusal(settings: &Value, peers: usize) -> Option<(u16, String)> {
    let body = serde_json::json!({ "settings": settings }).to_string();
    let Some(mut request) = Request::read(body.as_bytes()) else {
        return Some((400, String::new()));
    };
    let refused = request.check(|| Ok(peers)).err().or_else(|| request.later_refusal());
    refused.map(|error| (error.status, error.message))
}
