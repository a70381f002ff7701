//! Owns what is kept: one file per entity, rows in and rows out, no rules.

pub mod accounts;
pub mod connectors;
pub mod events;
pub mod groups;
pub mod identities;
pub mod invites;
pub mod peers;
pub mod second_factors;
pub mod sign_in;
pub mod tokens;
pub mod users;
