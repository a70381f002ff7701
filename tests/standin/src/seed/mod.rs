//! Owns what a new database holds.

mod crowd;
mod demo;
mod history;
mod invites;
mod names;
mod people;
mod things;

use rusqlite::Connection;

use crate::auth::join;
use crate::cli::Seed;
use crate::clock::{self, DAY, Nanos};
use crate::db;
use crate::idp::{Idp, IdpManager};
use crate::ids::{self, Source};
use crate::permissions::Role;
use crate::store::accounts::SELF_HOSTED;
use crate::store::connectors::{self, Connector};
use crate::store::identities::{self, Identity};
use crate::store::tokens::{self, Token};
use crate::store::users::{self, User};

/// The password of everybody in seeded data.
pub const PASSWORD: &str = "Roost-demo-1";

/// `PASSWORD` under bcrypt at the provider's cost: hashing it at each start would be most of the start.
const PASSWORD_HASH: &str = "$2b$10$3LmaZo672O0i2OweksHvlOH1cpneb9kfPW.UCYhQTDFShs5UB18IO";

/// The access token of the seeded owner, with a right checksum.
pub const OWNER_TOKEN: &str = "nbp_abcdefghijklmnopqrstuvwxyz01232LolCm";

/// The first user of all seeded data.
const OWNER: (&str, &str) = ("Olivia Marsh", "olivia.marsh@example.com");

const SOWN: &str = "seeded";

/// Fills a database that was never filled.
pub fn sow(db: &Connection, seed: Seed, idp: Idp) -> rusqlite::Result<()> {
    if db::fact(db, SOWN)?.is_some() {
        return Ok(());
    }
    fill(db, seed, idp)?;
    db::set_fact(db, SOWN, "yes")
}

/// Empties a database and fills it once more.
pub fn sow_again(db: &Connection, seed: Seed, idp: Idp) -> rusqlite::Result<()> {
    db::clear(db)?;
    fill(db, seed, idp)
}

fn fill(db: &Connection, seed: Seed, idp: Idp) -> rusqlite::Result<()> {
    match seed {
        Seed::Empty => Ok(()),
        Seed::Demo => demo::fill(&mut Field::new(db, 40, idp)?),
        Seed::Users(count) => crowd::fill(&mut Field::new(db, 100_000, idp)?, count),
    }
}

/// An account under construction: its owner exists, and everything comes out the same each time but the dates, which
/// count back from now.
struct Field<'a> {
    db: &'a Connection,
    source: Source,
    rng: fastrand::Rng,
    now: Nanos,
    account: String,
    owner: User,
    idp: Idp,
    /// The outside provider of the embedded one, if it has one.
    connector: Option<String>,
}

impl<'a> Field<'a> {
    fn new(db: &'a Connection, number: u64, idp: Idp) -> rusqlite::Result<Self> {
        let mut source = Source::Seeded(fastrand::Rng::with_seed(number));
        let now = clock::now();
        let founded = now - 400 * DAY;
        // Without passwords everybody comes from outside: the way there is needed before the first of them.
        let connector = idp.is_local_auth_disabled().then(|| ids::xid(&mut source));
        let id = person_id(&mut source, idp, connector.as_deref(), OWNER.1);
        let account = join::new_account(db, &mut source, &id, SELF_HOSTED, founded)?.id;
        db.execute(
            "UPDATE accounts SET signup_form_pending = 0, onboarding_flow_pending = 0, network_range = ?1,
             network_range_v6 = ?2",
            [things::RANGE, things::RANGE_V6],
        )?;
        let owner = User {
            last_login: Some(now - DAY / 12),
            ..User::person(id, &account, Role::Owner, OWNER.0, OWNER.1, founded)
        };
        let mut field = Self {
            db,
            source,
            rng: fastrand::Rng::with_seed(number + 1),
            now,
            account,
            owner,
            idp,
            connector: None,
        };
        if let Some(id) = connector {
            field.connect(id)?;
        }
        field.person(&field.owner, true)?;
        identities::offer(db, &field.owner.id, Some(OWNER_TOKEN))?;
        Ok(field)
    }

    /// A new id of a person who signs in as most people do.
    fn person_id(&mut self, email: &str) -> String {
        person_id(&mut self.source, self.idp, self.connector.as_deref(), email)
    }

