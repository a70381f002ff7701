//! Owns the rows of `events`: the audit log.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::clock::Nanos;

/// The most the server hands out at once.
const AT_MOST: i64 = 10_000;

/// The text that goes with a code (contract 2.14). Unknown codes speak for themselves.
pub fn activity(code: &str) -> &str {
    match code {
        "account.create" => "Account created",
        "user.join" => "User joined",
        "user.create" => "User created",
        "user.invite" => "User invited",
        "user.role.update" => "User role updated",
        "transferred.owner.role" => "Transferred owner role",
        "user.block" => "User blocked",
        "user.unblock" => "User unblocked",
        "user.delete" => "User deleted",
        "user.approve" => "User approved",
        "user.reject" => "User rejected",
        "user.password.change" => "User password changed",
        "user.invite.link.create" => "User invite link created",
        "user.invite.link.accept" => "User invite link accepted",
        "user.invite.link.regenerate" => "User invite link regenerated",
        "user.invite.link.delete" => "User invite link deleted",
        "user.group.add" => "Group added to user",
        "user.group.delete" => "Group removed from user",
        "user.peer.login" => "User logged in peer",
        "user.peer.delete" => "User deleted peer",
        "peer.user.add" => "Peer added",
        "peer.setupkey.add" => "Peer added with setup key",
        "peer.login.expire" => "Peer login expired",
        "service.user.create" => "Service user created",
        "service.user.delete" => "Service user deleted",
        "personal.access.token.create" => "Personal access token created",
        "personal.access.token.delete" => "Personal access token deleted",
        "dashboard.login" => "Dashboard login",
        "group.add" => "Group created",
        "group.update" => "Group updated",
        "group.delete" => "Group deleted",
        _ => code,
    }
}

/// What happened, ready to be kept.
#[derive(Debug, Clone)]
pub struct NewEvent<'a> {
    pub account: &'a str,
    pub at: Nanos,
    pub code: &'a str,
    pub initiator: &'a str,
    pub target: &'a str,
    pub meta: BTreeMap<&'a str, String>,
}

/// An event with the names of the people in it as they are now, or were when they were deleted.
#[derive(Debug, Clone)]
pub struct Event {
    pub n: i64,
    pub at: Nanos,
    pub code: String,
    pub initiator: String,
    pub initiator_person: Option<Person>,
    pub target: String,
    pub target_person: Option<Person>,
    pub meta: BTreeMap<String, String>,
}

/// Name and e-mail of somebody in an event.
#[derive(Debug, Clone)]
pub struct Person {
    pub name: String,
    pub email: String,
}

pub fn insert(db: &Connection, event: &NewEvent<'_>) -> rusqlite::Result<()> {
    let meta = String::from_utf8(crate::json::line(&event.meta)).unwrap_or_default();
    db.prepare_cached(
        "INSERT INTO events (account_id, at, code, initiator_id, target_id, meta) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        event.account,
        event.at,
        event.code,
        event.initiator,
        event.target,
        meta.trim_end()
    ])
    .map(drop)
}

/// The events of an account, newest first.
pub fn list(db: &Connection, account: &str) -> rusqlite::Result<Vec<Event>> {
    let mut statement = db.prepare_cached(
        "WITH people AS (SELECT id, name, email FROM users UNION ALL
             SELECT id, name, email FROM deleted_users WHERE id NOT IN (SELECT id FROM users))
         SELECT events.n, events.at, events.code, events.initiator_id, events.target_id, events.meta,
             initiator.name, initiator.email, target.name, target.email
         FROM events LEFT JOIN people AS initiator ON initiator.id = events.initiator_id
             LEFT JOIN people AS target ON target.id = events.target_id
         WHERE events.account_id = ?1 ORDER BY events.at DESC, events.n DESC LIMIT ?2",
    )?;
    let person = |name: Option<String>, email: Option<String>| {
        Some(Person {
            name: name?,
            email: email?,
        })
    };
    statement
        .query_map(params![account, AT_MOST], |row| {
            Ok(Event {
                n: row.get(0)?,
                at: row.get(1)?,
                code: row.get(2)?,
                initiator: row.get(3)?,
                target: row.get(4)?,
                meta: serde_json::from_str(row.get_ref(5)?.as_str()?).unwrap_or_default(),
                initiator_person: person(row.get(6)?, row.get(7)?),
                target_person: person(row.get(8)?, row.get(9)?),
            })
        })?
        .collect()
}
