//! Owns how a user looks from outside, and `GET /users/current` (contract 2.2, 3.1, 3.4, 3.5).

use std::collections::BTreeMap;

use rusqlite::Connection;
use serde::Serialize;

use crate::api::{Call, Outcome};
use crate::clock;
use crate::errors::ApiError;
use crate::permissions::{self, Grants, Role};
use crate::store::accounts;
use crate::store::users::{self, User};
use crate::{http, ids};

/// A user as the API sends it.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the wire format has these flags")]
pub struct UserOut<'a> {
    auto_groups: &'a [String],
    email: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    idp_id: Option<String>,
    is_blocked: bool,
    is_current: bool,
    is_service_user: bool,
    issued: &'a str,
    last_login: String,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password: Option<&'a str>,
    pending_approval: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    permissions: Option<Permissions>,
    role: &'static str,
    status: &'static str,
}

#[derive(Serialize)]
struct Permissions {
    is_restricted: bool,
    modules: BTreeMap<&'static str, Grants>,
}

impl<'a> UserOut<'a> {
    /// `user` as `caller` sees them.
    pub fn new(user: &'a User, caller: &User) -> Self {
        Self {
            auto_groups: &user.auto_groups,
            email: &user.email,
            id: &user.id,
            idp_id: if user.service { None } else { ids::connector(&user.id) },
            is_blocked: user.blocked,
            is_current: user.id == caller.id,
            is_service_user: user.service,
            issued: &user.issued,
            last_login: clock::text_or_never(user.last_login),
            name: &user.name,
            password: None,
            pending_approval: user.pending,
            permissions: None,
            role: user.role.name(),
            status: match user {
                User { blocked: true, .. } => "blocked",
                User { invited: true, .. } => "invited",
                _ => "active",
            },
        }
    }

    /// As the answer to its creation: with the password, without the provider.
    pub fn created(user: &'a User, caller: &User, password: Option<&'a str>) -> Self {
        Self {
            password,
            idp_id: None,
            ..Self::new(user, caller)
        }
    }
}

/// `GET /users/current`.
pub fn current(call: &Call<'_>) -> Outcome {
    let caller = call.caller;
    if caller.blocked {
        return Err(ApiError::business(403, "user is blocked"));
    }
    if caller.service {
        return Err(ApiError::business(403, "permission denied"));
    }
    let settings = accounts::get(call.db, &caller.account)?.settings;
    let may_be_restricted = matches!(caller.role, Role::User | Role::BillingAdmin);
    let permissions = Permissions {
        is_restricted: may_be_restricted && settings.regular_users_view_blocked,
        modules: permissions::matrix(caller.role),
    };
    Ok(http::json(
        200,
        &UserOut {
            permissions: Some(permissions),
            ..UserOut::new(caller, caller)
        },
    ))
}

/// A user of the caller's account; anybody else is not found.
pub fn of_account(db: &Connection, account: &str, id: &str) -> Result<User, ApiError> {
    users::find(db, id)?
        .filter(|user| user.account == account)
        .ok_or_else(|| ApiError::user_not_found(id))
}
