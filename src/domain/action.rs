//! What the console does, and which grant the server asks for before it: the one map that navigation, pages and buttons
//! derive from (`contract` 3.3). Who may do it to whom is [`super::guard`]'s affair.

use super::guard::{Caller, Refusal};
use super::permission::{Module, Operation, Permissions};

/// Something that needs a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// see users made for tokens
    SeeServiceUsers,
    /// see who waits for approval
    SeeApprovals,
    /// see invitations
    SeeInvitations,
    /// see names of groups
    SeeGroups,
    /// see people's devices
    SeeDevices,
    /// see the names of outside sign-ins
    SeeProviders,
    /// see since when somebody waits
    SeeEvents,
    /// see the account and how it lets people in
    SeeAccount,
    /// see the account's settings: the account's own grant goes with this one (`contract` 3.3)
    SeeSettings,
    /// change them
    ChangeSettings,
    /// see tokens
    SeeTokens,
    /// make or invite a person
    MakeUser,
    /// make a service user
    MakeServiceUser,
    /// change role, groups or block, hand on the ownership: the server asks for *create* here (`contract` 2.4)
    EditUser,
    /// delete somebody
    DeleteUser,
    /// approve
    Approve,
    /// reject, which deletes
    Reject,
    /// make another link for an invitation
    RenewInvitation,
    /// take an invitation back
    TakeBackInvitation,
    /// make a group while picking one
    MakeGroup,
    /// make a token
    MakeToken,
    /// revoke a token
    RevokeToken,
}

impl Action {
    /// All.
    pub const ALL: [Self; 22] = [
        Self::SeeServiceUsers,
        Self::SeeApprovals,
        Self::SeeInvitations,
        Self::SeeGroups,
        Self::SeeDevices,
        Self::SeeProviders,
        Self::SeeEvents,
        Self::SeeAccount,
        Self::SeeSettings,
        Self::ChangeSettings,
        Self::SeeTokens,
        Self::MakeUser,
        Self::MakeServiceUser,
        Self::EditUser,
        Self::DeleteUser,
        Self::Approve,
        Self::Reject,
        Self::RenewInvitation,
        Self::TakeBackInvitation,
        Self::MakeGroup,
        Self::MakeToken,
        Self::RevokeToken,
    ];

    /// The grant that the server asks for.
    pub const fn needs(self) -> (Module, Operation) {
        match self {
            Self::SeeServiceUsers | Self::SeeApprovals | Self::SeeInvitations => (Module::Users, Operation::Read),
            Self::SeeGroups => (Module::Groups, Operation::Read),
            Self::SeeDevices => (Module::Peers, Operation::Read),
            Self::SeeProviders => (Module::IdentityProviders, Operation::Read),
            Self::SeeEvents => (Module::Events, Operation::Read),
            Self::SeeAccount => (Module::Accounts, Operation::Read),
            Self::SeeSettings => (Module::Settings, Operation::Read),
            Self::ChangeSettings => (Module::Settings, Operation::Update),
            Self::SeeTokens => (Module::Pats, Operation::Read),
            Self::MakeUser | Self::MakeServiceUser | Self::EditUser => (Module::Users, Operation::Create),
            Self::Approve | Self::RenewInvitation => (Module::Users, Operation::Update),
            Self::DeleteUser | Self::Reject | Self::TakeBackInvitation => (Module::Users, Operation::Delete),
            Self::MakeGroup => (Module::Groups, Operation::Create),
            Self::MakeToken => (Module::Pats, Operation::Create),
            Self::RevokeToken => (Module::Pats, Operation::Delete),
        }
    }

    /// Whether these grants are enough.
    pub fn is_granted(self, permissions: &Permissions) -> bool {
        let (module, operation) = self.needs();
        permissions.allows(module, operation)
    }

    /// Whether the caller's grants are enough.
    ///
    /// # Errors
    /// The grant that is missing.
    pub fn check(self, caller: &Caller) -> Result<(), Refusal> {
        if self.is_granted(&caller.permissions) {
            Ok(())
        } else {
            Err(self.refusal())
        }
    }

    /// What to say when the grant is missing.
    pub const fn refusal(self) -> Refusal {
        let (module, operation) = self.needs();
        Refusal::NoPermission(module, operation)
    }
}
