//! Rules of the API that no recorded scenario reaches: every role at every door, side effects, the long list.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use standin::Seed;

use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

fn id(server: &Server, email: &str) -> String {
    server.person(email)["id"].as_str().unwrap().to_owned()
}

fn group(server: &Server, name: &str) -> Value {
    let groups = server.get("/api/groups", OWNER_TOKEN).json();
    groups
        .as_array()
        .unwrap()
        .iter()
        .find(|group| group["name"] == name)
        .unwrap()
        .clone()
}

fn change(role: &str, groups: &[&str], blocked: bool) -> Value {
    json!({ "role": role, "auto_groups": groups, "is_blocked": blocked })
}

/// Method, path, and the status for owner, admin, network admin, auditor, billing admin, user, blocked, pending.
const DOORS: [(&str, &str, [u16; 8]); 10] = [
    ("GET", "/api/users", [200, 200, 200, 200, 403, 200, 403, 403]),
    ("GET", "/api/users/current", [200, 200, 200, 200, 200, 200, 403, 403]),
    ("GET", "/api/groups", [200, 200, 200, 200, 404, 403, 403, 403]),
    ("GET", "/api/accounts", [200, 200, 200, 200, 403, 403, 403, 403]),
    ("GET", "/api/events/audit", [200, 200, 200, 200, 403, 403, 403, 403]),
    ("GET", "/api/peers", [200, 200, 200, 200, 403, 200, 403, 403]),
    (
        "GET",
        "/api/identity-providers",
        [200, 200, 200, 200, 403, 403, 403, 403],
    ),
    ("GET", "/api/instance/version", [200; 8]),
    ("POST", "/api/users", [200, 200, 403, 403, 403, 403, 403, 403]),
    ("POST", "/api/groups", [200, 200, 200, 403, 403, 403, 403, 403]),
];

#[test]
fn every_role_at_every_door() {
    let server = Server::start(Seed::Demo);
    let people = [
        "olivia.marsh",
        "ada.okafor",
        "nils.lindqvist",
        "agnes.novak",
        "bill.okonkwo",
        "uma.sato",
        "boris.blake",
        "petra.vogel",
    ];
    for (column, name) in people.into_iter().enumerate() {
        let header = bearer(&server, &format!("{name}@example.com"), PASSWORD);
        for (method, path, statuses) in DOORS {
            let service_user = json!({ "name": format!("{name}{path}"), "role": "user", "is_service_user": true });
            let answer = server.call(method, path, &header, (method == "POST").then_some(service_user));
            assert_eq!(
                answer.status,
                statuses[column],
                "{name} {method} {path}: {}",
                answer.text()
            );
        }
    }
}

#[test]
fn blocked_and_pending_people_are_told_apart() {
    let server = Server::start(Seed::Demo);
    let errors = |email: &str| {
        let header = bearer(&server, email, PASSWORD);
        ["/api/users/current", "/api/users", "/api/groups"].map(|path| server.get(path, &header).error().1)
    };
    let prefixed = "failed to validate user permissions: ";
    assert_eq!(
        errors("boris.blake@example.com"),
        [
            "user is blocked".to_owned(),
            format!("{prefixed}user is blocked"),
            "user is blocked".to_owned()
        ]
    );
    assert_eq!(
        errors("petra.vogel@example.com"),
        [
            "user is blocked".to_owned(),
            format!("{prefixed}user is pending approval"),
            "user is pending approval".to_owned()
        ]
    );
}

