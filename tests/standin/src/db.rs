//! Owns the SQLite file: schema, opening, transactions.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, Transaction};

use crate::clock;
use crate::event_lag::{EventLag, Schedule};
use crate::store::events;

/// Moments are nanoseconds since 1970. `users.n` keeps the order of creation and is what the list keeps them by.
/// `user_groups` says who has a group automatically, by the group: deleting one asks, and must not read everybody.
/// `events.visible_at` is null until the call that wrote the event ends.
const SCHEMA: &str = "
CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE accounts (
    id TEXT PRIMARY KEY, domain TEXT NOT NULL, domain_category TEXT NOT NULL, created_at INTEGER NOT NULL,
    created_by TEXT NOT NULL, settings TEXT NOT NULL, network_range TEXT NOT NULL, network_range_v6 TEXT NOT NULL,
    signup_form_pending INTEGER NOT NULL, onboarding_flow_pending INTEGER NOT NULL
) STRICT;
CREATE TABLE users (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    role TEXT NOT NULL, service INTEGER NOT NULL, name TEXT NOT NULL, email TEXT NOT NULL, auto_groups TEXT NOT NULL,
    blocked INTEGER NOT NULL, pending INTEGER NOT NULL, last_login INTEGER, issued TEXT NOT NULL,
    non_deletable INTEGER NOT NULL, created_at INTEGER NOT NULL, invited INTEGER NOT NULL
) STRICT;
CREATE INDEX users_by_email ON users (email COLLATE NOCASE);
CREATE TABLE user_groups (group_id TEXT NOT NULL, user_n INTEGER NOT NULL, PRIMARY KEY (group_id, user_n))
    STRICT, WITHOUT ROWID;
CREATE TRIGGER users_come AFTER INSERT ON users BEGIN
    INSERT OR IGNORE INTO user_groups SELECT value, new.n FROM json_each(new.auto_groups);
END;
CREATE TRIGGER users_change AFTER UPDATE OF auto_groups ON users WHEN new.auto_groups <> old.auto_groups BEGIN
    DELETE FROM user_groups WHERE user_n = old.n AND group_id IN (SELECT value FROM json_each(old.auto_groups));
    INSERT OR IGNORE INTO user_groups SELECT value, new.n FROM json_each(new.auto_groups);
END;
CREATE TRIGGER users_go AFTER DELETE ON users BEGIN
    DELETE FROM user_groups WHERE user_n = old.n AND group_id IN (SELECT value FROM json_each(old.auto_groups));
