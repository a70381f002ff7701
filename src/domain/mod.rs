//! Rules on users, roles and permissions: pure, and the only place where they stand.

pub mod ability;
pub mod action;
pub mod approval;
pub mod area;
pub mod device;
pub mod first_owner;
pub mod groups;
pub mod guard;
pub mod invite;
pub mod invite_link;
pub mod list_query;
pub mod new_password;
pub mod new_user;
pub mod ownership;
pub mod password;
pub mod permission;
pub mod provider;
pub mod reach;
pub mod report;
pub mod role;
pub mod secret;
pub mod service_user;
pub mod time;
pub mod token;
pub mod user;
pub mod user_edit;
