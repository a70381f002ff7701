//! What every part of the console sends requests with: retries for reads, one attempt for writes, one ear for 401.

use std::cell::Cell;
use std::rc::Rc;

use super::{Answer, BodyStream, Transport};
use crate::api::error::ApiError;
use crate::api::request::{Parts, Request};
use crate::api::retry::{Budget, WHOLE_LIMIT_MS, delay_ms};
use crate::browser::clock;

/// Sends requests of one session. Copies share the session, the retry budget and the ear for its end.
#[derive(Clone)]
pub struct Client {
    inner: Rc<Inner>,
}

struct Inner {
    transport: Box<dyn Transport>,
    budget: Cell<Budget>,
    on_unauthorized: Box<dyn Fn(&ApiError)>,
    on_success: Box<dyn Fn()>,
    closed: Cell<bool>,
}

impl Client {
    /// A client that sends by `transport`. `on_unauthorized` hears of every answer that ends the session, `on_success`
    /// of every answer that shows it is good.
    pub fn new(
        transport: impl Transport + 'static,
        on_unauthorized: impl Fn(&ApiError) + 'static,
        on_success: impl Fn() + 'static,
    ) -> Self {
        Self {
            inner: Rc::new(Inner {
                transport: Box::new(transport),
                budget: Cell::new(Budget::default()),
                on_unauthorized: Box::new(on_unauthorized),
                on_success: Box::new(on_success),
                closed: Cell::new(false),
            }),
        }
    }

    /// Sends nothing any more: the session has ended.
    pub fn close(&self) {
        self.inner.closed.set(true);
    }

    /// Sends a request and reads its answer. Reads are tried again (`api::retry`); writes never are.
    ///
    /// # Errors
    /// Whatever went wrong in the last attempt.
    pub async fn send<T>(&self, request: Request<T>) -> Result<T, ApiError> {
        let (parts, decode) = request.into_parts();
        let answer = self.send_parts(&parts).await?;
        decode(&answer.text).map_err(|error| {
            if looks_foreign(&answer.text) {
                ApiError::foreign_answer(answer.status)
            } else {
                error
            }
        })
    }

    /// Sends a read and gives its body as it comes. Once the body has begun, nothing is tried again.
    ///
    /// # Errors
    /// Whatever went wrong in the last attempt.
    pub async fn open_stream<T>(&self, request: Request<T>) -> Result<BodyStream, ApiError> {
        let (parts, _) = request.into_parts();
        let began = clock::ticks_ms();
        for attempt in 1.. {
            let result = if self.inner.closed.get() {
                Err(ApiError::aborted())
            } else {
                self.inner.transport.open(&parts).await
            };
            if let Some(verdict) = self.judge(result, &parts, attempt, began).await {
                return verdict;
            }
        }
        Err(ApiError::aborted())
    }

    async fn send_parts(&self, parts: &Parts) -> Result<Answer, ApiError> {
        let began = clock::ticks_ms();
        for attempt in 1.. {
            let result = if self.inner.closed.get() {
                Err(ApiError::aborted())
            } else {
                self.inner.transport.send(parts).await
            };
            if let Some(verdict) = self.judge(result, parts, attempt, began).await {
                return verdict;
            }
        }
        Err(ApiError::aborted())
    }

    /// Decides about an attempt; `None` = waited, try again.
    async fn judge<T>(
        &self,
        result: Result<T, ApiError>,
        parts: &Parts,
        attempt: u32,
        began: f64,
    ) -> Option<Result<T, ApiError>> {
        let mut budget = self.inner.budget.get();
        let error = match result {
            Ok(answer) => {
                budget.give_back();
                self.inner.budget.set(budget);
                (self.inner.on_success)();
                return Some(Ok(answer));
            }
            Err(error) => error,
        };
        if error.is_unauthorized() && !self.inner.closed.get() {
            (self.inner.on_unauthorized)(&error);
        }
        let wait = delay_ms(attempt, js_sys::Math::random());
        let in_time = clock::ticks_ms() - began + f64::from(wait) < WHOLE_LIMIT_MS;
        if !parts.method.is_read() || !in_time || !budget.take(&error, attempt) {
            return Some(Err(error));
        }
        self.inner.budget.set(budget);
        clock::sleep_ms(wait).await;
        None
    }
}

/// Whether a success that cannot be read came from something else than the API.
fn looks_foreign(text: &str) -> bool {
    text.trim_start().starts_with('<')
}
