//! Who sees what and may do what, as a table: every role, with the grants that a real server told it, against every action
//! of the console.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a recording that cannot be read is a failure"
)]

use std::path::Path;

use roost::api::users;
use roost::domain::action::Action;
use roost::domain::area::Area;
use roost::domain::guard::{self, Caller};
use roost::domain::new_user::{Admission, may_make};
use roost::domain::permission::{Grant, Module, NETWORK_MODULES, NEWER_MODULES, Operation, Permissions};
use roost::domain::role::Role;
use roost::domain::user::{User, UserId};
use roost::domain::{approval, ownership};
use serde_json::{Value, json};

/// Whether somebody may do something to somebody.
type Rule = fn(&Caller, &User) -> bool;

/// Columns of the table, in order.
const ROLES: [Role; 6] = [
    Role::Owner,
    Role::Admin,
    Role::NetworkAdmin,
    Role::Auditor,
    Role::User,
    Role::BillingAdmin,
];

/// What `GET /users/current` answered to each role: all its recorded answers, so that they cannot contradict each other.
fn recorded() -> Vec<(Role, Permissions)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/recorded");
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") {
            continue;
        }
        let scenario: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        for step in scenario["steps"].as_array().into_iter().flatten() {
            let answer = &step["answer"]["json"];
            if answer.get("permissions").is_some() {
                let (_, decode) = users::current().into_parts();
                let read = decode(&answer.to_string()).unwrap();
                found.push((read.user.role, read.permissions));
            }
        }
    }
    found
}

fn callers() -> Vec<Caller> {
    recorded()
        .into_iter()
        .map(|(role, permissions)| Caller {
            id: UserId("me".to_owned()),
            role,
            is_service_user: false,
            permissions,
        })
        .collect()
}

/// Somebody, as the API would tell of them.
fn user(id: &str, role: &Role, changes: Value) -> User {
    let mut value = json!({
        "id": id, "email": "somebody@example.com", "name": "Somebody", "role": role.as_str(), "status": "active",
        "auto_groups": [], "is_blocked": false, "is_current": id == "me", "is_service_user": false, "issued": "api",
        "last_login": "0001-01-01T00:00:00Z", "pending_approval": false,
    });
    for (name, change) in changes.as_object().unwrap() {
        value[name] = change.clone();
    }
    let (_, decode) = users::approve(&UserId(id.to_owned())).into_parts();
    decode(&value.to_string()).unwrap()
}

/// One row: a name, and for each of [`ROLES`] `x` or `.`.
fn row(name: &str, may: impl Fn(&Caller) -> bool) -> String {
    let callers = callers();
    let cells = ROLES.map(|role| {
        let of_role: Vec<bool> = callers.iter().filter(|one| one.role == role).map(&may).collect();
        let first = of_role
            .first()
            .unwrap_or_else(|| panic!("no recorded permissions of {role}"));
        assert!(
            of_role.iter().all(|one| one == first),
            "{name}: recordings of {role} differ"
        );
        if *first { "x" } else { "." }
    });
    format!("{name:<34} {}", cells.join(" "))
}

fn assert_table(rows: &[String], expected: &str) {
    let expected: Vec<&str> = expected
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect();
    assert_eq!(rows, expected.as_slice(), "\n{}", rows.join("\n"));
}

#[test]
fn every_role_has_been_recorded() {
    let found = recorded();
    for role in ROLES {
        assert!(found.iter().any(|(other, _)| *other == role), "{role}");
    }
}

/// What the console says of another person's role, and what it grants a service user, is its own table.
#[test]
fn what_a_role_has_is_what_the_server_answered() {
    for (role, permissions) in recorded() {
        for module in Module::ALL
            .map(Module::as_str)
            .iter()
            .chain(NETWORK_MODULES)
            .chain(NEWER_MODULES)
        {
            let answered = permissions.modules.get(module).copied().unwrap_or_default();
            assert_eq!(Grant::of_role(&role, module), answered, "{role}, {module}");
        }
    }
}

