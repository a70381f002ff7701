//! Owns the people the OpenID provider knows, and who of them may be chosen by a click.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The subject of their tokens, which is their user id in the API.
    pub id: String,
    pub email: String,
    pub name: String,
    /// A bcrypt hash; `None` for people of an outside provider.
    pub password_hash: Option<String>,
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<Identity> {
    Ok(Identity {
        id: row.get(0)?,
        email: row.get(1)?,
        name: row.get(2)?,
        password_hash: row.get(3)?,
    })
}

pub fn find(db: &Connection, id: &str) -> rusqlite::Result<Option<Identity>> {
    db.prepare_cached("SELECT id, email, name, password_hash FROM identities WHERE id = ?1")?
        .query_row([id], from_row)
        .optional()
}

/// The person with a password and that e-mail address, in whatever case.
pub fn local_by_email(db: &Connection, email: &str) -> rusqlite::Result<Option<Identity>> {
    db.prepare_cached(
        "SELECT id, email, name, password_hash FROM identities
         WHERE email = ?1 COLLATE NOCASE AND password_hash IS NOT NULL",
    )?
    .query_row([email], from_row)
    .optional()
}

/// The people of outside providers with that e-mail address, in whatever case.
pub fn outside_by_email(db: &Connection, email: &str) -> rusqlite::Result<Vec<Identity>> {
    db.prepare_cached(
        "SELECT id, email, name, password_hash FROM identities
         WHERE email = ?1 COLLATE NOCASE AND password_hash IS NULL ORDER BY rowid",
    )?
    .query_map([email], from_row)?
    .collect()
}

/// Whether anybody has a password here.
pub fn any_local(db: &Connection) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM identities WHERE password_hash IS NOT NULL")?
        .exists([])
}

pub fn insert(db: &Connection, identity: &Identity) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO identities (id, email, name, password_hash) VALUES (?1, ?2, ?3, ?4)")?
        .execute(params![
            identity.id,
            identity.email,
            identity.name,
            identity.password_hash
        ])
        .map(drop)
}

/// Gives somebody another name.
pub fn rename(db: &Connection, id: &str, name: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE identities SET name = ?2 WHERE id = ?1", [id, name])
        .map(drop)
}

/// Forgets somebody who has a password here; people of outside providers stay.
pub fn delete_local(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM identities WHERE id = ?1 AND password_hash IS NOT NULL",
        [id],
    )
    .map(drop)
}

/// Forgets somebody, whoever keeps their password.
pub fn delete(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM identities WHERE id = ?1", [id]).map(drop)
}

/// The ids of everybody the provider knows.
pub fn ids(db: &Connection) -> rusqlite::Result<HashSet<String>> {
    db.prepare_cached("SELECT id FROM identities")?
        .query_map([], |row| row.get(0))?
        .collect()
}

/// Whether the provider knows somebody with that e-mail address, in whatever case.
pub fn email_is_known(db: &Connection, email: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM identities WHERE email = ?1 COLLATE NOCASE")?
        .exists([email])
}

/// Gives somebody another password.
pub fn set_password(db: &Connection, id: &str, hash: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE identities SET password_hash = ?2 WHERE id = ?1", [id, hash])
        .map(drop)
}

/// Lets a person of the demo data be chosen on the login page; `token` is the access token they are known to have.
pub fn offer(db: &Connection, id: &str, token: Option<&str>) -> rusqlite::Result<()> {
    db.prepare_cached("INSERT INTO demo_people (id, token) VALUES (?1, ?2)")?
        .execute(params![id, token])
        .map(drop)
}

/// The people offered on the login page who are still there, with their tokens.
pub fn offered(db: &Connection) -> rusqlite::Result<Vec<(Identity, Option<String>)>> {
    db.prepare_cached(
        "SELECT identities.id, identities.email, identities.name, identities.password_hash, demo_people.token
         FROM demo_people JOIN identities ON identities.id = demo_people.id ORDER BY demo_people.n",
    )?
    .query_map([], |row| Ok((from_row(row)?, row.get(4)?)))?
    .collect()
}
