//! Owns the users of an account as they are sent, each encoded once and again only when their row was written.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;

use crate::api::users::UserOut;
use crate::app::Backend;
use crate::db::Changed;
use crate::idp::{Idp, IdpManager};
use crate::json;
use crate::permissions::Role;
use crate::store::identities;
use crate::store::users::{self, User};

/// The rows of the account that was asked about last.
#[derive(Default)]
pub struct UserRows(Mutex<Option<Kept>>);

struct Kept {
    account: String,
    rows: Arc<Rows>,
}

/// Everybody of an account, by order of creation. Readers share it; a change while somebody reads makes another one,
/// which shares the users that are the same.
#[derive(Debug, Default, Clone)]
pub struct Rows(Vec<Row>);

/// One user as everybody but themselves sees them.
#[derive(Debug, Clone)]
pub struct Row {
    /// The user's order of creation.
    pub n: i64,
    pub service: bool,
    pub json: Arc<[u8]>,
}

impl UserRows {
    /// The users as they are now. Only inside a transaction: nobody writes users meanwhile.
    pub fn of(&self, backend: &Backend, db: &Connection, account: &str) -> rusqlite::Result<Arc<Rows>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let changed = backend.database.take_changed_users();
        let rows = match (kept.take().filter(|kept| kept.account == account), changed) {
            (Some(mut kept), Changed::Rows(changed)) => {
                if !changed.is_empty() {
                    Arc::make_mut(&mut kept.rows).refresh(db, backend.idp, account, changed)?;
                }
                kept.rows
            }
            _ => Arc::new(Rows::read(db, backend.idp, account)?),
        };
        *kept = Some(Kept {
            account: account.to_owned(),
            rows: Arc::clone(&rows),
        });
        Ok(rows)
    }
}

impl Rows {
    fn read(db: &Connection, idp: Idp, account: &str) -> rusqlite::Result<Self> {
        let known = match idp.manager {
            IdpManager::External => Some(identities::ids(db)?),
            IdpManager::Embedded | IdpManager::None => None,
        };
        let mut rows = Vec::with_capacity(users::count(db, account)?);
        let mut encoder = Encoder::new(account);
        users::for_each(db, account, |user| {
            let is_unknown = known.as_ref().is_some_and(|ids| !ids.contains(&user.id));
            let user = if is_unknown { unknown_to_provider(user) } else { user };
            rows.push(encoder.row(&user));
        })?;
        Ok(Self(rows))
    }

    /// Reads the rows again that were written.
    fn refresh(&mut self, db: &Connection, idp: Idp, account: &str, mut changed: Vec<i64>) -> rusqlite::Result<()> {
        changed.sort_unstable();
        changed.dedup();
        let mut encoder = Encoder::new(account);
        for n in changed {
            let user = users::find_by_n(db, n)?.filter(|user| user.account == account);
            let user = user.map(|user| as_listed(db, idp, user)).transpose()?;
            let row = user.map(|user| encoder.row(&user));
            match (self.0.binary_search_by_key(&n, |row| row.n), row) {
                (Ok(at), Some(row)) => {
                    if let Some(place) = self.0.get_mut(at) {
                        *place = row;
                    }
                }
                (Ok(at), None) => drop(self.0.remove(at)),
                (Err(at), Some(row)) => self.0.insert(at, row),
                (Err(_), None) => {}
            }
        }
        Ok(())
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn get(&self, at: usize) -> Option<&Row> {
        self.0.get(at)
    }

    #[cfg(test)]
    pub fn of_texts(texts: &[&str]) -> Self {
        let row = |(n, text): (i64, &&str)| Row {
            n,
            service: false,
            json: text.as_bytes().into(),
        };
        Self((1..).zip(texts).map(row).collect())
    }
}

/// A user as the list has them.
pub fn as_listed(db: &Connection, idp: Idp, user: User) -> rusqlite::Result<User> {
    let is_unknown = idp.manager == IdpManager::External && identities::find(db, &user.id)?.is_none();
    Ok(if is_unknown { unknown_to_provider(user) } else { user })
}

/// What the list says of somebody whom the manager of the external provider does not know, whatever is stored
/// (contract 3.1).
fn unknown_to_provider(user: User) -> User {
    User {
        name: if user.service { user.name } else { String::new() },
        email: String::new(),
        blocked: false,
        pending: false,
        last_login: None,
        issued: String::new(),
        ..user
    }
}

struct Encoder {
    /// None of the users.
    nobody: User,
    bytes: Vec<u8>,
}

impl Encoder {
    fn new(account: &str) -> Self {
        Self {
            nobody: User::person(String::new(), account, Role::User, "", "", 0),
            bytes: Vec::new(),
        }
    }

