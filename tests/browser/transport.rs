//! Sending: what goes along, what is tried again, what is given up, and bodies that come in pieces.

use std::cell::Cell;
use std::future::Future;
use std::rc::Rc;
use std::task::{Context, Waker};

use js_sys::{Array, Object, Promise};
use roost::api::error::{ApiError, ErrorKind};
use roost::api::request::{Method, Parts, Request};
use roost::browser::boot::{self, Prefetch};
use roost::transport::fake::{FakeTransport, Reply};
use roost::transport::{BodyStream, Client, Credential, FetchTransport, Target, Transport};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AbortController, Response};

use super::fake_fetch::{Answer, FakeFetch, field, response, set};

const API: &str = "https://api.example.com";

fn target() -> Target {
    Target {
        api: API.into(),
        credential: Credential::new(Some("Token t".into())),
        cookies: false,
    }
}

/// A client, and how many times it heard of the end of the session and of a good answer.
fn client(transport: impl Transport + 'static) -> (Client, Rc<Cell<u32>>, Rc<Cell<u32>>) {
    let (ends, successes) = (Rc::new(Cell::new(0)), Rc::new(Cell::new(0)));
    let (end, success) = (Rc::clone(&ends), Rc::clone(&successes));
    let client = Client::new(
        transport,
        move |_| end.set(end.get() + 1),
        move || success.set(success.get() + 1),
    );
    (client, ends, successes)
}

fn read() -> Request<String> {
    Request::get(&["groups"]).decode(|text| Ok(text.to_owned()))
}

fn parts(limit_ms: u32) -> Parts {
    Parts {
        method: Method::Get,
        path: Ok("/api/groups".into()),
        body: None,
        limit_ms,
        once: false,
    }
}

async fn all(mut stream: BodyStream) -> Result<Vec<Vec<u8>>, ApiError> {
    let mut pieces = Vec::new();
    while let Some(piece) = stream.next().await? {
        pieces.push(piece.to_vec());
    }
    Ok(pieces)
}

#[wasm_bindgen_test]
async fn the_credential_goes_to_the_api_and_cookies_stay() {
    let fetch = FakeFetch::new(|_, _| Answer::json(200, "{}"));
    let (client, ..) = client(FetchTransport::new(target(), Vec::new()));
    assert_eq!(client.send(Request::delete(&["users", "a|b"])).await, Ok(()));
    let calls = fetch.calls();
    assert_eq!(calls[0].what, "DELETE https://api.example.com/api/users/a%7Cb");
    assert_eq!(calls[0].authorization.as_deref(), Some("Token t"));
    assert_eq!(calls[0].credentials, "omit");
}

#[wasm_bindgen_test]
async fn behind_a_proxy_no_credential_is_sent() {
    let fetch = FakeFetch::new(|_, _| Answer::json(200, "{}"));
    let proxied = Target {
        api: String::new(),
        credential: Credential::new(None),
        cookies: true,
    };
    let (client, ..) = client(FetchTransport::new(proxied, Vec::new()));
    client.send(read()).await.unwrap();
    assert_eq!(fetch.calls()[0].authorization, None);
    assert_eq!(fetch.calls()[0].credentials, "same-origin");
}

#[wasm_bindgen_test]
async fn a_read_is_tried_three_times_and_a_write_once() {
    let fetch = FakeFetch::new(|_, number| match number {
        0 => Answer::json(503, ""),
        1 => Answer::Broken,
        _ => Answer::json(200, "[]"),
    });
    let (client, _, successes) = client(FetchTransport::new(target(), Vec::new()));
    assert_eq!(client.send(read()).await.unwrap(), "[]");
    assert_eq!((fetch.calls().len(), successes.get()), (3, 1));
    drop(fetch);
    let fetch = FakeFetch::new(|_, _| Answer::json(503, ""));
    let write = Request::post(&["groups"]).json_body(&"x".into());
    assert_eq!(client.send(write).await.unwrap_err().status, Some(503));
    assert_eq!(fetch.calls().len(), 1);
    assert_eq!(fetch.calls()[0].body, "\"x\"");
}

#[wasm_bindgen_test]
async fn the_end_of_a_session_is_heard_and_nothing_is_sent_after_it() {
    let fake = FakeTransport::default();
    let unknown = r#"{"message":"invalid token: pat: x not found","code":404}"#;
    fake.reply("GET /api/groups", Reply::Body(404, unknown.into()));
    let (client, ends, successes) = client(fake.clone());
    assert!(client.send(read()).await.unwrap_err().is_unauthorized());
    assert_eq!((ends.get(), successes.get()), (1, 0));
    client.close();
    assert_eq!(client.send(read()).await.unwrap_err().kind, ErrorKind::Aborted);
    assert_eq!((fake.count("GET /api/groups"), ends.get()), (1, 1));
}

