//! What the signed-in user may do, by module and operation.

use super::role::Role;

/// What is asked of a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operation {
    /// make new ones
    Create,
    /// see
    Read,
    /// change
    Update,
    /// remove
    Delete,
}

/// The modules that a page of the console asks for; the server knows more (`contract` 3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Module {
    /// users of the account
    Users,
    /// groups of peers
    Groups,
    /// devices
    Peers,
    /// the account itself
    Accounts,
    /// the account's settings
    Settings,
    /// personal access tokens
    Pats,
    /// outside sign-ins of the embedded provider
    IdentityProviders,
    /// the audit log
    Events,
}

impl Module {
    /// All that the console asks about.
    pub const ALL: [Self; 8] = [
        Self::Users,
        Self::Groups,
        Self::Peers,
        Self::Accounts,
        Self::Settings,
        Self::Pats,
        Self::IdentityProviders,
        Self::Events,
    ];

    /// The module's name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Users => "users",
            Self::Groups => "groups",
            Self::Peers => "peers",
            Self::Accounts => "accounts",
            Self::Settings => "settings",
            Self::Pats => "pats",
            Self::IdentityProviders => "identity_providers",
            Self::Events => "events",
        }
    }
}

/// The modules that make up the network.
pub const NETWORK_MODULES: &[&str] = &["groups", "networks", "routes", "dns", "nameservers", "policies"];
/// The modules that are newer than the roles: only those who may do everything, or look at everything, have them.
pub const NEWER_MODULES: &[&str] = &["remote_jobs", "services", "agent_network"];

/// The operations granted on one module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// may make new ones
    pub create: bool,
    /// may see
    pub read: bool,
    /// may change
    pub update: bool,
    /// may remove
    pub delete: bool,
}

impl Grant {
    /// Everything.
    pub const ALL: Self = Self {
        create: true,
        read: true,
        update: true,
        delete: true,
    };
    /// To look and nothing else.
    pub const READ: Self = Self {
        create: false,
        read: true,
        update: false,
        delete: false,
    };
    /// Nothing.
    pub const NONE: Self = Self {
        create: false,
        read: false,
        update: false,
        delete: false,
    };

    /// What a role has on a module of the open-source server (`contract` 3.3). A role nobody has heard of has nothing.
    pub fn of_role(role: &Role, module: &str) -> Self {
        match role {
            Role::Admin if module == Module::Accounts.as_str() => Self::READ,
            Role::Owner | Role::Admin => Self::ALL,
            Role::Auditor => Self::READ,
            Role::NetworkAdmin if NETWORK_MODULES.contains(&module) || module == Module::Pats.as_str() => Self::ALL,
            Role::NetworkAdmin if !NEWER_MODULES.contains(&module) => Self::READ,
            _ => Self::NONE,
        }
    }

    /// Whether `operation` is among them.
    pub fn allows(self, operation: Operation) -> bool {
        match operation {
            Operation::Create => self.create,
            Operation::Read => self.read,
            Operation::Update => self.update,
            Operation::Delete => self.delete,
        }
    }
}

/// Grants by the names of modules. There are two dozen: a list is as quick as a tree, and a quarter of its code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modules(Vec<(String, Grant)>);

impl Modules {
    /// The grant on a module, if it is listed.
    pub fn get(&self, name: &str) -> Option<&Grant> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, grant)| grant)
    }

    /// Lists a grant; one that is there is replaced.
    pub fn insert(&mut self, name: String, grant: Grant) {
        self.remove(&name);
        self.0.push((name, grant));
    }

    /// Takes a module off the list.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| known != name);
    }

    /// Whether none is listed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All grants.
    pub fn values(&self) -> impl Iterator<Item = &Grant> {
        self.0.iter().map(|(_, grant)| grant)
    }
}

impl FromIterator<(String, Grant)> for Modules {
    fn from_iter<I: IntoIterator<Item = (String, Grant)>>(grants: I) -> Self {
        Self(grants.into_iter().collect())
    }
}

/// The grants of the signed-in user. A grant is not the whole truth: [`super::guard`] narrows it by target.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Permissions {
    /// The account hides everything but their own row from this user.
    pub is_restricted: bool,
    /// Grants by the module's name.
    pub modules: Modules,
}

impl Permissions {
    /// Whether the grant is there; a module that is not listed is not granted.
    pub fn allows(&self, module: Module, operation: Operation) -> bool {
        self.modules
            .get(module.as_str())
            .is_some_and(|grant| grant.allows(operation))
    }

    /// The grants of a service user, to whom the server does not tell them (`contract` 2.2, 3.3): those of the role, and
    /// every read on top.
    pub fn of_service_user(role: &Role) -> Self {
        let grant = |module: Module| Grant {
            read: true,
            ..Grant::of_role(role, module.as_str())
        };
        Self {
            is_restricted: false,
            modules: Module::ALL
                .into_iter()
                .map(|module| (module.as_str().to_owned(), grant(module)))
                .collect(),
        }
    }

    /// No grants at all: a role without a permission set (`billing_admin`), or not known yet.
    pub fn none() -> Self {
        Self::default()
    }

    /// Whether nothing at all is granted.
    pub fn is_empty(&self) -> bool {
        self.modules.values().all(|grant| *grant == Grant::NONE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unlisted_module_is_not_granted() {
        assert!(!Permissions::none().allows(Module::Users, Operation::Read));
        assert!(Permissions::none().is_empty());
    }

    #[test]
    fn a_service_user_reads_everything_and_writes_by_role() {
        for (role, users, groups, accounts) in [
            (Role::Admin, true, true, false),
            (Role::NetworkAdmin, false, true, false),
            (Role::Auditor, false, false, false),
            (Role::User, false, false, false),
            (Role::BillingAdmin, false, false, false),
            (Role::Other("gatekeeper".to_owned()), false, false, false),
        ] {
            let permissions = Permissions::of_service_user(&role);
            assert_eq!(permissions.allows(Module::Users, Operation::Update), users, "{role}");
            assert_eq!(permissions.allows(Module::Groups, Operation::Create), groups, "{role}");
            assert_eq!(
                permissions.allows(Module::Accounts, Operation::Delete),
                accounts,
                "{role}"
            );
            for module in Module::ALL {
                assert!(
                    permissions.allows(module, Operation::Read),
                    "{role}: {}",
                    module.as_str()
                );
            }
            // The grants on tokens are those on groups (contract 3.3).
            assert_eq!(permissions.allows(Module::Pats, Operation::Create), groups, "{role}");
        }
    }
}
