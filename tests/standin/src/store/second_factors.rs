//! Owns the rows of `second_factors`: whose authenticator makes which codes.

use rusqlite::{Connection, OptionalExtension as _};

/// The authenticator of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondFactor {
    /// The shared secret in base 32.
    pub secret: String,
    /// Whether a code of it was ever right.
    pub confirmed: bool,
}

pub fn find(db: &Connection, identity: &str) -> rusqlite::Result<Option<SecondFactor>> {
    db.query_row(
        "SELECT secret, confirmed FROM second_factors WHERE identity_id = ?1",
        [identity],
        |row| {
            Ok(SecondFactor {
                secret: row.get(0)?,
                confirmed: row.get(1)?,
            })
        },
    )
    .optional()
}

/// Keeps a secret that nobody has shown a code of yet.
pub fn insert(db: &Connection, identity: &str, secret: &str) -> rusqlite::Result<()> {
    db.execute("INSERT INTO second_factors VALUES (?1, ?2, 0)", [identity, secret])
        .map(drop)
}

/// Notes that a code was right.
pub fn confirm(db: &Connection, identity: &str) -> rusqlite::Result<()> {
    db.execute(
        "UPDATE second_factors SET confirmed = 1 WHERE identity_id = ?1",
        [identity],
    )
    .map(drop)
}