    /// Stores the outside provider under that id.
    fn connect(&mut self, id: String) -> rusqlite::Result<()> {
        self.connector = Some(id.clone());
        connectors::insert(
            self.db,
            &Connector {
                id,
                r#type: "oidc".to_owned(),
                name: "Example partners".to_owned(),
                issuer: "https://login.example.org".to_owned(),
                client_id: "netbird".to_owned(),
            },
        )
    }

    /// Stores a person, and that they can sign in; `local` = with the password, where there are passwords. A provider
    /// that invites people by mail waits for those who never came.
    fn person(&self, user: &User, local: bool) -> rusqlite::Result<()> {
        let waits_for = self.idp.manager == IdpManager::External && user.last_login.is_none() && !user.blocked;
        let user = User {
            invited: waits_for,
            ..user.clone()
        };
        users::insert(self.db, &user)?;
        let with_password = local && !waits_for && !self.idp.is_local_auth_disabled();
        let identity = Identity {
            id: user.id,
            email: user.email,
            name: user.name,
            password_hash: with_password.then(|| PASSWORD_HASH.to_owned()),
        };
        identities::insert(self.db, &identity)
    }

    /// Stores an access token whose secret is `plain`, or one that nobody knows.
    fn token(
        &mut self,
        user: &User,
        name: &str,
        plain: Option<&str>,
        made: Nanos,
        expires_at: Nanos,
        last_used: Option<Nanos>,
    ) -> rusqlite::Result<()> {
        let plain = plain.map_or_else(|| ids::token(&mut self.source, ids::PAT), str::to_owned);
        let token = Token {
            id: ids::xid(&mut self.source),
            user: user.id.clone(),
            name: name.to_owned(),
            hash: ids::token_hash(&plain),
            created_by: self.owner.id.clone(),
            created_at: made,
            expires_at,
            last_used,
        };
        tokens::insert(self.db, &token)
    }

    /// A moment between `from` and `until` days ago.
    fn days_ago(&mut self, from: i64, until: i64) -> Nanos {
        self.now - self.rng.i64(until * DAY..from * DAY)
    }
}

/// An id as the provider gives it: of a password of its own, of the provider behind it, or of an external one.
fn person_id(source: &mut Source, idp: Idp, connector: Option<&str>, email: &str) -> String {
    match connector {
        Some(connector) if idp.is_local_auth_disabled() => ids::person(email, connector),
        _ if idp.is_embedded() => ids::person(&ids::uuid(source), ids::LOCAL),
        _ => ids::outside_person(source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::db::Database;

    #[test]
    fn the_kept_hash_is_that_of_the_password() {
        assert!(bcrypt::verify(PASSWORD, PASSWORD_HASH).unwrap());
        assert_eq!(ids::check_token(OWNER_TOKEN, ids::PAT), Ok(()));
    }

    /// Every row that must not depend on the moment of seeding.
    fn rows(seed: Seed, manager: IdpManager, local_auth: bool) -> Vec<String> {
        let idp = Idp {
            manager,
            local_auth,
            delete_users: false,
        };
        let folder = tempfile::tempdir().unwrap();
        let database = Database::open(folder.path()).unwrap();
        database
            .transaction(|db| {
                sow(db, seed, idp)?;
                sow(db, seed, idp)?;
                let mut statement = db.prepare(
                    "SELECT id || role || name || email || auto_groups || blocked || pending FROM users UNION ALL
                     SELECT id || name FROM groups UNION ALL SELECT id || user_id || name || ip FROM peers UNION ALL
                     SELECT id || hash || name FROM tokens UNION ALL SELECT group_id || peer_id FROM group_peers UNION ALL
                     SELECT id || email || role || hash FROM invites UNION ALL SELECT code || initiator_id || target_id FROM events",
                )?;
                statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<Vec<String>>>()
            })
            .unwrap()
    }

    #[test]
    fn seeds_come_out_the_same_each_time_and_only_once() {
        for (manager, local_auth) in [
            (IdpManager::Embedded, true),
            (IdpManager::Embedded, false),
            (IdpManager::External, true),
            (IdpManager::None, true),
        ] {
            for seed in [Seed::Demo, Seed::Users(50)] {
                assert_eq!(rows(seed, manager, local_auth), rows(seed, manager, local_auth));
            }
        }
        assert!(rows(Seed::Empty, IdpManager::Embedded, true).is_empty());
    }
}
