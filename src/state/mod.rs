//! Reactive state that outlives a page.

pub mod directory;
mod directory_load;
pub mod query;
pub mod user_writes;
