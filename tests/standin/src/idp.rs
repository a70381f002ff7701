//! Owns which identity provider the server has, and what is refused because of it (contract 4.5).

use crate::errors::ApiError;
use crate::store::identities;
use crate::store::users::User;

/// Who keeps the people that sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IdpManager {
    /// The provider in the server itself.
    #[default]
    Embedded,
    /// A provider of somebody else, which the server may invite people to and delete them from.
    External,
    /// A provider of somebody else, which the server only takes tokens of.
    None,
}

/// The identity provider of a running server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Idp {
    pub manager: IdpManager,
    /// Whether people may have a password with the embedded provider.
    pub local_auth: bool,
    /// Whether who is deleted here is deleted at an external provider, too.
    pub delete_users: bool,
}

impl Idp {
    /// The provider in the server itself, with passwords: the default.
    #[cfg(test)]
    pub const EMBEDDED: Self = Self {
        manager: IdpManager::Embedded,
        local_auth: true,
        delete_users: false,
    };

    pub fn is_embedded(self) -> bool {
        self.manager == IdpManager::Embedded
    }

    /// Whether nobody signs in with a password of the embedded provider.
    pub fn is_local_auth_disabled(self) -> bool {
        self.is_embedded() && !self.local_auth
    }

    /// Without a manager nobody can be invited.
    pub fn must_have_manager(self) -> Result<(), ApiError> {
        if self.manager == IdpManager::None {
            return refused("idp manager must be enabled to send user invites");
        }
        Ok(())
    }

    /// Invite links are for passwords, which only the embedded provider has.
    pub fn must_have_invite_links(self) -> Result<(), ApiError> {
        if !self.is_embedded() {
            return refused("invite links are only available with embedded identity provider");
        }
        Ok(())
    }

    /// Outside providers stand behind the embedded one.
    pub fn must_be_embedded(self) -> Result<(), ApiError> {
        if !self.is_embedded() {
            return refused("identity providers are only available with embedded identity provider");
        }
        Ok(())
    }

    pub fn must_have_passwords(self) -> Result<(), ApiError> {
        if !self.is_embedded() {
            return refused("password change is only available with embedded identity provider");
        }
        Ok(())
    }

    /// Nobody with a password is made while passwords are switched off.
    pub fn must_have_local_auth(self) -> Result<(), ApiError> {
        if self.is_local_auth_disabled() {
            return refused("local user creation is disabled - use an external identity provider");
        }
        Ok(())
    }

    /// Deletes somebody at the provider, as far as deleting their user does that.
    pub fn forget(self, db: &rusqlite::Connection, user: &User) -> rusqlite::Result<()> {
        match self.manager {
            IdpManager::Embedded => identities::delete_local(db, &user.id),
            IdpManager::External if self.delete_users => identities::delete(db, &user.id),
            IdpManager::External | IdpManager::None => Ok(()),
        }
    }
}

fn refused(text: &str) -> Result<(), ApiError> {
    Err(ApiError::business(412, text))
}
