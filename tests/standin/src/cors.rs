//! Owns cross-origin access: open to every origin, without credentials (contract 1.3).

use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_REQUEST_HEADERS, ACCESS_CONTROL_REQUEST_METHOD, HeaderValue, ORIGIN, VARY,
};
use axum::http::{HeaderMap, Method};
use axum::response::Response;

use crate::http;

const METHODS: [&str; 6] = ["HEAD", "GET", "POST", "PUT", "PATCH", "DELETE"];
const ANYBODY: HeaderValue = HeaderValue::from_static("*");

/// The answer to a preflight; `None` when the request is none.
pub fn preflight(method: &Method, headers: &HeaderMap) -> Option<Response> {
    let wanted = http::header(headers, ACCESS_CONTROL_REQUEST_METHOD)?;
    if method != Method::OPTIONS {
        return None;
    }
    let mut response = http::empty(204);
    let out = response.headers_mut();
    for name in [
        "Origin",
        "Access-Control-Request-Method",
        "Access-Control-Request-Headers",
    ] {
        out.append(VARY, HeaderValue::from_static(name));
    }
    let wanted = wanted.to_uppercase();
    if headers.contains_key(ORIGIN) && METHODS.contains(&wanted.as_str()) {
        out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY);
        http::add_header(out, ACCESS_CONTROL_ALLOW_METHODS, &wanted);
        let names = http::header(headers, ACCESS_CONTROL_REQUEST_HEADERS).unwrap_or_default();
        let names: Vec<String> = names
            .split([',', ' '])
            .filter(|name| !name.is_empty())
            .map(canonical)
            .collect();
        if !names.is_empty() {
            http::add_header(out, ACCESS_CONTROL_ALLOW_HEADERS, &names.join(", "));
        }
    }
    Some(response)
}

/// Opens an answer to the origin that asked.
pub fn open(headers: &HeaderMap, response: &mut Response) {
    let out = response.headers_mut();
    out.append(VARY, HeaderValue::from_static("Origin"));
    if headers.contains_key(ORIGIN) {
        out.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANYBODY);
    }
}

/// A header name in canonical case: `content-type` becomes `Content-Type`.
fn canonical(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut at_start = true;
    for character in name.chars() {
        out.push(if at_start {
            character.to_ascii_uppercase()
        } else {
            character.to_ascii_lowercase()
        });
        at_start = character == '-';
    }
    out
}
