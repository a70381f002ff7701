//! The list of people.

mod address;
mod empty_states;
mod filters;
mod page;
mod row;
mod toolbar;
mod view;

pub use page::UsersPage;
