//! Owns the switch that moves a server's clock: what is there ages without anybody waiting.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::response::Response;
use serde_json::json;

use crate::app::{App, Backend};
use crate::clock::SECOND;
use crate::errors::ApiError;
use crate::http;

/// `GET /_standin/clock`.
pub async fn show(State(app): State<Arc<App>>) -> Response {
    match &app.backend {
        Some(backend) => ahead(backend),
        None => http::not_found(),
    }
}

/// `POST /_standin/clock`: forward by so many seconds, never back.
pub async fn forward(State(app): State<Arc<App>>, request: Request) -> Response {
    let Some(backend) = &app.backend else {
        return http::not_found();
    };
    let seconds = super::read(request)
        .await
        .ok()
        .and_then(|body| body.get("forward")?.as_u64())
        .and_then(|seconds| i64::try_from(seconds).ok());
    match seconds {
        Some(seconds) => {
            let by = seconds.saturating_mul(SECOND);
            let clock = &backend.clock;
            clock.set_ahead(clock.is_ahead().saturating_add(by));
            ahead(backend)
        }
        None => ApiError::handler(400, "send {\"forward\": 60}: seconds, a whole number").answer(),
    }
}

fn ahead(backend: &Backend) -> Response {
    http::json(200, &json!({ "ahead": backend.clock.is_ahead() / SECOND }))
}
