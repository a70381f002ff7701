//! One folder per product area. They do not import each other; what two of them need is here beside them or further
//! down.

pub mod abilities;
pub mod approvals;
pub mod approving;
pub mod asking;
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
pub mod public;
pub mod reaching;
pub mod rejecting;
pub mod renewing;
pub mod resending;
pub mod revoking;
pub mod secret;
pub mod sign_in;
pub mod title;
pub mod tokens;
pub mod user;
pub mod users;
