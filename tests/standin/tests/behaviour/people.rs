//! What tests do with people: making them, signing them in by a button, reading what happened to them.

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

/// What the log says happened to somebody, newest first.
pub fn codes(server: &Server, target: &str) -> Vec<String> {
    let events = server.get("/api/events/audit", OWNER_TOKEN).json();
    events
        .as_array()
        .unwrap()
        .iter()
        .filter(|event| event["target_id"] == target)
        .map(|event| event["activity_code"].as_str().unwrap().to_owned())
        .collect()
}

/// The path of a user, whatever their id is made of.
pub fn path_of(id: &str) -> String {
    format!("/api/users/{}", id.replace('|', "%7C"))
}

/// The id of somebody of the demo data.
pub fn id_of(server: &Server, email: &str) -> String {
    server.person(email)["id"].as_str().unwrap().to_owned()
}
