//! A new version of the console on the server: looked for every ten minutes and when the tab is shown again, told, and
//! loaded at the reader's word.

use std::cell::Cell;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::RequestCredentials;

use crate::browser::abort::Attempt;
use crate::browser::chunk::chunk;
use crate::browser::fetch::{self, Call};
use crate::browser::{clock, lifecycle, page};
use crate::config::release;
use crate::i18n::t_later;
use crate::state::toasts::Toasts;

/// So long nobody asks again, in milliseconds.
const ASK_AGAIN_MS: f64 = 300_000.0;
/// A tab that stays in front looks so often, in milliseconds.
const LOOK_EVERY_MS: u32 = 600_000;
/// So long somebody who has closed the message is not told again.
const TELL_AGAIN_MS: f64 = 3_600_000.0;
/// Milliseconds that an answer may take.
const LIMIT_MS: u32 = 10_000;

thread_local! {
    static ASKED_AT: Cell<f64> = const { Cell::new(0.0) };
    static TOLD_AT: Cell<f64> = const { Cell::new(0.0) };
}

// Most visits see one version.
chunk!(panels: fn look_in_part(toasts: Toasts) -> () {
    spawn_local(look(toasts));
});

/// Looks for a new version, unless that was done a moment ago.
pub fn look_for_newer(toasts: Toasts) {
    spawn_local(async move {
        // A part that cannot be had is no news either; the next time that the tab is shown, it is tried again.
        let _ = look_in_part(toasts).await;
    });
}

/// Looks for one now and then, as long as the caller's owner lives. A tab that nobody sees does not.
pub fn watch_for_newer(toasts: Toasts) {
    let owned = StoredValue::new(());
    spawn_local(async move {
        loop {
            clock::sleep_ms(LOOK_EVERY_MS).await;
            if owned.is_disposed() {
                return;
            }
            if page::is_visible() {
                look_for_newer(toasts);
            }
        }
    });
}

async fn look(toasts: Toasts) {
    if !is_due(&ASKED_AT, ASK_AGAIN_MS) {
        return;
    }
    let version = ask().await.unwrap_or_default();
    if release::is_another(&version, &page::program()) && is_due(&TOLD_AT, TELL_AGAIN_MS) {
        tell(toasts);
    }
}

/// Whether it was so long ago; from now on it is counted anew.
fn is_due(last: &'static std::thread::LocalKey<Cell<f64>>, after_ms: f64) -> bool {
    let now = clock::now_ms();
    let is_due = now - last.get() >= after_ms;
    if is_due {
        last.set(now);
    }
    is_due
}

/// Never loaded by itself, and not while something would be lost by it.
fn tell(toasts: Toasts) {
    // Made here, once: what is made in a message's button ends with the message.
    let load = StoredValue::new(None::<Callback<()>>);
    let run = Callback::new(move |()| {
        if !lifecycle::is_unsaved() {
            page::reload();
        } else if let Some(Some(load)) = load.try_get_value() {
            say(toasts, t_later().newer_unsaved(), load);
        }
    });
    load.set_value(Some(run));
    say(toasts, t_later().newer_text(), run);
}

fn say(toasts: Toasts, text: &str, load: Callback<()>) {
    toasts.info_with(text.to_owned(), (t_later().newer_load().to_owned(), load));
}

/// The text of `version.json`. `None` when it could not be had.
async fn ask() -> Option<String> {
    let attempt = Attempt::begin(LIMIT_MS);
    let call = Call {
        method: "GET",
        url: "version.json",
        headers: &[],
        body: None,
        credentials: RequestCredentials::SameOrigin,
    };
    let response = fetch::fetch(&call, &attempt).await.ok().filter(web_sys::Response::ok)?;
    let text = fetch::body_text(&response).await.ok();
    attempt.finish();
    text
}