#[test]
fn the_list_is_whole_and_in_another_order_each_time() {
    let server = Server::start(Seed::Users(2_000));
    let list = || -> Vec<String> {
        let users = server.get("/api/users", OWNER_TOKEN).json();
        users
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let (first, second) = (list(), list());
    assert_ne!(first, second);
    let set: BTreeSet<&String> = first.iter().collect();
    assert_eq!((set.len(), first.len()), (2_000, 2_000));
    assert_eq!(set, second.iter().collect());
    let users = server.get("/api/users", OWNER_TOKEN).json();
    let current: Vec<&Value> = users
        .as_array()
        .unwrap()
        .iter()
        .filter(|user| user["is_current"] == true)
        .collect();
    assert_eq!((current.len(), &current[0]["role"]), (1, &json!("owner")));
}

#[test]
fn a_change_shows_in_the_next_list() {
    let server = Server::start(Seed::Demo);
    let uma = id(&server, "uma.sato@example.com");
    let path = format!("/api/users/{uma}");
    assert_eq!(server.user(&uma)["role"], "user");
    assert_eq!(
        server
            .call("PUT", &path, OWNER_TOKEN, Some(change("auditor", &[], false)))
            .status,
        200
    );
    assert_eq!(server.user(&uma)["role"], "auditor");
    // A refused change leaves nothing behind.
    assert_eq!(
        server
            .call("PUT", &path, OWNER_TOKEN, Some(change("user", &["nope"], true)))
            .status,
        422
    );
    assert_eq!(server.user(&uma)["role"], "auditor");
    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).status, 200);
    assert!(server.user(&uma).is_null());
}

#[test]
fn devices_follow_their_people() {
    let server = Server::start(Seed::Demo);
    let uma = id(&server, "uma.sato@example.com");
    let path = format!("/api/users/{uma}");
    let peers = || -> Vec<Value> {
        let peers = server.get("/api/peers", OWNER_TOKEN).json();
        peers
            .as_array()
            .unwrap()
            .iter()
            .filter(|peer| peer["user_id"] == *uma)
            .cloned()
            .collect()
    };
    assert_eq!(
        server.get("/api/peers", OWNER_TOKEN).json().as_array().unwrap().len(),
        60
    );
    let devices = peers().len();
    assert!(devices > 0);
    let in_group = |name: &str| {
        let is_there = |peer: &Value| {
            peer["groups"]
                .as_array()
                .unwrap()
                .iter()
                .any(|group| group["name"] == name)
        };
        peers().iter().filter(|peer| is_there(peer)).count()
    };
    assert_eq!(
        (in_group("Design"), in_group("Sales"), in_group("All")),
        (devices, 0, devices)
    );
    let sales = group(&server, "Sales")["id"].as_str().unwrap().to_owned();
    assert_eq!(
        server
            .call("PUT", &path, OWNER_TOKEN, Some(change("user", &[&sales], false)))
            .status,
        200
    );
    assert_eq!((in_group("Design"), in_group("Sales")), (0, devices));

    assert_eq!(
        server
            .call("PUT", &path, OWNER_TOKEN, Some(change("user", &[&sales], true)))
            .status,
        200
    );
    assert!(
        peers()
            .iter()
            .all(|peer| peer["login_expired"] == true && peer["connected"] == false)
    );
    let before = group(&server, "Sales")["peers_count"].as_u64().unwrap();
    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).status, 200);
    assert!(peers().is_empty());
    assert_eq!(
        group(&server, "Sales")["peers_count"].as_u64(),
        Some(before - u64::try_from(devices).unwrap())
    );
    let events = server.events_when(OWNER_TOKEN, |events| events[0]["activity_code"] == "user.delete");
    let count = |code: &str| events.iter().filter(|event| event["activity_code"] == code).count();
    assert_eq!((count("user.peer.delete"), count("user.delete")), (devices, 1));
    assert_eq!(
        events[0]["meta"]["email"], "uma.sato@example.com",
        "known by name after the deletion"
    );
}

#[test]
fn who_waits_can_be_approved_or_rejected_and_comes_back() {
    let server = Server::start(Seed::Demo);
    let (petra, paul) = (
        id(&server, "petra.vogel@example.com"),
        id(&server, "paul.nakamura@example.com"),
    );
    let header = bearer(&server, "petra.vogel@example.com", PASSWORD);
    let approved = server
        .call("POST", &format!("/api/users/{petra}/approve"), OWNER_TOKEN, None)
        .json();
    assert_eq!(
        (&approved["status"], &approved["pending_approval"]),
        (&json!("active"), &json!(false))
    );
    assert_eq!(server.get("/api/users/current", &header).status, 200);

    let header = bearer(&server, "paul.nakamura@example.com", PASSWORD);
    assert_eq!(
        server
            .call("DELETE", &format!("/api/users/{paul}/reject"), OWNER_TOKEN, None)
            .status,
        200
    );
    assert!(server.user(&paul).is_null());
    assert_eq!(
        server.get("/api/users/current", &header).error(),
        (403, "user is blocked".to_owned())
    );
    assert_eq!(
        server.user(&paul)["pending_approval"],
        true,
        "the next call made a new row"
    );
}

