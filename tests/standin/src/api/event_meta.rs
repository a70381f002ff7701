//! Owns what events about tokens and groups of a user say about that user.

use crate::store::users::User;

/// Whether it is a service user.
pub fn is_service_user(user: &User) -> (&'static str, String) {
    ("is_service_user", user.service.to_string())
}

/// The user's name. People's names are kept by the provider, not by the row such an event is made of.
pub fn user_name(user: &User) -> (&'static str, String) {
    (
        "user_name",
        if user.service { user.name.clone() } else { String::new() },
    )
}
