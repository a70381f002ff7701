//! A stand-in for a NetBird management server, its OpenID provider and the web server of the console.
//!
//! Written from the facts of the API contract, with its own types: nothing here is shared with the console, so that a
//! wrong field name cannot agree with itself. `docs/standin.md` says what it does and where it differs from NetBird.

mod api;
mod app;
mod auth;
mod cli;
mod clock;
mod cors;
mod db;
mod errors;
mod event_lag;
mod formats;
mod hooks;
mod html;
mod http;
mod idp;
mod ids;
mod json;
mod limits;
mod network;
mod oidc;
mod permissions;
pub mod rules;
mod seed;
mod server;
mod store;
mod web;
mod wire;

pub use cli::{ConsoleOnly, Mode, Options, Seed, StandIn, USAGE, parse};
pub use event_lag::EventLag;
pub use idp::IdpManager;
pub use server::{Running, StartError, start};
