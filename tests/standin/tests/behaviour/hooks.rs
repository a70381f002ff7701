//! The switches of tests: faults, the request log, the reset.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use standin::Seed;

use crate::support::{OWNER_TOKEN, PASSWORD, Server, agent, bearer};

fn switch(server: &Server, fault: Value) {
    assert_eq!(server.call("POST", "/_standin/faults", "", Some(fault)).status, 200);
}

#[test]
fn each_kind_of_fault_plays_once_and_is_over() {
    let server = Server::start(Seed::Demo);
    let get = || server.get("/api/users", OWNER_TOKEN);
    let is_list = || get().json().as_array().is_some_and(|users| users.len() > 40);

    switch(
        &server,
        json!({ "path": "/api/users", "kind": "status", "status": 503 }),
    );
    assert_eq!(get().error(), (503, "switched on by a test".to_owned()));
    assert!(is_list());

    switch(
        &server,
        json!({ "path": "/api/users", "kind": "status", "status": 403, "body": "{\"message\":\"no\",\"code\":403}" }),
    );
    assert_eq!(get().error(), (403, "no".to_owned()));

    switch(&server, json!({ "path": "/api/users", "kind": "status", "times": 2 }));
    assert_eq!(get().error(), (500, "internal server error".to_owned()));
    assert_eq!(get().status, 500);
    assert!(is_list());

    switch(&server, json!({ "path": "/api/users", "kind": "garbage" }));
    let garbage = get();
    assert!(garbage.status == 200 && serde_json::from_slice::<Value>(&garbage.bytes).is_err());
    assert_eq!(garbage.header("content-type"), "application/json; charset=UTF-8");

    switch(&server, json!({ "path": "/api/users", "kind": "html" }));
    assert!(get().header("content-type").starts_with("text/html"));

    switch(
        &server,
        json!({ "path": "/api/users", "kind": "delay", "delay_ms": 60 }),
    );
    let begin = Instant::now();
    assert!(is_list());
    assert!(begin.elapsed() >= Duration::from_millis(60));
    assert_eq!(server.get("/_standin/faults", "").json(), json!([]));
}

#[test]
fn an_answer_can_break_off_or_never_come() {
    let server = Server::start(Seed::Demo);
    let read = |patience: Duration| {
        agent()
            .get(format!("{}/api/users", server.base))
            .header("authorization", OWNER_TOKEN)
            .config()
            .timeout_global(Some(patience))
            .build()
            .call()
            .and_then(|mut answer| answer.body_mut().read_to_vec())
    };
    switch(&server, json!({ "path": "/api/users", "kind": "truncated" }));
    // A cut answer takes a second by itself, half way: the limit must not end it first.
    let cut = read(Duration::from_secs(30));
    assert!(matches!(cut, Err(error) if !matches!(error, ureq::Error::Timeout(_))));
    switch(
        &server,
        json!({ "path": "/api/users", "kind": "hang", "method": "GET", "times": 0 }),
    );
    for _ in 0..2 {
        let hung = read(Duration::from_millis(300));
        assert!(matches!(hung, Err(ureq::Error::Timeout(_))));
    }
    assert_eq!(server.call("DELETE", "/_standin/faults", "", None).status, 200);
    assert!(read(Duration::from_secs(30)).is_ok());
}

#[test]
fn a_switch_that_is_misspelt_or_comes_from_a_foreign_form_is_refused() {
    let server = Server::start(Seed::Demo);
    let fault = json!({ "path": "/api/users", "kind": "status", "stauts": 500 });
    assert_eq!(server.call("POST", "/_standin/faults", "", Some(fault)).status, 400);
    let plain = [("content-type", "text/plain".to_owned())];
    let body = r#"{"path":"/api/users","kind":"status"}"#;
    assert_eq!(server.send("POST", "/_standin/faults", &plain, Some(body)).status, 400);
    assert_eq!(server.get("/_standin/faults", "").json(), json!([]));
    assert_eq!(server.get("/_standin/nothing", "").status, 404);
}

#[test]
fn the_log_has_what_was_asked_and_no_secret() {
    let server = Server::start(Seed::Demo);
    let header = bearer(&server, "ada.okafor@example.com", PASSWORD);
    server.get("/api/users?service_user=true", &header);
    server.get("/api/nope", OWNER_TOKEN);
    let log = server.get("/_standin/requests", "");
    let entries = log.json();
    let last_two: Vec<Value> = entries
        .as_array()
        .unwrap()
        .iter()
        .rev()
        .take(2)
        .rev()
        .cloned()
        .collect();
    assert_eq!(
        last_two
            .iter()
            .map(|entry| (&entry["path"], &entry["authorization"], &entry["status"]))
            .collect::<Vec<_>>(),
        [
            (&json!("/api/users"), &json!("bearer"), &json!(200)),
            (&json!("/api/nope"), &json!("token"), &json!(404)),
        ]
    );
    assert_eq!(last_two[0]["query"], "service_user=true");
    for secret in ["nbp_", "code=", "eyJ", PASSWORD] {
        assert!(!log.text().contains(secret), "{secret}");
    }
    server.call("DELETE", "/_standin/requests", "", None);
    assert_eq!(server.get("/_standin/requests", "").json(), json!([]));
}

#[test]
fn a_reset_is_a_fresh_start() {
    let server = Server::start(Seed::Demo);
    let ids = || {
        let mut ids: Vec<String> = server
            .get("/api/users", OWNER_TOKEN)
            .json()
            .as_array()
            .unwrap()
            .iter()
            .map(|user| user["id"].to_string())
            .collect();
        ids.sort();
        ids
    };
    let before = ids();
    let uma = server.person("uma.sato@example.com")["id"].as_str().unwrap().to_owned();
    assert_eq!(
        server
            .call("DELETE", &format!("/api/users/{uma}"), OWNER_TOKEN, None)
            .status,
        200
    );
    assert_eq!(ids().len(), before.len() - 1);
    switch(&server, json!({ "path": "/api/users", "kind": "hang" }));
    assert_eq!(
        server
            .call("POST", "/_standin/reset", "", None)
            .json()
            .as_array()
            .unwrap()
            .len(),
        41
    );
    assert_eq!(ids(), before);
}
