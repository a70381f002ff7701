//! Wire types and request values of NetBird's management API.

pub mod accounts;
pub mod encode;
pub mod error;
pub mod events;
pub mod groups;
pub mod identity_providers;
pub mod instance;
pub mod invites;
pub mod json;
pub mod kept_forms;
pub mod lossless;
pub mod peers;
pub mod request;
pub mod retry;
pub mod settings;
pub mod tokens;
pub mod users;
