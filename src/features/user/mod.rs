//! One person.

mod conflict;
mod details;
mod editor;
mod form;
mod groups_field;
mod page;

pub use page::UserPage;
