//! The one-time secret that is on screen. It belongs to the session, not to a page: no change of page loses it.

use leptos::prelude::*;

use crate::domain::secret::Secret;

/// A handle on the secret that is shown.
#[derive(Clone, Copy)]
pub struct Secrets {
    /// The secret. Not in a signal, whose value every reader could copy.
    held: StoredValue<Option<Secret>, LocalStorage>,
    open: RwSignal<bool>,
    after: StoredValue<Option<Callback<()>>>,
}

impl Secrets {
    /// None.
    pub fn new() -> Self {
        Self {
            held: StoredValue::new_local(None),
            open: RwSignal::new(false),
            after: StoredValue::new(None),
        }
    }

    /// Shows a secret. `after` runs when the reader has saved it and it is gone.
    pub fn show(self, secret: Secret, after: Option<Callback<()>>) {
        self.held.try_set_value(Some(secret));
        self.after.try_set_value(after);
        self.open.try_set(true);
    }

    /// Whether one is on screen, tracked.
    pub fn is_open(self) -> bool {
        self.open.get()
    }

    /// Looks at it.
    pub fn with<T>(self, look: impl FnOnce(&Secret) -> T) -> Option<T> {
        self.held.try_with_value(|held| held.as_ref().map(look)).flatten()
    }

    /// Forgets it: its text is overwritten. What was to follow follows.
    pub fn close(self) {
        self.held.try_update_value(Option::take);
        self.open.try_set(false);
        if let Some(after) = self.after.try_update_value(Option::take).flatten() {
            after.try_run(());
        }
    }
}

impl Default for Secrets {
    fn default() -> Self {
        Self::new()
    }
}