#[wasm_bindgen_test]
async fn an_answer_that_comes_too_late_is_a_timeout_and_given_up() {
    let fetch = FakeFetch::new(|_, _| Answer::Silence);
    let error = FetchTransport::new(target(), Vec::new())
        .send(&parts(20))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Timeout);
    assert!(fetch.calls()[0].signal.aborted());
}

#[wasm_bindgen_test]
async fn whatever_the_browser_says_is_an_error_and_no_end() {
    let answers = |_: &_, number| match number {
        0 => Answer::Nonsense,
        _ => Answer::Broken,
    };
    let fetch = FakeFetch::new(answers);
    let (client, ..) = client(FetchTransport::new(target(), Vec::new()));
    let write = || client.send(Request::delete(&["users", "1"]));
    assert_eq!(write().await, Err(ApiError::offline("")));
    assert_eq!(write().await, Err(ApiError::offline("Failed to fetch")));
    assert_eq!(fetch.calls().len(), 2);
    let odd = Target {
        api: API.into(),
        credential: Credential::new(Some("Token \n\u{1f642}".into())),
        cookies: false,
    };
    let error = FetchTransport::new(odd, Vec::new())
        .send(&parts(1000))
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Offline);
}

#[wasm_bindgen_test]
async fn a_request_nobody_waits_for_is_given_up() {
    let fetch = FakeFetch::new(|_, _| Answer::Silence);
    let (client, ..) = client(FetchTransport::new(target(), Vec::new()));
    let mut sending = Box::pin(client.send(read()));
    let mut context = Context::from_waker(Waker::noop());
    assert!(sending.as_mut().poll(&mut context).is_pending());
    assert!(!fetch.calls()[0].signal.aborted());
    drop(sending);
    assert!(fetch.calls()[0].signal.aborted());
}

#[wasm_bindgen_test]
async fn a_page_that_somebody_else_sent_is_told_from_a_broken_answer() {
    let page = |_: &_, _| Answer::Body(200, "text/html; charset=utf-8", "<!doctype html>Sign in".into());
    let fetch = FakeFetch::new(page);
    let (client, ..) = client(FetchTransport::new(target(), Vec::new()));
    let gone = client.send(Request::delete(&["users", "1"])).await.unwrap_err();
    assert!(gone.is_foreign_answer(), "{gone:?}");
    let error = client.open_stream(Request::get(&["users"])).await.err().unwrap();
    assert!(error.is_foreign_answer(), "{error:?}");
    assert_eq!(fetch.calls().len(), 2, "neither is worth another try");
}