#[test]
fn unblocking_somebody_who_waits_leaves_them_pending() {
    let server = Server::start(Seed::Demo);
    let priya = id(&server, "priya.raman@example.com");
    let answer = server
        .call(
            "PUT",
            &format!("/api/users/{priya}"),
            OWNER_TOKEN,
            Some(change("user", &[], false)),
        )
        .json();
    assert_eq!(
        (&answer["status"], &answer["pending_approval"]),
        (&json!("active"), &json!(true))
    );
}

#[test]
fn groups_with_members_and_links() {
    let server = Server::start(Seed::Demo);
    assert_eq!(
        server.get("/api/groups", OWNER_TOKEN).json().as_array().unwrap().len(),
        15
    );
    let all = group(&server, "All");
    let peers: Vec<&str> = all["peers"]
        .as_array()
        .unwrap()
        .iter()
        .take(2)
        .map(|peer| peer["id"].as_str().unwrap())
        .collect();
    let post = |body: Value| server.call("POST", "/api/groups", OWNER_TOKEN, Some(body));
    let made = post(json!({ "name": "New", "peers": peers, "resources": null })).json();
    assert_eq!((&made["peers_count"], &made["resources"]), (&json!(2), &json!(null)));
    let path = format!("/api/groups/{}", made["id"].as_str().unwrap());
    let put = |body: Value| server.call("PUT", &path, OWNER_TOKEN, Some(body));
    assert_eq!(
        put(json!({ "name": "Sales" })).error(),
        (409, "group with name sales already exists".to_owned())
    );
    let emptied = put(json!({ "name": "Newer" })).json();
    assert_eq!(
        (&emptied["name"], &emptied["peers"], &emptied["peers_count"]),
        (&json!("Newer"), &json!(null), &json!(0))
    );
    assert_eq!(post(json!({ "name": "Other", "peers": ["nope"] })).status, 422);
    assert_eq!(
        server.get("/api/groups?name=Other", OWNER_TOKEN).status,
        404,
        "nothing half made"
    );
    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).json(), json!({}));
    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).status, 400);
}

#[test]
fn the_demo_company_is_as_described() {
    let server = Server::start(Seed::Demo);
    let users = server.get("/api/users", OWNER_TOKEN).json();
    let users = users.as_array().unwrap();
    let count = |test: &dyn Fn(&Value) -> bool| users.iter().filter(|user| test(user)).count();
    assert_eq!(count(&|user| user["is_service_user"] == false), 41);
    assert_eq!(count(&|user| user["is_service_user"] == true), 12);
    assert_eq!(count(&|user| user["pending_approval"] == true), 3);
    assert_eq!(count(&|user| user["role"] == "owner"), 1);
    assert_eq!(
        count(&|user| user["idp_id"].as_str().is_some_and(|idp| idp != "local")),
        2
    );
    assert_eq!(count(&|user| user["name"] == "" && user["is_service_user"] == false), 1);
    assert_eq!(count(&|user| user["name"] == "<img src=x onerror=alert(1)>"), 1);
    for role in ["admin", "network_admin", "auditor", "user", "billing_admin"] {
        assert!(count(&|user| user["role"] == role) > 0, "{role}");
    }
    assert_eq!(
        server
            .get("/api/events/audit", OWNER_TOKEN)
            .json()
            .as_array()
            .unwrap()
            .len(),
        200
    );
    let connectors = server.get("/api/identity-providers", OWNER_TOKEN).json();
    let outside = users
        .iter()
        .find(|user| user["idp_id"].as_str().is_some_and(|idp| idp != "local"))
        .unwrap();
    assert_eq!(connectors[0]["id"], outside["idp_id"]);
}
