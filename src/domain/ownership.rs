//! Handing on the ownership: to whom, and what must never be sent (`contract` 4.1).

use super::action::Action;
use super::guard::Caller;
use super::role::Role;
use super::user::{Status, User};
use super::user_edit::UserUpdate;

/// Why the ownership cannot go to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// The caller does not own the account.
    NotOwner,
    /// The caller owns it already.
    Oneself,
    /// They own it, too.
    OwnsAlready,
    /// A service user cannot own an account.
    Service,
    /// They wait for approval. The server would make a blocked owner of them.
    Waiting,
    /// They are blocked. The server would make a blocked owner of them.
    Blocked,
}

/// Whether the ownership can go to `target`. The server would take a blocked one: then nobody can act as the owner, so
/// it is not asked.
///
/// # Errors
/// The reason why not.
pub fn transfer(caller: &Caller, target: &User) -> Result<(), Obstacle> {
    if caller.role != Role::Owner || !Action::EditUser.is_granted(&caller.permissions) {
        return Err(Obstacle::NotOwner);
    }
    if caller.id == target.id {
        return Err(Obstacle::Oneself);
    }
    if target.role == Role::Owner {
        return Err(Obstacle::OwnsAlready);
    }
    if target.is_service_user {
        return Err(Obstacle::Service);
    }
    // Also who was unblocked while waiting: the question whether they belong here is still open.
    if target.pending_approval {
        return Err(Obstacle::Waiting);
    }
    if target.is_blocked {
        return Err(Obstacle::Blocked);
    }
    Ok(())
}

/// Whether they may never have been here: until they come, nobody can act as the owner.
pub fn has_never_come(target: &User) -> bool {
    target.status() == Status::Invited
}

/// The body that hands the ownership to `target` and changes nothing else. Ask [`transfer`] first, about the same read.
pub fn update(target: &User) -> UserUpdate {
    UserUpdate {
        role: Role::Owner,
        ..UserUpdate::of(target)
    }
}

#[cfg(test)]
mod tests {
    use super::super::guard::tests::caller;
    use super::super::user::tests::user;
    use super::*;

    #[test]
    fn only_the_owner_hands_it_on_and_only_to_a_person_who_can_work() {
        let owner = caller("o", Role::Owner);
        assert_eq!(transfer(&owner, &user("u", Role::User)), Ok(()));
        assert_eq!(transfer(&owner, &user("a", Role::Admin)), Ok(()));
        assert_eq!(transfer(&owner, &user("o", Role::Owner)), Err(Obstacle::Oneself));
        assert_eq!(transfer(&owner, &user("p", Role::Owner)), Err(Obstacle::OwnsAlready));
        for role in [Role::Admin, Role::NetworkAdmin, Role::Auditor, Role::User] {
            assert_eq!(
                transfer(&caller("me", role), &user("u", Role::User)),
                Err(Obstacle::NotOwner)
            );
        }
        let refused = |change: fn(&mut User)| {
            let mut target = user("u", Role::User);
            change(&mut target);
            transfer(&owner, &target)
        };
        assert_eq!(refused(|user| user.is_service_user = true), Err(Obstacle::Service));
        assert_eq!(refused(|user| user.is_blocked = true), Err(Obstacle::Blocked));
        assert_eq!(
            refused(|user| user.pending_approval = true),
            Err(Obstacle::Waiting),
            "let in without approval"
        );
        assert_eq!(
            refused(|user| {
                user.pending_approval = true;
                user.is_blocked = true;
            }),
            Err(Obstacle::Waiting)
        );
    }

    #[test]
    fn nothing_but_the_role_changes() {
        let mut target = user("u", Role::Auditor);
        target.auto_groups = vec!["g".to_owned()];
        for blocked in [false, true] {
            target.is_blocked = blocked;
            let sent = update(&target);
            assert_eq!(
                (sent.role, sent.auto_groups, sent.is_blocked),
                (Role::Owner, vec!["g".to_owned()], blocked),
                "blocked is never changed on the way"
            );
        }
    }

    #[test]
    fn who_was_only_invited_has_never_come() {
        let mut target = user("u", Role::User);
        assert!(!has_never_come(&target));
        target.raw_status = "invited".to_owned();
        assert!(has_never_come(&target));
    }
}
