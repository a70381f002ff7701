//! The lists of users: people, and service users.

mod address;
mod columns;
mod empty_states;
mod filters;
mod listed;
mod new_service;
mod page;
mod row;
mod row_menu;
mod service;
mod toolbar;
mod view;

pub use page::UsersPage;
pub use service::ServiceUsersPage;
