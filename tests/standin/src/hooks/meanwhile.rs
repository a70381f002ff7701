//! Owns what somebody else does between a read and a write: one change, made as another person of the account.

use std::sync::Arc;

use axum::http::Method;
use rusqlite::Connection;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api;
use crate::app::{App, Backend};
use crate::errors::{self, ApiError};
use crate::permissions::Role;
use crate::store::accounts::{self, Settings};
use crate::store::groups::{self, Group};
use crate::store::identities;
use crate::store::users::{self, User};

/// One change. A user is named by id or e-mail address, a group by id or name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case", deny_unknown_fields)]
pub enum Change {
    UserRole {
        user: String,
        role: String,
    },
    UserGroups {
        user: String,
        groups: Vec<String>,
    },
    UserBlocked {
        user: String,
        blocked: bool,
    },
    /// What the identity provider says of them: the API has no call for it.
    UserName {
        user: String,
        name: String,
    },
    UserDeleted {
        user: String,
    },
    GroupName {
        group: String,
        name: String,
    },
    GroupDeleted {
        group: String,
    },
    Setting {
        name: String,
        value: Value,
    },
}

/// The changes as the page offers them: name and words.
pub const FORM_CHANGES: [(&str, &str); 8] = [
    ("user_role", "Role of a user"),
    ("user_groups", "Groups of a user"),
    ("user_blocked", "A user is blocked"),
    ("user_name", "Name of a user"),
    ("user_deleted", "A user is deleted"),
    ("group_name", "Name of a group"),
    ("group_deleted", "A group is deleted"),
    ("setting", "A setting of the account"),
];

/// A change from the fields of the page, still to be checked.
pub fn from_form(what: &str, target: &str, value: &str) -> Value {
    let of = if what == "setting" {
        "name"
    } else if what.starts_with("group") {
        "group"
    } else {
        "user"
    };
    let mut change = json!({ "what": what, of: target });
    let json = || serde_json::from_str(value).unwrap_or_else(|_| value.into());
    let (name, value): (_, Value) = match what {
        "user_role" => ("role", value.into()),
        "user_groups" => {
            let groups = value.split(',').map(str::trim).filter(|group| !group.is_empty());
            ("groups", groups.collect())
        }
        "user_blocked" => ("blocked", json()),
        "user_name" | "group_name" => ("name", value.into()),
        "setting" => ("value", json()),
        _ => return change,
    };
    if let Some(change) = change.as_object_mut() {
        change.insert(name.to_owned(), value);
    }
    change
}

/// Makes the change; says in a word or two how it went.
pub async fn happen(app: &Arc<App>, change: Change) -> String {
    let Some(backend) = app.backend.clone() else {
        return "no API here".to_owned();
    };
    let made = tokio::task::spawn_blocking(move || {
        backend
            .database
            .transaction(|db| make(&backend, db, &change).map_err(|refusal| ApiError::handler(422, refusal)))
    });
    match made.await {
        Ok(Ok(())) => "done".to_owned(),
        Ok(Err(error)) => error.message,
        Err(error) => {
            errors::report(&error);
            "failed".to_owned()
        }
    }
}

fn make(backend: &Backend, db: &Connection, change: &Change) -> Result<(), String> {
    match change {
        Change::UserRole { user, role } => update_user(backend, db, user, &json!({ "role": role })),
        Change::UserBlocked { user, blocked } => update_user(backend, db, user, &json!({ "is_blocked": blocked })),
        Change::UserGroups { user, groups } => {
            let account = find_user(db, user)?.account;
            let ids = groups.iter().map(|group| Ok(find_group(db, &account, group)?.id));
            let ids = ids.collect::<Result<Vec<_>, String>>()?;
            update_user(backend, db, user, &json!({ "auto_groups": ids }))
        }
        Change::UserName { user, name } => {
            let user = find_user(db, user)?;
            users::rename(db, &user.id, name).map_err(failed)?;
            identities::rename(db, &user.id, name).map_err(failed)
        }
        Change::UserDeleted { user } => {
            let user = find_user(db, user)?;
            let path = format!("users/{}", user.id);
            call(
                backend,
                db,
                &somebody_but(db, &user)?,
                &Method::DELETE,
                &path,
                &json!({}),
            )
        }
        Change::GroupName { group, name } => {
            let (owner, group) = group_of_owner(db, group)?;
            let peers = groups::members(db, &group.id).map_err(failed)?;
            let peers: Vec<String> = peers.into_iter().map(|(peer, _)| peer).collect();
            let body = json!({ "name": name, "peers": peers, "resources": group.resources });
            call(
                backend,
                db,
                &owner,
                &Method::PUT,
                &format!("groups/{}", group.id),
                &body,
            )
        }
        Change::GroupDeleted { group } => {
            let (owner, group) = group_of_owner(db, group)?;
            let path = format!("groups/{}", group.id);
            call(backend, db, &owner, &Method::DELETE, &path, &json!({}))
        }
        Change::Setting { name, value } => {
            let owner = owner(db)?;
            let account = accounts::get(db, &owner.account).map_err(failed)?;
            let mut settings = serde_json::to_value(&account.settings).map_err(|error| error.to_string())?;
            let place = settings
                .pointer_mut(&format!("/{}", name.replace('.', "/")))
                .ok_or_else(|| format!("there is no setting {name}"))?;
            place.clone_from(value);
            // A wrong type is said in more words than the API has for it.
            serde_json::from_value::<Settings>(settings.clone()).map_err(|error| error.to_string())?;
            if let Some(settings) = settings.as_object_mut() {
                settings.retain(|_, value| !value.is_null());
            }
            call(
                backend,
                db,
                &somebody_but(db, &owner)?,
                &Method::PUT,
                &format!("accounts/{}", account.id),
                &json!({ "settings": settings }),
            )
        }
    }
}

