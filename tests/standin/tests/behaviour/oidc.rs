//! The provider beyond the recordings: codes and PKCE, sessions, demo people, tampered tokens, the refresh trap.

use std::time::Duration;

use serde_json::json;
use standin::Seed;

use crate::support::{
    Browser, CALLBACK, OWNER_TOKEN, PASSWORD, Server, VERIFIER, authorize_path, bearer, exchange, form, query_field,
    tokens_of,
};

const ADA: &str = "ada.okafor@example.com";

#[test]
fn a_code_works_once_and_only_with_its_verifier() {
    let server = Server::start(Seed::Demo);
    let sign_in = || {
        Browser::default()
            .sign_in(&server, "openid", ADA, PASSWORD)
            .header("location")
            .to_owned()
    };
    let refused = |location: &str, verifier: &str| {
        let answer = exchange(&server, location, verifier);
        (
            answer.status,
            answer.json()["error_description"].as_str().unwrap().to_owned(),
        )
    };
    let invalid = |text: &str| (400, text.to_owned());

    let location = sign_in();
    assert_eq!(exchange(&server, &location, VERIFIER).status, 200);
    assert_eq!(
        refused(&location, VERIFIER),
        invalid("Invalid or expired code parameter.")
    );

    let location = sign_in();
    assert_eq!(
        refused(&location, "another-verifier-another-verifier-another-v"),
        invalid("Invalid code_verifier.")
    );
    assert_eq!(
        refused(&location, VERIFIER),
        invalid("Invalid or expired code parameter."),
        "a wrong try uses it up"
    );
    assert_eq!(
        refused(&sign_in(), ""),
        invalid("Expecting parameter code_verifier in PKCE flow.")
    );

    let location = sign_in();
    let with = |redirect: &str, client: &str| {
        let form = form(&[
            ("grant_type", "authorization_code"),
            ("code", &query_field(&location, "code")),
            ("redirect_uri", redirect),
            ("client_id", client),
            ("code_verifier", VERIFIER),
        ]);
        Browser::default()
            .send(&server, "POST", "/oauth2/token", Some(&form))
            .status
    };
    assert_eq!(with("http://127.0.0.1:8080/other", "netbird-dashboard"), 400);
    assert_eq!(with(CALLBACK, "netbird-dashboard"), 400, "used up");
    assert_eq!(with(CALLBACK, "somebody"), 401);
}

#[test]
fn a_session_signs_in_silently_until_it_is_ended() {
    let server = Server::start(Seed::Demo);
    let mut browser = Browser::default();
    let silent = authorize_path("openid", &[("prompt", "none")]);
    let outcome = |browser: &mut Browser| {
        let answers = browser.follow(&server, &silent);
        let location = answers.last().unwrap().header("location").to_owned();
        (query_field(&location, "error"), query_field(&location, "code").len())
    };
    assert_eq!(outcome(&mut browser).0, "login_required");
    let location = browser
        .sign_in(&server, "openid", ADA, PASSWORD)
        .header("location")
        .to_owned();
    let tokens = exchange(&server, &location, VERIFIER).json();
    assert!(outcome(&mut browser).1 > 20);
    let ask_again = browser.follow(&server, &authorize_path("openid", &[("prompt", "login")]));
    assert_eq!(
        ask_again.last().unwrap().status,
        200,
        "prompt=login asks in spite of a session"
    );

    let query = form(&[
        ("id_token_hint", tokens["id_token"].as_str().unwrap()),
        ("post_logout_redirect_uri", "http://127.0.0.1:8080/"),
        ("state", "s&s"),
    ]);
    let before = browser.cookie.clone();
    let page = browser.send(&server, "GET", &format!("/oauth2/logout?{query}"), None);
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("href=\"http://127.0.0.1:8080/?state=s%26s\""),
        "{}",
        page.text()
    );
    browser.cookie = before;
    assert_eq!(
        outcome(&mut browser).0,
        "login_required",
        "the cookie alone is worth nothing any more"
    );
}

