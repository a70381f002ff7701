//! Sending by the browser's fetch: credentials only to the API, a time limit on each attempt.

use std::cell::RefCell;

use gloo_net::http::{Method as HttpMethod, RequestBuilder, Response};
use wasm_bindgen::JsCast;
use web_sys::RequestCredentials;

use super::stream::BodyStream;
use super::{Answer, Later, Transport};
use crate::api::error::ApiError;
use crate::api::request::{Method, Parts};
use crate::browser::abort::Attempt;
use crate::browser::boot::Prefetch;

/// Where requests go, and with what.
pub struct Target {
    /// Origin of the management API; empty = the page's own.
    pub api: String,
    /// The whole `Authorization` header; `None` where a proxy in front adds it.
    pub authorization: Option<String>,
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
        let path = parts.path.clone()?;
        let method = match parts.method {
            Method::Get => HttpMethod::GET,
            Method::Post => HttpMethod::POST,
            Method::Put => HttpMethod::PUT,
            Method::Delete => HttpMethod::DELETE,
        };
        let mut builder = RequestBuilder::new(&[self.target.api.as_str(), path.as_str()].concat())
            .method(method)
            .abort_signal(attempt.signal().as_ref());
        // With a token in the header no cookie is wanted; behind a proxy the proxy's own cookie is what signs in.
        builder = match &self.target.authorization {
            Some(value) => builder
                .header("Authorization", value)
                .credentials(RequestCredentials::Omit),
            None => builder.credentials(RequestCredentials::SameOrigin),
        };
        let response = match &parts.body {
            Some(body) => match builder.header("Content-Type", "application/json").body(body.as_str()) {
                Ok(request) => request.send().await,
                Err(error) => Err(error),
            },
            None => builder.send().await,
        };
        response.map_err(|error| failed(&error, attempt))
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
        match wasm_bindgen_futures::JsFuture::from(early.response).await {
            Ok(response) => Some(Ok((
                Response::from(response.unchecked_into::<web_sys::Response>()),
                attempt,
            ))),
            Err(_) if attempt.is_over_time() => Some(Err(ApiError::timeout())),
            Err(_) => Some(Err(ApiError::offline(""))),
        }
    }
}

impl Transport for FetchTransport {
    fn send<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<Answer, ApiError>> {
        Box::pin(async move {
            let attempt = Attempt::begin(parts.limit_ms);
            let response = self.fetch(parts, &attempt).await?;
            let status = response.status();
            let text = response.text().await.map_err(|error| failed(&error, &attempt))?;
            attempt.finish();
            if response.ok() {
                Ok(Answer { status, text })
            } else {
                Err(ApiError::from_answer(status, &text))
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
                let text = response.text().await.unwrap_or_default();
                return Err(ApiError::from_answer(response.status(), &text));
            }
            let html = response
                .headers()
                .get("content-type")
                .is_some_and(|kind| kind.contains("text/html"));
            if html {
                return Err(ApiError::foreign_answer(response.status()));
            }
            BodyStream::new(response.body(), attempt)
        })
    }
}

/// Tells an attempt that took too long from one that never got through.
fn failed(error: &gloo_net::Error, attempt: &Attempt) -> ApiError {
    if attempt.is_over_time() {
        ApiError::timeout()
    } else {
        ApiError::offline(&error.to_string())
    }
}
