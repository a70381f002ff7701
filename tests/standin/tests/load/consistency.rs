//! Fifty clients writing at once: the database stays consistent, and what was acknowledged survives a kill.

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use rusqlite::Connection;
use serde_json::json;
use standin::Seed;

use crate::alone;
use crate::program::{Client, Program};
use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};
use crate::writers::{Shared, Writer};

const CLIENTS: usize = 50;

/// How long the load lasts: ten seconds, or what `ROOST_LOAD_SECONDS` says.
fn seconds() -> u64 {
    std::env::var("ROOST_LOAD_SECONDS").map_or(10, |seconds| seconds.parse().unwrap())
}

/// Each must find nothing.
const INVARIANTS: [(&str, &str); 12] = [
    (
        "an account has not exactly one owner",
        "SELECT id FROM accounts WHERE (SELECT count(*) FROM users WHERE account_id = accounts.id AND role = 'owner') <> 1",
    ),
    (
        "a service user is owner, or the owner is blocked",
        "SELECT id FROM users WHERE role = 'owner' AND (service OR blocked)",
    ),
    (
        "a token of nobody",
        "SELECT id FROM tokens WHERE user_id NOT IN (SELECT id FROM users)",
    ),
    (
        "a token of a person other than the owner's and those the seed made",
        "SELECT tokens.id FROM tokens JOIN users ON users.id = user_id WHERE tokens.name LIKE 'load%' AND NOT service",
    ),
    (
        "a group that is not there is given automatically",
        "SELECT users.id FROM users, json_each(auto_groups) WHERE value NOT IN
         (SELECT id FROM groups WHERE account_id = users.account_id)",
    ),
    (
        "All is given automatically",
        "SELECT users.id FROM users, json_each(auto_groups) JOIN groups ON groups.id = value WHERE groups.name = 'All'",
    ),
    (
        "the table of automatic groups is behind",
        "SELECT * FROM (SELECT group_id, user_n FROM user_groups EXCEPT SELECT value, n FROM users, json_each(auto_groups))
         UNION ALL SELECT * FROM
         (SELECT value, n FROM users, json_each(auto_groups) EXCEPT SELECT group_id, user_n FROM user_groups)",
    ),
    (
        "a peer of nobody",
        "SELECT id FROM peers WHERE user_id <> '' AND user_id NOT IN (SELECT id FROM users)",
    ),
    (
        "a membership of nothing",
        "SELECT group_id FROM group_peers WHERE group_id NOT IN (SELECT id FROM groups)
         OR peer_id NOT IN (SELECT id FROM peers)",
    ),
    (
        "a peer that is not in All",
        "SELECT id FROM peers WHERE id NOT IN
         (SELECT peer_id FROM group_peers JOIN groups ON groups.id = group_id WHERE groups.name = 'All')",
    ),
    (
        "somebody can sign in who is no user, or the other way round",
        "SELECT id FROM identities WHERE password_hash IS NOT NULL AND id NOT IN (SELECT id FROM users)
         UNION ALL SELECT id FROM users WHERE NOT service AND id NOT IN (SELECT id FROM identities)",
    ),
    (
        "somebody is both there and deleted",
        "SELECT id FROM deleted_users WHERE id IN (SELECT id FROM users)",
    ),
];

/// What is wrong in the file itself, not as the server tells it.
fn offences(folder: &Path) -> Vec<String> {
    let db = Connection::open(folder.join("standin.db")).unwrap();
    let rows = |sql: &str| -> Vec<String> {
        let mut statement = db.prepare(sql).unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.collect::<rusqlite::Result<_>>().unwrap()
    };
    let mut offences = Vec::new();
    if rows("PRAGMA integrity_check") != ["ok"] || !rows("PRAGMA foreign_key_check").is_empty() {
        offences.push("the database is broken".to_owned());
    }
    for (what, sql) in INVARIANTS {
        let found = rows(sql);
        if !found.is_empty() {
            offences.push(format!("{what}: {found:?}"));
        }
    }
    offences
}

#[test]
fn every_invariant_can_fail() {
    let _alone = alone();
    let data = tempfile::tempdir().unwrap();
    Program::start(data.path(), "demo").kill();
    assert_eq!(offences(data.path()), Vec::<String>::new());
    let db = Connection::open(data.path().join("standin.db")).unwrap();
    // What only a mistake can do: no constraint and no trigger is in its way.
    db.execute_batch(
        "PRAGMA foreign_keys = OFF; DROP TRIGGER users_come; DROP TRIGGER users_change; DROP TRIGGER users_go;",
    )
    .unwrap();
    for (mistake, number) in [
        ("UPDATE users SET role = 'owner' WHERE n = 2", 0),
        ("UPDATE users SET blocked = 1 WHERE role = 'owner'", 1),
        ("UPDATE tokens SET user_id = 'nobody'", 2),
        (
            "UPDATE tokens SET name = 'load', user_id = (SELECT id FROM users WHERE NOT service)",
            3,
        ),
        ("UPDATE users SET auto_groups = '[\"x\"]' WHERE n = 1", 4),
        (
            "UPDATE users SET auto_groups = json_array((SELECT id FROM groups WHERE name = 'All')) WHERE n = 1",
            5,
        ),
        ("DELETE FROM user_groups", 6),
        ("UPDATE peers SET user_id = 'nobody'", 7),
        (
            "UPDATE group_peers SET peer_id = 'x' WHERE peer_id = (SELECT id FROM peers)",
            8,
        ),
        ("UPDATE groups SET name = 'Not all' WHERE name = 'All'", 9),
        (
            "DELETE FROM identities WHERE id = (SELECT id FROM users WHERE n = 2)",
            10,
        ),
        (
            "INSERT OR REPLACE INTO deleted_users SELECT id, name, email FROM users",
            11,
        ),
    ] {
        db.execute_batch(&format!("SAVEPOINT mistake; {mistake}; RELEASE mistake"))
            .unwrap();
        let what = INVARIANTS[number].0;
        let found = offences(data.path());
        assert!(
            found.iter().any(|offence| offence.starts_with(what)),
            "{mistake} did not show: {found:?}"
        );
    }
}

