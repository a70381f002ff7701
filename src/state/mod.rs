//! Reactive state that outlives a page.

pub mod access;
pub mod approval_writes;
pub mod console;
pub mod directory;
mod directory_load;
pub mod drafts;
pub mod guest;
mod inviting;
pub mod new_users;
pub mod places;
pub mod query;
pub mod secrets;
pub mod service_writes;
pub mod theme;
pub mod toasts;
pub mod token_writes;
pub mod transfer;
pub mod user_writes;
