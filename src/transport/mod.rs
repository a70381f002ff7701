//! How a request is sent: the only place that talks to the API. Time limits, retries of reads, one error type.

mod client;
#[cfg(any(test, feature = "fake"))]
pub mod fake;
mod fetch;
mod stream;

use std::future::Future;
use std::pin::Pin;

use crate::api::error::ApiError;
use crate::api::request::Parts;

pub use client::Client;
pub use fetch::{Credential, FetchTransport, Target};
pub use stream::BodyStream;

/// What will be there later; the page has one thread.
pub type Later<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// An answer with a success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The body as text.
    pub text: String,
}

/// Sends one attempt of a request. What is not a success is an error.
pub trait Transport {
    /// Sends it and reads the whole answer.
    fn send<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<Answer, ApiError>>;

    /// Sends it and gives the body as it comes.
    fn open<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<BodyStream, ApiError>>;
}