#[test]
fn fifty_clients_leave_a_consistent_database() {
    let _alone = alone();
    let server = Server::start(Seed::Demo);
    let shared = Shared::default();
    let heirs: Vec<(String, String)> = ["olivia.marsh", "ada.okafor", "nils.lindqvist", "agnes.novak"]
        .map(|name| format!("{name}@example.com"))
        .iter()
        .map(|email| {
            let id = server.person(email)["id"].as_str().unwrap().to_owned();
            (id, bearer(&server, email, PASSWORD))
        })
        .collect();
    let over = AtomicBool::new(false);
    let transfers = AtomicUsize::new(0);
    let end = Instant::now() + Duration::from_secs(seconds());
    let writers = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let (server, shared) = (&server, &shared);
                scope.spawn(move || {
                    let mut writer = Writer::new(&server.base, OWNER_TOKEN, number);
                    while Instant::now() < end {
                        assert!(writer.write(shared), "an answer did not come");
                    }
                    writer
                })
            })
            .collect();
        // Who is owner hands the account on, from several places at once.
        for (number, (_, authorization)) in heirs.iter().cycle().take(3 * heirs.len()).enumerate() {
            let (server, heirs, over, transfers) = (&server, &heirs, &over, &transfers);
            scope.spawn(move || {
                let client = Client::new(&server.base, authorization);
                let mut rng = fastrand::Rng::with_seed(1_000 + number as u64);
                while !over.load(Ordering::Relaxed) {
                    let (heir, _) = &heirs[rng.usize(..heirs.len())];
                    let body = json!({ "role": "owner", "auto_groups": [], "is_blocked": false });
                    let (status, _) = client.call("PUT", &format!("/api/users/{heir}"), Some(&body)).unwrap();
                    assert!(status == 200 || status == 403, "{status}");
                    if status == 200 {
                        transfers.fetch_add(1, Ordering::Relaxed);
                    }
                }
            });
        }
        let writers: Vec<Writer> = threads.into_iter().map(|thread| thread.join().unwrap()).collect();
        over.store(true, Ordering::Relaxed);
        writers
    });
    let acknowledged = shared.acknowledged();
    assert!(acknowledged > 5 * CLIENTS, "only {acknowledged} writes");
    assert!(transfers.load(Ordering::Relaxed) > 3);
    let refused = shared.refused();
    assert!(refused > 0, "no client met another one");
    println!(
        "{acknowledged} writes acknowledged and {refused} refused by {CLIENTS} clients in {} s",
        seconds()
    );
    check_acknowledged(&Client::new(&server.base, OWNER_TOKEN), &server.base, &writers);
    assert_eq!(offences(server.folder()), Vec::<String>::new());
}

#[test]
fn what_was_acknowledged_survives_a_kill() {
    let _alone = alone();
    let data = tempfile::tempdir().unwrap();
    let mut seen = 0;
    for round in 0..2 {
        let program = Program::start(data.path(), "demo");
        let shared = Shared::default();
        let base = program.base.clone();
        let writers: Vec<Writer> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..CLIENTS)
                .map(|number| {
                    let (base, shared) = (&base, &shared);
                    scope.spawn(move || {
                        let mut writer = Writer::new(base, OWNER_TOKEN, 100 * (round + 1) + number);
                        while writer.write(shared) {}
                        writer
                    })
                })
                .collect();
            while shared.acknowledged() < 40 * CLIENTS {
                assert!(
                    threads.iter().any(|thread| !thread.is_finished()),
                    "nobody writes any more"
                );
                std::thread::sleep(Duration::from_millis(5));
            }
            program.kill();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        seen += shared.acknowledged();
        let again = Program::start(data.path(), "demo");
        check_acknowledged(&Client::new(&again.base, OWNER_TOKEN), &again.base, &writers);
        again.kill();
        assert_eq!(offences(data.path()), Vec::<String>::new());
    }
    assert!(seen >= 80 * CLIENTS);
}

/// What every client was told is so.
fn check_acknowledged(client: &Client, base: &str, writers: &[Writer]) {
    let (users, groups) = (client.get("/api/users"), client.get("/api/groups"));
    let mut facts = 0;
    for writer in writers {
        facts += writer.check(&users, &groups, base);
    }
    assert!(facts > 10 * CLIENTS, "only {facts} to compare");
}
