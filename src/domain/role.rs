//! Roles: NetBird's names for what a user may do.

use std::fmt;

/// A role (`contract` 3.2). A string nobody has heard of stays readable and goes back as it came.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// Everything, including deleting the account. One per account in practice.
    Owner,
    /// Everything but changing the account itself.
    Admin,
    /// Networks, groups, DNS, policies and own tokens; reads most of the rest.
    NetworkAdmin,
    /// Reads everything, changes nothing.
    Auditor,
    /// Own row and own peers.
    User,
    /// Accepted by the server, without a permission set in the open-source one.
    BillingAdmin,
    /// Anything else.
    Other(String),
}

impl Role {
    /// The roles that can be given to a person, in order of what they may do.
    pub const ASSIGNABLE: [Self; 6] = [
        Self::Owner,
        Self::Admin,
        Self::NetworkAdmin,
        Self::Auditor,
        Self::BillingAdmin,
        Self::User,
    ];

    /// Reads the name as the API writes it, in any case.
    pub fn parse(name: &str) -> Self {
        Self::ASSIGNABLE
            .into_iter()
            .find(|role| role.as_str().eq_ignore_ascii_case(name))
            .unwrap_or_else(|| Self::Other(name.to_owned()))
    }

    /// The name as the API writes it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::NetworkAdmin => "network_admin",
            Self::Auditor => "auditor",
            Self::User => "user",
            Self::BillingAdmin => "billing_admin",
            Self::Other(name) => name,
        }
    }

    /// Whether the server lets this role change other users at all (`contract` 4.1, rule 1).
    pub fn administers_users(&self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_round_trip_in_any_case_and_unknown_ones_survive() {
        for role in Role::ASSIGNABLE {
            assert_eq!(Role::parse(role.as_str()), role);
            assert_eq!(Role::parse(&role.as_str().to_uppercase()), role);
        }
        assert_eq!(Role::parse("Gatekeeper").as_str(), "Gatekeeper");
        assert_eq!(Role::parse("").as_str(), "");
    }

    #[test]
    fn the_list_sorts_every_role_as_they_are_offered() {
        let offered: Vec<String> = Role::ASSIGNABLE.iter().map(|role| role.as_str().to_owned()).collect();
        let mut sorted = offered.clone();
        sorted.reverse();
        sorted.push("aardvark".to_owned());
        sorted.sort_by(|a, b| roost_list::compare_roles(a, b));
        assert_eq!(
            sorted.pop().as_deref(),
            Some("aardvark"),
            "a role that the list does not know comes last"
        );
        assert_eq!(sorted, offered);
    }
}
