//! Owns `GET /users`: everybody at once, in another order on each call (contract 2.1).
//!
//! A list of 100,000 users is some 29 MB of JSON. It is encoded once and kept until a row of `users` is written; a call
//! then only shuffles where the pieces are and copies them out as the reader takes them.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes};
use axum::response::Response;
use futures_util::stream;
use rusqlite::Connection;

use crate::api::users::UserOut;
use crate::api::{Call, Outcome};
use crate::app::Backend;
use crate::errors::ApiError;
use crate::idp::{Idp, IdpManager};
use crate::permissions::{self, Denial, Operation};
use crate::store::identities;
use crate::store::users::{self, User};
use crate::{http, json};

/// How much is sent at a time.
const CHUNK: usize = 64 << 10;

/// The encoded list of the account that was asked about last.
#[derive(Default)]
pub struct UserLists(Mutex<Option<Arc<Encoded>>>);

struct Encoded {
    account: String,
    user_writes: u64,
    /// The users one after the other, none of them the caller.
    bytes: Vec<u8>,
    /// By order of creation.
    pieces: Vec<Piece>,
}

#[derive(Clone, Copy)]
struct Piece {
    /// The user's order of creation.
    n: i64,
    service: bool,
    start: usize,
    end: usize,
}

impl UserLists {
    fn of(&self, backend: &Backend, db: &Connection, account: &str) -> rusqlite::Result<Arc<Encoded>> {
        // Callers hold the database's lock: nobody writes users meanwhile.
        let user_writes = backend.database.user_writes();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(list) = kept
            .as_ref()
            .filter(|list| list.account == account && list.user_writes == user_writes)
        {
            return Ok(Arc::clone(list));
        }
        let list = Arc::new(Encoded::read(db, backend.idp, account, user_writes)?);
        *kept = Some(Arc::clone(&list));
        Ok(list)
    }
}

impl Encoded {
    fn read(db: &Connection, idp: Idp, account: &str, user_writes: u64) -> rusqlite::Result<Self> {
        let known = match idp.manager {
            IdpManager::External => Some(identities::ids(db)?),
            IdpManager::Embedded | IdpManager::None => None,
        };
        let nobody = User::person(String::new(), account, permissions::Role::User, "", "", 0);
        let count = users::count(db, account)?;
        let mut bytes = Vec::with_capacity(count * 320);
        let mut pieces = Vec::with_capacity(count);
        users::for_each(db, account, |user| {
            let start = bytes.len();
            let user = if known.as_ref().is_some_and(|ids| !ids.contains(&user.id)) {
                unknown_to_provider(user)
            } else {
                user
            };
            json::append(&mut bytes, &UserOut::new(&user, &nobody));
            pieces.push(Piece {
                n: user.n,
                service: user.service,
                start,
                end: bytes.len(),
            });
        })?;
        Ok(Self {
            account: account.to_owned(),
            user_writes,
            bytes,
            pieces,
        })
    }
}

/// The caller's own row.
fn caller_as_listed(call: &Call<'_>) -> Result<User, ApiError> {
    let caller = call.caller.clone();
    let is_managed = call.backend.idp.manager == IdpManager::External;
    if is_managed && identities::find(call.db, &caller.id)?.is_none() {
        return Ok(unknown_to_provider(caller));
    }
    Ok(caller)
}

/// What the list says of somebody whom the manager of the external provider does not know, whatever is stored
/// (contract 3.1).
fn unknown_to_provider(user: User) -> User {
    User {
        name: if user.service { user.name } else { String::new() },
        email: String::new(),
        blocked: false,
        pending: false,
        last_login: None,
        issued: String::new(),
        ..user
    }
}

/// `GET /users`. Who may not read users gets a list of only themselves.
pub fn list(call: &Call<'_>) -> Outcome {
    let all = match call.allowed(permissions::USERS, Operation::Read) {
        Ok(()) => true,
        Err(Denial::NotGranted) => false,
        Err(denial) => return Err(denial.error()),
    };
    let service = wanted_kind(call.query.get("service_user"))?;
    let caller = caller_as_listed(call)?;
    if !all {
        let is_wanted = service.is_none_or(|service| service == call.caller.service);
        let only: Vec<UserOut<'_>> = is_wanted
            .then(|| UserOut::new(&caller, call.caller))
            .into_iter()
            .collect();
        return Ok(http::json(200, &only));
    }
    let list = call.backend.lists.of(call.backend, call.db, &call.caller.account)?;
    let mut order: Vec<Piece> = list
        .pieces
        .iter()
        .copied()
        .filter(|piece| service.is_none_or(|service| service == piece.service))
        .collect();
    fastrand::shuffle(&mut order);
    let mut own = Vec::new();
    json::append(&mut own, &UserOut::new(&caller, call.caller));
    Ok(streamed(Copier {
        list,
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
    list: Arc<Encoded>,
    order: std::vec::IntoIter<Piece>,
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
            let Some(piece) = self.order.next() else {
                if self.state == State::Opening {
                    chunk.push(b'[');
                }
                chunk.extend_from_slice(b"]\n");
                self.state = State::Closed;
                break;
            };
            chunk.push(if self.state == State::Opening { b'[' } else { b',' });
            self.state = State::Between;
            if piece.n == self.caller_n {
                chunk.extend_from_slice(&self.caller);
            } else {
                chunk.extend_from_slice(self.list.bytes.get(piece.start..piece.end).unwrap_or_default());
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
            let mut bytes = Vec::new();
            let mut pieces = Vec::new();
            for (n, text) in (1..).zip(texts) {
                let start = bytes.len();
                bytes.extend_from_slice(text.as_bytes());
                pieces.push(Piece {
                    n,
                    service: false,
                    start,
                    end: bytes.len(),
                });
            }
            let list = Encoded {
                account: String::new(),
                user_writes: 0,
                bytes,
                pieces,
            };
            let order = list.pieces.clone().into_iter();
            let copier = Copier {
                list: Arc::new(list),
                order,
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
