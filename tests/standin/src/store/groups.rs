//! Owns the rows of `groups` and who is in them.

use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::{Deserialize, Serialize};

/// The group that every account has and every peer is in.
pub const ALL: &str = "All";

/// One group, without its peers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    pub id: String,
    pub account: String,
    pub name: String,
    /// `api`, `jwt` or `integration`.
    pub issued: String,
    pub resources: Vec<Resource>,
}

/// A network resource in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resource {
    pub id: String,
    pub r#type: String,
}

const COLUMNS: &str = "id, account_id, name, issued, resources";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Group> {
    let resources = row.get_ref(4)?.as_str()?;
    Ok(Group {
        id: row.get(0)?,
        account: row.get(1)?,
        name: row.get(2)?,
        issued: row.get(3)?,
        resources: serde_json::from_str(resources)
            .map_err(|error| rusqlite::Error::FromSqlConversionFailure(4, rusqlite::types::Type::Text, error.into()))?,
    })
}

/// The groups of an account, oldest first.
pub fn list(db: &Connection, account: &str) -> rusqlite::Result<Vec<Group>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM groups WHERE account_id = ?1 ORDER BY n"
    ))?
    .query_map([account], from_row)?
    .collect()
}

pub fn find(db: &Connection, account: &str, id: &str) -> rusqlite::Result<Option<Group>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM groups WHERE account_id = ?1 AND id = ?2"
    ))?
    .query_row([account, id], from_row)
    .optional()
}

/// The group of exactly that name.
pub fn named(db: &Connection, account: &str, name: &str) -> rusqlite::Result<Option<Group>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM groups WHERE account_id = ?1 AND name = ?2"
    ))?
    .query_row([account, name], from_row)
    .optional()
}

fn resources_text(group: &Group) -> String {
    String::from_utf8(crate::json::line(&group.resources)).unwrap_or_default()
}

pub fn insert(db: &Connection, group: &Group) -> rusqlite::Result<()> {
    db.prepare_cached(&format!("INSERT INTO groups ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5)"))?
        .execute([
            &group.id,
            &group.account,
            &group.name,
            &group.issued,
            resources_text(group).trim_end(),
        ])
        .map(drop)
}

pub fn update(db: &Connection, group: &Group) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE groups SET name = ?2, resources = ?3 WHERE id = ?1",
        [&group.id, &group.name, resources_text(group).trim_end()],
    )
    .map(drop)
}

pub fn delete(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM groups WHERE id = ?1", [id]).map(drop)
}

/// Puts a peer into a group; it may be there already.
pub fn add_peer(db: &Connection, group: &str, peer: &str) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT OR IGNORE INTO group_peers (group_id, peer_id) VALUES (?1, ?2)")?
        .execute([group, peer])
        .map(drop)
}

pub fn remove_peer(db: &Connection, group: &str, peer: &str) -> rusqlite::Result<()> {
    db.prepare_cached("DELETE FROM group_peers WHERE group_id = ?1 AND peer_id = ?2")?
        .execute([group, peer])
        .map(drop)
}

/// Takes every peer out of a group.
pub fn remove_all_peers(db: &Connection, group: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM group_peers WHERE group_id = ?1", [group])
        .map(drop)
}

/// Pairs of group and peer of an account, by group and then age of the peer: `(group id, peer id, peer name)`.
pub fn memberships(db: &Connection, account: &str) -> rusqlite::Result<Vec<(String, String, String)>> {
    db.prepare_cached(
        "SELECT group_peers.group_id, peers.id, peers.name FROM group_peers JOIN peers ON peers.id = group_peers.peer_id
         WHERE peers.account_id = ?1 ORDER BY group_peers.group_id, peers.n",
    )?
    .query_map([account], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
    .collect()
}

/// The peers of one group, oldest first: `(peer id, peer name)`.
pub fn members(db: &Connection, group: &str) -> rusqlite::Result<Vec<(String, String)>> {
    db.prepare_cached(
        "SELECT peers.id, peers.name FROM group_peers JOIN peers ON peers.id = group_peers.peer_id
         WHERE group_peers.group_id = ?1 ORDER BY peers.n",
    )?
    .query_map([group], |row| Ok((row.get(0)?, row.get(1)?)))?
    .collect()
}
