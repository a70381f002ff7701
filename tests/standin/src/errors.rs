//! Owns error answers of the API: status, text, and how they are written (contract 1.4).

use std::io::Write;

use axum::response::Response;

use crate::http;

/// An API error. The text is already as it goes out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    pub status: u16,
    pub message: String,
}

impl ApiError {
    /// An error of the business layer: the server lower-cases the whole text, ids and names included.
    pub fn business(status: u16, message: &str) -> Self {
        Self {
            status,
            message: message.to_lowercase(),
        }
    }

    /// An error a handler writes by itself: the text stays as it is.
    pub fn handler(status: u16, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
        }
    }

    pub fn bad_json() -> Self {
        Self::handler(400, "couldn't parse JSON request")
    }

    pub fn internal() -> Self {
        Self::handler(500, "internal server error")
    }

    pub fn user_not_found(id: &str) -> Self {
        Self::business(404, &format!("user: {id} not found"))
    }

    /// A part of the API that this stand-in does not have yet.
    pub fn not_implemented(what: &str) -> Self {
        Self::handler(501, format!("not implemented in the stand-in: {what}"))
    }

    /// The answer: key order, content type and the newline are the server's.
    pub fn answer(&self) -> Response {
        #[derive(serde::Serialize)]
        struct Body<'a> {
            message: &'a str,
            code: u16,
        }
        http::json(
            self.status,
            &Body {
                message: &self.message,
                code: self.status,
            },
        )
    }
}

impl From<rusqlite::Error> for ApiError {
    /// The database failing is the stand-in's own fault: the caller sees what NetBird would answer, a person the reason.
    fn from(error: rusqlite::Error) -> Self {
        report(&error);
        Self::internal()
    }
}

/// Tells the person at the terminal about a fault of the stand-in itself.
pub fn report(error: &dyn std::fmt::Display) {
    // A closed stderr leaves nobody to tell.
    let _ = writeln!(std::io::stderr(), "standin: {error}");
}
