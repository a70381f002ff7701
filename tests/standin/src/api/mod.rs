//! Owns the way of an API call: route, preflight, caller, handler, answer (contract 1.3 to 1.5).

mod account_changes;
mod account_events;
pub(crate) mod account_request;
mod accounts;
mod addresses;
pub mod event_meta;
mod events;
mod groups;
mod identity_providers;
pub mod instance;
mod invites;
mod list;
mod passwords;
mod peers;
mod public_invites;
mod routes;
mod tokens;
mod user_changes;
mod user_create;
pub mod user_rows;
pub mod users;

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::Method;
use axum::http::header::HeaderName;
use axum::http::request::Parts;
use axum::response::Response;
use rusqlite::Connection;

use crate::app::{App, Backend, blocking};
use crate::auth::{self, join};
use crate::clock::Nanos;
use crate::errors::ApiError;
use crate::http::Fields;
use crate::ids::{self, Source};
use crate::permissions::{self, Denial, Module, Operation};
use crate::store::users::User;
use crate::wire::Handle;
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
    pub now: Nanos,
    /// Where it came from.
    pub address: IpAddr,
}

/// One call that needs no caller.
pub struct PublicCall<'a> {
    pub backend: &'a Backend,
    pub db: &'a Connection,
    pub segments: &'a [String],
    pub body: &'a [u8],
    pub now: Nanos,
    /// Where it came from.
    pub address: IpAddr,
}

/// What a handler gives back.
pub type Outcome = Result<Response, ApiError>;

impl PublicCall<'_> {
    /// A variable segment of the path.
    pub fn segment(&self, at: usize) -> &str {
        self.segments.get(at).map_or("", String::as_str)
    }
}

impl Call<'_> {
    /// A variable segment of the path.
    pub fn segment(&self, at: usize) -> &str {
        self.segments.get(at).map_or("", String::as_str)
    }

    /// The same call for a handler that does not care who calls.
    pub fn public(&self) -> PublicCall<'_> {
        PublicCall {
            backend: self.backend,
            db: self.db,
            segments: self.segments,
            body: self.body,
            now: self.now,
            address: self.address,
        }
    }

    /// The permission check `P(module.operation)`.
    pub fn allowed(&self, module: Module, operation: Operation) -> Result<(), Denial> {
        permissions::check(self.caller, module, operation)
    }

    /// Writes an event that the caller caused.
    pub fn note<const N: usize>(&self, code: &str, target: &str, meta: [(&str, String); N]) -> Result<(), ApiError> {
        self.note_all(code, target, meta)
    }

    /// Writes an event with any number of facts.
    pub fn note_all<'m>(
        &self,
        code: &str,
        target: &str,
        meta: impl IntoIterator<Item = (&'m str, String)>,
    ) -> Result<(), ApiError> {
        let meta: BTreeMap<&str, String> = meta.into_iter().collect();
        join::note(self.db, self.now, self.caller, code, target, meta).map_err(ApiError::from)
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
        routes::Found::Public(handler, segments) => {
            return backend.database.transaction(|db| {
                handler(&PublicCall {
                    backend,
                    db,
                    segments: &segments,
                    body,
                    now: backend.clock.now(),
                    address: address(parts),
                })
            });
        }
        routes::Found::Signed(handler, segments) => (Some(handler), segments),
        routes::Found::OnlyPath | routes::Found::Nothing => (None, Vec::new()),
    };
    let query = Fields::parse(parts.uri.query().unwrap_or_default().as_bytes());
    // One transaction for both: nobody may change the caller's role between the check and the write.
    backend.database.transaction(|db| {
        let caller = auth::caller(backend, db, &parts.headers)?;
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
            now: backend.clock.now(),
            address: address(parts),
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
            now: backend.clock.now(),
            address: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        }),
        _ => Ok(http::not_found()),
    }
}

/// The other end of the connection; nothing that a header says counts.
fn address(parts: &Parts) -> IpAddr {
    parts
        .extensions
        .get::<ConnectInfo<Handle>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(handle)| {
            handle.peer.ip()
        })
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
