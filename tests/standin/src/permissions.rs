//! Owns roles and what they may do (contract 1.7, 3.2 to 3.4).

use std::collections::BTreeMap;

use serde::Serialize;

use crate::errors::ApiError;
use crate::store::users::User;

/// A role. Input is case-insensitive, output lower case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    Owner,
    Admin,
    NetworkAdmin,
    Auditor,
    User,
    BillingAdmin,
    /// Only from an invite with a bad role.
    Unknown,
}

impl Role {
    /// A role somebody asks for; `unknown` cannot be asked for.
    pub fn parse(text: &str) -> Option<Self> {
        let wanted = text.to_lowercase();
        [
            Self::Owner,
            Self::Admin,
            Self::NetworkAdmin,
            Self::Auditor,
            Self::User,
            Self::BillingAdmin,
        ]
        .into_iter()
        .find(|role| role.name() == wanted)
    }

    /// A role from the database.
    pub fn stored(text: &str) -> Self {
        Self::parse(text).unwrap_or(Self::Unknown)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Admin => "admin",
            Self::NetworkAdmin => "network_admin",
            Self::Auditor => "auditor",
            Self::User => "user",
            Self::BillingAdmin => "billing_admin",
            Self::Unknown => "unknown",
        }
    }

    pub fn is_admin(self) -> bool {
        matches!(self, Self::Owner | Self::Admin)
    }

    /// Whether the open-source server has any permissions at all for this role.
    fn has_permissions(self) -> bool {
        !matches!(self, Self::BillingAdmin | Self::Unknown)
    }
}

/// One of the four things that can be done to a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    Create,
    Read,
    Update,
    Delete,
}

/// The modules this stand-in asks about; the others appear only in `MODULES`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Module(&'static str);

pub const USERS: Module = Module("users");
pub const PATS: Module = Module("pats");
pub const GROUPS: Module = Module("groups");
pub const PEERS: Module = Module("peers");
pub const ACCOUNTS: Module = Module("accounts");
pub const SETTINGS: Module = Module("settings");
pub const EVENTS: Module = Module("events");
pub const IDENTITY_PROVIDERS: Module = Module("identity_providers");

const MODULES: [&str; 24] = [
    "networks",
    "peers",
    "remote_jobs",
    "groups",
    "settings",
    "accounts",
    "dns",
    "nameservers",
    "events",
    "policies",
    "routes",
    "users",
    "setup_keys",
    "pats",
    "identity_providers",
    "services",
    "agent_network",
    "agent_network.providers",
    "agent_network.policies",
    "agent_network.guardrails",
    "agent_network.budgets",
    "agent_network.usage",
    "agent_network.logs",
    "agent_network.settings",
];

/// What a role may do to one module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the wire format has these four flags")]
pub struct Grants {
    create: bool,
    read: bool,
    update: bool,
    delete: bool,
}

impl Grants {
    const ALL: Self = Self {
        create: true,
        read: true,
        update: true,
        delete: true,
    };
    const READ: Self = Self {
        create: false,
        read: true,
        update: false,
        delete: false,
    };
    const NONE: Self = Self {
        create: false,
        read: false,
        update: false,
        delete: false,
    };

    fn of(role: Role, module: &str) -> Self {
        match role {
            Role::Admin if module == "accounts" => Self::READ,
            Role::Owner | Role::Admin => Self::ALL,
            Role::NetworkAdmin => match module {
                "networks" | "groups" | "dns" | "nameservers" | "policies" | "routes" | "pats" => Self::ALL,
                "users" | "accounts" | "settings" | "events" | "peers" | "setup_keys" | "identity_providers" => {
                    Self::READ
                }
                _ => Self::NONE,
            },
            Role::Auditor => Self::READ,
            Role::User | Role::BillingAdmin | Role::Unknown => Self::NONE,
        }
    }

    fn allows(self, operation: Operation) -> bool {
        match operation {
            Operation::Create => self.create,
            Operation::Read => self.read,
            Operation::Update => self.update,
            Operation::Delete => self.delete,
        }
    }
}

/// Every module with what `role` may do to it; empty for a role without permissions.
pub fn matrix(role: Role) -> BTreeMap<&'static str, Grants> {
    if !role.has_permissions() {
        return BTreeMap::new();
    }
    MODULES
        .into_iter()
        .map(|module| (module, Grants::of(role, module)))
        .collect()
}

/// Why a permission check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denial {
    Blocked,
    Pending,
    OtherAccount,
    RoleWithoutPermissions(Role),
    NotGranted,
}

/// The check `P(module.operation)` of contract 1.7, for the caller's own account.
pub fn check(caller: &User, module: Module, operation: Operation) -> Result<(), Denial> {
    check_in(&caller.account, caller, module, operation)
}

/// The check `P(module.operation)` for the account that a call addresses.
pub fn check_in(account: &str, caller: &User, module: Module, operation: Operation) -> Result<(), Denial> {
    if caller.blocked {
        return Err(if caller.pending {
            Denial::Pending
        } else {
            Denial::Blocked
        });
    }
    if caller.account != account {
        return Err(Denial::OtherAccount);
    }
    if operation == Operation::Read && caller.service {
        return Ok(());
    }
    if !caller.role.has_permissions() {
        return Err(Denial::RoleWithoutPermissions(caller.role));
    }
    if Grants::of(caller.role, module.0).allows(operation) {
        Ok(())
    } else {
        Err(Denial::NotGranted)
    }
}