    fn row(&mut self, user: &User) -> Row {
        self.bytes.clear();
        json::append(&mut self.bytes, &UserOut::new(user, &self.nobody));
        Row {
            n: user.n,
            service: user.service,
            json: self.bytes.as_slice().into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::Seed;
    use crate::db::Database;
    use crate::seed;

    fn texts(rows: &Rows) -> Vec<String> {
        let text = |row: &Row| format!("{} {}", row.n, String::from_utf8_lossy(&row.json));
        rows.0.iter().map(text).collect()
    }

    #[test]
    fn what_is_kept_is_what_would_be_read_anew() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        assert_eq!(database.take_changed_users(), Changed::All);
        database
            .transaction(|db| seed::sow(db, Seed::Users(60), Idp::EMBEDDED))
            .unwrap();
        database.take_changed_users();
        let account: String = database
            .transaction(|db| db.query_row("SELECT id FROM accounts", [], |row| row.get(0)))
            .unwrap();
        let read = |db: &Connection| Rows::read(db, Idp::EMBEDDED, &account).unwrap();
        let mut rows = database.transaction(|db| Ok::<_, rusqlite::Error>(read(db))).unwrap();
        for sql in [
            "UPDATE users SET blocked = 1 WHERE n IN (1, 7, 60)",
            "DELETE FROM users WHERE n IN (2, 59, 60)",
            "INSERT INTO users (id, account_id, role, service, name, email, auto_groups, blocked, pending, issued,
             non_deletable, created_at, invited) SELECT 'new' || n, account_id, role, service, name, email, auto_groups, blocked,
             pending, issued, non_deletable, created_at, invited FROM users WHERE n IN (3, 4)",
            "DELETE FROM users",
        ] {
            let shared = Arc::new(rows.clone());
            let before = texts(&shared);
            database.transaction(|db| db.execute_batch(sql)).unwrap();
            let Changed::Rows(changed) = database.take_changed_users() else {
                panic!("{sql}: not so many");
            };
            assert!(!changed.is_empty(), "{sql}");
            database
                .transaction(|db| {
                    rows.refresh(db, Idp::EMBEDDED, &account, changed)?;
                    assert!(texts(&rows) == texts(&read(db)), "{sql}");
                    Ok::<_, rusqlite::Error>(())
                })
                .unwrap();
            assert!(texts(&rows) != before, "{sql}");
            assert!(texts(&shared) == before, "readers keep what they have");
        }
    }

    #[test]
    fn a_refused_call_is_read_again_and_many_changes_are_all() {
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        database
            .transaction(|db| seed::sow(db, Seed::Users(5_000), Idp::EMBEDDED))
            .unwrap();
        assert_eq!(database.take_changed_users(), Changed::All);
        let block = |limit: i64| {
            database.transaction(|db| {
                db.execute("UPDATE users SET blocked = 1 WHERE n <= ?1", [limit])?;
                Err::<(), _>(rusqlite::Error::QueryReturnedNoRows)
            })
        };
        assert!(block(2).is_err());
        assert_eq!(database.take_changed_users(), Changed::Rows(vec![1, 2]));
        assert!(block(5_000).is_err());
        assert_eq!(database.take_changed_users(), Changed::All);
        assert_eq!(database.take_changed_users(), Changed::Rows(Vec::new()));
    }
}
