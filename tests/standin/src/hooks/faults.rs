//! Owns faults: the next calls of a path that go wrong, and how.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::Method;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use futures_util::{StreamExt, stream};
use serde::{Deserialize, Serialize};

use crate::errors::ApiError;
use crate::http;

/// The largest answer that can be cut short.
const CUT_LIMIT: usize = 256 << 20;
/// So long the first half of a cut answer has to leave, and a busy page to read it: browsers throw away what a page has
/// not read yet when the connection breaks.
const HALF_WAY: Duration = Duration::from_secs(1);

/// One fault, as it is switched on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The beginning of the path, e.g. `/api/users`.
    path: String,
    /// Only exactly that path.
    #[serde(default)]
    exact: bool,
    /// Only this method; without it every method but `OPTIONS`.
    #[serde(default)]
    method: Option<String>,
    /// How many calls; 0 = until it is switched off.
    #[serde(default = "once")]
    times: u32,
    kind: Kind,
    /// Of kind `status`; 500 without it.
    #[serde(default)]
    status: Option<u16>,
    /// Of kinds `status` and `garbage`, instead of their own.
    #[serde(default)]
    body: Option<String>,
    /// Milliseconds to wait first, with any kind.
    #[serde(default)]
    delay_ms: u64,
}

fn once() -> u32 {
    1
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    /// An error of the API, or any status with any body.
    Status,
    /// 200 and JSON that is none.
    Garbage,
    /// 200 and a page, as a captive portal answers.
    Html,
    /// The real answer, ending in the middle.
    Truncated,
    /// No answer, ever.
    Hang,
    /// The real answer, after `delay_ms`.
    Delay,
}

/// The faults that are on, oldest first.
#[derive(Default)]
pub struct Faults(Mutex<Vec<Fault>>);

impl Faults {
    pub fn add(&self, fault: Fault) {
        self.kept().push(fault);
    }

    pub fn list(&self) -> Vec<Fault> {
        self.kept().clone()
    }

    pub fn clear(&self) {
        self.kept().clear();
    }

    /// The oldest fault for this call, used up by one.
    pub fn take(&self, method: &Method, path: &str) -> Option<Fault> {
        let mut kept = self.kept();
        let at = kept.iter().position(|fault| fault.is_for(method, path))?;
        let fault = kept.get_mut(at)?;
        let taken = fault.clone();
        match fault.times {
            0 => {}
            1 => drop(kept.remove(at)),
            _ => fault.times -= 1,
        }
        Some(taken)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Vec<Fault>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Fault {
    fn is_for(&self, method: &Method, path: &str) -> bool {
        let right_method = match &self.method {
            Some(wanted) => wanted.eq_ignore_ascii_case(method.as_str()),
            None => method != Method::OPTIONS,
        };
        right_method
            && if self.exact {
                path == self.path
            } else {
                path.starts_with(&self.path)
            }
    }

    /// Answers instead of the server. Pages of other origins may read it: a proxy in front would let them, too.
    pub async fn play(self, request: Request, next: Next) -> Response {
        if self.delay_ms > 0 {
            tokio::time::sleep(Duration::from_millis(self.delay_ms)).await;
        }
        let request = match self.kind {
            Kind::Delay | Kind::Truncated => request,
            _ => read_whole(request).await,
        };
        let mut response = match self.kind {
            Kind::Delay => return next.run(request).await,
            Kind::Truncated => cut_short(next.run(request).await).await,
            Kind::Hang => std::future::pending().await,
            Kind::Garbage => {
                let body = self.body.unwrap_or_else(|| "[{\"id\":\"a\",\"name\":".to_owned());
                http::with_type(200, http::API_JSON, body)
            }
            Kind::Html => http::html(
                200,
                "<!doctype html><title>Hotel</title><h1>Welcome to our network</h1>".to_owned(),
            ),
            Kind::Status => {
                let status = self.status.unwrap_or(500);
                match self.body {
                    Some(body) => http::with_type(status, http::API_JSON, body),
                    None if status == 500 => ApiError::internal().answer(),
                    None => ApiError::handler(status, "switched on by a test").answer(),
                }
            }
        };
        response
            .headers_mut()
            .insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        response
    }
}

/// Reads what was sent along: a connection with unread bytes is reset, and a long answer is lost with it.
async fn read_whole(request: Request) -> Request {
    let (parts, body) = request.into_parts();
    let _ = axum::body::to_bytes(body, CUT_LIMIT).await;
    Request::from_parts(parts, Body::empty())
}

/// Sends half of a body and then breaks the connection.
async fn cut_short(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, CUT_LIMIT).await.unwrap_or_default();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: &str) -> Fault {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_fault_is_used_up() {
        let faults = Faults::default();
        faults.add(fault(r#"{"path":"/api/users","kind":"status","status":503,"times":2}"#));
        faults.add(fault(
            r#"{"path":"/api/users","kind":"hang","exact":true,"method":"put"}"#,
        ));
        faults.add(fault(r#"{"path":"/api/groups","kind":"garbage","times":0}"#));
        let take = |method: Method, path: &str| faults.take(&method, path).map(|fault| fault.kind);
        assert_eq!(take(Method::OPTIONS, "/api/users"), None);
        assert_eq!(take(Method::GET, "/api/peers"), None);
        assert_eq!(take(Method::GET, "/api/users/current"), Some(Kind::Status));
        assert_eq!(take(Method::GET, "/api/users"), Some(Kind::Status));
        assert_eq!(take(Method::GET, "/api/users"), None);
        assert_eq!(take(Method::PUT, "/api/users/x"), None);
        assert_eq!(take(Method::PUT, "/api/users"), Some(Kind::Hang));
        for _ in 0..3 {
            assert_eq!(take(Method::GET, "/api/groups"), Some(Kind::Garbage));
        }
        faults.clear();
        assert_eq!(take(Method::GET, "/api/groups"), None);
    }

    #[test]
    fn a_misspelt_fault_is_refused() {
        assert!(serde_json::from_str::<Fault>(r#"{"path":"/api","kind":"status","state":500}"#).is_err());
        assert!(serde_json::from_str::<Fault>(r#"{"path":"/api","kind":"explode"}"#).is_err());
        assert!(serde_json::from_str::<Fault>(r#"{"kind":"hang"}"#).is_err());
    }
}
