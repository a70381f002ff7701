//! One thing read from the server and kept: its value, how old it is, and what went wrong last.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::{spawn_local, spawn_local_scoped_with_cancellation};

use crate::api::error::ApiError;
use crate::browser::clock;

/// How a read stands. The value is kept beside it: a failure never empties what was already there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// Nothing was asked for yet.
    Idle,
    /// Asked, no answer yet.
    Loading,
    /// The value is the answer to the last question.
    Ready,
    /// The last question was not answered.
    Failed(ApiError),
}

/// A value read from the server. Copies are handles on the same value; make it where it should outlive pages.
pub struct Query<T: Send + Sync + 'static> {
    value: RwSignal<Option<Arc<T>>>,
    status: RwSignal<Status>,
    as_of: RwSignal<Option<f64>>,
    generation: StoredValue<u32>,
}

impl<T: Send + Sync + 'static> Clone for Query<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Query<T> {}

impl<T: Send + Sync + 'static> Default for Query<T> {
    fn default() -> Self {
        Self {
            value: RwSignal::new(None),
            status: RwSignal::new(Status::Idle),
            as_of: RwSignal::new(None),
            generation: StoredValue::new(0),
        }
    }
}

impl<T: Send + Sync + 'static> Query<T> {
    /// The value, tracked.
    pub fn get(self) -> Option<Arc<T>> {
        self.value.get()
    }

    /// The value, not tracked.
    pub fn get_untracked(self) -> Option<Arc<T>> {
        self.value.try_get_untracked().flatten()
    }

    /// How the last read stands, tracked.
    pub fn status(self) -> Status {
        self.status.get()
    }

    /// When the value was read, in milliseconds since 1970, tracked.
    pub fn as_of(self) -> Option<f64> {
        self.as_of.get()
    }

    /// Whether anything was asked for, not tracked.
    pub fn is_idle(self) -> bool {
        self.status
            .try_get_untracked()
            .is_none_or(|status| status == Status::Idle)
    }

    /// Puts a value there that is known without asking: the answer of a write. A read that began before knows nothing of
    /// it, so it no longer counts.
    pub fn set(self, value: T) {
        self.next_generation();
        self.value.try_set(Some(Arc::new(value)));
        answered(self.status);
    }

    /// Reads once more. Only the newest read counts; an older answer that comes late is dropped.
    pub fn run(self, fetch: impl Future<Output = Result<T, ApiError>> + 'static) {
        self.run_boxed(Box::pin(fetch));
    }

    /// Reads once more for one page alone: when the effect around it runs again or its page goes, the read is given up.
    pub fn run_here(self, fetch: impl Future<Output = Result<T, ApiError>> + 'static) {
        let Some(generation) = self.next_generation() else {
            return;
        };
        self.status.try_set(Status::Loading);
        spawn_local_scoped_with_cancellation(async move {
            let answer = fetch.await;
            self.keep(generation, answer);
        });
    }

    /// Compiled once for each value, not for each way to fetch one.
    fn run_boxed(self, fetch: Pin<Box<dyn Future<Output = Result<T, ApiError>>>>) {
        let Some(generation) = self.next_generation() else {
            return;
        };
        self.status.try_set(Status::Loading);
        spawn_local(async move {
            let answer = fetch.await;
            self.keep(generation, answer);
        });
    }

    /// Takes an answer, unless a newer question was asked meanwhile.
    fn keep(self, generation: u32, answer: Result<T, ApiError>) {
        if self.generation.try_get_value() != Some(generation) {
            return;
        }
        match answer {
            Ok(value) => {
                self.value.try_set(Some(Arc::new(value)));
                self.as_of.try_set(Some(clock::now_ms()));
                self.status.try_set(Status::Ready);
            }
            Err(error) => {
                self.status.try_set(Status::Failed(error));
            }
        }
    }

    fn next_generation(self) -> Option<u32> {
        self.generation.try_update_value(|generation| {
            *generation = generation.wrapping_add(1);
            *generation
        })
    }
}

/// Nobody waits any longer. Compiled once, not for each value.
fn answered(status: RwSignal<Status>) {
    if status.try_with_untracked(|status| *status == Status::Loading) == Some(true) {
        status.try_set(Status::Ready);
    }
}
