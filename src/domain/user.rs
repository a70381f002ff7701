//! A user as the console understands one: typed, whatever the server sent.

use roost_list::{LastLogin, status_of};

use super::role::Role;

/// A user's id: the subject at the identity provider, opaque (`contract` 3.1).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UserId(pub String);

impl UserId {
    /// The id as the API writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a user's row says about whether they can work (`contract` 3.5).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// Can work.
    Active,
    /// Invited at an external provider, never signed in.
    Invited,
    /// Blocked by an administrator.
    Blocked,
    /// Signed in once and waits for an administrator's decision.
    Pending,
    /// A word nobody has heard of, as it came.
    Other(String),
}

impl Status {
    /// Every status the console has words for, in the order of a filter's list.
    pub const KNOWN: [Self; 4] = [Self::Active, Self::Pending, Self::Invited, Self::Blocked];

    /// Derives the status from a row's fields. Waiting for approval goes before blocked, because a waiting user is
    /// both; a user who was unblocked while waiting works although the flag stays (`contract` 4.3).
    pub fn derive(status: &str, is_blocked: bool, pending_approval: bool) -> Self {
        Self::parse(status_of(status, is_blocked, pending_approval))
    }

    /// Reads the name used in an address.
    pub fn parse(name: &str) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|status| status.as_str() == name)
            .unwrap_or_else(|| Self::Other(name.to_owned()))
    }

    /// The name used in an address.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Invited => "invited",
            Self::Blocked => "blocked",
            Self::Pending => "pending",
            Self::Other(word) => word,
        }
    }
}

/// One user of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// Opaque id.
    pub id: UserId,
    /// Display name; may be empty.
    pub name: String,
    /// E-mail; empty for service users and where the provider sent none.
    pub email: String,
    /// Role.
    pub role: Role,
    /// The server's own word; [`User::status`] is what to show.
    pub raw_status: String,
    /// Ids of the groups that new peers of this user join; may hold ids that no group has any more.
    pub auto_groups: Vec<String>,
    /// Blocked, or waiting for approval.
    pub is_blocked: bool,
    /// Waiting for approval, or unblocked while waiting.
    pub pending_approval: bool,
    /// The caller.
    pub is_current: bool,
    /// Made for tokens, without sign-in.
    pub is_service_user: bool,
    /// `api`, `integration` or nothing.
    pub issued: String,
    /// When they last signed in, as far as the server records it (`contract` 3.1).
    pub last_login: LastLogin,
    /// The connector the user signs in with; `local` for e-mail and password.
    pub idp_id: Option<String>,
}

impl User {
    /// What to show as status.
    pub fn status(&self) -> Status {
        Status::derive(&self.raw_status, self.is_blocked, self.pending_approval)
    }

    /// The best name there is: name, else e-mail, else id.
    pub fn display_name(&self) -> &str {
        [self.name.as_str(), self.email.as_str()]
            .into_iter()
            .find(|text| !text.trim().is_empty())
            .unwrap_or(self.id.as_str())
    }

    /// Whether the server lists this user as an integration's, which only that integration may delete.
    pub fn is_from_integration(&self) -> bool {
        self.issued == "integration"
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A plain user for other modules' tests.
    pub(crate) fn user(id: &str, role: Role) -> User {
        User {
            id: UserId(id.to_owned()),
            name: format!("Name of {id}"),
            email: format!("{id}@example.com"),
            role,
            raw_status: "active".to_owned(),
            auto_groups: Vec::new(),
            is_blocked: false,
            pending_approval: false,
            is_current: false,
            is_service_user: false,
            issued: "api".to_owned(),
            last_login: LastLogin::Never,
            idp_id: Some("local".to_owned()),
        }
    }

    #[test]
    fn status_follows_the_table_of_the_contract() {
        for (raw, blocked, pending, expected) in [
            ("active", false, false, Status::Active),
            ("invited", false, false, Status::Invited),
            ("blocked", true, false, Status::Blocked),
            ("blocked", true, true, Status::Pending),
            ("active", false, true, Status::Active),
            ("frozen", false, false, Status::Other("frozen".to_owned())),
        ] {
            assert_eq!(
                Status::derive(raw, blocked, pending),
                expected,
                "{raw} {blocked} {pending}"
            );
        }
    }

    #[test]
    fn display_name_falls_back_to_email_and_id() {
        let mut someone = user("u1", Role::User);
        assert_eq!(someone.display_name(), "Name of u1");
        someone.name = "  ".to_owned();
        assert_eq!(someone.display_name(), "u1@example.com");
        someone.email.clear();
        assert_eq!(someone.display_name(), "u1");
    }
}
