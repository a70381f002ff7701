//! Giving up requests: a controller that fires when its time is over, and when it is dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AbortController, AbortSignal};

/// A controller for one attempt. Dropping it gives the attempt up, so a future that is dropped leaves nothing behind.
pub struct Attempt {
    controller: Option<AbortController>,
    timer: Option<i32>,
    on_time: Option<Closure<dyn FnMut()>>,
    began: f64,
    limit_ms: u32,
}

impl Attempt {
    /// Begins an attempt that may take `limit_ms` milliseconds.
    pub fn begin(limit_ms: u32) -> Self {
        Self::with(AbortController::new().ok(), limit_ms)
    }

    /// Goes on with an attempt that somebody else began.
    pub fn with(controller: Option<AbortController>, limit_ms: u32) -> Self {
        let mut attempt = Self {
            controller,
            timer: None,
            on_time: None,
            began: 0.0,
            limit_ms,
        };
        attempt.restart();
        attempt
    }

    /// Gives the attempt its whole time again: something has come.
    pub fn restart(&mut self) {
        self.stop_timer();
        self.began = super::clock::ticks_ms();
        let Some(controller) = self.controller.clone() else {
            return;
        };
        let on_time = Closure::new(move || controller.abort());
        self.timer = web_sys::window().and_then(|window| {
            let limit = i32::try_from(self.limit_ms).unwrap_or(i32::MAX);
            window
                .set_timeout_with_callback_and_timeout_and_arguments_0(on_time.as_ref().unchecked_ref(), limit)
                .ok()
        });
        self.on_time = Some(on_time);
    }

    /// The signal for the request.
    pub fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }

    /// Whether it ended because its time was over.
    pub fn is_over_time(&self) -> bool {
        super::clock::ticks_ms() - self.began >= f64::from(self.limit_ms) - 1.0
    }

    /// Ends well: nothing is given up any more.
    pub fn finish(mut self) {
        self.stop_timer();
        self.controller = None;
    }

    fn stop_timer(&mut self) {
        if let (Some(timer), Some(window)) = (self.timer.take(), web_sys::window()) {
            window.clear_timeout_with_handle(timer);
        }
        self.on_time = None;
    }
}

impl Drop for Attempt {
    fn drop(&mut self) {
        self.stop_timer();
        if let Some(controller) = &self.controller {
            controller.abort();
        }
    }
}
