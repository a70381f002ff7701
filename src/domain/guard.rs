//! Who may do what to whom, said before the server refuses (`contract` 2.4, 2.5, 4.1, 4.2).

use super::action::Action;
use super::permission::{Module, Operation, Permissions};
use super::role::Role;
use super::user::{Status, User, UserId};

/// The signed-in user, as far as rules ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// Own id.
    pub id: UserId,
    /// Own role.
    pub role: Role,
    /// Whether the caller is a service user.
    pub is_service_user: bool,
    /// Own grants.
    pub permissions: Permissions,
}

/// Why an action is not possible. The words are in `i18n::refusal`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// A grant is missing.
    NoPermission(Module, Operation),
    /// Only owners and admins change users.
    OnlyAdmins,
    /// Nobody blocks or unblocks themselves.
    OwnBlock,
    /// Nobody changes their own role.
    OwnRole,
    /// Nobody deletes themselves.
    OwnDeletion,
    /// Only an owner changes an owner's role.
    OwnersRole,
    /// Owners cannot be blocked.
    OwnerBlock,
    /// Owners cannot be deleted.
    OwnerDeletion,
    /// Only an owner hands on the ownership.
    OnlyOwnerGivesOwner,
    /// The ownership is handed on in a step of its own, not by choosing a role.
    OwnershipTransfer,
    /// A service user cannot own the account.
    ServiceOwner,
    /// An integration manages this user.
    Integration,
    /// The user waits for approval: approving is what lets them in.
    WaitsForApproval,
    /// The role is unknown to this version, so it is not replaced by accident.
    UnknownRole,
    /// Nobody sees the tokens of another person.
    OthersTokens,
    /// Only owners and admins see the tokens of service users.
    ServiceTokens,
    /// Sign-in by password is switched off on the server, so nobody can be made there.
    NoLocalSignIn,
    /// The server has no way to ask the outside provider to invite anybody.
    NoProviderManager,
    /// Nobody waits for approval who could be approved or rejected.
    NotWaiting,
}

/// What every change of a user needs, whatever the field.
///
/// # Errors
/// The first reason in the server's own order.
pub fn edit(caller: &Caller) -> Result<(), Refusal> {
    Action::EditUser.check(caller)?;
    if caller.role.administers_users() {
        Ok(())
    } else {
        Err(Refusal::OnlyAdmins)
    }
}

/// Whether the target's role can be changed at all.
///
/// # Errors
/// The reason why not.
pub fn change_role(caller: &Caller, target: &User) -> Result<(), Refusal> {
    edit(caller)?;
    if caller.id == target.id {
        return Err(Refusal::OwnRole);
    }
    if target.role == Role::Owner && caller.role != Role::Owner {
        return Err(Refusal::OwnersRole);
    }
    Ok(())
}

/// Whether the target can be given `role`. The role a user has is always allowed: it changes nothing.
///
/// # Errors
/// The reason why not.
pub fn give_role(caller: &Caller, target: &User, role: &Role) -> Result<(), Refusal> {
    if *role == target.role {
        return Ok(());
    }
    change_role(caller, target)?;
    match role {
        Role::Owner if target.is_service_user => Err(Refusal::ServiceOwner),
        Role::Owner if caller.role != Role::Owner => Err(Refusal::OnlyOwnerGivesOwner),
        // Handing on the ownership makes the caller an admin at once and can lock an account (contract 4.1): it is
        // never a by-product of a form.
        Role::Owner => Err(Refusal::OwnershipTransfer),
        Role::Other(_) => Err(Refusal::UnknownRole),
        _ => Ok(()),
    }
}

/// Whether the target's groups can be changed. An admin may change an owner's.
///
/// # Errors
/// The reason why not.
pub fn change_groups(caller: &Caller, _target: &User) -> Result<(), Refusal> {
    edit(caller)
}

/// Whether the target can be blocked.
///
/// # Errors
/// The reason why not.
pub fn block(caller: &Caller, target: &User) -> Result<(), Refusal> {
    edit(caller)?;
    if caller.id == target.id {
        return Err(Refusal::OwnBlock);
    }
    if target.role == Role::Owner {
        return Err(Refusal::OwnerBlock);
    }
    Ok(())
}

