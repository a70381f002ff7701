//! The code after the password, while the account wants one.

use serde_json::json;
use standin::Seed;
use totp_rs::{Builder, Secret};

use crate::accounts::{path, with};
use crate::pages::{bearer_outside, form_action};
use crate::support::{
    Answer, Browser, OWNER_TOKEN, PASSWORD, Server, VERIFIER, authorize_path, exchange, form, query_field,
};

const ADA: &str = "ada.okafor@example.com";

fn set(server: &Server, on: bool) {
    let body = with(&json!({ "local_mfa_enabled": on }));
    assert_eq!(server.call("PUT", &path(server), OWNER_TOKEN, Some(body)).status, 200);
}

/// Gives the right password and follows to the next page.
fn password(server: &Server, browser: &mut Browser) -> Answer {
    let sent = browser.sign_in(server, "openid", ADA, PASSWORD);
    assert_eq!(sent.status, 303, "{}", sent.text());
    browser.send(server, "GET", sent.header("location"), None)
}

/// The key on the page for who has no authenticator yet.
fn key(page: &Answer) -> Option<String> {
    let text = page.text();
    let (_, rest) = text.split_once("<code>")?;
    rest.split("</code>").next().map(str::to_owned)
}

fn code(key: &str) -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let totp = Builder::new()
        .with_secret(Secret::try_from_base32(key).unwrap())
        .build()
        .unwrap();
    totp.generate(now).to_string()
}

#[test]
fn a_code_is_asked_for_after_the_password_and_the_key_is_shown_once() {
    let server = Server::start(Seed::Demo);
    set(&server, true);
    let mut browser = Browser::default();
    let page = password(&server, &mut browser);
    let key = key(&page).expect("the key of a new authenticator");
    let action = form_action(&page);
    let silent = authorize_path("openid", &[("prompt", "none")]);
    let error = |browser: &mut Browser| {
        let answers = browser.follow(&server, &silent);
        query_field(answers.last().unwrap().header("location"), "error")
    };
    assert_eq!(error(&mut browser), "interaction_required", "half of it is done");

    let wrong = browser.send(&server, "POST", &action, Some("code=abcdef"));
    assert_eq!(wrong.status, 401);
    assert!(wrong.text().contains("role=\"alert\""));
    let right = browser.send(&server, "POST", &action, Some(&form(&[("code", &code(&key))])));
    assert_eq!(right.status, 303, "{}", right.text());
    assert_eq!(exchange(&server, right.header("location"), VERIFIER).status, 200);
    assert_eq!(error(&mut browser), "");
    assert_eq!(
        browser.send(&server, "POST", &action, Some("code=1")).status,
        400,
        "that sign-in is over"
    );

    // The next time the authenticator is there.
    let mut other = Browser::default();
    let page = password(&server, &mut other);
    assert_eq!(self::key(&page), None);
    let right = other.send(
        &server,
        "POST",
        &form_action(&page),
        Some(&form(&[("code", &code(&key))])),
    );
    assert_eq!(right.status, 303);
}

#[test]
fn the_page_for_the_code_needs_the_password_first() {
    let server = Server::start(Seed::Demo);
    set(&server, true);
    let mut browser = Browser::default();
    let login = browser.login_page(&server, &authorize_path("openid", &[]));
    let code = login.replace("/auth/local/login", "/auth/local/code");
    assert_ne!(login, code);
    assert_eq!(browser.send(&server, "GET", &code, None).status, 400);
    assert_eq!(browser.send(&server, "POST", &code, Some("code=000000")).status, 400);
}

#[test]
fn it_is_for_people_with_a_password_and_off_for_all_at_once() {
    let server = Server::start(Seed::Demo);
    set(&server, true);
    let eva = bearer_outside(&server, "Example partners", "eva.lindgren@example.org");
    assert_eq!(server.get("/api/users/current", &eva).status, 200);
    let mut browser = Browser::default();
    assert!(key(&password(&server, &mut browser)).is_some());
    set(&server, false);
    let answer = Browser::default().sign_in(&server, "openid", ADA, PASSWORD);
    assert_eq!(exchange(&server, answer.header("location"), VERIFIER).status, 200);
}
