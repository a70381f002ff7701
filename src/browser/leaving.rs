//! What must not be left by accident: Back is taken back, links wait for an answer, and the browser asks before a reload.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MouseEvent};

use super::links::{self, Target};

/// Where the reader is held.
struct Hold {
    state: JsValue,
    here: String,
    on_back: Rc<dyn Fn()>,
}

thread_local! {
    static HOLD: RefCell<Option<Hold>> = const { RefCell::new(None) };
}

/// Hears of steps in the history from now on. Before the router: what is dispatched at the window reaches its listeners
/// in the order in which they came, the capturing ones too (seen with Chromium).
pub fn listen() {
    let listener = window_event_listener(ev::popstate, move |event| {
        let held = HOLD.with_borrow(|hold| {
            let hold = hold.as_ref()?;
            // The router hears nothing of the step.
            event.stop_immediate_propagation();
            if let Ok(history) = window().history() {
                let _ = history.push_state_with_url(&hold.state, "", Some(&hold.here));
            }
            Some(Rc::clone(&hold.on_back))
        });
        if let Some(on_back) = held {
            on_back();
        }
    });
    on_cleanup(move || listener.remove());
}

/// Until the current owner ends: asks before the page is left or loaded anew, and undoes a step in the history, of which
/// `on_back` is told.
pub fn hold(on_back: impl Fn() + 'static) {
    super::lifecycle::ask_before_leaving(Signal::stored(true));
    let hold = Hold {
        state: window()
            .history()
            .and_then(|history| history.state())
            .unwrap_or(JsValue::NULL),
        here: window().location().href().unwrap_or_default(),
        on_back: Rc::new(on_back),
    };
    HOLD.set(Some(hold));
    on_cleanup(|| HOLD.set(None));
}

/// Until the current owner ends: a click on a link that `is_held` wants goes no further. At the document: what follows
/// links listens at the window, and hears of a click after it.
pub fn hold_links(is_held: impl Fn(&Target) -> bool + 'static) {
    let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
        if let Some(click) = event.dyn_ref::<MouseEvent>()
            && links::followed(click).is_some_and(|target| is_held(&target))
        {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    let _ = document().add_event_listener_with_callback("click", listener.as_ref().unchecked_ref());
    let listener = StoredValue::new_local(listener);
    on_cleanup(move || {
        listener.try_with_value(|listener| {
            let _ = document().remove_event_listener_with_callback("click", listener.as_ref().unchecked_ref());
        });
    });
}
