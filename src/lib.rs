//! Roost: a browser console for the people who administer a NetBird network.
//!
//! The pure core (no feature needed) holds every rule; the `ui` feature adds what draws and what touches the
//! browser. `ARCHITECTURE.md` is the map.

pub mod api;
pub mod auth;
pub mod config;
pub mod domain;
pub mod i18n;
pub mod routes;

#[cfg(feature = "ui")]
pub mod app;
#[cfg(feature = "ui")]
pub mod browser;
#[cfg(feature = "ui")]
pub mod features;
#[cfg(feature = "ui")]
pub mod state;
#[cfg(feature = "ui")]
pub mod transport;
pub mod ui;
