//! What is wrong with the whole server: the provider's keys and clock, its token endpoint, late events.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use standin::Seed;

use crate::support::{OWNER_TOKEN, PASSWORD, Server, agent, bearer, form, tokens_of};

const ADA: &str = "ada.okafor@example.com";

fn set(server: &Server, conditions: Value) -> Value {
    let answer = server.call("POST", "/_standin/conditions", "", Some(conditions));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

/// A part of a token: 0 is the header, 1 are the claims.
fn part(token: &str, number: usize) -> Value {
    let part = token.trim_start_matches("Bearer ").split('.').nth(number).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn published(server: &Server) -> Value {
    server.get("/oauth2/keys", "").json()["keys"][0]["kid"].clone()
}

const INVALID: (u16, &str) = (401, "token invalid");

fn error(server: &Server, authorization: &str) -> (u16, String) {
    server.get("/api/users/current", authorization).error()
}

#[test]
fn tokens_of_a_rotated_key_are_worth_nothing() {
    let mut server = Server::start(Seed::Demo);
    let before = bearer(&server, ADA, PASSWORD);
    let kid = published(&server);
    assert_eq!(server.get("/api/users/current", &before).status, 200);
    assert_eq!(server.call("POST", "/_standin/rotate-key", "", None).json(), json!({}));
    assert_ne!(published(&server), kid);
    assert_eq!(error(&server, &before), (INVALID.0, INVALID.1.to_owned()));
    let after = bearer(&server, ADA, PASSWORD);
    assert_eq!(part(&after, 0)["kid"], published(&server));
    assert_eq!(server.get("/api/users/current", &after).status, 200);

    server.restart();
    assert_eq!(
        server.get("/api/users/current", &after).status,
        200,
        "it was written down"
    );
}

#[test]
fn a_provider_can_go_on_signing_with_a_retired_key() {
    let server = Server::start(Seed::Demo);
    assert_eq!(
        set(&server, json!({ "signs_with_retired_key": true }))["signs_with_retired_key"],
        true
    );
    let token = bearer(&server, ADA, PASSWORD);
    assert_ne!(part(&token, 0)["kid"], published(&server));
    assert_eq!(error(&server, &token), (INVALID.0, INVALID.1.to_owned()));
    server.call("DELETE", "/_standin/conditions", "", None);
    let token = bearer(&server, ADA, PASSWORD);
    assert_eq!(server.get("/api/users/current", &token).status, 200);
}

#[test]
fn the_providers_clock_moves_what_tokens_say() {
    let server = Server::start(Seed::Demo);
    let straight = part(&bearer(&server, ADA, PASSWORD), 1);
    for (seconds, is_valid) in [(600, false), (-600, true), (-90_000, false)] {
        set(&server, json!({ "provider_clock_seconds": seconds }));
        let token = bearer(&server, ADA, PASSWORD);
        let claims = part(&token, 1);
        for name in ["iat", "exp", "auth_time"] {
            let moved = claims[name].as_i64().unwrap() - straight[name].as_i64().unwrap();
            assert!((seconds..seconds + 30).contains(&moved), "{name} moved by {moved}");
        }
        let answer = server.get("/api/users/current", &token);
        assert_eq!(answer.status == 200, is_valid, "{seconds}: {}", answer.text());
        if !is_valid {
            assert_eq!(answer.error(), (INVALID.0, INVALID.1.to_owned()));
        }
        assert_eq!(
            server.get("/oauth2/userinfo", &token).status,
            200,
            "by its own clock it is right"
        );
    }
}

#[test]
fn a_stuck_token_endpoint_answers_when_it_is_switched_back() {
    let server = Server::start(Seed::Demo);
    let ask = |patience: Duration| {
        agent()
            .post(format!("{}/oauth2/token", server.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .config()
            .timeout_global(Some(patience))
            .build()
            .send(form(&[
                ("grant_type", "authorization_code"),
                ("client_id", "netbird-dashboard"),
            ]))
            .map(|answer| answer.status().as_u16())
    };
    set(&server, json!({ "token_endpoint_is_stuck": true }));
    assert!(matches!(ask(Duration::from_millis(300)), Err(ureq::Error::Timeout(_))));
    assert_eq!(server.get("/api/users", OWNER_TOKEN).status, 200, "the API goes on");
    set(&server, json!({ "token_endpoint_is_stuck": false }));
    assert!(matches!(ask(Duration::from_secs(20)), Ok(400)));

    // The first refresh of a session does the same, and is seen here.
    let tokens = tokens_of(&server, "openid offline_access", ADA, PASSWORD);
    let refresh = form(&[
        ("grant_type", "refresh_token"),
        ("client_id", "netbird-dashboard"),
        ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
    ]);
    let hung = agent()
        .post(format!("{}/oauth2/token", server.base))
        .config()
        .timeout_global(Some(Duration::from_millis(300)))
        .build()
        .send(refresh);
    assert!(matches!(hung, Err(ureq::Error::Timeout(_))));
    assert_eq!(
        server.get("/_standin/conditions", "").json()["token_endpoint_is_stuck"],
        true
    );
}

#[test]
fn events_can_come_late() {
    let server = Server::start(Seed::Demo);
    let has_event = || {
        let events = server.get("/api/events/audit", OWNER_TOKEN).json();
        let mut events = events.as_array().unwrap().iter();
        events.any(|event| event["activity_code"] == "group.add" && event["meta"]["name"] == "Late")
    };
    set(&server, json!({ "events_late_ms": 3_600_000 }));
    let body = json!({ "name": "Late" });
    assert_eq!(server.call("POST", "/api/groups", OWNER_TOKEN, Some(body)).status, 200);
    assert!(!has_event());
    set(&server, json!({ "events_late_ms": 20 }));
    let begin = std::time::Instant::now();
    while !has_event() {
        assert!(begin.elapsed() < Duration::from_secs(20), "it never came");
    }
}

#[test]
fn conditions_that_cannot_be_are_refused_and_a_reset_ends_them() {
    let server = Server::start(Seed::Demo);
    let fresh = server.get("/_standin/conditions", "").json();
    for wrong in [
        json!({ "events_late_ms": "soon" }),
        json!({ "clock": 1 }),
        json!({ "provider_clock_seconds": 1.5 }),
        json!([]),
    ] {
        let answer = server.call("POST", "/_standin/conditions", "", Some(wrong));
        assert_eq!(answer.status, 400, "{}", answer.text());
    }
    assert_eq!(server.get("/_standin/conditions", "").json(), fresh);
    set(&server, json!({ "events_late_ms": 1, "signs_with_retired_key": true }));
    server.call("POST", "/_standin/chaos", "", Some(json!({ "seed": 1, "share": 0 })));
    server.call("POST", "/_standin/reset", "", None);
    assert_eq!(server.get("/_standin/conditions", "").json(), fresh);
    assert_eq!(server.get("/_standin/chaos", "").json(), Value::Null);
}
