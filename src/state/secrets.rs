//! The one-time secrets that are on screen, one after the other. They belong to the session, not to a page: no change of
//! page loses one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock;
use crate::domain::secret::Secret;

/// A secret, and what follows when it is saved.
type Held = (Secret, Option<Callback<()>>);

/// A handle on the secrets.
#[derive(Clone, Copy)]
pub struct Secrets {
    /// The secret on screen, and those that wait until it is saved. Not in a signal, whose value every reader could copy.
    held: StoredValue<Vec<Held>, LocalStorage>,
    open: RwSignal<bool>,
    /// What waits until none is left: the end of the session.
    then: StoredValue<Vec<Callback<()>>>,
}

impl Secrets {
    /// None.
    pub fn new() -> Self {
        Self {
            held: StoredValue::new_local(Vec::new()),
            open: RwSignal::new(false),
            then: StoredValue::new(Vec::new()),
        }
    }

    /// Runs what would take the secrets off the screen: at once, or when all of them are saved.
    pub fn when_saved(self, run: Callback<()>) {
        if self.waiting() == 0 {
            run.try_run(());
        } else {
            self.then.try_update_value(|then| then.push(run));
        }
    }

    /// Shows a secret, after those that are not saved yet. `after` runs when the reader has saved it and it is gone.
    pub fn show(self, secret: Secret, after: Option<Callback<()>>) {
        self.held.try_update_value(|held| held.push((secret, after)));
        if self.waiting() == 1 {
            self.open.try_set(true);
        }
    }

    /// Whether one is on screen, tracked.
    pub fn is_open(self) -> bool {
        self.open.get()
    }

    /// Looks at the one on screen.
    pub fn with<T>(self, look: impl FnOnce(&Secret) -> T) -> Option<T> {
        self.held
            .try_with_value(|held| held.first().map(|(secret, _)| look(secret)))
            .flatten()
    }

    /// Forgets the one on screen: its text is overwritten. What was to follow follows, and the next one shows.
    pub fn close(self) {
        let closed = self
            .held
            .try_update_value(|held| (!held.is_empty()).then(|| held.remove(0)))
            .flatten();
        let Some((secret, after)) = closed else { return };
        drop(secret);
        self.open.try_set(false);
        if self.waiting() > 0 {
            spawn_local(async move {
                // Its dialog is another: that of the last one is gone by then, with all that was in it.
                clock::next_frame().await;
                self.open.try_set(true);
            });
        }
        if let Some(after) = after {
            after.try_run(());
        }
        if self.waiting() == 0 {
            for run in self.then.try_update_value(std::mem::take).unwrap_or_default() {
                run.try_run(());
            }
        }
    }

    fn waiting(self) -> usize {
        self.held.try_with_value(Vec::len).unwrap_or_default()
    }
}

impl Default for Secrets {
    fn default() -> Self {
        Self::new()
    }
}
