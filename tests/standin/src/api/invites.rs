//! Owns invite links as those see them who may invite (contract 2.9).

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::api::{Call, Outcome, user_create};
use crate::clock::{self, HOUR, Nanos, SECOND};
use crate::errors::ApiError;
use crate::ids::{self, Source};
use crate::permissions::{self, Operation, Role};
use crate::store::invites::{self, Invite};
use crate::store::users;
use crate::{http, json};

/// How long an invite lasts when nobody says.
const LASTS: Nanos = 72 * HOUR;

/// An invite as the API sends it; its secret only when it is new.
#[derive(Serialize)]
struct InviteOut<'a> {
    auto_groups: &'a [String],
    created_at: String,
    email: &'a str,
    expired: bool,
    expires_at: String,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    invite_token: Option<&'a str>,
    name: &'a str,
    role: &'a str,
}

impl<'a> InviteOut<'a> {
    fn new(invite: &'a Invite, token: Option<&'a str>, now: Nanos) -> Self {
        Self {
            auto_groups: &invite.auto_groups,
            created_at: clock::text(invite.created_at),
            email: &invite.email,
            expired: invite.is_expired(now),
            expires_at: clock::text(invite.expires_at),
            id: &invite.id,
            invite_token: token,
            name: &invite.name,
            role: &invite.role,
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Request {
    email: String,
    name: String,
    role: String,
    auto_groups: Vec<String>,
    /// Seconds.
    expires_in: i64,
}

/// `GET /users/invites`.
pub fn list(call: &Call<'_>) -> Outcome {
    call.backend.idp.must_have_invite_links()?;
    call.allowed(permissions::USERS, Operation::Read)?;
    let invites = invites::list(call.db, &call.caller.account)?;
    let out: Vec<InviteOut<'_>> = invites
        .iter()
        .map(|invite| InviteOut::new(invite, None, call.now))
        .collect();
    Ok(http::json(200, &out))
}

/// `POST /users/invites`. Role, groups and the form of the e-mail address are taken as they are.
pub fn create(call: &Call<'_>) -> Outcome {
    let request: Request = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    call.backend.idp.must_have_invite_links()?;
    call.backend.idp.must_have_local_auth()?;
    let as_owner = Role::parse(&request.role) == Some(Role::Owner);
    user_create::check_person(&request.name, &request.email, as_owner)?;
    call.allowed(permissions::USERS, Operation::Create)?;
    let account = &call.caller.account;
    if users::email_is_taken(call.db, account, &request.email)? {
        return Err(ApiError::business(409, "user with this email already exists"));
    }
    if invites::email_is_invited(call.db, account, &request.email)? {
        return Err(ApiError::business(409, "invite already exists for this email"));
    }
    let expires_at = expires_at(request.expires_in, call.now)?;
    let token = ids::token(&mut Source::System, ids::INVITE);
    let invite = Invite {
        id: ids::xid(&mut Source::System),
        account: account.clone(),
        email: request.email,
        name: request.name,
        role: request.role,
        auto_groups: request.auto_groups,
        hash: ids::token_hash(&token),
        created_by: call.caller.id.clone(),
        created_at: call.now,
        expires_at,
    };
    invites::insert(call.db, &invite)?;
    note(call, "user.invite.link.create", &invite)?;
    Ok(http::json(200, &InviteOut::new(&invite, Some(&token), call.now)))
}

/// `DELETE /users/invites/{inviteId}`.
pub fn delete(call: &Call<'_>) -> Outcome {
    call.backend.idp.must_have_invite_links()?;
    call.allowed(permissions::USERS, Operation::Delete)?;
    let invite = find(call)?;
    invites::delete(call.db, &invite.id)?;
    note(call, "user.invite.link.delete", &invite)?;
    Ok(http::json(200, &json!({})))
}

/// `POST /users/invites/{inviteId}/regenerate`: another link, the old one is worth nothing any more.
pub fn regenerate(call: &Call<'_>) -> Outcome {
    let request: Request = if call.body.is_empty() {
        Request::default()
    } else {
        json::object(call.body).ok_or_else(ApiError::bad_json)?
    };
    call.backend.idp.must_have_invite_links()?;
    call.allowed(permissions::USERS, Operation::Update)?;
    let invite = find(call)?;
    let expires_at = expires_at(request.expires_in, call.now)?;
    let token = ids::token(&mut Source::System, ids::INVITE);
    let invite = Invite {
        hash: ids::token_hash(&token),
        created_by: call.caller.id.clone(),
        expires_at,
        ..invite
    };
    invites::update(call.db, &invite)?;
    note(call, "user.invite.link.regenerate", &invite)?;
    let out = json!({ "invite_expires_at": clock::text(expires_at), "invite_token": token });
    Ok(http::json(200, &out))
}

/// When an invite made now runs out. Zero and less mean the usual time.
fn expires_at(seconds: i64, now: Nanos) -> Result<Nanos, ApiError> {
    let lasts = if seconds <= 0 {
        LASTS
    } else {
        seconds.saturating_mul(SECOND)
    };
    if lasts < HOUR {
        return Err(ApiError::business(422, "invite expiration must be at least 1 hour"));
    }
    Ok(now.saturating_add(lasts))
}

fn find(call: &Call<'_>) -> Result<Invite, ApiError> {
    invites::find(call.db, &call.caller.account, call.segment(0))?.ok_or_else(not_found)
}

/// What is said about an invite that is not there, by id and by token.
pub fn not_found() -> ApiError {
    ApiError::business(404, "user invite not found")
}

fn note(call: &Call<'_>, code: &str, invite: &Invite) -> Result<(), ApiError> {
    call.note(code, &invite.id, [("email", invite.email.clone())])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::DAY;

    #[test]
    fn invites_last_an_hour_at_least_and_three_days_usually() {
        for (seconds, expected) in [
            (i64::MIN, Ok(3 * DAY)),
            (-1, Ok(3 * DAY)),
            (0, Ok(3 * DAY)),
            (1, Err(422)),
            (3_599, Err(422)),
            (3_600, Ok(HOUR)),
            (3_601, Ok(HOUR + SECOND)),
            (86_400 * 365, Ok(365 * DAY)),
            (i64::MAX, Ok(Nanos::MAX - 7)),
        ] {
            let actual = expires_at(seconds, 7).map(|moment| moment - 7);
            assert_eq!(actual.map_err(|error| error.status), expected, "{seconds}");
        }
    }
}
