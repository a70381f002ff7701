//! What every part of the console sends requests with: retries for reads, one attempt for writes, one ear for 401, one for 403.

use std::cell::{Cell, OnceCell};
use std::rc::Rc;

use zeroize::Zeroizing;

use super::{BodyStream, Transport};
use crate::api::error::{ApiError, ErrorKind};
use crate::api::request::{Parts, Request};
use crate::api::retry::{Budget, WHOLE_LIMIT_MS, attempt_limit_ms, delay_ms};
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
    on_forbidden: OnceCell<Box<dyn Fn()>>,
    closed: Cell<bool>,
    /// Requests on their way, up to the head of their answer.
    on_the_way: Cell<u32>,
}

/// How long a request that is to be alone waits between two looks at those on their way.
const LOOK_AGAIN_MS: u32 = 10;

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
                on_forbidden: OnceCell::new(),
                closed: Cell::new(false),
                on_the_way: Cell::new(0),
            }),
        }
    }

    /// From now on `forbidden` hears of every write that the server did not allow: what is on screen of the caller's
    /// permissions is out of date. The first one stays.
    pub fn hear_forbidden(&self, forbidden: impl Fn() + 'static) {
        let _ = self.inner.on_forbidden.set(Box::new(forbidden));
    }

    /// Sends nothing any more: the session has ended.
    pub fn close(&self) {
        self.inner.closed.set(true);
    }

    /// Sends a write once, with nothing beside it: what is on its way is waited for, and what is asked for meanwhile is
    /// refused. No one hears of the end of the session by its answer. Afterwards nothing is sent any more, until
    /// [`Client::reopen`].
    ///
    /// # Errors
    /// Whatever went wrong.
    pub async fn send_alone<T>(&self, request: Request<T>) -> Result<T, ApiError> {
        self.close();
        while self.inner.on_the_way.get() > 0 {
            clock::sleep_ms(LOOK_AGAIN_MS).await;
        }
        let (parts, decode) = request.into_parts();
        let answer = self.inner.transport.send(&parts).await?;
        decode(&Zeroizing::new(answer.text))
    }

    /// Goes on after [`Client::send_alone`].
    pub fn reopen(&self) {
        self.inner.closed.set(false);
    }

    /// Sends a request and reads its answer. Reads are tried again (`api::retry`); writes never are.
    ///
    /// # Errors
    /// Whatever went wrong in the last attempt.
    pub async fn send<T>(&self, request: Request<T>) -> Result<T, ApiError> {
        let (mut parts, decode) = request.into_parts();
        let mut trial = Trial::begin(&parts);
        let answer = loop {
            self.is_open()?;
            let counted = Counted::one_more(&self.inner.on_the_way);
            let result = self.inner.transport.send(trial.parts(&mut parts)).await;
            drop(counted);
            if let Some(verdict) = self.judge(result, &mut trial).await {
                break verdict?;
            }
        };
        // Some answers hold a secret; no text of an answer is left in memory.
        let text = Zeroizing::new(answer.text);
        decode(&text).map_err(|error| {
            if looks_foreign(&text) {
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
        let (mut parts, _) = request.into_parts();
        let mut trial = Trial::begin(&parts);
        loop {
            self.is_open()?;
            let counted = Counted::one_more(&self.inner.on_the_way);
            let result = self.inner.transport.open(trial.parts(&mut parts)).await;
            drop(counted);
            if let Some(verdict) = self.judge(result, &mut trial).await {
                return verdict;
            }
        }
    }

    /// Nothing is sent after the end of the session, and what comes then is for nobody.
    fn is_open(&self) -> Result<(), ApiError> {
        if self.inner.closed.get() {
            Err(ApiError::aborted())
        } else {
            Ok(())
        }
    }

    /// Decides about an attempt; `None` = waited, try again.
    async fn judge<T>(&self, result: Result<T, ApiError>, trial: &mut Trial) -> Option<Result<T, ApiError>> {
        if let Err(closed) = self.is_open() {
            return Some(Err(closed));
        }
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
        match error.kind {
            ErrorKind::Unauthorized => (self.inner.on_unauthorized)(&error),
            // Who is told that they may not has been recognised.
            ErrorKind::Forbidden => {
                (self.inner.on_success)();
                if let (false, Some(forbidden)) = (trial.is_read, self.inner.on_forbidden.get()) {
                    forbidden();
                }
            }
            _ => {}
        }
        let wait = delay_ms(trial.attempt, js_sys::Math::random());
        let in_time = trial.elapsed_ms() + f64::from(wait) < WHOLE_LIMIT_MS;
        if !trial.is_read || !in_time || !budget.take(&error, trial.attempt) {
            return Some(Err(error));
        }
        self.inner.budget.set(budget);
        clock::sleep_ms(wait).await;
        trial.attempt += 1;
        None
    }
}

/// Counts a request for as long as it lives: one that is given up is no longer on its way.
struct Counted<'a>(&'a Cell<u32>);

impl<'a> Counted<'a> {
    fn one_more(count: &'a Cell<u32>) -> Self {
        count.set(count.get() + 1);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.set(self.0.get().saturating_sub(1));
    }
}

/// The attempts of one request.
struct Trial {
    attempt: u32,
    began: f64,
    limit_ms: u32,
    is_read: bool,
}

impl Trial {
    fn begin(parts: &Parts) -> Self {
        Self {
            attempt: 1,
            began: clock::ticks_ms(),
            limit_ms: parts.limit_ms,
            is_read: parts.method.is_read() && !parts.once,
        }
    }

    fn elapsed_ms(&self) -> f64 {
        clock::ticks_ms() - self.began
    }

    /// The request, with the time that the present attempt may take.
    fn parts<'a>(&self, parts: &'a mut Parts) -> &'a Parts {
        parts.limit_ms = attempt_limit_ms(self.limit_ms, self.elapsed_ms());
        parts
    }
}

/// Whether a success that cannot be read came from something else than the API.
fn looks_foreign(text: &str) -> bool {
    text.trim_start().starts_with('<')
}
