//! What people do: press keys, click, type; and what goes wrong then.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Event, EventInit, EventTarget, HtmlInputElement, HtmlSelectElement, KeyboardEvent, KeyboardEventInit, PointerEvent,
    PointerEventInit,
};

use super::query::focused;

/// Presses a key where the focus is. False when the page has taken it for itself.
pub fn press(key: &str) -> bool {
    let init = KeyboardEventInit::new();
    init.set_key(key);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
    let target = focused().map_or_else(|| JsValue::from(document()), JsValue::from);
    EventTarget::from(target).dispatch_event(&event).unwrap()
}

/// Replaces the text of a field.
pub fn type_into(input: &HtmlInputElement, text: &str) {
    input.set_value(text);
    fire(input, "input");
}

/// Chooses an option of a select.
pub fn choose(select: &HtmlSelectElement, value: &str) {
    select.set_value(value);
    fire(select, "change");
}

/// Sends an event that bubbles and can be cancelled. False when it was.
pub fn fire(target: &EventTarget, kind: &str) -> bool {
    let init = EventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    target
        .dispatch_event(&Event::new_with_event_init_dict(kind, &init).unwrap())
        .unwrap()
}

/// Moves a mouse: `pointermove`, `pointerenter`, `pointerleave`.
pub fn point(target: &EventTarget, kind: &str) {
    let init = PointerEventInit::new();
    init.set_bubbles(kind == "pointermove");
    init.set_pointer_type("mouse");
    target
        .dispatch_event(&PointerEvent::new_with_event_init_dict(kind, &init).unwrap())
        .unwrap();
}

/// What goes wrong in a handler of an event: the browser tells the window of it, and nobody else.
pub struct Complaints {
    count: Rc<Cell<u32>>,
    listener: Closure<dyn FnMut()>,
}

impl Complaints {
    /// Listens until it is dropped.
    pub fn watch() -> Self {
        let count = Rc::new(Cell::new(0));
        let counted = count.clone();
        let listener = Closure::<dyn FnMut()>::new(move || counted.set(counted.get() + 1));
        window()
            .add_event_listener_with_callback("error", listener.as_ref().unchecked_ref())
            .unwrap();
        Self { count, listener }
    }

    /// How many there were.
    pub fn count(&self) -> u32 {
        self.count.get()
    }
}

impl Drop for Complaints {
    fn drop(&mut self) {
        let _ = window().remove_event_listener_with_callback("error", self.listener.as_ref().unchecked_ref());
    }
}
