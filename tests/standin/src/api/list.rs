//! Owns `GET /users`: everybody at once, in another order on each call (contract 2.1).
//!
//! A list of 100,000 users is some 29 MB of JSON. Each user is kept encoded (`user_rows`); a call only shuffles them and
//! copies them out as the reader takes them.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::response::Response;
use futures_util::stream;

use crate::api::user_rows::{self, Rows};
use crate::api::users::UserOut;
use crate::api::{Call, Outcome};
use crate::errors::ApiError;
use crate::permissions::{self, Denial, Operation};
use crate::{http, json};

/// How much is sent at a time.
const CHUNK: usize = 64 << 10;

/// `GET /users`. Who may not read users gets a list of only themselves.
pub fn list(call: &Call<'_>) -> Outcome {
    let all = match call.allowed(permissions::USERS, Operation::Read) {
        Ok(()) => true,
        Err(Denial::NotGranted) => false,
        Err(denial) => return Err(denial.error()),
    };
    let service = wanted_kind(call.query.get("service_user"))?;
    let caller = user_rows::as_listed(call.db, call.backend.idp, call.caller.clone())?;
    if !all {
        let is_wanted = service.is_none_or(|service| service == call.caller.service);
        let only: Vec<UserOut<'_>> = is_wanted
            .then(|| UserOut::new(&caller, call.caller))
            .into_iter()
            .collect();
        return Ok(http::json(200, &only));
    }
    let rows = call.backend.user_rows.of(call.backend, call.db, &call.caller.account)?;
    let mut order: Vec<usize> = (0..rows.len())
        .filter(|at| service.is_none_or(|service| rows.get(*at).is_some_and(|row| row.service == service)))
        .collect();
    fastrand::shuffle(&mut order);
    let mut own = Vec::new();
    json::append(&mut own, &UserOut::new(&caller, call.caller));
    Ok(streamed(Copier {
        rows,
        order: order.into_iter(),
        caller_n: caller.n,
        caller: own,
        state: State::Opening,
    }))
}

fn streamed(copier: Copier) -> Response {
    let body = Body::from_stream(stream::iter(copier.map(Ok::<Bytes, Infallible>)));
    http::with_type(200, http::API_JSON, body)
}

fn wanted_kind(query: &str) -> Result<Option<bool>, ApiError> {
    match query {
        "" => Ok(None),
        "1" | "t" | "T" | "TRUE" | "true" | "True" => Ok(Some(true)),
        "0" | "f" | "F" | "FALSE" | "false" | "False" => Ok(Some(false)),
        _ => Err(ApiError::business(422, "invalid service_user query parameter")),
    }
}

/// Copies a list out, chunk by chunk.
struct Copier {
    rows: Arc<Rows>,
    /// Places in `rows`.
    order: std::vec::IntoIter<usize>,
    caller_n: i64,
    caller: Vec<u8>,
    state: State,
}

#[derive(PartialEq, Eq)]
enum State {
    Opening,
    Between,
    Closed,
}

impl Iterator for Copier {
    type Item = Bytes;

    fn next(&mut self) -> Option<Bytes> {
        if self.state == State::Closed {
            return None;
        }
        let mut chunk = Vec::with_capacity(CHUNK + 1024);
        while chunk.len() < CHUNK {
            let Some(at) = self.order.next() else {
                if self.state == State::Opening {
                    chunk.push(b'[');
                }
                chunk.extend_from_slice(b"]\n");
                self.state = State::Closed;
                break;
            };
            chunk.push(if self.state == State::Opening { b'[' } else { b',' });
            self.state = State::Between;
            match self.rows.get(at) {
                Some(row) if row.n != self.caller_n => chunk.extend_from_slice(&row.json),
                _ => chunk.extend_from_slice(&self.caller),
            }
        }
        Some(Bytes::from(chunk))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_go_booleans() {
        assert_eq!(wanted_kind(""), Ok(None));
        assert_eq!(wanted_kind("True"), Ok(Some(true)));
        assert_eq!(wanted_kind("0"), Ok(Some(false)));
        assert_eq!(wanted_kind("yes").map_err(|error| error.status), Err(422));
    }

    #[test]
    fn pieces_make_one_array() {
        let copy = |texts: &[&str]| {
            let rows = Rows::of_texts(texts);
            let copier = Copier {
                order: (0..texts.len()).collect::<Vec<_>>().into_iter(),
                rows: Arc::new(rows),
                caller_n: 2,
                caller: b"me".to_vec(),
                state: State::Opening,
            };
            copier
                .map(|chunk| String::from_utf8(chunk.to_vec()).unwrap())
                .collect::<String>()
        };
        assert_eq!(copy(&[]), "[]\n");
        assert_eq!(copy(&["a", "b", "c"]), "[a,me,c]\n");
        let long = "x".repeat(CHUNK);
        assert_eq!(copy(&[&long, "b"]), format!("[{long},me]\n"));
    }
}
