//! What the component tests share.

pub mod events;
pub mod mount;
pub mod query;
pub mod timers;
pub mod wait;
