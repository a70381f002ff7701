//! Signing in and out in a tab: what it starts with, what comes back from the provider, what is left behind.

use std::cell::Cell;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use roost::auth::claims::ClaimProblem;
use roost::auth::flow::{self, AuthError, Reason, Start};
use roost::auth::pending::{self, Pending};
use roost::auth::session::{self, Session};
use roost::browser::{clock, page, storage};
use roost::config::RunConfig;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::BroadcastChannel;

use super::fake_fetch::{Answer, Call, FakeFetch};

const ISSUER: &str = "https://id.example.com";

/// A configuration with a provider, `auth` added to what it says of it.
pub fn config(auth: &str) -> RunConfig {
    // A tab that knows nothing, at the start page.
    storage::tab().unwrap().clear().unwrap();
    page::replace_address("/");
    let text = format!(r#"{{"auth":{{"issuer":"{ISSUER}","client_id":"roost"{auth}}}}}"#);
    RunConfig::parse(&text, &page::base_uri()).unwrap()
}

fn stored(key: &str) -> Option<String> {
    storage::get(storage::tab().as_ref(), key)
}

fn store(key: &str, value: &str) {
    storage::set(storage::tab().as_ref(), key, value);
}

fn session() -> Session {
    Session::with_bearer("", "a", Some(clock::now_s() + 300), "i")
}

/// A sign-in on its way, whose state is `s` and whose nonce is `n`.
fn begin() {
    let begun = Pending {
        state: "s".into(),
        verifier: "v".into(),
        nonce: "n".into(),
        return_to: "/users?q=ada".into(),
        begun_at: clock::now_s(),
        silent: false,
    };
    store(pending::STORAGE_KEY, &pending::add(None, begun));
}

fn token(nonce: &str, audience: &str) -> String {
    let payload = format!(
        r#"{{"iss":"{ISSUER}","sub":"u","aud":"{audience}","exp":{},"nonce":"{nonce}"}}"#,
        clock::now_s() + 300
    );
    [
        URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256"}"#).as_str(),
        &URL_SAFE_NO_PAD.encode(payload),
        "c2ln",
    ]
    .join(".")
}

/// What the provider says about itself.
fn document() -> Answer {
    let places = format!(r#""authorization_endpoint":"{ISSUER}/auth","token_endpoint":"{ISSUER}/token""#);
    Answer::json(200, &format!(r#"{{"issuer":"{ISSUER}",{places}}}"#))
}

/// A provider whose ID token says these.
fn provider(nonce: &'static str, audience: &'static str) -> FakeFetch {
    FakeFetch::new(move |call: &Call, _| {
        if call.what.starts_with("GET") {
            return document();
        }
        let id_token = token(nonce, audience);
        Answer::json(
            200,
            &format!(r#"{{"access_token":"a","id_token":"{id_token}","expires_in":300}}"#),
        )
    })
}

async fn reason(config: &RunConfig) -> Reason {
    match flow::start(config).await {
        Start::SignIn(reason) => reason,
        Start::SignedIn(_) => panic!("signed in"),
        Start::Leaving => panic!("leaving"),
    }
}

async fn signed_in(config: &RunConfig) -> Session {
    match flow::start(config).await {
        Start::SignedIn(Some(session)) => session,
        Start::SignedIn(None) => panic!("no session"),
        Start::SignIn(reason) => panic!("{reason:?}"),
        Start::Leaving => panic!("leaving"),
    }
}

#[wasm_bindgen_test]
async fn the_tabs_session_is_taken() {
    let config = config("");
    store(session::STORAGE_KEY, &session().to_text());
    assert_eq!(signed_in(&config).await.authorization, "Bearer a");
}

#[wasm_bindgen_test]
async fn what_is_no_session_for_this_api_is_not_taken() {
    for text in [
        "junk".to_owned(),
        Session::with_bearer("https://other.example.com", "a", None, "i").to_text(),
        Session::with_bearer("", "a", Some(clock::now_s() - 61), "i").to_text(),
        Session::with_bearer("", "ü\n", None, "i").to_text(),
    ] {
        let config = config(r#","mode":"token""#);
        store(session::STORAGE_KEY, &text);
        assert_eq!(reason(&config).await, Reason::Asked, "{text}");
    }
}

#[wasm_bindgen_test]
async fn behind_a_proxy_there_is_always_a_session_and_none_to_hold() {
    let config = config(r#","mode":"proxy""#);
    assert!(matches!(flow::start(&config).await, Start::SignedIn(None)));
}

#[wasm_bindgen_test]
async fn a_new_tab_gets_the_session_of_a_sibling_for_the_same_api() {
    let config = config(r#","mode":"token""#);
    let foreign = Session::with_access_token("https://other.example.com", "x", true);
    let _foreign = flow::share(move || Some(foreign.clone()), || {});
    assert_eq!(reason(&config).await, Reason::Asked);
    let _sibling = flow::share(|| Some(session()), || {});
    assert_eq!(signed_in(&config).await.authorization, "Bearer a");
    assert!(stored(session::STORAGE_KEY).is_some());
}

#[wasm_bindgen_test]
async fn a_callback_becomes_a_session_and_lands_where_one_wanted_to_go() {
    let config = config("");
    let fetch = provider("n", "roost");
    begin();
    page::replace_address("/callback?code=c%2Fd&state=s");
    assert_eq!(signed_in(&config).await.authorization, "Bearer a");
    assert_eq!(flow::here(&config), "/users?q=ada");
    let calls = fetch.calls();
    assert_eq!(
        calls[0].what,
        "GET https://id.example.com/.well-known/openid-configuration"
    );
    assert_eq!(calls[1].what, "POST https://id.example.com/token");
    for part in ["code=c%2Fd", "code_verifier=v", "client_id=roost", "%2Fcallback"] {
        assert!(calls[1].body.contains(part), "{part}");
    }
    assert!(
        calls
            .iter()
            .all(|call| call.authorization.is_none() && call.credentials == "omit")
    );
    assert!(stored(session::STORAGE_KEY).is_some());
    // The same answer once more is an answer to nothing.
    storage::remove(storage::tab().as_ref(), session::STORAGE_KEY);
    page::replace_address("/callback?code=c%2Fd&state=s");
    assert_eq!(reason(&config).await, Reason::Failed(AuthError::State));
    assert_eq!(fetch.calls().len(), 2);
}

#[wasm_bindgen_test]
async fn a_session_in_memory_is_not_stored() {
    let config = config(r#","storage":"memory""#);
    let _fetch = provider("n", "roost");
    begin();
    page::replace_address("/callback?code=c&state=s");
    signed_in(&config).await;
    assert_eq!(stored(session::STORAGE_KEY), None);
}

#[wasm_bindgen_test]
async fn a_callback_that_was_not_asked_for_or_is_refused_sends_no_code() {
    let denied = AuthError::Denied("access_denied".into());
    for (query, error) in [
        ("", AuthError::State),
        ("?code=c", AuthError::State),
        ("?code=c&state=other", AuthError::State),
        ("?code=c&state=s&iss=https%3A%2F%2Fevil.example", AuthError::Issuer),
        ("?error=access_denied&state=s", denied),
    ] {
        let config = config("");
        let fetch = provider("n", "roost");
        begin();
        page::replace_address(&["/callback", query].concat());
        assert_eq!(reason(&config).await, Reason::Failed(error), "{query}");
        assert_eq!(flow::here(&config), "/", "{query}");
        assert_eq!(fetch.calls().len(), 0, "{query}");
        assert_eq!(stored(session::STORAGE_KEY), None, "{query}");
    }
}

#[wasm_bindgen_test]
async fn a_token_that_is_not_for_us_is_no_session() {
    for (nonce, audience, problem) in [
        ("m", "roost", ClaimProblem::Nonce),
        ("n", "other", ClaimProblem::Audience),
    ] {
        let config = config("");
        let _fetch = provider(nonce, audience);
        begin();
        page::replace_address("/callback?code=c&state=s");
        assert_eq!(reason(&config).await, Reason::Failed(AuthError::Claim(problem)));
        assert_eq!(stored(session::STORAGE_KEY), None);
        assert_eq!(flow::landing(), "/users?q=ada", "a further try leads there");
    }
}

#[wasm_bindgen_test]
async fn a_provider_that_is_down_refuses_or_is_another_is_said_and_the_page_is_kept() {
    let other = r#"{"issuer":"https://id.example.com/","authorization_endpoint":"","token_endpoint":""}"#;
    for (answer, error) in [
        (None, AuthError::Unreachable),
        (Some((503, "")), AuthError::Unreachable),
        (Some((404, "")), AuthError::Discovery),
        (Some((200, "<html>")), AuthError::Discovery),
        (Some((200, other)), AuthError::Issuer),
    ] {
        let config = config("");
        let _fetch = FakeFetch::new(move |_, _| match answer {
            Some((status, body)) => Answer::json(status, body),
            None => Answer::Broken,
        });
        page::replace_address("/users/abc");
        assert_eq!(reason(&config).await, Reason::Failed(error));
        assert_eq!(flow::landing(), "/users/abc");
        assert_eq!(flow::landing(), "/users", "good for once");
    }
}

#[wasm_bindgen_test]
async fn a_refused_code_says_the_providers_word() {
    let config = config("");
    let _fetch = FakeFetch::new(|call, _| {
        if call.what.starts_with("GET") {
            return document();
        }
        Answer::json(400, r#"{"error":"invalid_grant"}"#)
    });
    begin();
    page::replace_address("/callback?code=c&state=s");
    let error = AuthError::Token("invalid_grant".into());
    assert_eq!(reason(&config).await, Reason::Failed(error));
}

#[wasm_bindgen_test]
async fn an_api_that_refuses_every_token_ends_the_round() {
    let config = config("");
    let fetch = provider("n", "roost");
    for _ in 0..2 {
        begin();
        page::replace_address("/callback?code=c&state=s");
        signed_in(&config).await;
    }
    let sent = fetch.calls().len();
    assert!(matches!(
        flow::renew(&config, "/users", || true).await,
        Err(AuthError::Loop(_))
    ));
    assert_eq!(fetch.calls().len(), sent);
    assert_eq!(stored(session::STORAGE_KEY), None);
}

#[wasm_bindgen_test]
async fn signing_out_leaves_nothing_behind_even_when_the_provider_is_down() {
    let config = config("");
    let _fetch = FakeFetch::new(|_, _| Answer::Broken);
    store(session::STORAGE_KEY, &session().to_text());
    begin();
    let heard = Rc::new(Cell::new(0));
    let ear = Rc::clone(&heard);
    let sibling = flow::share(|| None, move || ear.set(ear.get() + 1));
    let channel = BroadcastChannel::new("roost.auth").unwrap();
    for stray in [
        "junk",
        r#"{"kind":"signed-out","and":1}"#,
        r#"{"kind":"session","to":"x"}"#,
    ] {
        channel.post_message(&stray.into()).unwrap();
    }
    assert_eq!(flow::sign_out(&config, Some(&session())).await, Some(false));
    assert_eq!(stored(session::STORAGE_KEY), None);
    assert_eq!(stored(pending::STORAGE_KEY), None);
    assert_eq!(flow::here(&config), "/sign-in");
    while heard.get() == 0 {
        clock::yield_now().await;
    }
    assert_eq!(heard.get(), 1, "strays are not heard");
    channel.close();
    drop(sibling);
    // It does not sign in again by itself, not even with a sibling's help.
    let _other = flow::share(|| Some(session()), || {});
    page::replace_address("/users");
    assert_eq!(reason(&config).await, Reason::SignedOut);
}

#[wasm_bindgen_test]
async fn an_access_token_is_kept_only_if_asked_for() {
    const TOKEN: &str = "nbp_abcdefghijklmnopqrstuvwxyz01232LolCm";
    let config = config(r#","mode":"token""#);
    assert!(flow::with_access_token(&config, "nbp_x", true).is_err());
    flow::with_access_token(&config, TOKEN, true).unwrap();
    assert_eq!(signed_in(&config).await.authorization, ["Token ", TOKEN].concat());
    flow::with_access_token(&config, TOKEN, false).unwrap();
    assert_eq!(reason(&config).await, Reason::Asked, "nor is the one before it");
}
