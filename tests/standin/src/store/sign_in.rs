//! Owns what the OpenID provider remembers: begun sign-ins, codes, sessions, refresh tokens.

use rusqlite::{Connection, OptionalExtension as _, params};
use serde::{Deserialize, Serialize};

use crate::clock::{DAY, HOUR, MINUTE, Nanos};

const SIGN_IN_LASTS: Nanos = DAY;
const CODE_LASTS: Nanos = 30 * MINUTE;
const SESSION_IDLE: Nanos = HOUR;
const SESSION_LASTS: Nanos = DAY;

/// What an application asked for at the authorization endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthRequest {
    pub client_id: String,
    pub redirect_uri: String,
    pub scopes: Vec<String>,
    pub state: String,
    pub nonce: String,
    /// PKCE challenge, `""` without PKCE.
    pub challenge: String,
    /// `S256` or `plain`.
    pub method: String,
}

impl AuthRequest {
    /// The request as the query that makes it.
    pub fn query(&self) -> String {
        let scope = self.scopes.join(" ");
        let pairs = [
            ("client_id", self.client_id.as_str()),
            ("code_challenge", &self.challenge),
            ("code_challenge_method", &self.method),
            ("nonce", &self.nonce),
            ("redirect_uri", &self.redirect_uri),
            ("response_type", "code"),
            ("scope", &scope),
            ("state", &self.state),
        ];
        crate::http::query(pairs.into_iter().filter(|(_, value)| !value.is_empty()))
    }
}

/// A code that was redeemed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub request: AuthRequest,
    pub identity: String,
    pub auth_time: Nanos,
}

/// A living session of a browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    pub identity: String,
    pub auth_time: Nanos,
}

fn written(request: &AuthRequest) -> String {
    String::from_utf8(crate::json::line(request)).unwrap_or_default()
}

fn read(text: &str) -> rusqlite::Result<AuthRequest> {
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, error.into()))
}

/// Remembers a begun sign-in under `id`.
pub fn begin(db: &Connection, id: &str, request: &AuthRequest, now: Nanos) -> rusqlite::Result<()> {
    db.execute("DELETE FROM sign_ins WHERE expires_at <= ?1", [now])?;
    db.execute(
        "INSERT INTO sign_ins (id, request, expires_at) VALUES (?1, ?2, ?3)",
        params![id, written(request), now + SIGN_IN_LASTS],
    )
    .map(drop)
}

/// A begun sign-in that has not run out.
pub fn begun(db: &Connection, id: &str, now: Nanos) -> rusqlite::Result<Option<AuthRequest>> {
    db.query_row(
        "SELECT request FROM sign_ins WHERE id = ?1 AND expires_at > ?2",
        params![id, now],
        |row| read(row.get_ref(0)?.as_str()?),
    )
    .optional()
}

/// Notes whose password was right in a begun sign-in.
pub fn pass_password(db: &Connection, id: &str, identity: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE sign_ins SET identity_id = ?2 WHERE id = ?1", [id, identity])
        .map(drop)
}

/// Whose password was right in a begun sign-in.
pub fn passed_password(db: &Connection, id: &str) -> rusqlite::Result<Option<String>> {
    let found: Option<Option<String>> = db
        .query_row("SELECT identity_id FROM sign_ins WHERE id = ?1", [id], |row| row.get(0))
        .optional()?;
    Ok(found.flatten())
}

/// Forgets a begun sign-in.
pub fn forget(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM sign_ins WHERE id = ?1", [id]).map(drop)
}

/// Remembers a code that was sent out.
pub fn keep_code(db: &Connection, code: &str, kept: &Code, now: Nanos) -> rusqlite::Result<()> {
    db.execute("DELETE FROM codes WHERE expires_at <= ?1", [now])?;
    db.execute(
        "INSERT INTO codes VALUES (?1, ?2, ?3, ?4, ?5)",
        params![
            code,
            written(&kept.request),
            kept.identity,
            kept.auth_time,
            now + CODE_LASTS
        ],
    )
    .map(drop)
}

