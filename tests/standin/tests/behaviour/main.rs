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
mod approval_rules;
mod conditions;
mod events;
mod external;
mod groups;
mod hooks;
mod identity_providers;
mod invites;
mod lies;
mod limits;
mod meanwhile;
mod modes;
mod oidc;
mod oidc_recorded;
mod pages;
mod passwords;
mod peers;
mod people;
mod process;
mod replay;
mod second_factor;
mod settings;
mod shapes;
mod support;
mod switch_page;
mod token_rules;
mod troubles;
mod update_rules;
mod user_rules;
mod waiting;
mod web;