impl Denial {
    fn inner(self) -> String {
        match self {
            Self::Blocked => "user is blocked".to_owned(),
            Self::Pending => "user is pending approval".to_owned(),
            Self::OtherAccount => "user is not part of this account".to_owned(),
            Self::RoleWithoutPermissions(role) => format!("user role: {} not found", role.name()),
            Self::NotGranted => "permission denied".to_owned(),
        }
    }

    /// What most calls answer.
    pub fn error(self) -> ApiError {
        match self {
            Self::NotGranted => ApiError::business(403, &self.inner()),
            _ => ApiError::business(403, &format!("failed to validate user permissions: {}", self.inner())),
        }
    }

    /// What reading groups answers: the inner text and the inner kind.
    pub fn bare_error(self) -> ApiError {
        ApiError::business(self.inner_status(), &self.inner())
    }

    /// What changing settings and deleting an account answer: the usual text and the inner kind.
    pub fn error_of_inner_kind(self) -> ApiError {
        ApiError {
            status: self.inner_status(),
            ..self.error()
        }
    }

    fn inner_status(self) -> u16 {
        if matches!(self, Self::RoleWithoutPermissions(_)) {
            404
        } else {
            403
        }
    }
}

impl From<Denial> for ApiError {
    fn from(denial: Denial) -> Self {
        denial.error()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Contract 3.3, written out a second time as letters.
    const MATRIX: [(&[&str], [&str; 5]); 6] = [
        (
            &["networks", "groups", "dns", "nameservers", "policies", "routes", "pats"],
            ["crud", "crud", "crud", "r", ""],
        ),
        (&["users", "settings"], ["crud", "crud", "r", "r", ""]),
        (&["accounts"], ["crud", "r", "r", "r", ""]),
        (
            &["events", "peers", "setup_keys", "identity_providers"],
            ["crud", "crud", "r", "r", ""],
        ),
        (
            &["remote_jobs", "services", "agent_network", "agent_network.logs"],
            ["crud", "crud", "", "r", ""],
        ),
        (&["a module of the future"], ["crud", "crud", "", "r", ""]),
    ];

    const ROLES: [Role; 5] = [Role::Owner, Role::Admin, Role::NetworkAdmin, Role::Auditor, Role::User];

    fn letters(grants: Grants) -> String {
        [
            (grants.create, 'c'),
            (grants.read, 'r'),
            (grants.update, 'u'),
            (grants.delete, 'd'),
        ]
        .into_iter()
        .filter_map(|(granted, letter)| granted.then_some(letter))
        .collect()
    }

    #[test]
    fn the_matrix_of_the_contract() {
        for (modules, expected) in MATRIX {
            for module in modules {
                for (role, letters_expected) in ROLES.into_iter().zip(expected) {
                    assert_eq!(
                        letters(Grants::of(role, module)),
                        letters_expected,
                        "{} {module}",
                        role.name()
                    );
                }
            }
        }
        assert_eq!(matrix(Role::User).len(), 24);
        assert!(matrix(Role::BillingAdmin).is_empty());
    }

    #[test]
    fn the_check_goes_through_its_reasons_in_order() {
        let user = |role, service, blocked, pending| User {
            role,
            service,
            blocked,
            pending,
            ..User::example()
        };
        let read = |user: User| check(&user, USERS, Operation::Read);
        let write = |user: User| check(&user, USERS, Operation::Update);
        assert_eq!(read(user(Role::Owner, false, true, true)), Err(Denial::Pending));
        assert_eq!(read(user(Role::Owner, false, true, false)), Err(Denial::Blocked));
        assert_eq!(read(user(Role::Admin, false, false, true)), Ok(()));
        assert_eq!(read(user(Role::User, true, false, false)), Ok(()));
        assert_eq!(write(user(Role::User, true, false, false)), Err(Denial::NotGranted));
        assert_eq!(read(user(Role::User, true, true, false)), Err(Denial::Blocked));
        assert_eq!(
            read(user(Role::BillingAdmin, false, false, false)),
            Err(Denial::RoleWithoutPermissions(Role::BillingAdmin))
        );
        assert_eq!(
            write(user(Role::NetworkAdmin, false, false, false)),
            Err(Denial::NotGranted)
        );
        let elsewhere = |user: User| check_in("other", &user, USERS, Operation::Read);
        assert_eq!(
            elsewhere(user(Role::Owner, true, false, false)),
            Err(Denial::OtherAccount)
        );
        assert_eq!(elsewhere(user(Role::Owner, false, true, false)), Err(Denial::Blocked));
        assert_eq!(Denial::Blocked.bare_error().message, "user is blocked");
        let of_inner_kind = Denial::RoleWithoutPermissions(Role::BillingAdmin).error_of_inner_kind();
        assert_eq!(
            (of_inner_kind.status, of_inner_kind.message.as_str()),
            (
                404,
                "failed to validate user permissions: user role: billing_admin not found"
            )
        );
        assert_eq!(
            Denial::RoleWithoutPermissions(Role::BillingAdmin).bare_error().status,
            404
        );
    }

    #[test]
    fn roles_are_read_in_any_case() {
        assert_eq!(Role::parse("Network_Admin"), Some(Role::NetworkAdmin));
        assert_eq!(Role::parse("unknown"), None);
        assert_eq!(Role::stored("boss"), Role::Unknown);
    }
}
