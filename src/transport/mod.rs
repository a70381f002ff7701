//! How a request is sent.
