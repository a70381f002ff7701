//! Owns who may switch: programs, and this server's own page; never a page of somebody else.

use axum::extract::Request;
use axum::http::header::{HOST, HeaderName, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;

use crate::http;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Refuses what a page of another site sends.
pub async fn own_site_only(request: Request, next: Next) -> Response {
    let only_reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if only_reads || is_own(request.headers()) {
        return next.run(request).await;
    }
    http::text(
        403,
        "Only the page of this server and programs may switch something here.\n",
    )
}

/// Whether a request comes from no page at all, or from one of this server. Every browser of today sends one of the two
/// headers with everything but a read.
fn is_own(headers: &HeaderMap) -> bool {
    let site = http::header(headers, SEC_FETCH_SITE);
    let origin = http::header(headers, ORIGIN);
    let host = http::header(headers, HOST).unwrap_or_default();
    let is_site = site.is_none_or(|site| site == "same-origin" || site == "none");
    let is_origin = origin.is_none_or(|origin| origin.split_once("://").is_some_and(|(_, of)| of == host));
    is_site && is_origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_of_others_are_told_apart() {
        let own = |site: Option<&'static str>, origin: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            headers.insert(HOST, "127.0.0.1:8080".parse().unwrap());
            for (name, value) in [(SEC_FETCH_SITE, site), (ORIGIN, origin)] {
                if let Some(value) = value {
                    headers.insert(name, value.parse().unwrap());
                }
            }
            is_own(&headers)
        };
        assert!(own(None, None), "a program");
        assert!(own(Some("same-origin"), Some("http://127.0.0.1:8080")));
        assert!(own(None, Some("http://127.0.0.1:8080")));
        for (site, origin) in [
            (Some("cross-site"), None),
            (Some("same-site"), Some("http://127.0.0.1:8080")),
            (None, Some("http://127.0.0.1:8081")),
            (None, Some("http://localhost:8080")),
            (None, Some("null")),
            (Some("same-origin"), Some("https://evil.example.com")),
        ] {
            assert!(!own(site, origin), "{site:?} {origin:?}");
        }
    }
}
