//! Owns the rows of `peers`.

use std::collections::HashSet;

use rusqlite::{Connection, Row, params};

use crate::clock::Nanos;

/// One device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Peer {
    pub id: String,
    pub account: String,
    /// Who registered it; `""` for a setup key.
    pub user: String,
    pub name: String,
    pub ip: String,
    pub ipv6: String,
    pub os: String,
    pub kernel: String,
    pub version: String,
    pub connected: bool,
    pub last_seen: Nanos,
    pub last_login: Option<Nanos>,
    pub created_at: Nanos,
    pub login_expired: bool,
    pub login_expiration_enabled: bool,
}

const COLUMNS: &str = "id, account_id, user_id, name, ip, ipv6, os, kernel, version, connected, last_seen, last_login, \
                       created_at, login_expired, login_expiration_enabled";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Peer> {
    Ok(Peer {
        id: row.get(0)?,
        account: row.get(1)?,
        user: row.get(2)?,
        name: row.get(3)?,
        ip: row.get(4)?,
        ipv6: row.get(5)?,
        os: row.get(6)?,
        kernel: row.get(7)?,
        version: row.get(8)?,
        connected: row.get(9)?,
        last_seen: row.get(10)?,
        last_login: row.get(11)?,
        created_at: row.get(12)?,
        login_expired: row.get(13)?,
        login_expiration_enabled: row.get(14)?,
    })
}

/// The peers of an account, oldest first.
pub fn list(db: &Connection, account: &str) -> rusqlite::Result<Vec<Peer>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM peers WHERE account_id = ?1 ORDER BY n"))?
        .query_map([account], from_row)?
        .collect()
}

/// Whether an account has that peer.
pub fn exists(db: &Connection, account: &str, id: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM peers WHERE account_id = ?1 AND id = ?2")?
        .exists([account, id])
}

/// The peers that a user registered, oldest first.
pub fn of_user(db: &Connection, user: &str) -> rusqlite::Result<Vec<Peer>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM peers WHERE user_id = ?1 ORDER BY n"))?
        .query_map([user], from_row)?
        .collect()
}

pub fn insert(db: &Connection, peer: &Peer) -> rusqlite::Result<()> {
    db.prepare_cached(&format!(
        "INSERT INTO peers ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
    ))?
    .execute(params![
        peer.id,
        peer.account,
        peer.user,
        peer.name,
        peer.ip,
        peer.ipv6,
        peer.os,
        peer.kernel,
        peer.version,
        peer.connected,
        peer.last_seen,
        peer.last_login,
        peer.created_at,
        peer.login_expired,
        peer.login_expiration_enabled,
    ])
    .map(drop)
}

/// Marks a user's peers as signed out and disconnects them.
pub fn expire_logins(db: &Connection, user: &str) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE peers SET login_expired = 1, connected = 0 WHERE user_id = ?1",
        [user],
    )
    .map(drop)
}

/// Gives a peer its addresses.
pub fn set_addresses(db: &Connection, id: &str, ip: &str, ipv6: &str) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE peers SET ip = ?2, ipv6 = ?3 WHERE id = ?1")?
        .execute([id, ip, ipv6])
        .map(drop)
}

/// The peers of an account that are in any of these groups: their ids, each once.
pub fn in_groups(db: &Connection, account: &str, groups: &[String]) -> rusqlite::Result<HashSet<String>> {
    db.prepare_cached(
        "SELECT DISTINCT peers.id FROM peers JOIN group_peers ON group_peers.peer_id = peers.id
         WHERE peers.account_id = ?1 AND group_peers.group_id IN (SELECT value FROM json_each(?2))",
    )?
    .query_map(
        [account, &serde_json::Value::from(groups.to_vec()).to_string()],
        |row| row.get(0),
    )?
    .collect()
}

/// Puts every peer into the automatic groups of the user who registered it, as far as those groups exist.
pub fn follow_users(db: &Connection, account: &str) -> rusqlite::Result<()> {
    db.execute(
        "INSERT OR IGNORE INTO group_peers (group_id, peer_id)
         SELECT groups.id, peers.id FROM peers JOIN users ON users.id = peers.user_id
         JOIN json_each(users.auto_groups) AS wanted JOIN groups ON groups.id = wanted.value
         WHERE peers.account_id = ?1 AND groups.account_id = ?1",
        [account],
    )
    .map(drop)
}

pub fn delete(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM peers WHERE id = ?1", [id]).map(drop)
}