#[wasm_bindgen_test]
async fn a_long_body_comes_in_pieces_of_32_kb() {
    let body: String = ('a'..='z').cycle().take(100_000).collect();
    let sent = body.clone();
    let _fetch = FakeFetch::new(move |_, _| Answer::json(200, &sent));
    let (client, ..) = client(FetchTransport::new(target(), Vec::new()));
    let stream = client.open_stream(Request::get(&["users"]).list()).await.unwrap();
    let pieces = all(stream).await.unwrap();
    assert!(pieces.iter().all(|piece| !piece.is_empty() && piece.len() <= 32 * 1024));
    assert_eq!(pieces.concat(), body.as_bytes());
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_no_whole_one() {
    let fake = FakeTransport::default();
    fake.reply("GET /api/users", Reply::Cut("[1,".into()));
    let (client, ..) = client(fake);
    let mut stream = client.open_stream(Request::get(&["users"])).await.unwrap();
    assert_eq!(stream.next().await, Ok(Some(&b"[1,"[..])));
    assert_eq!(stream.next().await.unwrap_err().kind, ErrorKind::Offline);
}

fn early(path: &str, response: Promise) -> Prefetch {
    Prefetch {
        path: path.into(),
        response,
        controller: AbortController::new().ok(),
    }
}

#[wasm_bindgen_test]
async fn what_is_on_its_way_is_taken_once() {
    let fetch = FakeFetch::new(|_, _| Answer::json(200, "[2]"));
    let list = Promise::resolve(&response(200, "application/json", "[1]"));
    let groups = Promise::resolve(&response(200, "application/json", "{}"));
    let both = vec![early("/api/users", list), early("/api/groups", groups)];
    let (client, ..) = client(FetchTransport::new(target(), both));
    assert_eq!(client.send(read()).await.as_deref(), Ok("{}"));
    let first = client.open_stream(Request::get(&["users"])).await.unwrap();
    assert_eq!(all(first).await.unwrap().concat(), b"[1]");
    assert_eq!(fetch.calls().len(), 0);
    let second = client.open_stream(Request::get(&["users"])).await.unwrap();
    assert_eq!(all(second).await.unwrap().concat(), b"[2]");
    assert_eq!(client.send(read()).await.as_deref(), Ok("[2]"));
}

#[wasm_bindgen_test]
async fn an_early_answer_whose_text_is_read_already_is_not_read_again() {
    let _fetch = FakeFetch::new(|_, _| Answer::json(200, "[2]"));
    let answer = response(200, "application/json", "{}");
    // As boot.mjs does. Who reads a body twice gets an error.
    let body = answer.unchecked_ref::<Response>().text().unwrap();
    let text = JsFuture::from(body).await.unwrap();
    set(&answer, "whole", &text);
    let early = vec![early("/api/groups", Promise::resolve(&answer))];
    let (client, ..) = client(FetchTransport::new(target(), early));
    assert_eq!(client.send(read()).await.as_deref(), Ok("{}"));
}

#[wasm_bindgen_test]
async fn an_early_answer_that_failed_is_asked_for_again() {
    let fetch = FakeFetch::new(|_, _| Answer::json(200, "[]"));
    let lost = || Promise::reject(&JsValue::NULL);
    let both = vec![early("/api/users", lost()), early("/api/groups", lost())];
    let (client, ..) = client(FetchTransport::new(target(), both));
    assert!(client.open_stream(Request::get(&["users"])).await.is_ok());
    assert!(client.send(read()).await.is_ok());
    assert_eq!(fetch.calls().len(), 2);
}

#[wasm_bindgen_test]
fn early_answers_for_another_session_are_given_up() {
    let prepare = || {
        let (boot, begun) = (Object::new(), Array::new());
        let controllers = ["/api/users/current", "/api/users"].map(|path| {
            let (one, controller) = (Object::new(), AbortController::new().unwrap());
            set(&one, "path", &path.into());
            set(&one, "response", &Promise::resolve(&JsValue::NULL));
            set(&one, "abort", &controller);
            begun.push(&one);
            controller
        });
        set(&boot, "early", &begun);
        set(&boot, "earlyFor", &"https://api.example.com\nToken t".into());
        set(&js_sys::global(), "roostBoot", &boot);
        controllers
    };
    let controllers = prepare();
    let taken = boot::early_for(API, Some("Token t"));
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].path, "/api/users/current");
    assert!(boot::early_for(API, Some("Token t")).is_empty(), "taken once");
    assert!(controllers.iter().all(|controller| !controller.signal().aborted()));
    for (api, authorization) in [(API, Some("Token u")), ("", Some("Token t")), (API, None)] {
        let controllers = prepare();
        assert!(boot::early_for(api, authorization).is_empty());
        assert!(controllers.iter().all(|controller| controller.signal().aborted()));
        assert!(field(&field(&js_sys::global(), "roostBoot"), "early").is_null());
    }
    set(&js_sys::global(), "roostBoot", &JsValue::UNDEFINED);
}

#[wasm_bindgen_test]
async fn a_write_that_is_to_be_alone_stops_all_others_until_the_client_goes_on() {
    let server = FakeTransport::default();
    server.reply(
        "DELETE /api/accounts/a1",
        Reply::Body(404, r#"{"message":"invalid token: gone","code":404}"#.into()),
    );
    server.reply("DELETE /api/accounts/a1", Reply::Body(200, "{}".into()));
    server.reply("GET /api/groups", Reply::Body(200, "[]".into()));
    let (client, ends, successes) = client(server.clone());
    let delete = || Request::<()>::delete(&["accounts", "a1"]);
    assert!(client.send_alone(delete()).await.unwrap_err().is_unauthorized());
    assert_eq!(
        (ends.get(), successes.get()),
        (0, 0),
        "nobody hears of an end that may be none"
    );
    assert!(client.send(read()).await.is_err());
    assert!(client.open_stream(read()).await.is_err());
    assert_eq!(server.count("GET /api/groups"), 0, "nothing is sent beside it");
    client.reopen();
    client.send(read()).await.unwrap();
    assert_eq!(client.send_alone(delete()).await, Ok(()));
    assert!(client.send(read()).await.is_err(), "nothing follows it");
    assert_eq!(server.count("GET /api/groups"), 1);
}
