//! Owns the rows of `invites`: links by which somebody may become a user.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::clock::Nanos;

/// One invite, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    pub id: String,
    pub account: String,
    pub email: String,
    pub name: String,
    /// As it was asked for: nobody checks it before the invite is accepted.
    pub role: String,
    pub auto_groups: Vec<String>,
    pub hash: String,
    /// The user who made it, or its last link.
    pub created_by: String,
    pub created_at: Nanos,
    pub expires_at: Nanos,
}

impl Invite {
    pub fn is_expired(&self, now: Nanos) -> bool {
        self.expires_at < now
    }
}

const COLUMNS: &str = "id, account_id, email, name, role, auto_groups, hash, created_by, created_at, expires_at";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Invite> {
    Ok(Invite {
        id: row.get(0)?,
        account: row.get(1)?,
        email: row.get(2)?,
        name: row.get(3)?,
        role: row.get(4)?,
        auto_groups: super::users::groups_of(row, 5)?,
        hash: row.get(6)?,
        created_by: row.get(7)?,
        created_at: row.get(8)?,
        expires_at: row.get(9)?,
    })
}

/// The invites of an account, oldest first.
pub fn list(db: &Connection, account: &str) -> rusqlite::Result<Vec<Invite>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM invites WHERE account_id = ?1 ORDER BY n"
    ))?
    .query_map([account], from_row)?
    .collect()
}

pub fn find(db: &Connection, account: &str, id: &str) -> rusqlite::Result<Option<Invite>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM invites WHERE account_id = ?1 AND id = ?2"
    ))?
    .query_row([account, id], from_row)
    .optional()
}

/// The invite of a token, in whatever account.
pub fn by_hash(db: &Connection, hash: &str) -> rusqlite::Result<Option<Invite>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM invites WHERE hash = ?1"))?
        .query_row([hash], from_row)
        .optional()
}

/// Whether somebody with that e-mail address, in whatever case, is invited already.
pub fn email_is_invited(db: &Connection, account: &str, email: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM invites WHERE account_id = ?1 AND email = ?2 COLLATE NOCASE")?
        .exists([account, email])
}

pub fn insert(db: &Connection, invite: &Invite) -> rusqlite::Result<()> {
    db.prepare_cached(&format!(
        "INSERT INTO invites ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
    ))?
    .execute(params![
        invite.id,
        invite.account,
        invite.email,
        invite.name,
        invite.role,
        super::users::groups_text(&invite.auto_groups),
        invite.hash,
        invite.created_by,
        invite.created_at,
        invite.expires_at,
    ])
    .map(drop)
}

/// Stores what a new link changes.
pub fn update(db: &Connection, invite: &Invite) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE invites SET hash = ?2, created_by = ?3, expires_at = ?4 WHERE id = ?1",
        params![invite.id, invite.hash, invite.created_by, invite.expires_at],
    )
    .map(drop)
}

pub fn delete(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM invites WHERE id = ?1", [id]).map(drop)
}