/// Whether the target can be unblocked.
///
/// # Errors
/// The reason why not.
pub fn unblock(caller: &Caller, target: &User) -> Result<(), Refusal> {
    edit(caller)?;
    if caller.id == target.id {
        return Err(Refusal::OwnBlock);
    }
    // Unblocking would let them in and leave the request open for ever (contract 4.3).
    if target.status() == Status::Pending {
        return Err(Refusal::WaitsForApproval);
    }
    Ok(())
}

/// Block or unblock, whichever is the opposite of what is.
///
/// # Errors
/// The reason why not.
pub fn toggle_block(caller: &Caller, target: &User) -> Result<(), Refusal> {
    if target.is_blocked {
        unblock(caller, target)
    } else {
        block(caller, target)
    }
}

/// Whether the target can be deleted, in the server's order (contract 2.5).
///
/// # Errors
/// The reason why not.
pub fn delete(caller: &Caller, target: &User) -> Result<(), Refusal> {
    if caller.id == target.id {
        return Err(Refusal::OwnDeletion);
    }
    Action::DeleteUser.check(caller)?;
    if target.role == Role::Owner {
        return Err(Refusal::OwnerDeletion);
    }
    if target.is_from_integration() && !caller.is_service_user {
        return Err(Refusal::Integration);
    }
    Ok(())
}

