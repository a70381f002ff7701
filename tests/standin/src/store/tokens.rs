//! Owns the rows of `tokens`: personal access tokens, by hash only.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::clock::Nanos;

/// One token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    pub id: String,
    pub user: String,
    pub name: String,
    pub hash: String,
    pub created_by: String,
    pub created_at: Nanos,
    pub expires_at: Nanos,
    pub last_used: Option<Nanos>,
}

const COLUMNS: &str = "id, user_id, name, hash, created_by, created_at, expires_at, last_used";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Token> {
    Ok(Token {
        id: row.get(0)?,
        user: row.get(1)?,
        name: row.get(2)?,
        hash: row.get(3)?,
        created_by: row.get(4)?,
        created_at: row.get(5)?,
        expires_at: row.get(6)?,
        last_used: row.get(7)?,
    })
}

pub fn by_hash(db: &Connection, hash: &str) -> rusqlite::Result<Option<Token>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM tokens WHERE hash = ?1"))?
        .query_row([hash], from_row)
        .optional()
}

/// The tokens of a user, oldest first.
pub fn of_user(db: &Connection, user: &str) -> rusqlite::Result<Vec<Token>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM tokens WHERE user_id = ?1 ORDER BY n"))?
        .query_map([user], from_row)?
        .collect()
}

pub fn insert(db: &Connection, token: &Token) -> rusqlite::Result<()> {
    db.prepare_cached(&format!(
        "INSERT INTO tokens ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
    ))?
    .execute(params![
        token.id,
        token.user,
        token.name,
        token.hash,
        token.created_by,
        token.created_at,
        token.expires_at,
        token.last_used,
    ])
    .map(drop)
}

/// Notes that a token was used.
pub fn touch(db: &Connection, id: &str, now: Nanos) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE tokens SET last_used = ?2 WHERE id = ?1")?
        .execute(params![id, now])
        .map(drop)
}

pub fn delete(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM tokens WHERE id = ?1", [id]).map(drop)
}
