//! Owns what is done to a user who exists: update, delete, approve, reject (contract 2.4 to 2.7, 4.1 to 4.3, 4.6).

use serde::Deserialize;

use crate::api::event_meta::{is_service_user, user_name};
use crate::api::users::{UserOut, of_account};
use crate::api::{Call, Outcome, addresses};
use crate::clock;
use crate::errors::ApiError;
use crate::permissions::{self, Operation, Role};
use crate::store::groups::ALL;
use crate::store::users::{self, User};
use crate::store::{accounts, groups, identities, peers};
use crate::{http, json};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Update {
    role: String,
    auto_groups: Option<Vec<String>>,
    is_blocked: bool,
}

/// `PUT /users/{userId}`.
pub fn update(call: &Call<'_>) -> Outcome {
    let id = call.segment(0);
    let before = users::find(call.db, id)?.ok_or_else(|| ApiError::user_not_found(id))?;
    let request: Update = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    let Some(auto_groups) = request.auto_groups else {
        return Err(ApiError::handler(400, "auto_groups field can't be absent"));
    };
    let role = Role::parse(&request.role).ok_or_else(|| ApiError::business(422, "invalid user role"))?;
    call.allowed(permissions::USERS, Operation::Create)?;
    let after = User {
        role,
        auto_groups,
        blocked: request.is_blocked,
        ..before.clone()
    };
    check_update(call, &before, &after).map_err(|(status, text)| {
        ApiError::business(status, &format!("failed to process update for user {id}: {text}"))
    })?;
    apply(call, &before, &after)?;
    Ok(http::json(200, &UserOut::new(&after, call.caller)))
}

/// The rules of contract 4.1, in their order. A database that fails is told as NetBird tells it.
fn check_update(call: &Call<'_>, before: &User, after: &User) -> Result<(), (u16, String)> {
    let caller = call.caller;
    let is_self = caller.id == before.id;
    if before.account != caller.account {
        return Err((422, "user account id mismatch".to_owned()));
    }
    let refusal = if !caller.role.is_admin() {
        Some("only admins and owners can update users")
    } else if is_self && before.blocked != after.blocked {
        Some("admins can't block or unblock themselves")
    } else if is_self && before.role != after.role {
        Some("admins can't change their role")
    } else if caller.role != Role::Owner && before.role == Role::Owner && after.role != Role::Owner {
        Some("only owners can remove owner role from their user")
    } else if before.role == Role::Owner && !before.blocked && after.blocked {
        Some("unable to block owner user")
    } else if caller.role != Role::Owner && before.role != Role::Owner && after.role == Role::Owner {
        Some("only owners can add owner role to other users")
    } else if before.service && after.role == Role::Owner {
        Some("can't update a service user with owner role")
    } else {
        None
    };
    if let Some(text) = refusal {
        return Err((403, text.to_owned()));
    }
    let known = groups::list(call.db, &caller.account).map_err(|error| (500, error.to_string()))?;
    for id in &after.auto_groups {
        match known.iter().find(|group| group.id == *id) {
            None => {
                return Err((
                    422,
                    format!("provided group id {id} in the user {} update doesn't exist", before.id),
                ));
            }
            Some(group) if group.name == ALL => return Err((422, "can't add all group to the user".to_owned())),
            Some(_) => {}
        }
    }
    Ok(())
}

fn apply(call: &Call<'_>, before: &User, after: &User) -> Result<(), ApiError> {
    let is_transfer = before.role != Role::Owner && after.role == Role::Owner;
    users::update(call.db, after)?;
    if is_transfer {
        users::update(
            call.db,
            &User {
                role: Role::Admin,
                ..call.caller.clone()
            },
        )?;
    }
    if before.blocked != after.blocked {
        if after.blocked {
            peers::expire_logins(call.db, &after.id)?;
        }
        call.note(if after.blocked { "user.block" } else { "user.unblock" }, &after.id, [])?;
    }
    if is_transfer {
        call.note("transferred.owner.role", &after.id, [])?;
    } else if before.role != after.role {
        call.note("user.role.update", &after.id, [("role", after.role.name().to_owned())])?;
    }
    change_groups(call, before, after)
}