/// Whether the caller may do something with the target's tokens: their own, or for owners and admins those of a
/// service user (contract 2.10).
///
/// # Errors
/// The reason why not. Whose tokens they are goes before the grant: it says more.
pub fn tokens(caller: &Caller, target: &User, operation: Operation) -> Result<(), Refusal> {
    let own = caller.id == target.id;
    if !own && !target.is_service_user {
        return Err(Refusal::OthersTokens);
    }
    if !own && !caller.role.administers_users() {
        return Err(Refusal::ServiceTokens);
    }
    if caller.permissions.allows(Module::Pats, operation) {
        Ok(())
    } else {
        Err(Refusal::NoPermission(Module::Pats, operation))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::super::permission::Grant;
    use super::super::user::tests::user;
    use super::*;

    /// Somebody signed in, for other modules' tests: all grants on users for those who administer them, else reading.
    pub(crate) fn caller(id: &str, role: Role) -> Caller {
        let all = Grant {
            create: true,
            read: true,
            update: true,
            delete: true,
        };
        let read = Grant {
            create: false,
            read: true,
            update: false,
            delete: false,
        };
        let grant = if role.administers_users() { all } else { read };
        Caller {
            id: UserId(id.to_owned()),
            role,
            is_service_user: false,
            permissions: Permissions {
                is_restricted: false,
                modules: [("users".to_owned(), grant)].into_iter().collect(),
            },
        }
    }

    #[test]
    fn an_admin_manages_everybody_but_owners_and_themselves() {
        let admin = caller("me", Role::Admin);
        let other = user("u", Role::Admin);
        assert_eq!(change_role(&admin, &other), Ok(()));
        assert_eq!(block(&admin, &other), Ok(()));
        assert_eq!(delete(&admin, &other), Ok(()));
        let owner = user("o", Role::Owner);
        assert_eq!(change_role(&admin, &owner), Err(Refusal::OwnersRole));
        assert_eq!(block(&admin, &owner), Err(Refusal::OwnerBlock));
        assert_eq!(delete(&admin, &owner), Err(Refusal::OwnerDeletion));
        assert_eq!(
            change_groups(&admin, &owner),
            Ok(()),
            "an admin may change an owner's groups"
        );
        let myself = user("me", Role::Admin);
        assert_eq!(change_role(&admin, &myself), Err(Refusal::OwnRole));
        assert_eq!(block(&admin, &myself), Err(Refusal::OwnBlock));
        assert_eq!(delete(&admin, &myself), Err(Refusal::OwnDeletion));
    }

    #[test]
    fn the_ownership_is_never_given_by_choosing_a_role() {
        let someone = user("u", Role::User);
        let mut service = user("s", Role::User);
        service.is_service_user = true;
        let owner = caller("o", Role::Owner);
        assert_eq!(
            give_role(&caller("a", Role::Admin), &someone, &Role::Owner),
            Err(Refusal::OnlyOwnerGivesOwner)
        );
        assert_eq!(
            give_role(&owner, &someone, &Role::Owner),
            Err(Refusal::OwnershipTransfer)
        );
        assert_eq!(give_role(&owner, &service, &Role::Owner), Err(Refusal::ServiceOwner));
        assert_eq!(give_role(&owner, &someone, &Role::Admin), Ok(()));
        assert_eq!(
            give_role(&owner, &someone, &Role::User),
            Ok(()),
            "the role they have changes nothing"
        );
        assert_eq!(
            give_role(&owner, &someone, &Role::Other("x".into())),
            Err(Refusal::UnknownRole)
        );
    }

    #[test]
    fn readers_change_nothing_and_the_reason_names_the_grant() {
        for role in [
            Role::NetworkAdmin,
            Role::Auditor,
            Role::User,
            Role::BillingAdmin,
            Role::Other("x".into()),
        ] {
            let reader = caller("me", role);
            let target = user("u", Role::User);
            let refused = Err(Refusal::NoPermission(Module::Users, Operation::Create));
            assert_eq!(change_role(&reader, &target), refused);
            assert_eq!(change_groups(&reader, &target), refused);
            assert_eq!(toggle_block(&reader, &target), refused);
            assert_eq!(
                delete(&reader, &target),
                Err(Refusal::NoPermission(Module::Users, Operation::Delete))
            );
        }
    }

    #[test]
    fn a_grant_without_the_admin_role_is_not_enough() {
        let mut odd = caller("me", Role::Admin);
        odd.role = Role::NetworkAdmin;
        assert_eq!(edit(&odd), Err(Refusal::OnlyAdmins));
    }

    #[test]
    fn a_waiting_user_is_approved_not_unblocked() {
        let mut waiting = user("u", Role::User);
        waiting.is_blocked = true;
        waiting.pending_approval = true;
        assert_eq!(
            toggle_block(&caller("a", Role::Admin), &waiting),
            Err(Refusal::WaitsForApproval)
        );
        waiting.pending_approval = false;
        assert_eq!(toggle_block(&caller("a", Role::Admin), &waiting), Ok(()));
    }

    #[test]
    fn only_a_service_user_deletes_an_integrations_user() {
        let mut target = user("u", Role::User);
        target.issued = "integration".to_owned();
        let mut admin = caller("a", Role::Admin);
        assert_eq!(delete(&admin, &target), Err(Refusal::Integration));
        admin.is_service_user = true;
        assert_eq!(delete(&admin, &target), Ok(()));
    }

    #[test]
    fn tokens_are_ones_own_or_those_of_service_users() {
        let with_pats = |id: &str, role: Role, grant: Grant| {
            let mut caller = caller(id, role);
            caller.permissions.modules.insert("pats".to_owned(), grant);
            caller
        };
        let all = Grant {
            create: true,
            read: true,
            update: true,
            delete: true,
        };
        let read = Grant {
            read: true,
            ..Grant::default()
        };
        let mut service = user("s", Role::User);
        service.is_service_user = true;
        let ada = user("a", Role::Admin);
        let (see, make) = (Operation::Read, Operation::Create);
        let admin = with_pats("a", Role::Admin, all);
        assert_eq!(tokens(&admin, &ada, make), Ok(()));
        assert_eq!(tokens(&admin, &service, make), Ok(()));
        assert_eq!(tokens(&admin, &user("u", Role::User), see), Err(Refusal::OthersTokens));
        let network = with_pats("n", Role::NetworkAdmin, all);
        assert_eq!(tokens(&network, &user("n", Role::NetworkAdmin), make), Ok(()));
        assert_eq!(tokens(&network, &service, see), Err(Refusal::ServiceTokens));
        let auditor = with_pats("b", Role::Auditor, read);
        assert_eq!(tokens(&auditor, &user("b", Role::Auditor), see), Ok(()));
        let no = |operation| Err(Refusal::NoPermission(Module::Pats, operation));
        assert_eq!(tokens(&auditor, &user("b", Role::Auditor), make), no(make));
        assert_eq!(tokens(&caller("u", Role::User), &user("u", Role::User), see), no(see));
    }
}
