//! What the provider says that is not so, and refresh tokens that work: switches of the tests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use standin::Seed;

use crate::support::{PASSWORD, Server, agent, form, tokens_of};

const ADA: &str = "ada.okafor@example.com";
const SCOPE: &str = "openid profile email offline_access";

fn set(server: &Server, conditions: Value) {
    let answer = server.call("POST", "/_standin/conditions", "", Some(conditions));
    assert_eq!(answer.status, 200, "{}", answer.text());
}

fn part(token: &Value, number: usize) -> Value {
    let part = token.as_str().unwrap().split('.').nth(number).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn post(server: &Server, path: &str, pairs: &[(&str, &str)]) -> (u16, Value) {
    let mut answer = agent()
        .post(format!("{}{path}", server.base))
        .header("content-type", "application/x-www-form-urlencoded")
        .send(form(pairs))
        .unwrap();
    let text = answer.body_mut().read_to_string().unwrap();
    (
        answer.status().as_u16(),
        serde_json::from_str(&text).unwrap_or(Value::Null),
    )
}

fn refresh(server: &Server, token: &Value) -> (u16, Value) {
    let pairs = [
        ("grant_type", "refresh_token"),
        ("client_id", "netbird-dashboard"),
        ("refresh_token", token.as_str().unwrap()),
    ];
    post(server, "/oauth2/token", &pairs)
}

#[test]
fn a_refresh_token_is_good_once_and_its_return_ends_all() {
    let server = Server::start(Seed::Demo);
    set(&server, json!({ "refresh_tokens_work": true }));
    let first = tokens_of(&server, SCOPE, ADA, PASSWORD);
    let (status, second) = refresh(&server, &first["refresh_token"]);
    assert_eq!(status, 200);
    assert_eq!(part(&first["id_token"], 1)["sub"], part(&second["id_token"], 1)["sub"]);
    assert_eq!(part(&second["id_token"], 1)["nonce"], Value::Null);
    let bearer = format!("Bearer {}", second["access_token"].as_str().unwrap());
    assert_eq!(server.get("/api/users/current", &bearer).status, 200);

    let (status, refused) = refresh(&server, &first["refresh_token"]);
    assert_eq!((status, &refused["error"]), (400, &json!("invalid_grant")));
    assert_eq!(
        refresh(&server, &second["refresh_token"]).0,
        400,
        "the winner's dies, too"
    );
}

#[test]
fn a_refresh_token_that_was_given_back_is_worth_nothing() {
    let server = Server::start(Seed::Demo);
    set(&server, json!({ "refresh_tokens_work": true }));
    let tokens = tokens_of(&server, SCOPE, ADA, PASSWORD);
    let token = tokens["refresh_token"].as_str().unwrap();
    assert_eq!(post(&server, "/oauth2/revoke", &[("token", token)]).0, 200);
    assert_eq!(refresh(&server, &tokens["refresh_token"]).0, 400);
    assert_eq!(post(&server, "/oauth2/revoke", &[("token", "unknown")]).0, 200);
}

#[test]
fn the_provider_says_what_it_is_told_to_say() {
    let server = Server::start(Seed::Demo);
    set(
        &server,
        json!({
            "discovery": { "issuer": "https://evil.example", "end_session_endpoint": null },
            "id_token": { "aud": ["other"], "nonce": null },
            "token_answer": { "token_type": "mac" },
        }),
    );
    let document = server.get("/oauth2/.well-known/openid-configuration", "").json();
    assert_eq!(document["issuer"], "https://evil.example");
    assert_eq!(document["end_session_endpoint"], Value::Null);
    let tokens = tokens_of(&server, "openid", ADA, PASSWORD);
    assert_eq!(tokens["token_type"], "mac");
    let claims = part(&tokens["id_token"], 1);
    assert_eq!((&claims["aud"], &claims["nonce"]), (&json!(["other"]), &Value::Null));

    set(&server, json!({ "id_token_is_unsigned": true }));
    let tokens = tokens_of(&server, "openid", ADA, PASSWORD);
    assert_eq!(part(&tokens["id_token"], 0)["alg"], "none");
}
