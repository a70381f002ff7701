//! Whether anything answers at an address, without reading what: what CORS keeps from a page, it does not keep from this.

use std::cell::Cell;
use std::rc::Rc;

use leptos::leptos_dom::helpers::window_event_listener_untyped;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCredentials, RequestInit, RequestMode};

use super::abort::Attempt;

/// Milliseconds that an answer may take.
const LIMIT_MS: u32 = 10_000;

/// What became of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// Something answered.
    pub came: bool,
    /// The page's policy forbade to ask.
    pub forbidden: bool,
}

/// Asks once, without credentials.
pub async fn ask(url: &str) -> Answer {
    let forbidden = Rc::new(Cell::new(false));
    let heard = Rc::clone(&forbidden);
    let listener = window_event_listener_untyped("securitypolicyviolation", move |_| heard.set(true));
    let came = send(url).await.is_some();
    // The browser tells of a violation a task later than of the failure that it causes.
    super::clock::yield_now().await;
    listener.remove();
    Answer {
        came,
        forbidden: forbidden.get(),
    }
}

async fn send(url: &str) -> Option<()> {
    let attempt = Attempt::begin(LIMIT_MS);
    let init = RequestInit::new();
    init.set_mode(RequestMode::NoCors);
    init.set_credentials(RequestCredentials::Omit);
    init.set_signal(attempt.signal().as_ref());
    let asked = web_sys::window()?.fetch_with_str_and_init(url, &init);
    JsFuture::from(asked).await.ok()?;
    attempt.finish();
    Some(())
}