/// Takes a code out: it works once, whatever comes of it.
pub fn take_code(db: &Connection, code: &str, now: Nanos) -> rusqlite::Result<Option<Code>> {
    db.query_row(
        "DELETE FROM codes WHERE code = ?1 RETURNING request, identity_id, auth_time, expires_at",
        [code],
        |row| {
            let kept = Code {
                request: read(row.get_ref(0)?.as_str()?)?,
                identity: row.get(1)?,
                auth_time: row.get(2)?,
            };
            Ok((kept, row.get::<_, Nanos>(3)?))
        },
    )
    .optional()
    .map(|found| found.filter(|(_, expires_at)| *expires_at > now).map(|(kept, _)| kept))
}

/// Starts a session of a browser.
pub fn start_session(db: &Connection, id: &str, identity: &str, now: Nanos) -> rusqlite::Result<()> {
    keep_session(db, id, identity, now, false)
}

/// Starts a session that counts for nothing yet: a step of the sign-in is still to come.
pub fn start_pending_session(db: &Connection, id: &str, identity: &str, now: Nanos) -> rusqlite::Result<()> {
    keep_session(db, id, identity, now, true)
}

fn keep_session(db: &Connection, id: &str, identity: &str, now: Nanos, pending: bool) -> rusqlite::Result<()> {
    db.execute(
        "DELETE FROM sessions WHERE last_used <= ?1 OR auth_time <= ?2",
        params![now - SESSION_IDLE, now - SESSION_LASTS],
    )?;
    db.execute(
        "INSERT INTO sessions (id, identity_id, auth_time, last_used, pending) VALUES (?1, ?2, ?3, ?3, ?4)",
        params![id, identity, now, pending],
    )
    .map(drop)
}

/// Whether a session waits for a step of the sign-in.
pub fn session_is_pending(db: &Connection, id: &str, now: Nanos) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM sessions WHERE id = ?1 AND pending AND last_used > ?2")?
        .exists(params![id, now - SESSION_IDLE])
}

/// A session that lives, and notes its use.
pub fn session(db: &Connection, id: &str, now: Nanos) -> rusqlite::Result<Option<Session>> {
    db.query_row(
        "UPDATE sessions SET last_used = ?2 WHERE id = ?1 AND NOT pending AND last_used > ?3 AND auth_time > ?4
         AND identity_id IN (SELECT id FROM identities) RETURNING identity_id, auth_time",
        params![id, now, now - SESSION_IDLE, now - SESSION_LASTS],
        |row| {
            Ok(Session {
                identity: row.get(0)?,
                auth_time: row.get(1)?,
            })
        },
    )
    .optional()
}

/// Ends every session and refresh token of a person.
pub fn end_sessions(db: &Connection, identity: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM refresh_tokens WHERE identity_id = ?1", [identity])?;
    db.execute("DELETE FROM sessions WHERE identity_id = ?1", [identity])
        .map(drop)
}

pub fn keep_refresh_token(db: &Connection, token: &str, identity: &str) -> rusqlite::Result<()> {
    db.execute("INSERT INTO refresh_tokens VALUES (?1, ?2)", [token, identity])
        .map(drop)
}

/// What a refresh token becomes when it has been used: it is known when it comes back.
const SPENT: &str = "spent:";

/// Uses a refresh token up: whose it is. One that was used before ends all that came of it.
pub fn spend_refresh_token(db: &Connection, token: &str) -> rusqlite::Result<Option<String>> {
    let owner = |token: &str| {
        db.query_row(
            "SELECT identity_id FROM refresh_tokens WHERE token = ?1",
            [token],
            |row| row.get::<_, String>(0),
        )
        .optional()
    };
    let spent = format!("{SPENT}{token}");
    if let Some(identity) = owner(&spent)? {
        db.execute("DELETE FROM refresh_tokens WHERE identity_id = ?1", [identity])?;
        return Ok(None);
    }
    let found = owner(token)?;
    db.execute(
        "UPDATE refresh_tokens SET token = ?2 WHERE token = ?1",
        [token, spent.as_str()],
    )?;
    Ok(found)
}

/// Takes a refresh token back.
pub fn forget_refresh_token(db: &Connection, token: &str) -> rusqlite::Result<()> {
    db.execute("DELETE FROM refresh_tokens WHERE token = ?1", [token])
        .map(drop)
}

pub fn refresh_token_is_known(db: &Connection, token: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM refresh_tokens WHERE token = ?1")?
        .exists([token])
}
