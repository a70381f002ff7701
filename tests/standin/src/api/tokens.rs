//! Owns personal access tokens: the caller's own, and those of service users (contract 2.10).

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use crate::api::event_meta::{is_service_user, user_name};
use crate::api::{Call, Outcome};
use crate::clock::{self, DAY, Nanos};
use crate::errors::ApiError;
use crate::ids::{self, Source};
use crate::permissions::{self, Operation};
use crate::store::tokens::{self, Token};
use crate::store::users::{self, User};
use crate::{http, json};

/// A token as the API sends it; its secret is not part of it.
#[derive(Serialize)]
struct TokenOut<'a> {
    created_at: String,
    created_by: &'a str,
    expiration_date: String,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_used: Option<String>,
    name: &'a str,
}

impl<'a> TokenOut<'a> {
    fn new(token: &'a Token) -> Self {
        Self {
            created_at: clock::text(token.created_at),
            created_by: &token.created_by,
            expiration_date: clock::text(token.expires_at),
            id: &token.id,
            last_used: token.last_used.map(clock::text),
            name: &token.name,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Request {
    name: String,
    /// Days.
    expires_in: i64,
}

/// `GET /users/{userId}/tokens`: `null` when there are none.
pub fn list(call: &Call<'_>) -> Outcome {
    let user = target(call, Operation::Read)?;
    let tokens = tokens::of_user(call.db, &user.id)?;
    let out: Vec<TokenOut<'_>> = tokens.iter().map(TokenOut::new).collect();
    Ok(http::json(200, &(!out.is_empty()).then_some(out)))
}

/// `POST /users/{userId}/tokens`.
pub fn create(call: &Call<'_>) -> Outcome {
    let request: Request = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    if request.name.is_empty() {
        return Err(ApiError::business(422, "token name can't be empty"));
    }
    if !(1..=365).contains(&request.expires_in) {
        return Err(ApiError::business(422, "expiration has to be between 1 and 365"));
    }
    let user = target(call, Operation::Create)?;
    let (plain, token) = make(
        call.db,
        &user,
        &request.name,
        &call.caller.id,
        call.now,
        request.expires_in * DAY,
    )?;
    let meta = [is_service_user(&user), ("name", token.name.clone()), user_name(&user)];
    call.note("personal.access.token.create", &user.id, meta)?;
    let out = serde_json::json!({ "personal_access_token": TokenOut::new(&token), "plain_token": plain });
    Ok(http::json(200, &out))
}

/// `GET /users/{userId}/tokens/{tokenId}`.
pub fn get(call: &Call<'_>) -> Outcome {
    let user = target(call, Operation::Read)?;
    Ok(http::json(200, &TokenOut::new(&find(call, &user)?)))
}

/// `DELETE /users/{userId}/tokens/{tokenId}`.
pub fn delete(call: &Call<'_>) -> Outcome {
    let user = target(call, Operation::Delete)?;
    let token = find(call, &user)?;
    tokens::delete(call.db, &token.id)?;
    let meta = [is_service_user(&user), ("name", token.name), user_name(&user)];
    call.note("personal.access.token.delete", &user.id, meta)?;
    Ok(http::json(200, &serde_json::json!({})))
}

fn find(call: &Call<'_>, user: &User) -> Result<Token, ApiError> {
    let id = call.segment(1);
    tokens::of_user(call.db, &user.id)?
        .into_iter()
        .find(|token| token.id == id)
        .ok_or_else(|| ApiError::business(404, &format!("pat: {id} not found")))
}

/// Whose tokens are meant: the caller's own, or for owners and admins those of a service user.
fn target(call: &Call<'_>, operation: Operation) -> Result<User, ApiError> {
    call.allowed(permissions::PATS, operation)?;
    let id = call.segment(0);
    let user = users::find(call.db, id)?.ok_or_else(|| ApiError::user_not_found(id))?;
    if user.account != call.caller.account {
        return Err(ApiError::business(403, "permission denied"));
    }
    if user.id == call.caller.id || (call.caller.role.is_admin() && user.service) {
        Ok(user)
    } else {
        Err(ApiError::business(403, "admin role required to perform this action"))
    }
}

/// Makes and keeps a token; gives back its secret, which is nowhere else.
pub fn make(
    db: &Connection,
    user: &User,
    name: &str,
    created_by: &str,
    now: Nanos,
    lasts: Nanos,
) -> Result<(String, Token), ApiError> {
    let plain = ids::token(&mut Source::System, ids::PAT);
    let token = Token {
        id: ids::xid(&mut Source::System),
        user: user.id.clone(),
        name: name.to_owned(),
        hash: ids::token_hash(&plain),
        created_by: created_by.to_owned(),
        created_at: now,
        expires_at: now + lasts,
        last_used: None,
    };
    tokens::insert(db, &token)?;
    Ok((plain, token))
}
