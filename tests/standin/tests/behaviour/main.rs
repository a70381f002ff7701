//! Behaviour of the stand-in over real connections: the recorded scenarios, and what they do not reach.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that cannot go on has to fail"
)]

mod account_effects;
mod accounts;
mod api;
mod events;
mod groups;
mod hooks;
mod identity_providers;
mod oidc;
mod oidc_recorded;
mod pages;
mod peers;
mod process;
mod replay;
mod second_factor;
mod shapes;
mod support;
mod waiting;
mod web;
