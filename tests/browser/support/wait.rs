//! Waits for what must become true, frame by frame; never for a time.

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// More frames than anything here takes.
const LIMIT: u32 = 240;

/// The next frame: effects have run, observers were told.
pub async fn frame() {
    let promise = js_sys::Promise::new(&mut |resolve, _| {
        window().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(promise).await.unwrap();
}

/// Lets all effects run that were set off by now.
pub async fn tick() {
    frame().await;
    frame().await;
}

/// Waits until `condition` holds; fails with `what` when it never does.
pub async fn until(what: &str, condition: impl Fn() -> bool) {
    for _ in 0..LIMIT {
        if condition() {
            return;
        }
        frame().await;
    }
    panic!("never happened: {what}");
}
