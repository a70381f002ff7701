//! The page's life as a tab: shown again, restored from the browser's cache, online or not.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;
use leptos::{
    ev,
    leptos_dom::helpers::{window_event_listener, window_event_listener_untyped},
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, VisibilityState};

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

thread_local! {
    /// What may be lost with the page: each says whether it would be.
    static UNSAVED: RefCell<Vec<Signal<bool>>> = const { RefCell::new(Vec::new()) };
    /// Writes under way that no form or dialog shows.
    static WRITES: Cell<usize> = const { Cell::new(0) };
    /// The reader knows what is lost.
    static LET_GO: Cell<bool> = const { Cell::new(false) };
}

/// Asks before the page is left while `unsaved` says so.
pub fn ask_before_leaving(unsaved: Signal<bool>) {
    UNSAVED.with_borrow_mut(|all| all.push(unsaved));
    let listener = window_event_listener(ev::beforeunload, move |event| {
        if !LET_GO.get() && unsaved.try_get_untracked() == Some(true) {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        UNSAVED.with_borrow_mut(|all| all.retain(|other| *other != unsaved));
        listener.remove();
    });
}

/// Lets the page be left without asking, for the reader knows what is lost; or not any more, for it stayed.
pub fn let_go(is_known: bool) {
    LET_GO.set(is_known);
}

/// Whether something that was edited would be lost with the page.
pub fn is_edited() -> bool {
    UNSAVED.with_borrow(|all| all.iter().any(|unsaved| unsaved.try_get_untracked() == Some(true)))
}

/// Notes how many writes are under way.
pub fn note_writes(count: usize) {
    WRITES.set(count);
}

/// Whether something would be lost with the page: a write under way, an edited form, a dialog, what was typed into a field.
pub fn is_unsaved() -> bool {
    WRITES.get() > 0 || is_edited() || is_dialog_open() || is_typed()
}

/// Whether a dialog is open: all beside it is out of reach.
pub fn is_dialog_open() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

fn is_typed() -> bool {
    let Ok(fields) = document().query_selector_all("form input") else {
        return false;
    };
    (0..fields.length())
        .filter_map(|at| fields.item(at)?.dyn_into::<HtmlInputElement>().ok())
        .any(|field| {
            matches!(field.type_().as_str(), "text" | "email" | "password" | "number") && !field.value().is_empty()
        })
}
