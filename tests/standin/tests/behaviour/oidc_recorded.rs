//! The recorded single exchanges with the provider: addresses, redirects, headers and JSON. The pages' words are our own.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use standin::Seed;

use crate::shapes::{differences, fits};
use crate::support::{Answer, Browser, Server, exchange, form, recorded, tokens_of};
use crate::support::{VERIFIER, authorize_path};

const OWNER: (&str, &str) = ("owner@example.com", "Owner-passw0rd!");
const ALL_SCOPES: &str = "openid profile email groups offline_access";

/// The server that was recorded.
const RECORDED: &str = "http://127.0.0.1:8081";

fn server() -> Server {
    let server = Server::start(Seed::Empty);
    let body = json!({ "email": OWNER.0, "password": OWNER.1, "name": "Olive Owner" });
    assert_eq!(server.call("POST", "/api/setup", "", Some(body)).status, 200);
    server
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

/// The claims of a token, unverified.
fn claims(token: &str) -> Value {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&payload).unwrap()
}

fn names(value: &Value) -> BTreeSet<&String> {
    value.as_object().unwrap().keys().collect()
}

#[test]
fn every_recorded_exchange() {
    let server = server();
    let tokens = tokens_of(&server, ALL_SCOPES, OWNER.0, OWNER.1);
    let exchanges = recorded("oidc.json");
    let mut wrong = Vec::new();
    let mut played = 0;
    for exchange in exchanges.as_array().unwrap() {
        let name = text(exchange, "name");
        // These three are not requests but pieces of a sign-in; they have tests of their own below.
        if exchange["method"].is_null() {
            continue;
        }
        played += 1;
        wrong.extend(
            play(&server, exchange, &tokens)
                .into_iter()
                .map(|difference| format!("{name}: {difference}")),
        );
    }
    assert_eq!(played, exchanges.as_array().unwrap().len() - 3);
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

fn play(server: &Server, exchange: &Value, tokens: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let answers = send(server, exchange, tokens);
    let answer = answers.last().unwrap();
    for (n, redirect) in exchange["redirects"].as_array().into_iter().flatten().enumerate() {
        let given = (answers[n].status, answers[n].header("location"));
        let location = text(redirect, "location");
        if Some(u64::from(given.0)) != redirect["status"].as_u64() || !fits(location, given.1) {
            wrong.push(format!("redirect {n} is {given:?}, recorded {redirect}"));
        }
    }
    if Some(u64::from(answer.status)) != exchange["status"].as_u64() {
        wrong.push(format!("status {}, recorded {}", answer.status, exchange["status"]));
    }
    for (name, value) in exchange["answer_headers"].as_object().into_iter().flatten() {
        let value = value.as_str().unwrap();
        if !fits(value, answer.header(name)) {
            wrong.push(format!("{name} is {:?}, recorded {value:?}", answer.header(name)));
        }
    }
    if !exchange["json"].is_null() {
        let expected = exchange["json"]
            .to_string()
            .replace(RECORDED, &server.base)
            .replace("<…>", "…");
        wrong.extend(differences(
            "",
            &serde_json::from_str(&expected).unwrap(),
            &answer.json(),
            false,
        ));
    }
    wrong
}

fn send(server: &Server, exchange: &Value, tokens: &Value) -> Vec<Answer> {
    let token = |name: &str| text(tokens, name);
    let bearer = if text(exchange, "name") == "api with id token" {
        token("id_token")
    } else {
        token("access_token")
    };
    let path = text(exchange, "path").replace("<id token>", token("id_token"));
    if text(exchange, "name") == "authorize prompt=none with session" {
        let mut browser = Browser::default();
        assert_eq!(browser.sign_in(server, "openid", OWNER.0, OWNER.1).status, 303);
        return browser.follow(server, &path);
    }
    if exchange["redirects"].is_array() {
        return Browser::default().follow(server, &path);
    }
    let mut headers: Vec<(&str, String)> = Vec::new();
    for (name, value) in exchange["headers"].as_object().into_iter().flatten() {
        headers.push((name, value.as_str().unwrap().replace("<token>", bearer)));
    }
    let fields: Option<Vec<(&str, &str)>> = exchange["form"].as_object().map(|fields| {
        fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
            .collect()
    });
    if fields.is_some() {
        headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
    }
    vec![server.send(
        text(exchange, "method"),
        &path,
        &headers,
        fields.map(|fields| form(&fields)).as_deref(),
    )]
}

#[test]
fn tokens_have_the_recorded_members() {
    let server = server();
    let tokens = tokens_of(&server, ALL_SCOPES, OWNER.0, OWNER.1);
    let exchanges = recorded("oidc.json");
    let response = exchanges
        .as_array()
        .unwrap()
        .iter()
        .find(|exchange| exchange["name"] == "token response")
        .unwrap();
    assert_eq!(names(&tokens), names(&response["json"]));
    assert_eq!(tokens["expires_in"], 86399);
    for name in ["id_token", "access_token"] {
        let claims = claims(text(&tokens, name));
        assert_eq!(names(&claims), names(&response[name][1]), "{name}");
        assert_eq!(claims["iss"], format!("{}/oauth2", server.base));
        assert_eq!(claims["nonce"], "no");
        assert_eq!(claims["name"], "Olive Owner");
    }
    let without = tokens_of(&server, "openid", OWNER.0, OWNER.1);
    assert!(without.get("refresh_token").is_none());
    assert!(claims(text(&without, "id_token")).get("email").is_none());
}

#[test]
fn the_login_page_takes_the_right_password_and_no_other() {
    let server = server();
    let mut browser = Browser::default();
    let page = browser.login_page(&server, &authorize_path("openid", &[]));
    let mut submit = |email: &str, password: &str| {
        browser.send(
            &server,
            "POST",
            &page,
            Some(&form(&[("login", email), ("password", password)])),
        )
    };
    for (email, password) in [
        (OWNER.0, "wrong"),
        ("nobody@example.com", OWNER.1),
        ("", ""),
        (OWNER.0, ""),
    ] {
        let answer = submit(email, password);
        assert_eq!(answer.status, 401, "{email} {password}");
        assert!(answer.text().contains("Invalid Email Address or password."));
        assert!(answer.header("set-cookie").is_empty());
    }
    let answer = submit("OWNER@example.com", OWNER.1);
    assert_eq!(answer.status, 303);
    assert!(fits(
        "http://127.0.0.1:8080/callback?code=…&state=st",
        answer.header("location")
    ));
    assert!(fits(
        "netbird-session=…; Path=/oauth2; HttpOnly; SameSite=Lax",
        answer.header("set-cookie")
    ));
    assert_eq!(exchange(&server, answer.header("location"), VERIFIER).status, 200);
    // The form of a finished sign-in cannot be sent again.
    assert_eq!(submit(OWNER.0, OWNER.1).status, 400);
}
