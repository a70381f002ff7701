//! Owns the rows of `events`: the audit log.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use crate::clock::Nanos;
use crate::event_lag::Schedule;

/// The most the server hands out at once.
const AT_MOST: i64 = 10_000;

/// When events have become visible that need not wait.
const LONG_AGO: Nanos = 0;

/// The text that goes with a code (contract 2.14). Unknown codes speak for themselves.
pub fn activity(code: &str) -> &str {
    match code {
        "account.create" => "Account created",
        "account.delete" => "Account deleted",
        "account.dns.domain.update" => "Account DNS domain updated",
        "account.network.range.update" => "Account network range updated",
        "account.peer.inactivity.expiration.enable" => "Account peer inactivity expiration enabled",
        "account.peer.inactivity.expiration.disable" => "Account peer inactivity expiration disabled",
        "account.peer.inactivity.expiration.update" => "Account peer inactivity expiration duration updated",
        "account.setting.auto.update.always.enable" => "Account auto-update always enabled",
        "account.setting.auto.update.always.disable" => "Account auto-update always disabled",
        "account.setting.group.propagation.enable" => "User group propagation enabled",
        "account.setting.group.propagation.disable" => "User group propagation disabled",
        "account.setting.ipv6.enable" => "Account IPv6 overlay enabled",
        "account.setting.ipv6.disable" => "Account IPv6 overlay disabled",
        "account.setting.lazy.connection.enable" => "Account lazy connection enabled",
        "account.setting.lazy.connection.disable" => "Account lazy connection disabled",
        "account.setting.local.mfa.enable" => "Account local MFA enabled",
        "account.setting.local.mfa.disable" => "Account local MFA disabled",
        "account.setting.metrics.push.enable" => "Account metrics push enabled",
        "account.setting.metrics.push.disable" => "Account metrics push disabled",
        "account.setting.peer.expose.enable" => "Account peer expose enabled",
        "account.setting.peer.expose.disable" => "Account peer expose disabled",
        "account.setting.peer.login.expiration.enable" => "Account peer login expiration enabled",
        "account.setting.peer.login.expiration.disable" => "Account peer login expiration disabled",
        "account.setting.peer.login.expiration.update" => "Account peer login expiration duration updated",
        "account.setting.routing.peer.dns.resolution.enable" => "Account routing peer DNS resolution enabled",
        "account.setting.routing.peer.dns.resolution.disable" => "Account routing peer DNS resolution disabled",
        "account.settings.auto.version.update" => "Account AutoUpdate Version updated",
        "identityprovider.create" => "Identity provider created",
        "identityprovider.update" => "Identity provider updated",
        "identityprovider.delete" => "Identity provider deleted",
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

/// Keeps an event that becomes visible a little later: `schedule` says when.
pub fn insert(db: &Connection, event: &NewEvent<'_>) -> rusqlite::Result<()> {
    keep(db, event, None)
}

/// Keeps an event of the past, which is visible at once.
pub fn insert_past(db: &Connection, event: &NewEvent<'_>) -> rusqlite::Result<()> {
    keep(db, event, Some(LONG_AGO))
}

fn keep(db: &Connection, event: &NewEvent<'_>, visible_at: Option<Nanos>) -> rusqlite::Result<()> {
    let meta = String::from_utf8(crate::json::line(&event.meta)).unwrap_or_default();
    db.prepare_cached(
        "INSERT INTO events (account_id, at, code, initiator_id, target_id, meta, visible_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        event.account,
        event.at,
        event.code,
        event.initiator,
        event.target,
        meta.trim_end(),
        visible_at
    ])
    .map(drop)
}

/// Says of every new event when it becomes visible.
pub fn schedule(db: &Connection, schedule: &mut Schedule, now: Nanos) -> rusqlite::Result<()> {
    let new: Vec<i64> = db
        .prepare_cached("SELECT n FROM events WHERE visible_at IS NULL ORDER BY n")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let mut statement = db.prepare_cached("UPDATE events SET visible_at = ?2 WHERE n = ?1")?;
    new.into_iter()
        .try_for_each(|n| statement.execute([n, schedule.next(now)]).map(drop))
}

/// Makes every event visible: what was still to come when the server stopped has been written by now.
pub fn write_out(db: &Connection) -> rusqlite::Result<()> {
    db.execute("UPDATE events SET visible_at = ?1 WHERE visible_at > ?1", [LONG_AGO])
        .map(drop)
}

/// The events of an account that were visible at a moment, newest first.
pub fn list(db: &Connection, account: &str, until: Nanos) -> rusqlite::Result<Vec<Event>> {
    let mut statement = db.prepare_cached(
        "SELECT events.n, events.at, events.code, events.initiator_id, events.target_id, events.meta,
             coalesce(initiator.name, old_initiator.name), coalesce(initiator.email, old_initiator.email),
             coalesce(target.name, old_target.name), coalesce(target.email, old_target.email)
         FROM events LEFT JOIN users AS initiator ON initiator.id = events.initiator_id
             LEFT JOIN deleted_users AS old_initiator ON old_initiator.id = events.initiator_id
             LEFT JOIN users AS target ON target.id = events.target_id
             LEFT JOIN deleted_users AS old_target ON old_target.id = events.target_id
         WHERE events.account_id = ?1 AND events.visible_at <= ?3 ORDER BY events.at DESC, events.n DESC LIMIT ?2",
    )?;
    let person = |name: Option<String>, email: Option<String>| {
        Some(Person {
            name: name?,
            email: email?,
        })
    };
    statement
        .query_map(params![account, AT_MOST, until], |row| {
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
