//! Owns the end of a session (contract 7.4): a page with a way back, no redirect.

use axum::response::Response;

use super::{Call, pages, with_query};
use crate::http;
use crate::store::sign_in;

/// `GET /logout`.
pub fn end(call: &Call<'_>) -> rusqlite::Result<Response> {
    let hint = call.fields.get("id_token_hint");
    if hint.is_empty() {
        return Ok(http::redirect(303, "/"));
    }
    // Even one that has run out: people leave a tab open over night.
    let Some(claims) = call.backend.keys.verify_signature(hint) else {
        return Ok(pages::bad_request("Invalid id_token_hint."));
    };
    let target = call.fields.get("post_logout_redirect_uri");
    if !target.is_empty() && !call.backend.post_logout_is_registered(target) {
        return Ok(pages::bad_request("Unregistered post_logout_redirect_uri."));
    }
    sign_in::end_sessions(call.db, &claims.sub)?;
    let mut response = pages::signed_out(&with_query(target, &[("state", call.fields.get("state"))]));
    call.set_session(&mut response, "");
    Ok(response)
}
