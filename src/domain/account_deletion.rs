//! Deleting the account: who may, and what has to be typed first.

use super::guard::Caller;
use super::role::Role;

/// Whether the caller may delete the account: the server lets only its owner (`contract` 6).
pub fn may_delete(caller: &Caller) -> bool {
    caller.role == Role::Owner
}

/// Whether what was typed names the account: its domain, however it is written, or its id to the letter. An account
/// without a domain has only its id.
pub fn names_account(typed: &str, domain: &str, id: &str) -> bool {
    let typed = typed.trim();
    !typed.is_empty() && (typed == id || typed.eq_ignore_ascii_case(domain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::permission::Permissions;
    use crate::domain::user::UserId;

    #[test]
    fn only_the_owner_may() {
        for role in Role::ASSIGNABLE {
            let caller = Caller {
                id: UserId("u1".into()),
                role: role.clone(),
                is_service_user: false,
                permissions: Permissions::none(),
            };
            assert_eq!(may_delete(&caller), role == Role::Owner, "{role:?}");
        }
    }

    #[test]
    fn the_domain_or_the_id_names_it_and_nothing_else_does() {
        for (typed, domain, named) in [
            ("example.com", "example.com", true),
            (" Example.COM ", "example.com", true),
            ("d5p7", "example.com", true),
            ("D5P7", "example.com", false),
            ("example", "example.com", false),
            ("", "example.com", false),
            ("", "", false),
            (" ", "", false),
            ("d5p7", "", true),
        ] {
            assert_eq!(names_account(typed, domain, "d5p7"), named, "{typed:?} for {domain:?}");
        }
    }
}
