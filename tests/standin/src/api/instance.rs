//! Owns the state of the whole server: is it set up, and setting it up (contract 2.13, 4.4).

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use axum::response::Response;
use rusqlite::Connection;
use serde::Deserialize;
use serde_json::{Map, json};

use crate::api::event_meta::{is_service_user, user_name};
use crate::api::{Call, Outcome, PublicCall, tokens, user_create};
use crate::auth::join;
use crate::clock::DAY;
use crate::errors::ApiError;
use crate::ids::Source;
use crate::permissions::Role;
use crate::store::users::{self, User};
use crate::store::{accounts, identities};
use crate::{http, json};

/// `GET /instance`.
pub fn status(call: &PublicCall<'_>) -> Response {
    let required = call.backend.idp.is_embedded() && call.backend.setup_required.load(Ordering::Relaxed);
    http::json(200, &json!({ "setup_required": required }))
}

/// Whether there is neither an account nor somebody with a password at the provider.
pub fn is_setup_required(db: &Connection) -> rusqlite::Result<bool> {
    Ok(!accounts::any(db)? && !identities::any_local(db)?)
}

/// `GET /instance/version`, as a server answers that cannot reach the pages with the newest versions.
pub fn version(call: &Call<'_>) -> Response {
    http::json(
        200,
        &json!({ "management_current_version": call.backend.version, "management_update_available": false }),
    )
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Request {
    email: String,
    password: String,
    name: String,
    create_pat: bool,
    /// Days.
    pat_expire_in: Option<i64>,
}

/// `POST /setup`: the first person, and with a token their account at once.
pub fn setup(call: &PublicCall<'_>) -> Outcome {
    let (db, now) = (call.db, call.now);
    let request: Request = json::object(call.body).ok_or_else(|| ApiError::handler(400, "invalid request body"))?;
    let with_token = request.create_pat && call.backend.setup_pat;
    let days = request.pat_expire_in.unwrap_or(1);
    if with_token && !(1..=365).contains(&days) {
        return Err(ApiError::business(422, "pat_expire_in must be between 1 and 365"));
    }
    if !call.backend.idp.is_embedded() {
        return Err(ApiError::internal());
    }
    check(&request)?;
    if !call.backend.setup_required.load(Ordering::Relaxed) {
        return Err(ApiError::business(412, "setup already completed"));
    }
    let identity = user_create::new_identity(&request.email, &request.name, &request.password)?;
    identities::insert(db, &identity)?;
    let mut out = Map::from_iter([
        ("user_id".to_owned(), identity.id.as_str().into()),
        ("email".to_owned(), identity.email.as_str().into()),
    ]);
    if with_token {
        // This account has no domain: nobody will ever join it by signing in.
        let account = join::new_account(db, &mut Source::System, &identity.id, "", now)?;
        let owner = User::person(
            identity.id,
            &account.id,
            Role::Owner,
            &request.name,
            &request.email,
            now,
        );
        users::insert(db, &owner)?;
        join::note(db, now, &owner, "account.create", &account.id, BTreeMap::new())?;
        let (plain, token) = tokens::make(db, &owner, "setup-token", &owner.id, now, days * DAY)?;
        let meta = BTreeMap::from([is_service_user(&owner), ("name", token.name), user_name(&owner)]);
        join::note(db, now, &owner, "personal.access.token.create", &owner.id, meta)?;
        out.insert("personal_access_token".to_owned(), plain.into());
    }
    call.backend.setup_required.store(false, Ordering::Relaxed);
    Ok(http::no_store(http::json(200, &out)))
}

fn check(request: &Request) -> Result<(), ApiError> {
    let refusal = if request.email.is_empty() {
        "email is required"
    } else if !looks_like_an_address(&request.email) {
        "invalid email format"
    } else if request.name.is_empty() {
        "name is required"
    } else if request.password.is_empty() {
        "password is required"
    } else if request.password.len() < 8 {
        "password must be at least 8 characters"
    } else if request.password.len() > 72 {
        "password must be at most 72 characters"
    } else {
        return Ok(());
    };
    Err(ApiError::business(422, refusal))
}

fn looks_like_an_address(email: &str) -> bool {
    email.rsplit_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && !host.is_empty() && !email.contains([' ', '<', '>']) && !name.contains('@')
    })
}
