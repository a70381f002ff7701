//! What somebody else changes between a read and a write.

use serde_json::{Value, json};
use standin::Seed;

use crate::support::{Answer, OWNER_TOKEN, PASSWORD, Server, bearer};

const UMA: &str = "uma.sato@example.com";

/// Reads `path` with `change` waiting; gives what was read, which must not have the change, and how the change went.
fn read(server: &Server, path: &str, change: Value) -> (Answer, String) {
    server.call("DELETE", "/_standin/requests", "", None);
    let fault = json!({ "path": path, "exact": true, "kind": "change", "change": change });
    let switched = server.call("POST", "/_standin/faults", "", Some(fault));
    assert_eq!(switched.status, 200, "{}", switched.text());
    let answer = server.get(path, OWNER_TOKEN);
    assert_eq!(server.get("/_standin/faults", "").json(), json!([]), "used up");
    let log = server.get("/_standin/requests", "").json();
    let played = log[0]["played"].as_str().unwrap().to_owned();
    (answer, played.trim_start_matches("change: ").to_owned())
}

fn row(list: &Answer, key: &str, value: &str) -> Value {
    let list = list.json();
    let found = list.as_array().unwrap().iter().find(|row| row[key] == value);
    found.cloned().unwrap_or_default()
}

#[test]
fn a_user_changes_behind_the_back_of_who_read_them() {
    let server = Server::start(Seed::Demo);
    let user = || row(&server.get("/api/users", OWNER_TOKEN), "email", UMA);
    let group = |name: &str| row(&server.get("/api/groups", OWNER_TOKEN), "name", name)["id"].clone();
    let groups = json!([group("Sales"), group("Design")]);
    for (change, field, after) in [
        (
            json!({ "what": "user_role", "user": UMA, "role": "auditor" }),
            "role",
            json!("auditor"),
        ),
        (
            json!({ "what": "user_groups", "user": UMA, "groups": ["Sales", group("Design")] }),
            "auto_groups",
            groups,
        ),
        (
            json!({ "what": "user_blocked", "user": UMA, "blocked": true }),
            "is_blocked",
            json!(true),
        ),
        (
            json!({ "what": "user_name", "user": user()["id"], "name": "Uma Sato-Marsh" }),
            "name",
            json!("Uma Sato-Marsh"),
        ),
    ] {
        let before = user();
        let (list, outcome) = read(&server, "/api/users", change.clone());
        assert_eq!(outcome, "done", "{change}");
        assert_eq!(row(&list, "email", UMA), before, "the answer is from before");
        let mut expected = before.clone();
        assert_ne!(expected[field], after, "{change}");
        expected[field] = after;
        if field == "is_blocked" {
            expected["status"] = json!("blocked");
        }
        assert_eq!(user(), expected, "that field and no other");
    }
    let events = server.get("/api/events/audit", OWNER_TOKEN);
    assert_eq!(
        row(&events, "activity_code", "user.block")["initiator_name"],
        "Olivia Marsh"
    );

    let (list, outcome) = read(&server, "/api/users", json!({ "what": "user_deleted", "user": UMA }));
    assert_eq!(outcome, "done");
    assert_eq!(row(&list, "email", UMA)["email"], UMA);
    assert_eq!(user(), Value::Null);
}

#[test]
fn the_owner_is_changed_by_an_admin_and_can_lose_the_account() {
    let server = Server::start(Seed::Demo);
    let olivia = || {
        row(
            &server.get("/api/users", OWNER_TOKEN),
            "email",
            "olivia.marsh@example.com",
        )
    };
    let (_, outcome) = read(
        &server,
        "/api/users/current",
        json!({ "what": "user_groups", "user": olivia()["email"], "groups": ["Sales"] }),
    );
    assert_eq!(outcome, "done");
    assert_eq!(olivia()["auto_groups"].as_array().unwrap().len(), 1);
    let (current, outcome) = read(
        &server,
        "/api/users/current",
        json!({ "what": "user_role", "user": "ada.okafor@example.com", "role": "owner" }),
    );
    assert_eq!((outcome.as_str(), &current.json()["role"]), ("done", &json!("owner")));
    assert_eq!(olivia()["role"], "admin");
}

