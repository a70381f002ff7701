//! Sending by the browser's fetch: credentials only to the API, a time limit on each attempt.

use std::cell::RefCell;
use std::sync::{Arc, Mutex, PoisonError};

use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCredentials, Response};

use super::stream::BodyStream;
use super::{Answer, Later, Transport};
use crate::api::error::ApiError;
use crate::api::request::Parts;
use crate::browser::abort::Attempt;
use crate::browser::boot::Prefetch;
use crate::browser::fetch::{self, Call};

/// The whole `Authorization` header; `None` where a proxy in front adds it. Copies are the same: a session that is renewed
/// while the page is open changes it for all that is sent from then on.
#[derive(Clone)]
pub struct Credential(Arc<Mutex<Option<String>>>);

impl Credential {
    /// One that says `authorization`.
    pub fn new(authorization: Option<String>) -> Self {
        Self(Arc::new(Mutex::new(authorization)))
    }

    /// From now on it says `authorization`.
    pub fn set(&self, authorization: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(authorization);
    }

    fn get(&self) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// Where requests go, and with what.
pub struct Target {
    /// Origin of the management API; empty = the page's own.
    pub api: String,
    /// What goes along.
    pub credential: Credential,
    /// Whether the page's own cookies go along: a proxy in front knows by them who asks.
    pub cookies: bool,
}

/// Sends by `fetch`.
pub struct FetchTransport {
    target: Target,
    early: RefCell<Vec<Prefetch>>,
}

impl FetchTransport {
    /// Sends to `target`. What was asked for before the program was there is taken instead of asking again, once.
    pub fn new(target: Target, early: Vec<Prefetch>) -> Self {
        Self {
            target,
            early: RefCell::new(early),
        }
    }

    async fn fetch(&self, parts: &Parts, attempt: &Attempt) -> Result<Response, ApiError> {
        let path = parts.path.as_ref().map_err(Clone::clone)?;
        let url = [self.target.api.as_str(), path.as_str()].concat();
        let mut headers = Vec::new();
        let authorization = self.target.credential.get();
        if let Some(value) = &authorization {
            headers.push(("Authorization", value.as_str()));
        }
        let credentials = if self.target.cookies {
            RequestCredentials::SameOrigin
        } else {
            RequestCredentials::Omit
        };
        if parts.body.is_some() {
            headers.push(("Content-Type", "application/json"));
        }
        let call = Call {
            method: parts.method.as_str(),
            url: &url,
            headers: &headers,
            body: parts.body.as_deref(),
            credentials,
        };
        fetch::fetch(&call, attempt)
            .await
            .map_err(|detail| failed(&detail, attempt))
    }

    /// The answer that is on its way already, else a new one.
    async fn answer(&self, parts: &Parts) -> Result<(Response, Attempt), ApiError> {
        if let Some(early) = self.adopt(parts) {
            let attempt = Attempt::with(early.controller, parts.limit_ms);
            let answer = fetch::received(JsFuture::from(early.response).await);
            return match answer {
                Ok(response) => Ok((response, attempt)),
                Err(detail) => Err(failed(&detail, &attempt)),
            };
        }
        let attempt = Attempt::begin(parts.limit_ms);
        Ok((self.fetch(parts, &attempt).await?, attempt))
    }

    fn adopt(&self, parts: &Parts) -> Option<Prefetch> {
        let path = parts.path.as_ref().ok()?;
        let mut early = self.early.borrow_mut();
        let at = early
            .iter()
            .position(|early| parts.method.is_read() && early.path == *path)?;
        Some(early.swap_remove(at))
    }
}

impl Transport for FetchTransport {
    fn send<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<Answer, ApiError>> {
        Box::pin(async move {
            let (response, attempt) = self.answer(parts).await?;
            let status = response.status();
            let text = fetch::body_text(&response)
                .await
                .map_err(|detail| failed(&detail, &attempt))?;
            attempt.finish();
            if response.ok() {
                Ok(Answer { status, text })
            } else {
                let mut error = ApiError::from_answer(status, &text);
                let header = response.headers().get("Retry-After").ok().flatten();
                // A date is no number: then the page goes by what it knows of the server.
                error.retry_after_s = header.and_then(|text| text.parse().ok());
                Err(error)
            }
        })
    }

    fn open<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<BodyStream, ApiError>> {
        Box::pin(async move {
            let (response, attempt) = self.answer(parts).await?;
            if !response.ok() {
                let text = fetch::body_text(&response).await.unwrap_or_default();
                return Err(ApiError::from_answer(response.status(), &text));
            }
            let kind = response.headers().get("content-type").ok().flatten();
            let html = kind.is_some_and(|kind| kind.contains("text/html"));
            if html {
                return Err(ApiError::foreign_answer(response.status()));
            }
            BodyStream::new(response.body(), attempt)
        })
    }
}

/// Tells an attempt that took too long from one that never got through.
fn failed(detail: &str, attempt: &Attempt) -> ApiError {
    if attempt.is_over_time() {
        ApiError::timeout()
    } else {
        ApiError::offline(detail)
    }
}