/// Notes groups that came and went, and moves the user's peers with them, while propagation is on.
fn change_groups(call: &Call<'_>, before: &User, after: &User) -> Result<(), ApiError> {
    let account = accounts::get(call.db, &after.account)?;
    if !account.settings.groups_propagation_enabled {
        return Ok(());
    }
    let peers = peers::of_user(call.db, &after.id)?;
    let note = |code: &str, id: &String| -> Result<(), ApiError> {
        let name = groups::find(call.db, &after.account, id)?
            .map(|group| group.name)
            .unwrap_or_default();
        let meta = [
            ("group", name),
            ("group_id", id.clone()),
            is_service_user(after),
            user_name(after),
        ];
        call.note(code, &after.id, meta)
    };
    let gone = missing(&before.auto_groups, &after.auto_groups);
    let come = missing(&after.auto_groups, &before.auto_groups);
    for id in &gone {
        peers
            .iter()
            .try_for_each(|peer| groups::remove_peer(call.db, id, &peer.id))?;
        note("user.group.delete", id)?;
    }
    for id in &come {
        peers
            .iter()
            .try_for_each(|peer| groups::add_peer(call.db, id, &peer.id))?;
        note("user.group.add", id)?;
    }
    addresses::settle_after(call.db, &account, &[gone, come].concat())
}

/// The groups of `some` that are not among `others`.
fn missing<'g>(some: &'g [String], others: &[String]) -> Vec<&'g String> {
    some.iter().filter(|group| !others.contains(group)).collect()
}

/// `DELETE /users/{userId}`.
pub fn delete(call: &Call<'_>) -> Outcome {
    let id = call.segment(0);
    if id == call.caller.id {
        return Err(ApiError::business(422, "self deletion is not allowed"));
    }
    call.allowed(permissions::USERS, Operation::Delete)?;
    let user = of_account(call.db, &call.caller.account, id)?;
    check_delete(call.caller, &user)?;
    remove(call, &user)?;
    Ok(http::json(200, &serde_json::json!({})))
}

fn check_delete(caller: &User, user: &User) -> Result<(), ApiError> {
    let refusal = if user.role == Role::Owner {
        "can't delete a user with the owner role"
    } else if user.issued == "integration" && !caller.service {
        "only integration service user can delete this user"
    } else if user.service && user.non_deletable {
        "service user is marked as non-deletable"
    } else {
        return Ok(());
    };
    Err(ApiError::business(403, refusal))
}

/// Removes a user with their peers and, when they have a password here, from the provider.
pub fn remove(call: &Call<'_>, user: &User) -> Result<(), ApiError> {
    for peer in peers::of_user(call.db, &user.id)? {
        peers::delete(call.db, &peer.id)?;
        call.note("user.peer.delete", &peer.id, [("name", peer.name), ("ip", peer.ip)])?;
    }
    users::delete(call.db, user)?;
    call.backend.idp.forget(call.db, user)?;
    let created_at = ("created_at", clock::text(user.created_at));
    if user.service {
        call.note(
            "service.user.delete",
            &user.id,
            [created_at, ("name", user.name.clone())],
        )
    } else {
        call.note("user.delete", &user.id, [created_at, ("issued", user.issued.clone())])
    }
}

/// `POST /users/{userId}/approve`.
pub fn approve(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::USERS, Operation::Update)?;
    let user = pending(call)?;
    let user = User {
        blocked: false,
        pending: false,
        ..user
    };
    users::update(call.db, &user)?;
    call.note("user.approve", &user.id, [])?;
    Ok(http::json(200, &UserOut::new(&user, call.caller)))
}

/// `DELETE /users/{userId}/reject`. The person may come back: their next call makes a new row.
pub fn reject(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::USERS, Operation::Delete)?;
    let user = pending(call)?;
    check_delete(call.caller, &user)?;
    remove(call, &user)?;
    call.note("user.reject", &user.id, [])?;
    Ok(http::json(200, &serde_json::json!({})))
}

fn pending(call: &Call<'_>) -> Result<User, ApiError> {
    let id = call.segment(0);
    let user = of_account(call.db, &call.caller.account, id)?;
    if user.pending {
        Ok(user)
    } else {
        Err(ApiError::business(422, &format!("user {id} is not pending approval")))
    }
}

/// `POST /users/{userId}/invite`: the provider sends its mail again. The embedded one has nothing to send.
pub fn resend_invite(call: &Call<'_>) -> Outcome {
    let idp = call.backend.idp;
    idp.must_have_manager()?;
    call.allowed(permissions::USERS, Operation::Create)?;
    let id = call.segment(0);
    let user = of_account(call.db, &call.caller.account, id)?;
    if idp.is_embedded() || identities::find(call.db, id)?.is_none() {
        return Err(ApiError::business(404, &format!("user account {id} doesn't exist")));
    }
    if !user.invited {
        return Err(ApiError::business(
            412,
            "can't invite a user with an activated netbird account",
        ));
    }
    call.note("user.invite", id, [])?;
    Ok(http::json(200, &serde_json::json!({})))
}
