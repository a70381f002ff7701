//! Settings of the command line that change what the API says: clock, life of tokens, version.

use serde_json::{Value, json};
use standin::Seed;

use crate::people::{happened, person, post};
use crate::support::{Browser, CALLBACK, OWNER_TOKEN, PASSWORD, Server, VERIFIER, bearer, exchange, form};

#[test]
fn a_clock_that_is_ahead_ages_what_is_there() {
    let mut server = Server::start(Seed::Demo);
    let header = bearer(&server, "ada.okafor@example.com", PASSWORD);
    let service = post(
        &server,
        "/api/users",
        json!({ "name": "bot", "role": "admin", "is_service_user": true }),
    )
    .json();
    let service = service["id"].as_str().unwrap();
    let token = |days: u32| {
        let body = json!({ "name": format!("{days}"), "expires_in": days });
        let made = post(&server, &format!("/api/users/{service}/tokens"), body).json();
        format!("Token {}", made["plain_token"].as_str().unwrap())
    };
    let (one, two, year) = (token(1), token(2), token(365));
    for (days, statuses) in [
        (0, [200, 200, 200, 200]),
        (1, [401, 401, 200, 200]),
        (2, [401, 401, 401, 200]),
        (365, [401; 4]),
    ] {
        server.restart_with(|settings| settings.days_ahead = days);
        let actual = [&header, &one, &two, &year].map(|header| server.get("/api/users", header));
        assert_eq!(actual.clone().map(|answer| answer.status), statuses, "{days} days");
        for answer in actual.iter().filter(|answer| answer.status == 401) {
            assert_eq!(answer.error().1, "token invalid");
        }
        assert_eq!(
            server.get("/_standin/clock", "").json(),
            json!({ "ahead": u64::from(days) * 86_400 })
        );
    }
    // Who signs in now gets a token of today, and what they make is of today.
    server.restart_with(|settings| settings.days_ahead = 30);
    let header = bearer(&server, "ada.okafor@example.com", PASSWORD);
    let made = server
        .call(
            "POST",
            "/api/users/invites",
            &header,
            Some(person("in.a.month@example.com")),
        )
        .json();
    let in_days = |value: &Value| {
        use time::format_description::well_known::Rfc3339;
        let moment = time::OffsetDateTime::parse(value.as_str().unwrap(), &Rfc3339).unwrap();
        (moment - time::OffsetDateTime::now_utc()).as_seconds_f64() / 86_400.0
    };
    assert!((in_days(&made["created_at"]) - 30.0).abs() < 0.01 && (in_days(&made["expires_at"]) - 33.0).abs() < 0.01);
    happened(&server, made["id"].as_str().unwrap(), &["user.invite.link.create"]);
    let events = server.get("/api/events/audit", &header).json();
    assert!((in_days(&events[0]["timestamp"]) - 30.0).abs() < 0.01);
    server.forward(1);
    server.call("POST", "/_standin/reset", "", None);
    assert_eq!(
        server.get("/_standin/clock", "").json(),
        json!({ "ahead": 30 * 86_400 }),
        "as at the start"
    );
}

#[test]
fn the_clock_is_moved_forward_only_and_by_whole_seconds() {
    let server = Server::start(Seed::Empty);
    let forward = |body: Value| server.call("POST", "/_standin/clock", "", Some(body));
    for wrong in [
        json!({}),
        json!({ "forward": -1 }),
        json!({ "forward": 1.5 }),
        json!({ "forward": "1" }),
        json!([]),
    ] {
        assert_eq!(forward(wrong.clone()).status, 400, "{wrong}");
    }
    assert_eq!(forward(json!({ "forward": 5 })).json(), json!({ "ahead": 5 }));
    assert_eq!(forward(json!({ "forward": 7 })).json(), json!({ "ahead": 12 }));
    assert_eq!(
        forward(json!({ "forward": u64::MAX / 2 })).json(),
        json!({ "ahead": 36_525_u64 * 86_400 }),
        "a hundred years are enough"
    );
    assert_eq!(server.get("/api/instance", "").status, 200);
}

#[test]
fn tokens_last_as_long_as_the_command_line_says() {
    for seconds in [60_u32, 86_400] {
        let server = Server::stand_in(Seed::Demo, |settings| settings.token_lifetime = seconds);
        let answer = Browser::default().sign_in(&server, "openid email", "ada.okafor@example.com", PASSWORD);
        let tokens = exchange(&server, answer.header("location"), VERIFIER).json();
        assert_eq!(tokens["expires_in"], seconds - 1);
        let header = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
        let calls = || {
            [
                server.get("/api/users", &header).status,
                server.get("/oauth2/userinfo", &header).status,
            ]
        };
        server.forward(u64::from(seconds) - 30);
        assert_eq!(calls(), [200, 200]);
        server.forward(30);
        assert_eq!(calls(), [401, 403]);
        // Signing out with a token that has run out still works.
        let query = form(&[
            ("id_token_hint", tokens["id_token"].as_str().unwrap()),
            ("post_logout_redirect_uri", CALLBACK.trim_end_matches("callback")),
        ]);
        assert_eq!(server.get(&format!("/oauth2/logout?{query}"), "").status, 200);
    }
}

#[test]
fn the_version_is_what_the_command_line_says() {
    let version = |server: &Server| server.get("/api/instance/version", OWNER_TOKEN).json();
    assert_eq!(
        version(&Server::start(Seed::Demo)),
        json!({ "management_current_version": "development", "management_update_available": false })
    );
    let server = Server::stand_in(Seed::Demo, |settings| settings.version = "0.60.1-rc.2".to_owned());
    assert_eq!(
        version(&server),
        json!({ "management_current_version": "0.60.1-rc.2", "management_update_available": false })
    );
}
