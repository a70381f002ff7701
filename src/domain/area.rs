//! The areas of the console and who sees them: navigation, pages and shortcuts all ask here.

use super::action::Action;
use super::new_user::Admission;
use super::permission::{Module, Operation, Permissions};

/// What the navigation leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// people
    Users,
    /// users made for tokens
    ServiceUsers,
    /// people who wait for an administrator
    Approvals,
    /// invitations of the embedded provider
    Invitations,
    /// the account's settings
    Settings,
    /// the signed-in user
    Profile,
}

impl Area {
    /// All, in the order of the navigation.
    pub const ALL: [Self; 6] = [
        Self::Users,
        Self::ServiceUsers,
        Self::Approvals,
        Self::Invitations,
        Self::Settings,
        Self::Profile,
    ];

    /// What the server asks for before it shows the area; nothing where everybody sees at least themselves.
    pub fn needs(self) -> Option<(Module, Operation)> {
        let look = match self {
            Self::Users | Self::Profile => return None,
            Self::ServiceUsers => Action::SeeServiceUsers,
            Self::Approvals => Action::SeeApprovals,
            Self::Invitations => Action::SeeInvitations,
            Self::Settings => Action::SeeSettings,
        };
        Some(look.needs())
    }

    /// Whether the navigation leads there: who sees it is offered it, unless the server has nothing of the kind.
    pub fn is_offered(self, permissions: &Permissions, admission: Option<Admission>) -> bool {
        let exists = self != Self::Invitations || admission.is_some_and(Admission::has_links);
        exists && self.is_open_to(permissions)
    }

    /// Whether somebody with these grants sees it.
    pub fn is_open_to(self, permissions: &Permissions) -> bool {
        self.needs()
            .is_none_or(|(module, operation)| permissions.allows(module, operation))
    }
}

#[cfg(test)]
mod tests {
    use super::super::permission::Grant;
    use super::*;

    #[test]
    fn who_may_not_read_users_sees_only_what_is_their_own() {
        let nobody = Permissions::none();
        let open = |permissions: &Permissions| Area::ALL.map(|area| area.is_open_to(permissions));
        assert_eq!(open(&nobody), [true, false, false, false, false, true]);
        let mut reader = Permissions::none();
        let read = Grant {
            read: true,
            ..Grant::default()
        };
        reader.modules.insert("users".to_owned(), read);
        assert_eq!(open(&reader), [true, true, true, true, false, true]);
        reader.modules.insert("settings".to_owned(), read);
        assert_eq!(open(&reader), [true; 6]);
    }

    #[test]
    fn invitations_are_offered_where_the_server_has_them() {
        let mut reader = Permissions::none();
        let read = Grant {
            read: true,
            ..Grant::default()
        };
        reader.modules.insert("users".to_owned(), read);
        for (admission, offered) in [
            (Some(Admission::Embedded), true),
            (Some(Admission::NoPasswords), true),
            (Some(Admission::External), false),
            (Some(Admission::Unmanaged), false),
            (None, false),
        ] {
            assert_eq!(
                Area::Invitations.is_offered(&reader, admission),
                offered,
                "{admission:?}"
            );
            assert!(Area::Approvals.is_offered(&reader, admission));
            assert!(!Area::Invitations.is_offered(&Permissions::none(), admission));
        }
    }
}
