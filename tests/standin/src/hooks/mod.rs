//! Owns `/_standin`: what tests switch and look at. NetBird has nothing like it and the console must not know it.

mod clock;
pub mod faults;
pub mod log;

use std::sync::Arc;
use std::sync::atomic::Ordering;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};

use crate::api::instance;
use crate::app::{App, Backend, blocking};
use crate::errors::ApiError;
use crate::store::{identities, users};
use crate::{auth, http, seed};

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};

/// Where the switches are.
pub const BASE: &str = "/_standin";

const BODY_LIMIT: usize = 1 << 20;

/// The switches' part of the router.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/faults", get(list_faults).post(add_fault).delete(clear_faults))
        .route("/requests", get(list_requests).delete(clear_requests))
        .route("/people", get(people))
        .route("/clock", get(clock::show).post(clock::forward))
        .route("/redirect-uris", post(add_redirect))
        .route("/reset", post(reset))
        .fallback(async || http::not_found())
}

/// Writes every request but the switches' own into the log, and plays the faults.
pub async fn watch(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path.starts_with(BASE) {
        return next.run(request).await;
    }
    let scheme = auth::scheme(http::header(request.headers(), AUTHORIZATION));
    let entry = app
        .log
        .begin(request.method().as_str(), path, request.uri().query(), scheme);
    let response = match app.faults.take(request.method(), path) {
        Some(fault) => fault.play(request, next).await,
        None => next.run(request).await,
    };
    app.log.finish(entry, response.status().as_u16(), app.print);
    response
}

async fn list_faults(State(app): State<Arc<App>>) -> Response {
    http::json(200, &app.faults.list())
}

async fn add_fault(State(app): State<Arc<App>>, request: Request) -> Response {
    match read(request)
        .await
        .and_then(|body| serde_json::from_value(body).map_err(|error| error.to_string()))
    {
        Ok(fault) => {
            app.faults.add(fault);
            http::json(200, &app.faults.list())
        }
        Err(error) => ApiError::handler(400, error).answer(),
    }
}

async fn clear_faults(State(app): State<Arc<App>>) -> Response {
    app.faults.clear();
    http::json(200, &json!([]))
}

async fn list_requests(State(app): State<Arc<App>>) -> Response {
    http::json(200, &app.log.list())
}

async fn clear_requests(State(app): State<Arc<App>>) -> Response {
    app.log.clear();
    http::json(200, &json!([]))
}

async fn people(State(app): State<Arc<App>>) -> Response {
    match app.backend.clone() {
        Some(backend) => blocking(move || answer(offered(&backend))).await,
        None => http::json(200, &json!([])),
    }
}

/// The people of the demo data who are still there.
fn offered(backend: &Backend) -> Result<Value, ApiError> {
    backend.database.transaction(|db| {
        let mut out = Vec::new();
        for (identity, token) in identities::offered(db)? {
            let user = users::find(db, &identity.id)?;
            out.push(json!({
                "id": identity.id,
                "name": identity.name,
                "email": identity.email,
                "password": identity.password_hash.map(|_| seed::PASSWORD),
                "token": token,
                "role": user.as_ref().map(|user| user.role.name()),
                "blocked": user.as_ref().is_some_and(|user| user.blocked),
                "pending": user.as_ref().is_some_and(|user| user.pending),
            }));
        }
        Ok(out.into())
    })
}

async fn add_redirect(State(app): State<Arc<App>>, request: Request) -> Response {
    let uri = read(request)
        .await
        .ok()
        .and_then(|body| body.get("uri")?.as_str().map(str::to_owned));
    match (&app.backend, uri) {
        (Some(backend), Some(uri)) => {
            backend.register_redirect(uri);
            http::json(200, &json!({}))
        }
        _ => ApiError::handler(400, "send {\"uri\": \"http://…/callback\"}").answer(),
    }
}

async fn reset(State(app): State<Arc<App>>) -> Response {
    app.faults.clear();
    app.log.clear();
    let Some(backend) = app.backend.clone() else {
        return http::json(200, &json!([]));
    };
    blocking(move || {
        let sown = backend
            .database
            .transaction(|db| {
                seed::sow_again(db, backend.seed, backend.idp)?;
                backend
                    .setup_required
                    .store(instance::is_setup_required(db)?, Ordering::Relaxed);
                Ok(())
            })
            .map_err(|error: rusqlite::Error| ApiError::from(error));
        backend.clock.set_ahead(backend.started_ahead);
        backend.limits.forget();
        backend.token_endpoint_is_stuck.store(false, Ordering::Relaxed);
        answer(sown.and_then(|()| offered(&backend)))
    })
    .await
}

fn answer(outcome: Result<Value, ApiError>) -> Response {
    match outcome {
        Ok(value) => http::json(200, &value),
        Err(error) => error.answer(),
    }
}

/// A JSON body. The content type is asked for so that a page of another origin cannot send one without a preflight,
/// which is never answered here.
async fn read(request: Request) -> Result<Value, String> {
    let content_type = http::header(request.headers(), CONTENT_TYPE).unwrap_or_default();
    if !content_type.starts_with("application/json") {
        return Err("send application/json".to_owned());
    }
    let body = axum::body::to_bytes(request.into_body(), BODY_LIMIT)
        .await
        .map_err(|error| error.to_string())?;
    serde_json::from_slice(&body).map_err(|error| error.to_string())
}
