//! Owns building answers and taking requests apart: JSON, plain text, HTML, redirects, queries and forms.

use axum::body::Body;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Serialize;

/// The API's content type, as NetBird writes it.
pub const API_JSON: HeaderValue = HeaderValue::from_static("application/json; charset=UTF-8");
const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");
const OIDC_JSON: HeaderValue = HeaderValue::from_static("application/json");

/// An answer of the API.
pub fn json<T: Serialize + ?Sized>(status: u16, value: &T) -> Response {
    with_type(status, API_JSON, crate::json::line(value))
}

/// An answer of the OpenID provider, whose content type has no charset.
pub fn oidc_json<T: Serialize + ?Sized>(status: u16, value: &T) -> Response {
    with_type(status, OIDC_JSON, crate::json::line(value))
}

/// An HTML page.
pub fn html(status: u16, page: String) -> Response {
    with_type(status, HTML, page)
}

/// Plain text.
pub fn text(status: u16, words: impl Into<Body>) -> Response {
    with_type(status, TEXT, words)
}

/// What the router says about everything it does not know.
pub fn not_found() -> Response {
    text(404, "404 page not found\n")
}

/// A redirect. `location` must be made of URL characters; anything else is a fault of the caller and answers 400.
pub fn redirect(status: u16, location: &str) -> Response {
    let Ok(value) = HeaderValue::from_str(location) else {
        return text(400, "bad redirect\n");
    };
    let mut response = html(status, String::new());
    response.headers_mut().insert(LOCATION, value);
    response
}

/// No body at all.
pub fn empty(status: u16) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = code(status);
    response
}

/// Any body with its content type.
pub fn with_type(status: u16, content_type: HeaderValue, body: impl Into<Body>) -> Response {
    let mut response = Response::new(body.into());
    *response.status_mut() = code(status);
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

/// Forbids keeping the answer.
pub fn no_store(mut response: Response) -> Response {
    response
        .headers_mut()
        .insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Adds a header whose value was made at run time; a value that cannot be one is left out.
pub fn add_header(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.append(name, value);
    }
}

/// The text of a request header.
pub fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn code(status: u16) -> StatusCode {
    StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// A query or a form: pairs in the order they came.
#[derive(Debug, Clone, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    pub fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The first value of that name, `""` when it is missing.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// The same fields as a query, sorted by name (what a Go server makes of them).
    pub fn sorted_query(&self) -> String {
        let mut pairs = self.0.clone();
        pairs.sort_by(|a, b| a.0.cmp(&b.0));
        query(pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())))
    }
}

/// Pairs as a query string.
pub fn query<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// Scheme, host and port of a URL.
pub fn origin(url: &str) -> &str {
    let after_scheme = url.find("://").map_or(0, |at| at + 3);
    let length = url.get(after_scheme..).and_then(|rest| rest.find(['/', '?', '#']));
    length
        .and_then(|length| url.get(..after_scheme + length))
        .unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_values() {
        let fields = Fields::parse(b"b=2&a=x+y%2F&b=3&empty=");
        assert_eq!(
            (
                fields.get("b"),
                fields.get("a"),
                fields.get("empty"),
                fields.get("none")
            ),
            ("2", "x y/", "", "")
        );
        assert_eq!(fields.sorted_query(), "a=x+y%2F&b=2&b=3&empty=");
    }

    #[test]
    fn origins_end_at_the_path() {
        assert_eq!(origin("http://127.0.0.1:8080/a/b"), "http://127.0.0.1:8080");
        assert_eq!(origin("https://n.example.com"), "https://n.example.com");
        assert_eq!(origin("https://n.example.com?x=/"), "https://n.example.com");
    }
}
