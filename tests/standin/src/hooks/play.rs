//! Owns how a fault is played: what a call gets instead of its answer, or what becomes of it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_LENGTH,
    CONTENT_TYPE, HeaderValue, RETRY_AFTER,
};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt, stream};
use serde_json::Value;

use super::faults::{Fault, Taken};
use super::kind::Kind;
use super::meanwhile;
use super::transform::Transform;
use crate::app::App;
use crate::errors::ApiError;
use crate::wire::Handle;
use crate::{http, json};

/// The largest answer that can be cut short or changed.
const LIMIT: usize = 256 << 20;
/// So long the first half of a cut answer has to leave, and a busy page to read it: browsers throw away what a page has
/// not read yet when the connection breaks.
const HALF_WAY: Duration = Duration::from_secs(1);

/// How a call ended.
pub struct Played {
    pub response: Response,
    /// The connection breaks before anything of the response is written.
    pub is_reset: bool,
    /// What happened, for the log.
    pub words: String,
}

/// Answers a call as the fault has it.
pub async fn play(app: &Arc<App>, taken: Taken, wire: Option<Handle>, request: Request, next: Next) -> Played {
    let Taken { fault, wait } = taken;
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
    let is_reset = fault.kind.is_reset();
    let mut words = fault.words();
    let response = match fault.kind {
        Kind::Truncated => open(cut_short(next.run(request).await).await),
        Kind::NoCors => closed(next.run(request).await),
        Kind::Delay | Kind::ResetAfter => next.run(request).await,
        Kind::Change => {
            let response = next.run(request).await;
            if let Some(change) = fault.change {
                words = format!("{words}: {}", meanwhile::happen(app, change).await);
            }
            response
        }
        kind => match kind.transform() {
            Some(transform) => changed(next.run(request).await, transform, fault.field.as_deref()).await,
            None => {
                read_whole(request).await;
                open(instead(fault).await)
            }
        },
    };
    if let Some(wire) = wire.filter(|_| is_reset) {
        wire.reset();
    }
    Played {
        response,
        is_reset,
        words,
    }
}

/// What is answered without asking the server.
async fn instead(fault: Fault) -> Response {
    match fault.kind {
        Kind::Hang => std::future::pending().await,
        Kind::Garbage => {
            let body = fault.body.unwrap_or_else(|| "[{\"id\":\"a\",\"name\":".to_owned());
            http::with_type(200, http::API_JSON, body)
        }
        Kind::Html => http::html(
            200,
            "<!doctype html><title>Hotel</title><h1>Welcome to our network</h1>".to_owned(),
        ),
        Kind::Status => status(fault),
        _ => http::with_type(200, http::API_JSON, Body::empty()),
    }
}

fn status(fault: Fault) -> Response {
    let status = fault.status.unwrap_or(500);
    let mut response = match (fault.body, status) {
        (Some(body), _) => http::with_type(status, http::API_JSON, body),
        (None, 500) => ApiError::internal().answer(),
        (None, 429) => ApiError::handler(429, "too many requests").answer(),
        (None, _) => ApiError::handler(status, "switched on by a test").answer(),
    };
    if let Some(seconds) = fault.retry_after {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

/// Pages of other origins may read what is no answer of the server: a proxy in front would let them, too.
fn open(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    response
}

fn closed(mut response: Response) -> Response {
    for name in [
        ACCESS_CONTROL_ALLOW_ORIGIN,
        ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_HEADERS,
    ] {
        response.headers_mut().remove(name);
    }
    response
}

/// Reads what was sent along: a connection with unread bytes is reset, and a long answer is lost with it.
async fn read_whole(request: Request) {
    let _ = axum::body::to_bytes(request.into_body(), LIMIT).await;
}

/// The answer with its JSON changed; one that is no JSON stays as it is.
async fn changed(response: Response, transform: Transform, field: Option<&str>) -> Response {
    let (mut parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, LIMIT).await.unwrap_or_default();
    let Ok(mut value) = serde_json::from_slice::<Value>(&body) else {
        return Response::from_parts(parts, body.into());
    };
    transform.apply(&mut value, field);
    parts.headers.remove(CONTENT_LENGTH);
    Response::from_parts(parts, json::line(&value).into())
}

/// Sends half of a body and then breaks the connection.
async fn cut_short(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, LIMIT).await.unwrap_or_default();
    let half = body.slice(..body.len() / 2);
    let cut = std::io::Error::from(std::io::ErrorKind::ConnectionAborted);
    let first = stream::once(async move { Ok::<Bytes, std::io::Error>(half) });
    // What has not left yet when the connection breaks is never sent, and a browser repeats a call that got no byte.
    let end = stream::once(async move {
        tokio::time::sleep(HALF_WAY).await;
        Err(cut)
    });
    let body_cut = Body::from_stream(first.chain(end));
    let mut response = http::with_type(parts.status.as_u16(), http::API_JSON, body_cut);
    if let Some(content_type) = parts.headers.get(CONTENT_TYPE) {
        response.headers_mut().insert(CONTENT_TYPE, content_type.clone());
    }
    response
        .headers_mut()
        .insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    response
}