#[test]
fn a_session_that_is_too_old_for_the_question_does_not_count() {
    let server = Server::start(Seed::Demo);
    let mut browser = Browser::default();
    browser.sign_in(&server, "openid", ADA, PASSWORD);
    let asks = |browser: &mut Browser, more: &[(&str, &str)]| {
        let last = browser.follow(&server, &authorize_path("openid", more)).pop().unwrap();
        match last.status {
            200 => true,
            303 => query_field(last.header("location"), "code").is_empty(),
            other => panic!("{other}"),
        }
    };
    assert!(!asks(&mut browser, &[("max_age", "300")]));
    server.forward(299);
    assert!(!asks(&mut browser, &[("max_age", "300")]));
    server.forward(2);
    assert!(asks(&mut browser, &[("max_age", "300")]));
    assert!(asks(&mut browser, &[("max_age", "300"), ("prompt", "none")]), "says so");
    assert!(asks(&mut browser, &[("max_age", "0")]));
    assert!(!asks(&mut browser, &[("max_age", "soon")]), "no number, no limit");
    let condition = |is_on: bool| {
        let changes = json!({ "asks_nobody_anew": is_on });
        server.call("POST", "/_standin/conditions", "", Some(changes))
    };
    assert_eq!(condition(true).status, 200);
    assert!(!asks(&mut browser, &[("max_age", "0"), ("prompt", "login")]));
    condition(false);
    assert!(asks(&mut browser, &[("max_age", "0"), ("prompt", "login")]));
}

#[test]
fn post_logout_addresses_are_exact() {
    let server = Server::start(Seed::Demo);
    let token = tokens_of(&server, "openid", ADA, PASSWORD)["id_token"]
        .as_str()
        .unwrap()
        .to_owned();
    let status = |target: &str| {
        let query = form(&[("id_token_hint", &token), ("post_logout_redirect_uri", target)]);
        server.get(&format!("/oauth2/logout?{query}"), "").status
    };
    let localhost = server.base.replace("127.0.0.1", "localhost");
    for target in [
        &format!("{}/", server.base),
        &server.base,
        &format!("{localhost}/"),
        "http://127.0.0.1:8080/",
        "",
    ] {
        assert_eq!(status(target), 200, "{target}");
    }
    for target in [
        "http://127.0.0.1:8080/x",
        "http://127.0.0.1:8080//",
        "http://127.0.0.1:80801/",
        "https://example.com/",
    ] {
        assert_eq!(status(target), 400, "{target}");
    }
    assert_eq!(server.get("/oauth2/logout?id_token_hint=abc", "").status, 400);

    // A console below a path: that place, not its host's.
    let added = json!({ "uri": "https://example.com/admin/callback" });
    assert_eq!(
        server.call("POST", "/_standin/redirect-uris", "", Some(added)).status,
        200
    );
    assert_eq!(status("https://example.com/admin/"), 200);
    assert_eq!(status("https://example.com/admin"), 200);
    assert_eq!(status("https://example.com/"), 400);
    assert_eq!(status("https://example.com/admin/users"), 400);
}

#[test]
fn redirect_addresses_are_exact() {
    let server = Server::start(Seed::Demo);
    let last = |redirect: &str| {
        let path =
            authorize_path("openid", &[]).replace(&form(&[("u", CALLBACK)])[2..], &form(&[("u", redirect)])[2..]);
        Browser::default().follow(&server, &path).last().unwrap().status
    };
    let localhost = server.base.replace("127.0.0.1", "localhost");
    assert_eq!(last(&format!("{}/callback", server.base)), 200);
    assert_eq!(last(&format!("{localhost}/callback")), 200);
    for redirect in [
        "http://127.0.0.1:8080/callback/",
        "http://127.0.0.1:8080/callback?x=1",
        "https://example.com/callback",
        "",
    ] {
        assert_eq!(last(redirect), 400, "{redirect}");
    }
    let added = json!({ "uri": "http://127.0.0.1:9999/callback" });
    assert_eq!(
        server.call("POST", "/_standin/redirect-uris", "", Some(added)).status,
        200
    );
    assert_eq!(last("http://127.0.0.1:9999/callback"), 200);
}