/// Some fields of a user, the others as they are.
fn update_user(backend: &Backend, db: &Connection, user: &str, fields: &Value) -> Result<(), String> {
    let user = find_user(db, user)?;
    let mut body = json!({ "role": user.role.name(), "auto_groups": user.auto_groups, "is_blocked": user.blocked });
    if let (Some(body), Some(fields)) = (body.as_object_mut(), fields.as_object()) {
        body.extend(fields.clone());
    }
    let path = format!("users/{}", user.id);
    call(backend, db, &somebody_but(db, &user)?, &Method::PUT, &path, &body)
}

fn call(
    backend: &Backend,
    db: &Connection,
    caller: &User,
    method: &Method,
    path: &str,
    body: &Value,
) -> Result<(), String> {
    api::call_as(backend, db, caller, method, path, body.to_string().as_bytes())
        .map(drop)
        .map_err(|error| format!("{} {}", error.status, error.message))
}

fn failed(error: rusqlite::Error) -> String {
    ApiError::from(error).message
}

fn find_user(db: &Connection, user: &str) -> Result<User, String> {
    users::find(db, user)
        .and_then(|found| found.map_or_else(|| users::by_email(db, user), |user| Ok(Some(user))))
        .map_err(failed)?
        .ok_or_else(|| format!("there is no user {user}"))
}

fn find_group(db: &Connection, account: &str, group: &str) -> Result<Group, String> {
    groups::find(db, account, group)
        .and_then(|found| found.map_or_else(|| groups::named(db, account, group), |group| Ok(Some(group))))
        .map_err(failed)?
        .ok_or_else(|| format!("there is no group {group}"))
}

fn group_of_owner(db: &Connection, group: &str) -> Result<(User, Group), String> {
    let owner = owner(db)?;
    let group = find_group(db, &owner.account, group)?;
    Ok((owner, group))
}

/// The owner of the oldest account.
fn owner(db: &Connection) -> Result<User, String> {
    users::first_of_role(db, None, Role::Owner)
        .map_err(failed)?
        .ok_or_else(|| "there is no owner".to_owned())
}

/// Who changes `user`: the owner of the account, or an admin when it is the owner who is changed.
fn somebody_but(db: &Connection, user: &User) -> Result<User, String> {
    let role = if user.role == Role::Owner {
        Role::Admin
    } else {
        Role::Owner
    };
    users::first_of_role(db, Some(&user.account), role)
        .map_err(failed)?
        .ok_or_else(|| format!("there is no {} to do it", role.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_of_the_page_make_every_change() {
        for ((what, _), value) in
            FORM_CHANGES
                .into_iter()
                .zip(["auditor", "Sales, Design", "true", "true", "", "New", "", "[\"a\"]"])
        {
            let change = from_form(what, "t", value);
            serde_json::from_value::<Change>(change.clone()).unwrap_or_else(|error| panic!("{change}: {error}"));
        }
        assert_eq!(
            from_form("user_groups", "t", "Sales, Design,")["groups"],
            json!(["Sales", "Design"])
        );
        assert_eq!(from_form("user_groups", "t", "")["groups"], json!([]));
        assert!(serde_json::from_value::<Change>(from_form("user_blocked", "t", "perhaps")).is_err());
        assert!(serde_json::from_value::<Change>(from_form("anything", "t", "")).is_err());
    }
}
