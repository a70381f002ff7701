//! What must not be left by accident: Back is taken back, and the browser asks before a reload.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::JsValue;
use wasm_bindgen::closure::Closure;

/// Until the current owner ends: asks before the page is left or loaded anew, and undoes a step in the history, of which
/// `on_back` is told. The router hears nothing of such a step.
pub fn hold(on_back: impl Fn() + 'static) {
    super::lifecycle::ask_before_leaving(Signal::stored(true));
    let Some(window) = web_sys::window() else { return };
    let here = window.location().href().unwrap_or_default();
    let state = window
        .history()
        .and_then(|history| history.state())
        .unwrap_or(JsValue::NULL);
    let listener = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        event.stop_immediate_propagation();
        if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
            let _ = history.push_state_with_url(&state, "", Some(&here));
        }
        on_back();
    });
    // Capturing: before the router, which listens for the same event.
    let _ = window.add_event_listener_with_callback_and_bool("popstate", listener.as_ref().unchecked_ref(), true);
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || {
        if let Some(listener) = listener.try_update_value(Option::take).flatten() {
            let _ = window.remove_event_listener_with_callback_and_bool(
                "popstate",
                listener.as_ref().unchecked_ref(),
                true,
            );
        }
    });
}
