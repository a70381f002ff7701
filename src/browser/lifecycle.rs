//! The page's life as a tab: shown again, restored from the browser's cache, online or not.

use leptos::prelude::*;
use leptos::{
    ev,
    leptos_dom::helpers::{window_event_listener, window_event_listener_untyped},
};
use web_sys::VisibilityState;

use super::{clock, page};

/// Calls when the browser puts the page back from its cache instead of loading it anew.
pub fn on_restored(restored: impl Fn() + 'static) {
    let listener = window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            restored();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Calls when the page is shown again after it was hidden for longer than this.
pub fn on_shown_again(after_ms: f64, shown: impl Fn() + 'static) {
    let hidden_at = StoredValue::new(None::<f64>);
    let listener = window_event_listener_untyped("visibilitychange", move |_| {
        if document().visibility_state() == VisibilityState::Hidden {
            hidden_at.try_set_value(Some(clock::now_ms()));
        } else if let Some(Some(since)) = hidden_at.try_update_value(Option::take)
            && clock::now_ms() - since > after_ms
        {
            shown();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Whether the browser believes that there is a network; follows it.
pub fn online() -> ReadSignal<bool> {
    let (online, set_online) = signal(page::is_online());
    let on = window_event_listener(ev::online, move |_| {
        set_online.try_set(true);
    });
    let off = window_event_listener(ev::offline, move |_| {
        set_online.try_set(false);
    });
    on_cleanup(move || {
        on.remove();
        off.remove();
    });
    online
}

/// Asks before the page is left while `unsaved` says so.
pub fn ask_before_leaving(unsaved: Signal<bool>) {
    let listener = window_event_listener(ev::beforeunload, move |event| {
        if unsaved.try_get_untracked() == Some(true) {
            event.prevent_default();
        }
    });
    on_cleanup(move || listener.remove());
}