END;
CREATE TABLE deleted_users (id TEXT PRIMARY KEY, name TEXT NOT NULL, email TEXT NOT NULL) STRICT;
CREATE TABLE tokens (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name TEXT NOT NULL, hash TEXT NOT NULL UNIQUE, created_by TEXT NOT NULL, created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL, last_used INTEGER
) STRICT;
CREATE INDEX tokens_by_user ON tokens (user_id);
CREATE TABLE invites (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    email TEXT NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, auto_groups TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
    created_by TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX invites_by_account ON invites (account_id);
CREATE TABLE groups (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    name TEXT NOT NULL, issued TEXT NOT NULL, resources TEXT NOT NULL, UNIQUE (account_id, name)
) STRICT;
CREATE TABLE peers (
    n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    user_id TEXT NOT NULL, name TEXT NOT NULL, ip TEXT NOT NULL, ipv6 TEXT NOT NULL, os TEXT NOT NULL,
    kernel TEXT NOT NULL, version TEXT NOT NULL, connected INTEGER NOT NULL, last_seen INTEGER NOT NULL,
    last_login INTEGER, created_at INTEGER NOT NULL, login_expired INTEGER NOT NULL,
    login_expiration_enabled INTEGER NOT NULL
) STRICT;
CREATE INDEX peers_by_user ON peers (user_id);
CREATE TABLE group_peers (
    group_id TEXT NOT NULL REFERENCES groups (id) ON DELETE CASCADE,
    peer_id TEXT NOT NULL REFERENCES peers (id) ON DELETE CASCADE, PRIMARY KEY (group_id, peer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX group_peers_by_peer ON group_peers (peer_id);
CREATE TABLE events (
    n INTEGER PRIMARY KEY, account_id TEXT NOT NULL, at INTEGER NOT NULL, code TEXT NOT NULL,
    initiator_id TEXT NOT NULL, target_id TEXT NOT NULL, meta TEXT NOT NULL, visible_at INTEGER
) STRICT;
CREATE INDEX events_by_account ON events (account_id, at);
CREATE INDEX events_to_come ON events (n) WHERE visible_at IS NULL;
CREATE TABLE connectors (
    id TEXT PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL, issuer TEXT NOT NULL, client_id TEXT NOT NULL
) STRICT;
CREATE TABLE outside_codes (
    code TEXT PRIMARY KEY, connector_id TEXT NOT NULL, email TEXT NOT NULL, expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE identities (
    id TEXT PRIMARY KEY, email TEXT NOT NULL, name TEXT NOT NULL, password_hash TEXT
) STRICT;
CREATE INDEX identities_by_email ON identities (email COLLATE NOCASE);
CREATE TABLE demo_people (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, token TEXT) STRICT;
CREATE TABLE second_factors (
    identity_id TEXT PRIMARY KEY REFERENCES identities (id) ON DELETE CASCADE, secret TEXT NOT NULL,
    confirmed INTEGER NOT NULL
) STRICT;
CREATE TABLE sign_ins (
    id TEXT PRIMARY KEY, request TEXT NOT NULL, expires_at INTEGER NOT NULL, identity_id TEXT
) STRICT;
CREATE TABLE codes (
    code TEXT PRIMARY KEY, request TEXT NOT NULL, identity_id TEXT NOT NULL, auth_time INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE TABLE sessions (
    id TEXT PRIMARY KEY, identity_id TEXT NOT NULL, auth_time INTEGER NOT NULL, last_used INTEGER NOT NULL,
    pending INTEGER NOT NULL
) STRICT;
CREATE TABLE refresh_tokens (token TEXT PRIMARY KEY, identity_id TEXT NOT NULL) STRICT;
";

/// Emptying every table but the facts (the signing key survives a reset).
const CLEAR: &str = "
DELETE FROM refresh_tokens; DELETE FROM sessions; DELETE FROM codes; DELETE FROM sign_ins; DELETE FROM outside_codes;
DELETE FROM demo_people; DELETE FROM second_factors; DELETE FROM identities; DELETE FROM connectors; DELETE FROM events;
DELETE FROM group_peers; DELETE FROM peers; DELETE FROM groups; DELETE FROM invites; DELETE FROM tokens;
DELETE FROM deleted_users; DELETE FROM users; DELETE FROM accounts;
";

/// Goes up with every change of the schema.
const VERSION: i64 = 4;

/// With more changed rows than that it is quicker to read all of them again.
const MANY_ROWS: usize = 4_096;

/// The database, one caller at a time. Every call of the API is one transaction.
pub struct Database {
    connection: Mutex<Connection>,
    changed_users: Arc<Mutex<Changed>>,
    /// Whether the transaction at work has written events.
    wrote_events: Arc<AtomicBool>,
    schedule: Mutex<Schedule>,
}

/// The rows of `users` that were written since somebody asked last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Changed {
    /// Perhaps all of them.
    All,
    /// These, by `n`; some more than once.
    Rows(Vec<i64>),
}

impl Changed {
    fn add(&mut self, n: i64) {
        match self {
            Self::Rows(rows) if rows.len() < MANY_ROWS => rows.push(n),
            _ => *self = Self::All,
        }
    }
}

impl Database {
    /// Opens or makes the database in `folder`.
    pub fn open(folder: &Path) -> Result<Self, String> {
        let unusable = |error: &dyn std::fmt::Display| format!("cannot use {}: {error}", folder.display());
        std::fs::create_dir_all(folder).map_err(|error| unusable(&error))?;
        let mut connection = Connection::open(folder.join("standin.db")).map_err(|error| unusable(&error))?;
        let version: i64 = connection
            .pragma_query_value(None, "user_version", |row| row.get(0))
            .map_err(|error| unusable(&error))?;
        if version != 0 && version != VERSION {
            return Err(format!(
                "{} was made by another version of this program: delete it, or choose another folder",
                folder.display()
            ));
        }
        prepare(&connection, version == 0).map_err(|error| unusable(&error))?;
        let changed_users = Arc::new(Mutex::new(Changed::All));
        let wrote_events = Arc::new(AtomicBool::new(false));
        let (changed, flag) = (Arc::clone(&changed_users), Arc::clone(&wrote_events));
        connection
            .update_hook(Some(
                move |_: rusqlite::hooks::Action, _: &str, table: &str, n: i64| match table {
                    "users" => changed.lock().unwrap_or_else(PoisonError::into_inner).add(n),
                    "events" => flag.store(true, Ordering::Relaxed),
                    _ => {}
                },
            ))
            .map_err(|error| unusable(&error))?;
        Ok(Self {
            connection: Mutex::new(connection),
            changed_users,
            wrote_events,
            schedule: Mutex::default(),
        })
    }

    /// Sets how late events show up from now on.
    pub fn set_event_lag(&self, lag: EventLag) {
        *self.schedule.lock().unwrap_or_else(PoisonError::into_inner) = Schedule::new(lag);
    }

    /// Runs `work` in a transaction that is kept only when it succeeds.
    pub fn transaction<T, E: From<rusqlite::Error>>(
        &self,
        work: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        // A panic in an earlier call has rolled its transaction back: the connection is sound.
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction()?;
        let outcome = work(&transaction)?;
        if self.wrote_events.load(Ordering::Relaxed) {
            let mut schedule = self.schedule.lock().unwrap_or_else(PoisonError::into_inner);
            events::schedule(&transaction, &mut schedule, clock::now())?;
            self.wrote_events.store(false, Ordering::Relaxed);
        }
        transaction.commit()?;
        Ok(outcome)
    }

    /// Which rows of `users` were written since this was asked last, those of refused calls included. Only meaningful
    /// inside a transaction.
    pub fn take_changed_users(&self) -> Changed {
        let mut changed = self.changed_users.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *changed, Changed::Rows(Vec::new()))
    }
}

fn prepare(connection: &Connection, is_new: bool) -> rusqlite::Result<()> {
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // In WAL mode this survives a crash of the process; only a power cut may lose the last moment.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Kibibytes: the indexes of 100,000 users, whose random ids touch every page while seeding.
    connection.pragma_update(None, "cache_size", -65_536)?;
    connection.busy_timeout(std::time::Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(64);
    if !is_new {
        return events::write_out(connection);
    }
    connection.execute_batch(&format!("BEGIN;{SCHEMA}PRAGMA user_version = {VERSION};COMMIT;"))
}

/// Empties the database for another seed.
pub fn clear(db: &Connection) -> rusqlite::Result<()> {
    db.execute_batch(CLEAR)
}

/// A named value, e.g. the signing key.
pub fn fact(db: &Connection, name: &str) -> rusqlite::Result<Option<String>> {
    use rusqlite::OptionalExtension as _;
    db.query_row("SELECT value FROM facts WHERE name = ?1", [name], |row| row.get(0))
        .optional()
}

/// Keeps a named value.
pub fn set_fact(db: &Connection, name: &str, value: &str) -> rusqlite::Result<()> {
    db.execute(
        "INSERT INTO facts (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2",
        [name, value],
    )
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_another_version_is_refused_in_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let open = || Database::open(folder.path()).map(drop);
        assert_eq!(open(), Ok(()));
        assert_eq!(open(), Ok(()), "its own data");
        Connection::open(folder.path().join("standin.db"))
            .and_then(|db| db.pragma_update(None, "user_version", VERSION - 1))
            .unwrap();
        let refusal = open().unwrap_err();
        assert!(refusal.contains("another version"), "{refusal}");
    }
}
