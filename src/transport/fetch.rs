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
    prefetch: RefCell<Option<Prefetch>>,
}

impl FetchTransport {
    /// Sends to `target`. A list that was asked for before the program was there is taken instead of asking again.
    pub fn new(target: Target, prefetch: Option<Prefetch>) -> Self {
        Self {
            target,
            prefetch: RefCell::new(prefetch),
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

    /// The list that is on its way already, if it is this one.
    async fn adopt(&self, parts: &Parts) -> Option<Result<(Response, Attempt), ApiError>> {
        let path = parts.path.as_ref().ok()?;
        let wanted = self
            .prefetch
            .borrow()
            .as_ref()
            .is_some_and(|early| parts.method.is_read() && *path == early.path);
        let early = if wanted {
            self.prefetch.borrow_mut().take()?
        } else {
            return None;
        };
        let attempt = Attempt::with(early.controller, parts.limit_ms);
        let answer = fetch::received(JsFuture::from(early.response).await);
        Some(match answer {
            Ok(response) => Ok((response, attempt)),
            Err(detail) => Err(failed(&detail, &attempt)),
        })
    }
}

impl Transport for FetchTransport {
    fn send<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<Answer, ApiError>> {
        Box::pin(async move {
            let attempt = Attempt::begin(parts.limit_ms);
            let response = self.fetch(parts, &attempt).await?;
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
            let (response, attempt) = match self.adopt(parts).await {
                Some(adopted) => adopted?,
                None => {
                    let attempt = Attempt::begin(parts.limit_ms);
                    (self.fetch(parts, &attempt).await?, attempt)
                }
            };
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
