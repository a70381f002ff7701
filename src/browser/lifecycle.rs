//! The page's life as a tab: shown again, restored from the browser's cache, online or not.

use leptos::prelude::*;
use leptos::{ev, leptos_dom::helpers::window_event_listener};

use super::page;

/// Calls when the browser puts the page back from its cache instead of loading it anew.
pub fn on_restored(restored: impl Fn() + 'static) {
    let listener = window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            restored();
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
