//! A request as a value: method, path, query, body, time limit and how to read the answer. Only `transport` sends it.

use super::encode::{is_addressable, push_pair, push_segment};
use super::error::ApiError;
use super::json::{self, Plain};

/// HTTP methods the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// reads
    Get,
    /// makes
    Post,
    /// replaces
    Put,
    /// removes
    Delete,
}

impl Method {
    /// The method's name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }

    /// Whether the request changes nothing and may be sent again.
    pub fn is_read(self) -> bool {
        self == Self::Get
    }
}

/// Milliseconds one attempt may take.
const LIMIT_MS: u32 = 10_000;
/// The same for lists, which can be long.
const LIST_LIMIT_MS: u32 = 30_000;

/// What is sent, independent of the type of the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parts {
    /// method
    pub method: Method,
    /// path and query, encoded, from `/api/` on; or why nothing can be sent
    pub path: Result<String, ApiError>,
    /// JSON
    pub body: Option<String>,
    /// milliseconds one attempt may take
    pub limit_ms: u32,
    /// never sent again by itself
    pub once: bool,
}

/// Reads an answer.
pub type Decode<T> = fn(&str) -> Result<T, ApiError>;

/// A request whose answer is a `T`.
#[derive(Debug)]
pub struct Request<T> {
    parts: Parts,
    query: String,
    decode: Decode<T>,
}

// Derived, it would ask that what is read can be copied, too.
impl<T> Clone for Request<T> {
    fn clone(&self) -> Self {
        Self {
            parts: self.parts.clone(),
            query: self.query.clone(),
            decode: self.decode,
        }
    }
}

impl Request<()> {
    /// Reads what is at the path made of `segments`, below `/api`. Of the answer only that it is JSON is looked at; see
    /// [`Request::decode`].
    pub fn get(segments: &[&str]) -> Self {
        Self::new(Method::Get, segments)
    }

    /// Makes something.
    pub fn post(segments: &[&str]) -> Self {
        Self::new(Method::Post, segments)
    }

    /// Replaces something.
    pub fn put(segments: &[&str]) -> Self {
        Self::new(Method::Put, segments)
    }

    /// Removes something.
    pub fn delete(segments: &[&str]) -> Self {
        Self::new(Method::Delete, segments)
    }

    fn new(method: Method, segments: &[&str]) -> Self {
        let mut path = "/api".to_owned();
        let path = if segments.iter().all(|segment| is_addressable(segment)) {
            for segment in segments {
                push_segment(&mut path, segment);
            }
            Ok(path)
        } else {
            Err(ApiError::unaddressable())
        };
        let parts = Parts {
            method,
            path,
            body: None,
            limit_ms: LIMIT_MS,
            once: false,
        };
        Self {
            parts,
            query: String::new(),
            decode: acknowledged,
        }
    }
}

impl<T> Request<T> {
    /// Adds a query parameter.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        push_pair(&mut self.query, name, value);
        self
    }

    /// Sends `body`.
    pub fn json_body(mut self, body: &Plain) -> Self {
        self.parts.body = Some(body.to_text());
        self
    }

    /// Sends a JSON text as it is.
    pub fn text_body(mut self, text: String) -> Self {
        self.parts.body = Some(text);
        self
    }

    /// Gives it the time of a long list.
    pub fn list(mut self) -> Self {
        self.parts.limit_ms = LIST_LIMIT_MS;
        self
    }

    /// Sends it once, though it changes nothing: the page that asks says itself what comes next.
    pub fn once(mut self) -> Self {
        self.parts.once = true;
        self
    }

    /// Gives one attempt so many milliseconds.
    pub fn within(mut self, limit_ms: u32) -> Self {
        self.parts.limit_ms = limit_ms;
        self
    }

    /// Says how to read the answer.
    pub fn decode<U>(self, decode: Decode<U>) -> Request<U> {
        Request {
            parts: self.parts,
            query: self.query,
            decode,
        }
    }

    /// The path alone.
    ///
    /// # Errors
    /// Why nothing can be sent.
    pub fn path(&self) -> Result<&str, &ApiError> {
        self.parts.path.as_deref()
    }

    /// The body.
    pub fn body(&self) -> Option<&str> {
        self.parts.body.as_deref()
    }

    /// What is sent, and how to read what comes back.
    pub fn into_parts(self) -> (Parts, Decode<T>) {
        let Self {
            mut parts,
            query,
            decode,
        } = self;
        if !query.is_empty() {
            parts.path = parts.path.map(|path| path + "?" + &query);
        }
        (parts, decode)
    }
}

/// Takes any JSON, and nothing at all, for done. A page of HTML is not: something else than the API sent it.
fn acknowledged(text: &str) -> Result<(), ApiError> {
    if text.trim().is_empty() {
        return Ok(());
    }
    json::parse(text)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::error::ErrorKind;

    #[test]
    fn paths_and_queries_are_encoded_by_their_own_rules() {
        let request = Request::get(&["users", "google-oauth2|1"]).query("service_user", "a b&c");
        assert_eq!(
            request.into_parts().0.path.unwrap(),
            "/api/users/google-oauth2%7C1?service_user=a%20b%26c"
        );
    }

    #[test]
    fn an_id_that_no_path_can_hold_is_never_sent() {
        for id in ["..", ".", "", "a/b"] {
            let request = Request::delete(&["users", id]);
            let error = request.path().unwrap_err();
            assert_eq!(error.kind, ErrorKind::Unaddressable, "{id}");
            assert!(!error.is_ambiguous() && !error.is_worth_retrying(), "nothing was sent");
        }
    }

    #[test]
    fn an_answer_that_is_no_json_has_acknowledged_nothing() {
        let (_, decode) = Request::delete(&["users", "1"]).into_parts();
        for text in ["{}\n", "", "null", "[]"] {
            assert_eq!(decode(text), Ok(()), "{text:?}");
        }
        for text in ["<html>Sign in to the network</html>", "{", "OK"] {
            assert!(decode(text).unwrap_err().is_ambiguous(), "{text:?}");
        }
    }

    #[test]
    fn reads_and_writes_are_told_apart() {
        assert!(Request::get(&["users"]).into_parts().0.method.is_read());
        assert!(!Request::delete(&["users", "1"]).into_parts().0.method.is_read());
    }
}