#[test]
fn a_group_or_a_setting_changes_behind_the_back() {
    let server = Server::start(Seed::Demo);
    let body = json!({ "name": "Short lived" });
    server.call("POST", "/api/groups", OWNER_TOKEN, Some(body));
    let before = row(&server.get("/api/groups", OWNER_TOKEN), "name", "Databases");
    let rename = json!({ "what": "group_name", "group": "Databases", "name": "Data" });
    let (list, outcome) = read(&server, "/api/groups", rename);
    assert_eq!(outcome, "done");
    assert_eq!(row(&list, "name", "Databases"), before);
    let mut renamed = before;
    renamed["name"] = json!("Data");
    assert_eq!(row(&server.get("/api/groups", OWNER_TOKEN), "name", "Data"), renamed);

    let delete = json!({ "what": "group_deleted", "group": "Short lived" });
    let (list, outcome) = read(&server, "/api/groups", delete);
    assert_eq!(outcome, "done");
    assert_eq!(row(&list, "name", "Short lived")["name"], "Short lived");
    assert_eq!(
        row(&server.get("/api/groups", OWNER_TOKEN), "name", "Short lived"),
        Value::Null
    );

    let settings = || server.get("/api/accounts", OWNER_TOKEN).json()[0]["settings"].clone();
    let mut expected = settings();
    for (name, value) in [
        ("groups_propagation_enabled", json!(false)),
        ("peer_login_expiration", json!(7200)),
        ("extra.user_approval_required", json!(false)),
    ] {
        let pointer = format!("/{}", name.replace('.', "/"));
        let change = json!({ "what": "setting", "name": name, "value": value });
        let (account, outcome) = read(&server, "/api/accounts", change);
        assert_eq!(outcome, "done", "{name}");
        assert_eq!(account.json()[0]["settings"], expected);
        *expected.pointer_mut(&pointer).unwrap() = value;
        assert_eq!(settings(), expected);
    }
}

#[test]
fn a_change_that_cannot_be_made_says_why_and_changes_nothing() {
    let server = Server::start(Seed::Demo);
    let before = server.get("/api/groups", OWNER_TOKEN).json();
    for (change, words) in [
        (
            json!({ "what": "user_role", "user": "nobody@example.com", "role": "user" }),
            "there is no user nobody@example.com",
        ),
        (
            json!({ "what": "user_role", "user": UMA, "role": "king" }),
            "422 invalid user role",
        ),
        (
            json!({ "what": "group_deleted", "group": "All" }),
            "400 deleting group ALL is not allowed",
        ),
        (
            json!({ "what": "group_deleted", "group": "Nobody's" }),
            "there is no group Nobody's",
        ),
        (
            json!({ "what": "setting", "name": "gravity", "value": 1 }),
            "there is no setting gravity",
        ),
    ] {
        let (answer, outcome) = read(&server, "/api/users", change);
        assert_eq!((answer.status, outcome.as_str()), (200, words));
    }
    let wrong_type = json!({ "what": "setting", "name": "dns_domain", "value": 1 });
    let (_, outcome) = read(&server, "/api/users", wrong_type);
    assert!(outcome.contains("expected a string"), "{outcome}");
    assert_eq!(server.get("/api/groups", OWNER_TOKEN).json(), before);
}

#[test]
fn only_the_named_read_sets_it_off() {
    let server = Server::start(Seed::Demo);
    let header = bearer(&server, "ada.okafor@example.com", PASSWORD);
    let fault = json!({ "path": "/api/groups", "kind": "change",
        "change": { "what": "user_blocked", "user": UMA, "blocked": true } });
    server.call("POST", "/_standin/faults", "", Some(fault));
    let is_blocked = || row(&server.get("/api/users", &header), "email", UMA)["is_blocked"] == true;
    server.call("POST", "/api/groups", &header, Some(json!({ "name": "" })));
    assert!(!is_blocked(), "neither another path nor a write");
    server.get("/api/groups", &header);
    assert!(is_blocked());
}