#[test]
fn demo_people_are_one_button_each() {
    let server = Server::start(Seed::Demo);
    let mut browser = Browser::default();
    let page = browser.login_page(&server, &authorize_path("openid profile email", &[]));
    let html = browser.send(&server, "GET", &page, None);
    let text = html.text();
    for button in [
        "<bdi>Olivia Marsh</bdi>, owner<",
        "<bdi>Nils Lindqvist</bdi>, network admin<",
        "<bdi>Boris Blake</bdi>, user, blocked<",
        "<bdi>Priya Raman</bdi>, user, waiting for approval<",
        "<bdi>nameless@example.com</bdi>, user<",
        "<bdi>&lt;img src=x onerror=alert(1)&gt;</bdi>, user<",
    ] {
        assert!(text.contains(button), "{button}\n{text}");
    }
    assert!(!text.contains("<img") && !text.contains("<script"));
    let policy = html.header("content-security-policy");
    assert!(
        policy.contains("default-src 'none'") && policy.contains("form-action 'self' http://127.0.0.1:8080"),
        "{policy}"
    );

    let eva = server.person("eva.lindgren@example.org");
    let press = |browser: &mut Browser, id: &str| browser.send(&server, "POST", &page, Some(&form(&[("person", id)])));
    assert_eq!(press(&mut browser, "nobody").status, 401);
    let answer = press(&mut browser, eva["id"].as_str().unwrap());
    assert_eq!(answer.status, 303);
    let tokens = exchange(&server, answer.header("location"), VERIFIER).json();
    let header = format!("Bearer {}", tokens["access_token"].as_str().unwrap());
    let current = server.get("/api/users/current", &header).json();
    assert_eq!((&current["name"], &current["id"]), (&json!("Eva Lindgren"), &eva["id"]));
    assert_ne!(current["idp_id"], "local");
    // Nobody has a password there, so none works here either.
    assert_eq!(
        Browser::default()
            .sign_in(&server, "openid", "eva.lindgren@example.org", PASSWORD)
            .status,
        401
    );
}

#[test]
fn tampered_and_foreign_tokens_are_refused() {
    let server = Server::start(Seed::Demo);
    let good = bearer(&server, ADA, PASSWORD);
    assert_eq!(server.get("/api/users", &good).status, 200);
    let other = Server::start(Seed::Demo);
    let mut tampered = good.clone().into_bytes();
    let middle = good.find('.').unwrap() + 20;
    tampered[middle] = if tampered[middle] == b'A' { b'B' } else { b'A' };
    let tampered = String::from_utf8(tampered).unwrap();
    for (server, header) in [
        (&server, tampered.as_str()),
        (&server, &good[..good.len() - 2]),
        (&other, &good),
    ] {
        assert_eq!(
            server.get("/api/users", header).error(),
            (401, "token invalid".to_owned())
        );
        assert_eq!(server.get("/oauth2/userinfo", header).status, 403);
    }
}

#[test]
fn a_refresh_is_never_answered_nor_anything_after_it() {
    let server = Server::start(Seed::Demo);
    let tokens = tokens_of(&server, "openid offline_access", ADA, PASSWORD);
    let send = |refresh: &str| {
        let body = form(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh),
            ("client_id", "netbird-dashboard"),
        ]);
        ureq::post(format!("{}/oauth2/token", server.base))
            .config()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_millis(400)))
            .build()
            .send(body)
            .map(|answer| answer.status().as_u16())
            .map_err(|error| matches!(error, ureq::Error::Timeout(_)))
    };
    assert_eq!(send("unknown"), Ok(400));
    assert_eq!(send(tokens["refresh_token"].as_str().unwrap()), Err(true));
    assert_eq!(send("unknown"), Err(true));
    assert_eq!(server.get("/api/users", OWNER_TOKEN).status, 200, "the API goes on");
}
