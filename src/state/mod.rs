//! Reactive state that outlives a page.

pub mod access;
pub mod account_deletion;
pub mod approval_writes;
pub mod console;
pub mod directory;
mod directory_load;
mod directory_news;
mod directory_written;
pub mod drafts;
pub mod guest;
mod inviting;
pub mod keeper;
pub mod new_users;
pub mod places;
pub mod query;
pub mod secrets;
pub mod service_writes;
pub mod settings;
pub mod shortcuts;
pub mod theme;
pub mod toasts;
pub mod token_writes;
pub mod transfer;
pub mod user_writes;
