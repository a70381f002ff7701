//! Owns `/_standin`: what tests switch and look at. NetBird has nothing like it and the console must not know it.

pub mod chaos;
mod clock;
pub mod conditions;
pub mod faults;
mod forms;
mod guard;
mod kind;
pub mod log;
mod meanwhile;
mod page;
mod play;
pub mod repeats;
mod switches;
mod transform;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Path, Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{delete, get, post};
use serde_json::{Value, json};

use self::faults::{Fault, Taken};
use self::kind::Kind;
use self::play::Played;
use crate::app::{App, Backend, blocking};
use crate::errors::ApiError;
use crate::store::{identities, users};
use crate::wire::Handle;
use crate::{auth, http, seed};

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};

/// Where the switches are.
pub const BASE: &str = "/_standin";

const BODY_LIMIT: usize = 1 << 20;

/// The switches' part of the router.
pub fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/", get(page::show).post(forms::submit))
        .route("/page.css", get(async || page::style()))
        .route("/faults", get(list_faults).post(add_fault).delete(clear_faults))
        .route("/faults/{n}", delete(remove_fault))
        .route("/chaos", get(chaos_now).post(begin_chaos).delete(end_chaos))
        .route(
            "/conditions",
            get(conditions).post(set_conditions).delete(clear_conditions),
        )
        .route("/rotate-key", post(rotate_key))
        .route("/requests", get(list_requests).delete(clear_requests))
        .route("/people", get(people))
        .route("/clock", get(clock::show).post(clock::forward))
        .route("/redirect-uris", post(add_redirect))
        .route("/reset", post(reset))
        .fallback(async || http::not_found())
        .layer(middleware::from_fn(guard::own_site_only))
}

/// Writes every request but the switches' own into the log, and plays what is to go wrong.
pub async fn watch(State(app): State<Arc<App>>, mut request: Request, next: Next) -> Response {
    let wire = request
        .extensions()
        .get::<ConnectInfo<Handle>>()
        .map(|info| info.0.clone());
    if let Some(wire) = &wire {
        // For those who only ask who is calling.
        request.extensions_mut().insert(ConnectInfo(wire.peer));
    }
    let used_before = wire.as_ref().is_some_and(Handle::begin_call);
    let path = request.uri().path();
    if path == BASE || path.strip_prefix(BASE).is_some_and(|rest| rest.starts_with('/')) {
        app.repeats.none();
        return next.run(request).await;
    }
    let scheme = auth::scheme(http::header(request.headers(), AUTHORIZATION));
    let method = request.method().clone();
    // Both are broken without anything done: the browser gives up on the first connection that is new to it.
    let is_repeat = app.repeats.is_one(&method, request.uri());
    let entry = app.log.begin(method.as_str(), path, request.uri().query(), scheme);
    let (taken, source) = if is_repeat {
        (
            Some(Taken {
                fault: Fault::new(Kind::ResetBefore),
                wait: Duration::ZERO,
            }),
            "again: ",
        )
    } else if let Some(taken) = app.faults.take(&method, path, used_before) {
        (Some(taken), "")
    } else {
        (chaotic(&app, &request, used_before), "chaos: ")
    };
    let Some(taken) = taken else {
        let response = next.run(request).await;
        app.log.finish(entry, Some(response.status().as_u16()), None, app.print);
        return response;
    };
    let uri = request.uri().clone();
    let Played {
        response,
        is_reset,
        words,
    } = play::play(&app, taken, wire, request, next).await;
    // On a connection that was used before, the fault is still to be played when the call comes again.
    if is_reset && (is_repeat || !used_before) {
        app.repeats.after_reset(method, uri);
    }
    let status = (!is_reset).then(|| response.status().as_u16());
    app.log
        .finish(entry, status, Some(format!("{source}{words}")), app.print);
    response
}

fn chaotic(app: &App, request: &Request, had_a_call: bool) -> Option<Taken> {
    let mut fault = app.chaos.take(request.method(), request.uri().path())?;
    if had_a_call && fault.kind.is_reset() {
        // The browser repeats it by itself: nothing may be done twice.
        fault.kind = Kind::ResetBefore;
    }
    let wait = Duration::from_millis(fault.delay_ms);
    Some(Taken { fault, wait })
}

async fn list_faults(State(app): State<Arc<App>>) -> Response {
    http::json(200, &app.faults.list())
}

async fn add_fault(State(app): State<Arc<App>>, request: Request) -> Response {
    let added = read(request).await.and_then(|body| switches::add_fault(&app, body));
    answer(added.map(|()| app.faults.list()))
}

async fn remove_fault(State(app): State<Arc<App>>, Path(n): Path<u64>) -> Response {
    if app.faults.remove(n) {
        http::json(200, &app.faults.list())
    } else {
        ApiError::handler(404, format!("there is no fault {n}")).answer()
    }
}

async fn clear_faults(State(app): State<Arc<App>>) -> Response {
    app.faults.clear();
    http::json(200, &json!([]))
}

async fn chaos_now(State(app): State<Arc<App>>) -> Response {
    http::json(200, &app.chaos.settings())
}

async fn begin_chaos(State(app): State<Arc<App>>, request: Request) -> Response {
    let begun = read(request).await.and_then(|body| switches::begin_chaos(&app, body));
    answer(begun.map(|()| app.chaos.settings()))
}

async fn end_chaos(State(app): State<Arc<App>>) -> Response {
    app.chaos.end();
    http::json(200, &Value::Null)
}

async fn conditions(State(app): State<Arc<App>>) -> Response {
    answer(switches::backend(&app).map(|backend| backend.conditions.now()))
}

async fn set_conditions(State(app): State<Arc<App>>, request: Request) -> Response {
    match read(request).await {
        Ok(changes) => answer(switches::set_conditions(&app, changes).await),
        Err(refusal) => answer::<()>(Err(refusal)),
    }
}

async fn clear_conditions(State(app): State<Arc<App>>) -> Response {
    answer(switches::backend(&app).map(|backend| {
        backend.conditions.set(conditions::Conditions::default());
        backend.conditions.now()
    }))
}

async fn rotate_key(State(app): State<Arc<App>>) -> Response {
    answer(switches::rotate_key(&app).await.map(|()| json!({})))
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
        Some(backend) => {
            blocking(move || match offered(&backend) {
                Ok(people) => http::json(200, &people),
                Err(error) => error.answer(),
            })
            .await
        }
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
    match switches::reset(&app).await {
        Ok(()) => people(State(app)).await,
        Err(refusal) => ApiError::handler(500, refusal).answer(),
    }
}

fn answer<T: serde::Serialize>(outcome: Result<T, String>) -> Response {
    match outcome {
        Ok(value) => http::json(200, &value),
        Err(refusal) => ApiError::handler(400, refusal).answer(),
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
