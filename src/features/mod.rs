//! One folder per product area. They do not import each other; what two of them need is here beside them or further
//! down.

pub mod abilities;
pub mod approvals;
pub mod approving;
pub mod asking;
pub mod auth_words;
pub mod blocking;
pub mod conflict;
pub mod deleting;
pub mod edit_fields;
pub mod editor;
pub mod faces;
pub mod groups_field;
pub mod invitations;
pub mod inviting;
pub mod later;
pub mod life_field;
pub mod new_token;
mod new_user;
pub mod origin;
pub mod ownership;
pub mod password;
pub mod problems;
pub mod profile;
pub mod rejecting;
pub mod renewal;
pub mod renewing;
pub mod resending;
pub mod revoking;
pub mod secret;
pub mod settings;
pub mod sign_in;
pub mod title;
pub mod tokens;
pub mod user;
pub mod users;
