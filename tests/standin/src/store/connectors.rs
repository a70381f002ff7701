//! Owns the rows of `connectors`: outside identity providers, shared by every account as the provider itself is.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::clock::{MINUTE, Nanos};

const CODE_LASTS: Nanos = 5 * MINUTE;

/// An outside identity provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connector {
    pub id: String,
    pub r#type: String,
    pub name: String,
    pub issuer: String,
    pub client_id: String,
}

const COLUMNS: &str = "id, type, name, issuer, client_id";

fn from_row(row: &Row<'_>) -> rusqlite::Result<Connector> {
    Ok(Connector {
        id: row.get(0)?,
        r#type: row.get(1)?,
        name: row.get(2)?,
        issuer: row.get(3)?,
        client_id: row.get(4)?,
    })
}

/// All of them, oldest first.
pub fn list(db: &Connection) -> rusqlite::Result<Vec<Connector>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM connectors ORDER BY rowid"))?
        .query_map([], from_row)?
        .collect()
}

pub fn find(db: &Connection, id: &str) -> rusqlite::Result<Option<Connector>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM connectors WHERE id = ?1"))?
        .query_row([id], from_row)
        .optional()
}

pub fn insert(db: &Connection, connector: &Connector) -> rusqlite::Result<()> {
    write(
        db,
        connector,
        "INSERT INTO connectors (id, type, name, issuer, client_id) VALUES (?1, ?2, ?3, ?4, ?5)",
    )
}

pub fn update(db: &Connection, connector: &Connector) -> rusqlite::Result<()> {
    write(
        db,
        connector,
        "UPDATE connectors SET type = ?2, name = ?3, issuer = ?4, client_id = ?5 WHERE id = ?1",
    )
}

fn write(db: &Connection, connector: &Connector, statement: &str) -> rusqlite::Result<()> {
    db.execute(
        statement,
        [
            &connector.id,
            &connector.r#type,
            &connector.name,
            &connector.issuer,
            &connector.client_id,
        ],
    )
    .map(drop)
}

pub fn delete(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM connectors WHERE id = ?1", [id]).map(drop)
}

/// Remembers a code of an outside provider, which stands for somebody's e-mail address there.
pub fn keep_code(db: &Connection, code: &str, connector: &str, email: &str, now: Nanos) -> rusqlite::Result<()> {
    db.execute("DELETE FROM outside_codes WHERE expires_at <= ?1", [now])?;
    db.execute(
        "INSERT INTO outside_codes (code, connector_id, email, expires_at) VALUES (?1, ?2, ?3, ?4)",
        params![code, connector, email, now + CODE_LASTS],
    )
    .map(drop)
}

/// Takes a code of an outside provider: the provider's id and the e-mail address. It works once.
pub fn take_code(db: &Connection, code: &str, now: Nanos) -> rusqlite::Result<Option<(String, String)>> {
    let found = db
        .query_row(
            "DELETE FROM outside_codes WHERE code = ?1 RETURNING connector_id, email, expires_at",
            [code],
            |row| Ok(((row.get(0)?, row.get(1)?), row.get::<_, Nanos>(2)?)),
        )
        .optional()?;
    Ok(found
        .filter(|(_, expires_at)| *expires_at > now)
        .map(|(found, _)| found))
}
