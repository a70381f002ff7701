//! Owns the built console as a web server sends it: files, headers, `config.json`, the fallback for navigations.

mod config;
mod files;
mod header_file;

use std::path::Path;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, HeaderValue, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, Method};
use axum::response::Response;

use self::files::File;
use self::header_file::HeaderRules;
use crate::app::{App, blocking};
use crate::http;

const INDEX: &str = "index.html";

/// Answers everything that is neither API nor provider.
pub async fn serve(State(app): State<Arc<App>>, request: Request) -> Response {
    let Some(dist) = app.dist.clone() else {
        return http::text(404, "There is no console here: start with --dist.\n");
    };
    let (parts, _) = request.into_parts();
    if parts.method != Method::GET && parts.method != Method::HEAD {
        return http::text(405, "405 method not allowed\n");
    }
    blocking(move || {
        answer(
            &app,
            &dist,
            parts.method == Method::HEAD,
            parts.uri.path(),
            &parts.headers,
        )
    })
    .await
}

fn answer(app: &App, dist: &Path, head: bool, path: &str, headers: &HeaderMap) -> Response {
    // Read on every call: a build may replace it while the server runs.
    let rules = HeaderRules::parse(&std::fs::read_to_string(dist.join(header_file::NAME)).unwrap_or_default());
    let rules = rules.for_console(&app.console);
    let encodings = http::header(headers, ACCEPT_ENCODING).unwrap_or_default();
    let found = if path == "/config.json" {
        Some((path, File::generated(config::json(&app.console))))
    } else if let Some(file) = files::find(dist, path, encodings) {
        Some((path, file))
    } else if is_navigation(path, headers) {
        // Its rules are those of the root: the answer is the same.
        files::find(dist, "/", encodings).map(|file| ("/", file))
    } else {
        None
    };
    match found {
        Some((path, file)) => {
            let mut response = send(file, head, headers);
            rules.apply(path, response.headers_mut());
            response
        }
        None => {
            let mut response = http::not_found();
            rules.apply(path, response.headers_mut());
            // What is missing now may be there after the next deployment.
            response
                .headers_mut()
                .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
            response
        }
    }
}

fn send(file: File, head: bool, headers: &HeaderMap) -> Response {
    let known = http::header(headers, IF_NONE_MATCH).unwrap_or_default();
    let is_known = known.split(", ").any(|tag| tag.trim_start_matches("W/") == file.tag);
    let length = file.bytes.len();
    let mut response = if is_known {
        http::empty(304)
    } else if head {
        http::with_type(200, file.content_type, axum::body::Body::empty())
    } else {
        http::with_type(200, file.content_type, file.bytes)
    };
    let out = response.headers_mut();
    if head && !is_known {
        out.insert(CONTENT_LENGTH, HeaderValue::from(length));
    }
    http::add_header(out, ETAG, &file.tag);
    if file.has_encodings {
        out.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
    }
    if let Some(encoding) = file.encoding {
        out.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

/// Whether a person is going to a page of the console, as opposed to a page asking for a file.
fn is_navigation(path: &str, headers: &HeaderMap) -> bool {
    let wants_page = http::header(headers, ACCEPT).is_some_and(|accept| accept.contains("text/html"));
    wants_page && !files::names_a_file(path)
}
