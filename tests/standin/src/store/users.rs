//! Owns the rows of `users`: people and service users of an account.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::clock::Nanos;
use crate::permissions::Role;

/// One user.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the API keeps these as five flags")]
pub struct User {
    /// Order of creation; 0 before it is stored.
    pub n: i64,
    pub id: String,
    pub account: String,
    pub role: Role,
    pub service: bool,
    pub name: String,
    pub email: String,
    pub auto_groups: Vec<String>,
    pub blocked: bool,
    pub pending: bool,
    pub last_login: Option<Nanos>,
    /// Somebody who was invited by mail and has not come yet; only with a manager of an outside provider.
    pub invited: bool,
    /// `api` or `integration`.
    pub issued: String,
    pub non_deletable: bool,
    pub created_at: Nanos,
}

impl User {
    /// A person as they are made: active, no groups, never signed in.
    pub fn person(id: String, account: &str, role: Role, name: &str, email: &str, created_at: Nanos) -> Self {
        Self {
            n: 0,
            id,
            account: account.to_owned(),
            role,
            service: false,
            name: name.to_owned(),
            email: email.to_owned(),
            auto_groups: Vec::new(),
            blocked: false,
            pending: false,
            last_login: None,
            invited: false,
            issued: "api".to_owned(),
            non_deletable: false,
            created_at,
        }
    }

    /// A service user as they are made.
    pub fn service(id: String, account: &str, role: Role, name: &str, created_at: Nanos) -> Self {
        Self {
            service: true,
            ..Self::person(id, account, role, name, "", created_at)
        }
    }

    #[cfg(test)]
    pub fn example() -> Self {
        Self::person("u".to_owned(), "a", Role::User, "Uma", "uma@example.com", 0)
    }
}

const COLUMNS: &str = "n, id, account_id, role, service, name, email, auto_groups, blocked, pending, last_login, issued, \
                       non_deletable, created_at, invited";

/// A list of group ids from its column.
pub fn groups_of(row: &Row<'_>, column: usize) -> rusqlite::Result<Vec<String>> {
    serde_json::from_str(row.get_ref(column)?.as_str()?)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, error.into()))
}

fn from_row(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        n: row.get(0)?,
        id: row.get(1)?,
        account: row.get(2)?,
        role: Role::stored(row.get_ref(3)?.as_str()?),
        service: row.get(4)?,
        name: row.get(5)?,
        email: row.get(6)?,
        auto_groups: groups_of(row, 7)?,
        blocked: row.get(8)?,
        pending: row.get(9)?,
        last_login: row.get(10)?,
        issued: row.get(11)?,
        non_deletable: row.get(12)?,
        created_at: row.get(13)?,
        invited: row.get(14)?,
    })
}

/// A list of group ids for its column.
pub fn groups_text(groups: &[String]) -> String {
    serde_json::Value::from(groups.to_vec()).to_string()
}

/// The user with that id, in whatever account.
pub fn find(db: &Connection, id: &str) -> rusqlite::Result<Option<User>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM users WHERE id = ?1"))?
        .query_row([id], from_row)
        .optional()
}

/// The user of that order of creation.
pub fn find_by_n(db: &Connection, n: i64) -> rusqlite::Result<Option<User>> {
    db.prepare_cached(&format!("SELECT {COLUMNS} FROM users WHERE n = ?1"))?
        .query_row([n], from_row)
        .optional()
}

/// The first user of that e-mail address, in whatever case and account.
pub fn by_email(db: &Connection, email: &str) -> rusqlite::Result<Option<User>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM users WHERE email = ?1 COLLATE NOCASE ORDER BY n LIMIT 1"
    ))?
    .query_row([email], from_row)
    .optional()
}

/// The first person of a role who is not blocked; without an account of any.
pub fn first_of_role(db: &Connection, account: Option<&str>, role: Role) -> rusqlite::Result<Option<User>> {
    db.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM users WHERE role = ?1 AND account_id = coalesce(?2, account_id) AND NOT blocked
         AND NOT service ORDER BY n LIMIT 1"
    ))?
    .query_row(params![role.name(), account], from_row)
    .optional()
}

/// Calls `each` for every user of an account, in order of creation.
pub fn for_each(db: &Connection, account: &str, mut each: impl FnMut(User)) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached(&format!("SELECT {COLUMNS} FROM users WHERE account_id = ?1 ORDER BY n"))?;
    let mut rows = statement.query([account])?;
    while let Some(row) = rows.next()? {
        each(from_row(row)?);
    }
    Ok(())
}

/// How many users an account has.
pub fn count(db: &Connection, account: &str) -> rusqlite::Result<usize> {
    let count: i64 = db.query_row("SELECT count(*) FROM users WHERE account_id = ?1", [account], |row| {
        row.get(0)
    })?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Whether somebody in the account has that e-mail address, in whatever case.
pub fn email_is_taken(db: &Connection, account: &str, email: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM users WHERE account_id = ?1 AND email = ?2 COLLATE NOCASE")?
        .exists([account, email])
}

/// The first user who gets that group automatically.
pub fn holder_of_group(db: &Connection, account: &str, group: &str) -> rusqlite::Result<Option<String>> {
    db.prepare_cached(
        "SELECT users.id FROM user_groups JOIN users ON users.n = user_groups.user_n
         WHERE user_groups.group_id = ?2 AND users.account_id = ?1 ORDER BY users.n LIMIT 1",
    )?
    .query_row([account, group], |row| row.get(0))
    .optional()
}

/// Stores a new user.
pub fn insert(db: &Connection, user: &User) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO users (id, account_id, role, service, name, email, auto_groups, blocked, pending, last_login, issued,
         non_deletable, created_at, invited) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
    )?
    .execute(params![
        user.id,
        user.account,
        user.role.name(),
        user.service,
        user.name,
        user.email,
        groups_text(&user.auto_groups),
        user.blocked,
        user.pending,
        user.last_login,
        user.issued,
        user.non_deletable,
        user.created_at,
        user.invited,
    ])
    .map(drop)
}

/// Stores what an update can change.
pub fn update(db: &Connection, user: &User) -> rusqlite::Result<()> {
    db.prepare_cached("UPDATE users SET role = ?2, auto_groups = ?3, blocked = ?4, pending = ?5 WHERE id = ?1")?
        .execute(params![
            user.id,
            user.role.name(),
            groups_text(&user.auto_groups),
            user.blocked,
            user.pending
        ])
        .map(drop)
}

/// Notes that somebody who was invited by mail has come.
pub fn redeem(db: &Connection, id: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE users SET invited = 0 WHERE id = ?1", [id]).map(drop)
}

/// Gives a user another name.
pub fn rename(db: &Connection, id: &str, name: &str) -> rusqlite::Result<()> {
    db.execute("UPDATE users SET name = ?2 WHERE id = ?1", [id, name])
        .map(drop)
}

/// Removes a user with their tokens. People stay known by name to the events.
pub fn delete(db: &Connection, user: &User) -> rusqlite::Result<()> {
    if !user.service {
        db.execute(
            "INSERT INTO deleted_users (id, name, email) VALUES (?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET name = ?2, email = ?3",
            [&user.id, &user.name, &user.email],
        )?;
    }
    db.execute("DELETE FROM users WHERE id = ?1", [&user.id]).map(drop)
}
