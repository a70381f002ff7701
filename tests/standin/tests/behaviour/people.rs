//! What tests do with people: making them, signing them in by a button, reading what happened to them.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::support::{Answer, Browser, OWNER_TOKEN, Server, VERIFIER, authorize_path, exchange, form};

/// A call of the owner that makes something.
pub fn post(server: &Server, path: &str, body: Value) -> Answer {
    server.call("POST", path, OWNER_TOKEN, Some(body))
}

/// What asks for somebody new.
pub fn person(email: &str) -> Value {
    json!({ "email": email, "name": "New", "role": "auditor", "auto_groups": [], "is_service_user": false })
}

/// Signs somebody in by the button that the login page has for them.
pub fn by_button(server: &Server, id: &str) -> String {
    let mut browser = Browser::default();
    let page = browser.login_page(server, &authorize_path("openid profile email", &[]));
    let answer = browser.send(server, "POST", &page, Some(&form(&[("person", id)])));
    assert_eq!(answer.status, 303, "{}", answer.text());
    let tokens = exchange(server, answer.header("location"), VERIFIER).json();
    format!("Bearer {}", tokens["access_token"].as_str().unwrap())
}

/// What the log says happened to a target, newest first.
fn codes(server: &Server, target: &str) -> Vec<String> {
    let events = server.get("/api/events/audit", OWNER_TOKEN).json();
    events
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["target_id"] == target)
        .map(|event| event["activity_code"].as_str().unwrap().to_owned())
        .collect()
}

/// Asserts what happened last to a target, newest first. Events may come a moment later.
pub fn happened(server: &Server, target: &str, newest: &[&str]) {
    let deadline = Instant::now() + Duration::from_secs(5);
    loop {
        let mut codes = codes(server, target);
        codes.truncate(newest.len());
        if codes == newest || Instant::now() > deadline {
            assert_eq!(codes, newest);
            return;
        }
        std::thread::yield_now();
    }
}

/// The path of a user, whatever their id is made of.
pub fn path_of(id: &str) -> String {
    format!("/api/users/{}", id.replace('|', "%7C"))
}

/// The id of somebody of the demo data.
pub fn id_of(server: &Server, email: &str) -> String {
    server.person(email)["id"].as_str().unwrap().to_owned()
}

/// A new service user of that role: their id and the header of a token of theirs.
pub fn service_user(server: &Server, role: &str) -> (String, String) {
    let body = json!({ "name": format!("bot {role}"), "role": role, "is_service_user": true });
    let made = post(server, "/api/users", body).json();
    let id = made["id"].as_str().unwrap().to_owned();
    let token = post(
        server,
        &format!("/api/users/{id}/tokens"),
        json!({ "name": "t", "expires_in": 30 }),
    )
    .json();
    (id, format!("Token {}", token["plain_token"].as_str().unwrap()))
}

/// Changes rows behind the server's back, into states that no call leads to. Lists may be kept from before.
pub fn sql(server: &Server, statement: &str, values: &[&str]) {
    let db = rusqlite::Connection::open(server.folder().join("standin.db")).unwrap();
    db.busy_timeout(std::time::Duration::from_secs(5)).unwrap();
    let changed = db.execute(statement, rusqlite::params_from_iter(values)).unwrap();
    assert!(changed > 0, "{statement}");
}

/// Lets somebody sign in with `PASSWORD` whom the API does not know yet.
pub fn newcomer(server: &Server, id: &str, email: &str) {
    let hash = "$2b$10$3LmaZo672O0i2OweksHvlOH1cpneb9kfPW.UCYhQTDFShs5UB18IO";
    let statement = "INSERT INTO identities (id, email, name, password_hash) VALUES (?1, ?2, 'New', ?3)";
    sql(server, statement, &[id, email, hash]);
}
