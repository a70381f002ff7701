//! Whether single keys do something. Who speaks to their computer, or types by accident, can switch them off
//! (WCAG 2.1.4); the choice stays in the browser.

use leptos::prelude::*;

use crate::browser::storage;

/// The key in the browser's storage.
const STORAGE_KEY: &str = "roost.shortcuts";
const OFF: &str = "off";

/// A handle on the choice.
#[derive(Clone, Copy)]
pub struct Shortcuts(RwSignal<bool>);

impl Shortcuts {
    /// What was chosen in this browser: on, unless they were switched off.
    pub fn stored() -> Self {
        let stored = storage::get(storage::browser().as_ref(), STORAGE_KEY);
        Self(RwSignal::new(stored.as_deref() != Some(OFF)))
    }

    /// Whether they are on, tracked.
    pub fn are_on(self) -> bool {
        self.0.get()
    }

    /// The same, for handlers.
    pub fn are_on_now(self) -> bool {
        self.0.try_get_untracked() == Some(true)
    }

    /// Switches them: at once, and for the next time.
    pub fn switch(self, on: bool) {
        let browser = storage::browser();
        if on {
            storage::remove(browser.as_ref(), STORAGE_KEY);
        } else {
            storage::set(browser.as_ref(), STORAGE_KEY, OFF);
        }
        self.0.set(on);
    }
}
