//! Owns the OpenID provider under `/oauth2`, shaped like NetBird's embedded one (contract 7).

mod authorize;
mod discovery;
mod login;
mod logout;
pub mod outside;
mod pages;
mod second_factor;
mod token;
mod userinfo;

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::header::{COOKIE, SET_COOKIE};
use axum::http::request::Parts;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{any, get, post};
use rusqlite::Connection;

use crate::app::{App, Backend, blocking};
use crate::clock::{self, Nanos};
use crate::cors;
use crate::errors::{self, ApiError};
use crate::hooks::conditions::overlaid;
use crate::http::{self, Fields};
use crate::ids::{self, Source};
use crate::store::sign_in::{self, AuthRequest, Code, Session};

/// Where the provider lives on this server.
pub const BASE: &str = "/oauth2";

const COOKIE_NAME: &str = "netbird-session";
const FORM_LIMIT: usize = 64 << 10;

/// One request to the provider.
struct Call<'a> {
    backend: &'a Backend,
    db: &'a Connection,
    /// Below the part of the router.
    path: &'a str,
    headers: &'a HeaderMap,
    /// Query and form together.
    fields: Fields,
    now: Nanos,
}

type Handler = fn(&Call<'_>) -> rusqlite::Result<Response>;

/// The provider's part of the router.
pub fn routes(backend: &Arc<Backend>) -> Router<Arc<App>> {
    let on = |handler: Handler| {
        let backend = Arc::clone(backend);
        move |request: Request| run(backend, handler, request)
    };
    Router::new()
        .route(
            "/.well-known/openid-configuration",
            get(on(|call| Ok(discovery::document(call)))),
        )
        .route("/keys", get(on(|call| Ok(discovery::keys(call)))))
        .route("/auth", get(on(authorize::start)).post(on(authorize::start)))
        .route("/auth/local", get(on(authorize::local)))
        .route("/auth/{connector}", get(on(authorize::outside)))
        .route("/callback", get(on(outside::callback)))
        .route("/auth/local/login", get(on(login::page)).post(on(login::submit)))
        .route(
            "/auth/local/code",
            get(on(second_factor::page)).post(on(second_factor::submit)),
        )
        .route(
            "/token",
            post(move |State(_): State<Arc<App>>, request| token::serve(request)),
        )
        .route(
            "/userinfo",
            get(on(|call| Ok(userinfo::claims(call)))).post(on(|call| Ok(userinfo::claims(call)))),
        )
        .route("/logout", get(on(logout::end)))
        // Not advertised, as there: `discovery` in the conditions can.
        .route("/revoke", post(on(token::revoke)))
        .route("/standin.css", get(async || pages::style()))
        .route("/device/code", any(async || later("signing in a device")))
        .route("/token/introspect", any(async || later("asking about a token")))
        .fallback(async || http::not_found())
        .layer(axum::Extension(Arc::clone(backend)))
        .layer(middleware::from_fn(cross_origin))
}

fn later(what: &str) -> Response {
    ApiError::not_implemented(what).answer()
}

async fn cross_origin(request: Request, next: Next) -> Response {
    if let Some(preflight) = cors::preflight(request.method(), request.headers()) {
        return preflight;
    }
    let headers = request.headers().clone();
    let mut response = next.run(request).await;
    cors::open(&headers, &mut response);
    response
}

async fn run(backend: Arc<Backend>, handler: Handler, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(form) = axum::body::to_bytes(body, FORM_LIMIT).await else {
        return http::text(413, "too large\n");
    };
    blocking(move || answer(&backend, handler, &parts, &form)).await
}

fn answer(backend: &Backend, handler: Handler, parts: &Parts, form: &[u8]) -> Response {
    let mut text = parts.uri.query().unwrap_or_default().as_bytes().to_vec();
    text.push(b'&');
    text.extend_from_slice(form);
    let fields = Fields::parse(&text);
    let outcome = backend.database.transaction(|db| {
        handler(&Call {
            backend,
            db,
            path: parts.uri.path(),
            headers: &parts.headers,
            fields,
            now: backend.clock.now(),
        })
    });
    outcome.unwrap_or_else(|error: rusqlite::Error| {
        errors::report(&error);
        http::text(500, "internal server error\n")
    })
}

impl Call<'_> {
    /// A moment as the provider's clock has it, which may be wrong on purpose.
    fn by_own_clock(&self, moment: Nanos) -> Nanos {
        moment + i64::from(self.backend.conditions.now().provider_clock_seconds) * clock::SECOND
    }

    /// The browser's living session.
    fn session(&self) -> rusqlite::Result<Option<Session>> {
        match cookie(self.headers) {
            Some(id) => sign_in::session(self.db, id, self.now),
            None => Ok(None),
        }
    }

    /// Whether the browser has a session with a step of the sign-in still to come.
    fn session_is_pending(&self) -> rusqlite::Result<bool> {
        match cookie(self.headers) {
            Some(id) => sign_in::session_is_pending(self.db, id, self.now),
            None => Ok(false),
        }
    }

    /// Sends the browser back to the application with a new code.
    fn send_code(&self, request: AuthRequest, session: Session) -> rusqlite::Result<Response> {
        let code = ids::secret(&mut Source::System);
        let answer = serde_json::json!({ "code": code, "state": request.state });
        let told = overlaid(answer, &self.backend.conditions.now().callback);
        let pairs: Vec<(&str, &str)> = told
            .as_object()
            .into_iter()
            .flatten()
            .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?)))
            .collect();
        let target = with_query(&request.redirect_uri, &pairs);
        let kept = Code {
            request,
            identity: session.identity,
            auth_time: session.auth_time,
        };
        sign_in::keep_code(self.db, &code, &kept, self.now)?;
        Ok(http::redirect(303, &target))
    }

    /// A cookie that holds (or with `""` ends) the browser's session.
    fn set_session(&self, response: &mut Response, id: &str) {
        let mut cookie = format!("{COOKIE_NAME}={id}; Path={BASE}");
        if id.is_empty() {
            cookie.push_str("; Max-Age=0");
        }
        cookie.push_str("; HttpOnly; SameSite=Lax");
        if self.backend.issuer.starts_with("https:") {
            cookie.push_str("; Secure");
        }
        http::add_header(response.headers_mut(), SET_COOKIE, &cookie);
    }
}

/// A URL with pairs added to its query; empty values are left out.
fn with_query(url: &str, pairs: &[(&str, &str)]) -> String {
    let query = http::query(pairs.iter().copied().filter(|(_, value)| !value.is_empty()));
    let joint = if url.contains('?') { '&' } else { '?' };
    if query.is_empty() {
        url.to_owned()
    } else {
        format!("{url}{joint}{query}")
    }
}

fn cookie(headers: &HeaderMap) -> Option<&str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|cookies| cookies.split("; "))
        .find_map(|cookie| cookie.strip_prefix(COOKIE_NAME)?.strip_prefix('='))
}
