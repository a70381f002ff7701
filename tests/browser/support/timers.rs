//! A clock that the test turns: `setTimeout` and `clearTimeout` of the page, replaced for the time of one test.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{Function, Reflect};
use leptos::prelude::window;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

type SetTimeout = dyn FnMut(Function, i32) -> u32;
type Waiting = Rc<RefCell<Vec<(u32, i32, Function)>>>;

/// Holds every timer until the test fires it. The real ones are back when it is dropped.
pub struct Timers {
    waiting: Waiting,
    real: [JsValue; 2],
    _set: Closure<SetTimeout>,
    _clear: Closure<dyn FnMut(u32)>,
}

impl Timers {
    /// Takes the place of the real ones.
    pub fn hold() -> Self {
        let waiting = Waiting::default();
        let mut next = 1_000_000;
        let set = {
            let waiting = waiting.clone();
            Closure::<SetTimeout>::new(move |callback, delay| {
                next += 1;
                waiting.borrow_mut().push((next, delay, callback));
                next
            })
        };
        let clear = {
            let waiting = waiting.clone();
            Closure::<dyn FnMut(u32)>::new(move |id| waiting.borrow_mut().retain(|(other, ..)| *other != id))
        };
        let real = ["setTimeout", "clearTimeout"].map(|name| Reflect::get(&window(), &name.into()).unwrap());
        Reflect::set(&window(), &"setTimeout".into(), set.as_ref().unchecked_ref()).unwrap();
        Reflect::set(&window(), &"clearTimeout".into(), clear.as_ref().unchecked_ref()).unwrap();
        Self {
            waiting,
            real,
            _set: set,
            _clear: clear,
        }
    }

    /// Whether something waits for exactly so many milliseconds.
    pub fn has(&self, delay: i32) -> bool {
        self.waiting.borrow().iter().any(|(_, other, _)| *other == delay)
    }

    /// The time is over for everything that waits for so many milliseconds.
    pub fn fire(&self, delay: i32) {
        let due: Vec<_> = {
            let mut waiting = self.waiting.borrow_mut();
            let due = waiting
                .iter()
                .filter(|(_, other, _)| *other == delay)
                .cloned()
                .collect();
            waiting.retain(|(_, other, _)| *other != delay);
            due
        };
        for (_, _, callback) in due {
            callback.call0(&JsValue::UNDEFINED).unwrap();
        }
    }
}

impl Drop for Timers {
    fn drop(&mut self) {
        let [set, clear] = &self.real;
        Reflect::set(&window(), &"setTimeout".into(), set).unwrap();
        Reflect::set(&window(), &"clearTimeout".into(), clear).unwrap();
    }
}
