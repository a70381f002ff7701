//! Time in the page: now, waits, frames, and slices of work that leave the page responsive.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Promise;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// So long may work hold up the page, in milliseconds.
const SLICE_MS: f64 = 8.0;
/// A frame is waited for at most so long, in milliseconds: hidden tabs draw none.
const FRAME_LIMIT_MS: i32 = 100;

/// Milliseconds since 1970.
pub fn now_ms() -> f64 {
    js_sys::Date::now()
}

/// Seconds since 1970.
pub fn now_s() -> i64 {
    #[allow(clippy::cast_possible_truncation, reason = "good for some million years")]
    let seconds = (now_ms() / 1000.0) as i64;
    seconds
}

/// A clock that never jumps, in milliseconds since the page began.
pub fn ticks_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or_else(now_ms, |performance| performance.now())
}

/// Whole seconds since a moment of [`ticks_ms`].
pub fn seconds_since(ticks: f64) -> i64 {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and no page lives that long"
    )]
    let seconds = ((ticks_ms() - ticks) / 1000.0) as i64;
    seconds
}

/// Waits.
pub async fn sleep_ms(milliseconds: u32) {
    let limit = i32::try_from(milliseconds).unwrap_or(i32::MAX);
    let promise = Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, limit);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Lets the browser do what is waiting (input, painting), then goes on.
pub async fn yield_now() {
    let promise = Promise::new(&mut |resolve, _| match web_sys::MessageChannel::new() {
        // A posted message comes back without the four milliseconds that nested timers are held for.
        Ok(channel) => {
            let port = channel.port1();
            let done = Closure::once_into_js(move |_: JsValue| {
                let _ = resolve.call0(&JsValue::UNDEFINED);
            });
            port.set_onmessage(Some(done.unchecked_ref()));
            let _ = channel.port2().post_message(&JsValue::NULL);
        }
        Err(_) => {
            let _ = resolve.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(promise).await;
}

/// Waits until what was changed is on screen: the next frame, then a turn of the event loop.
pub async fn next_frame() {
    let handle = Rc::new(RefCell::new(None));
    let promise = Promise::new(&mut |resolve, _| {
        let Some(window) = web_sys::window() else { return };
        let frame = window.request_animation_frame(&resolve).ok();
        let timer = window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, FRAME_LIMIT_MS)
            .ok();
        handle.borrow_mut().replace((frame, timer));
    });
    let _ = JsFuture::from(promise).await;
    if let (Some(window), Some((frame, timer))) = (web_sys::window(), handle.borrow_mut().take()) {
        if let Some(frame) = frame {
            let _ = window.cancel_animation_frame(frame);
        }
        if let Some(timer) = timer {
            window.clear_timeout_with_handle(timer);
        }
    }
    yield_now().await;
}

/// A stretch of work that notices when the page needs to breathe.
#[derive(Clone, Copy)]
pub struct Slice {
    began: f64,
}

impl Slice {
    /// Begins now.
    pub fn begin() -> Self {
        Self { began: ticks_ms() }
    }

    /// Is over already: what is done the first time takes longest, for the browser compiles the program as it runs.
    pub fn spent() -> Self {
        Self {
            began: f64::NEG_INFINITY,
        }
    }

    /// Whether it has lasted long enough.
    pub fn is_over(self) -> bool {
        ticks_ms() - self.began >= SLICE_MS
    }

    /// Lets the browser work, and begins anew.
    pub async fn rest(self) -> Self {
        yield_now().await;
        Self::begin()
    }
}
