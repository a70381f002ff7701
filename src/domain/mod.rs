//! Rules on users, roles and permissions: pure, and the only place where they stand.

pub mod ability;
pub mod account_deletion;
pub mod approval;
pub mod area;
pub mod device;
pub mod groups;
pub mod guard;
pub mod invite;
pub mod list_columns;
pub mod list_query;
pub mod new_user;
pub mod ownership;
pub mod password;
pub mod permission;
pub mod provider;
pub mod role;
pub mod secret;
pub mod service_user;
pub mod settings;
pub mod time;
pub mod token;
pub mod user;
pub mod user_edit;
