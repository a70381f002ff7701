//! A service user to be made: what the form holds, and what a lost answer has made (`contract` 2.3).

use super::group_choice::GroupChoice;
use super::role::Role;
use super::user::User;

/// The roles a service user can be made with: any but owner, in the order in which roles are offered everywhere.
pub fn roles() -> impl Iterator<Item = Role> {
    Role::ASSIGNABLE.into_iter().filter(|role| *role != Role::Owner)
}

/// What the form holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceDraft {
    /// as it was typed
    pub name: String,
    /// role chosen
    pub role: Role,
    /// groups chosen, in the order of choosing
    pub groups: Vec<GroupChoice>,
}

impl Default for ServiceDraft {
    fn default() -> Self {
        Self {
            name: String::new(),
            role: Role::User,
            groups: Vec::new(),
        }
    }
}

/// A service user as it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewServiceUser {
    /// The server takes an empty one; the console asks for one.
    pub name: String,
    /// any but owner
    pub role: Role,
    /// ids of the auto groups; the server does not look whether they exist
    pub auto_groups: Vec<String>,
}

/// Which of `now` a lost answer has made: a service user like the one that was sent who was not there before.
pub fn made_meanwhile<'a>(sent: &NewServiceUser, before: &[User], now: &'a [User]) -> Option<&'a User> {
    now.iter().find(|user| {
        user.is_service_user
            && user.name == sent.name
            && user.role == sent.role
            && before.iter().all(|known| known.id != user.id)
    })
}

#[cfg(test)]
mod tests {
    use super::super::user::tests::user;
    use super::*;

    #[test]
    fn every_role_but_owner_can_be_given() {
        for role in Role::ASSIGNABLE {
            assert_eq!(roles().any(|one| one == role), role != Role::Owner, "{role}");
        }
    }

    #[test]
    fn a_lost_answer_is_told_by_a_new_id_with_name_and_role() {
        let service = |id: &str, name: &str, role: Role| User {
            name: name.to_owned(),
            is_service_user: true,
            ..user(id, role)
        };
        let sent = NewServiceUser {
            name: "ci".into(),
            role: Role::User,
            auto_groups: Vec::new(),
        };
        let old = service("1", "ci", Role::User);
        let made = service("2", "ci", Role::User);
        let before = [old.clone()];
        let now = [old.clone(), made.clone()];
        assert_eq!(made_meanwhile(&sent, &before, &now), Some(&made));
        assert_eq!(made_meanwhile(&sent, &before, &before), None);
        for other in [
            service("3", "cd", Role::User),
            service("3", "ci", Role::Admin),
            User {
                is_service_user: false,
                ..service("3", "ci", Role::User)
            },
        ] {
            assert_eq!(made_meanwhile(&sent, &before, &[old.clone(), other]), None);
        }
    }
}