#[test]
fn what_each_role_is_granted() {
    let rows: Vec<String> = Action::ALL
        .into_iter()
        .map(|action| row(&format!("{action:?}"), |caller| action.check(caller).is_ok()))
        .collect();
    //                                  owner, admin, network admin, auditor, user, billing admin
    assert_table(
        &rows,
        "
        SeeServiceUsers                    x x x x . .
        SeeApprovals                       x x x x . .
        SeeInvitations                     x x x x . .
        SeeGroups                          x x x x . .
        SeeDevices                         x x x x . .
        SeeProviders                       x x x x . .
        SeeEvents                          x x x x . .
        SeeAccount                         x x x x . .
        SeeSettings                        x x x x . .
        ChangeSettings                     x x . . . .
        SeeTokens                          x x x x . .
        MakeUser                           x x . . . .
        MakeServiceUser                    x x . . . .
        EditUser                           x x . . . .
        DeleteUser                         x x . . . .
        Approve                            x x . . . .
        Reject                             x x . . . .
        RenewInvitation                    x x . . . .
        TakeBackInvitation                 x x . . . .
        MakeGroup                          x x x . . .
        MakeToken                          x x x . . .
        RevokeToken                        x x x . . .
        ",
    );
}

#[test]
fn which_areas_each_role_sees_and_is_offered() {
    let rows: Vec<String> = Area::ALL
        .into_iter()
        .flat_map(|area| {
            let embedded = Some(Admission::Embedded);
            [
                row(&format!("{area:?}"), |caller| area.is_open_to(&caller.permissions)),
                row(&format!("{area:?} offered"), |caller| {
                    area.is_offered(&caller.permissions, embedded)
                }),
            ]
        })
        .collect();
    // Everybody's list holds at least themselves; who has no permissions at all sees the page that says so.
    assert_table(
        &rows,
        "
        Users                              x x x x x x
        Users offered                      x x x x x x
        ServiceUsers                       x x x x . .
        ServiceUsers offered               x x x x . .
        Approvals                          x x x x . .
        Approvals offered                  x x x x . .
        Invitations                        x x x x . .
        Invitations offered                x x x x . .
        Settings                           x x x x . .
        Settings offered                   x x x x . .
        Profile                            x x x x x x
        Profile offered                    x x x x x x
        ",
    );
}

#[test]
fn what_each_role_may_do_to_whom() {
    let targets = [
        ("themselves", None),
        ("the owner", Some(user("o", &Role::Owner, json!({})))),
        ("an admin", Some(user("a", &Role::Admin, json!({})))),
        ("a user", Some(user("u", &Role::User, json!({})))),
        (
            "one blocked",
            Some(user("b", &Role::User, json!({"is_blocked": true, "status": "blocked"}))),
        ),
        (
            "one waiting",
            Some(user(
                "w",
                &Role::User,
                json!({"is_blocked": true, "status": "blocked", "pending_approval": true}),
            )),
        ),
        (
            "a service user",
            Some(user("s", &Role::Admin, json!({"is_service_user": true}))),
        ),
        (
            "an integration's",
            Some(user("i", &Role::User, json!({"issued": "integration"}))),
        ),
    ];
    let rules: [(&str, Rule); 12] = [
        ("role of", |me, them| guard::change_role(me, them).is_ok()),
        ("owner from", |me, them| {
            guard::give_role(me, them, &Role::Owner).is_ok()
        }),
        ("groups of", |me, them| guard::change_groups(me, them).is_ok()),
        ("block", |me, them| guard::block(me, them).is_ok()),
        ("unblock", |me, them| guard::unblock(me, them).is_ok()),
        ("delete", |me, them| guard::delete(me, them).is_ok()),
        ("approve", |me, them| approval::approve(me, them).is_ok()),
        ("reject", |me, them| approval::reject(me, them).is_ok()),
        ("see tokens of", |me, them| {
            guard::tokens(me, them, Operation::Read).is_ok()
        }),
        ("make token of", |me, them| {
            guard::tokens(me, them, Operation::Create).is_ok()
        }),
        ("revoke token of", |me, them| {
            guard::tokens(me, them, Operation::Delete).is_ok()
        }),
        ("hand on to", |me, them| ownership::transfer(me, them).is_ok()),
    ];
    let mut rows = vec![row("make a person", |me| {
        may_make(me, Some(Admission::Embedded)).is_ok()
    })];
    for (verb, rule) in rules {
        for (name, target) in &targets {
            rows.push(row(&format!("{verb} {name}"), |me| {
                let own = || user("me", &me.role, json!({}));
                rule(me, &target.clone().unwrap_or_else(own))
            }));
        }
    }
    assert_table(&rows, include_str!("permissions.txt"));
}
