//! Owns the way of an API call: route, preflight, caller, handler, answer (contract 1.3 to 1.5).

mod accounts;
pub mod event_meta;
mod events;
mod groups;
mod identity_providers;
mod instance;
mod list;
mod peers;
mod routes;
mod tokens;
mod user_changes;
mod user_create;
pub mod user_rows;
pub mod users;

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::{AUTHORIZATION, HeaderName};
use axum::http::request::Parts;
use axum::response::Response;
use rusqlite::Connection;

use crate::app::{App, Backend, blocking};
use crate::auth::{self, join};
use crate::errors::ApiError;
use crate::http::Fields;
use crate::ids::{self, Source};
use crate::permissions::{self, Denial, Module, Operation};
use crate::store::users::User;
use crate::{cors, http};

/// Far more than any request needs; the server itself has no limit.
const BODY_LIMIT: usize = 4 << 20;

/// One call whose caller is known.
pub struct Call<'a> {
    pub backend: &'a Backend,
    pub db: &'a Connection,
    pub caller: &'a User,
    /// The variable segments of the path, in order.
    pub segments: &'a [String],
    pub query: Fields,
    pub body: &'a [u8],
}

/// What a handler gives back.
pub type Outcome = Result<Response, ApiError>;

impl Call<'_> {
    /// A variable segment of the path.
    pub fn segment(&self, at: usize) -> &str {
        self.segments.get(at).map_or("", String::as_str)
    }

    /// The permission check `P(module.operation)`.
    pub fn allowed(&self, module: Module, operation: Operation) -> Result<(), Denial> {
        permissions::check(self.caller, module, operation)
    }

    /// Writes an event that the caller caused.
    pub fn note<const N: usize>(&self, code: &str, target: &str, meta: [(&str, String); N]) -> Result<(), ApiError> {
        join::note(self.db, self.caller, code, target, BTreeMap::from(meta)).map_err(ApiError::from)
    }
}

/// Answers everything under `/api/`.
pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let Some(backend) = app.backend.clone() else {
        return http::not_found();
    };
    let (parts, body) = request.into_parts();
    match axum::body::to_bytes(body, BODY_LIMIT).await {
        Ok(body) => blocking(move || answer(&backend, &parts, &body)).await,
        Err(_) => ApiError::bad_json().answer(),
    }
}

fn answer(backend: &Backend, parts: &Parts, body: &Bytes) -> Response {
    let path = percent_encoding::percent_decode_str(parts.uri.path()).decode_utf8_lossy();
    if let Some(clean) = cleaned(&path) {
        return http::redirect(301, &clean);
    }
    let found = routes::find(&parts.method, path.trim_start_matches("/api/"));
    if matches!(found, routes::Found::Nothing) {
        return http::not_found();
    }
    if let Some(preflight) = cors::preflight(&parts.method, &parts.headers) {
        return preflight;
    }
    let mut response = run(backend, parts, body, found).unwrap_or_else(|error| error.answer());
    cors::open(&parts.headers, &mut response);
    let request_id = ids::xid(&mut Source::System);
    http::add_header(
        response.headers_mut(),
        HeaderName::from_static("x-request-id"),
        &request_id,
    );
    response
}

fn run(backend: &Backend, parts: &Parts, body: &Bytes, found: routes::Found) -> Outcome {
    let (handler, segments) = match found {
        routes::Found::Public(handler) => return backend.database.transaction(|db| handler(backend, db, body)),
        routes::Found::Signed(handler, segments) => (Some(handler), segments),
        routes::Found::OnlyPath | routes::Found::Nothing => (None, Vec::new()),
    };
    let header = http::header(&parts.headers, AUTHORIZATION);
    let query = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes());
    // One transaction for both: nobody may change the caller's role between the check and the write.
    backend.database.transaction(|db| {
        let caller = auth::caller(backend, db, header)?;
        let Some(handler) = handler else {
            return Ok(Ok(http::not_found()));
        };
        let call = Call {
            backend,
            db,
            caller: &caller,
            segments: &segments,
            query,
            body,
        };
        // A newcomer's row and a token's last use stay when the call itself is refused.
        db.execute_batch("SAVEPOINT call")?;
        let outcome = handler(&call);
        if outcome.is_err() {
            db.execute_batch("ROLLBACK TO call")?;
        }
        Ok::<Outcome, ApiError>(outcome)
    })?
}

/// Makes a call as somebody who is known, within a transaction there is; only of the part that needs a caller.
pub fn call_as(backend: &Backend, db: &Connection, caller: &User, method: &Method, path: &str, body: &[u8]) -> Outcome {
    match routes::find(method, path) {
        routes::Found::Signed(handler, segments) => handler(&Call {
            backend,
            db,
            caller,
            segments: &segments,
            query: Fields::default(),
            body,
        }),
        _ => Ok(http::not_found()),
    }
}

/// The cleaned form of a path with empty or dot segments; `None` when it is clean.
fn cleaned(path: &str) -> Option<String> {
    if !path.contains("//") && !path.split('/').any(|segment| segment == "." || segment == "..") {
        return None;
    }
    let mut segments = Vec::new();
    for segment in path.split('/') {
        match segment {
            "" | "." => {}
            ".." => drop(segments.pop()),
            _ => segments.push(segment),
        }
    }
    let slash = if path.ends_with('/') && !segments.is_empty() {
        "/"
    } else {
        ""
    };
    Some(format!("/{}{slash}", segments.join("/")))
}

#[cfg(test)]
mod tests {
    use super::cleaned;

    #[test]
    fn unclean_paths_are_cleaned() {
        assert_eq!(cleaned("/api/users"), None);
        assert_eq!(cleaned("/api/users/"), None);
        assert_eq!(cleaned("/api//users").as_deref(), Some("/api/users"));
        assert_eq!(cleaned("/api/./users/../groups/").as_deref(), Some("/api/groups/"));
        assert_eq!(cleaned("/api/../../x").as_deref(), Some("/x"));
    }
}
