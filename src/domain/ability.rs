//! What somebody may do, in the areas that people think in: grants of many modules summed up (`contract` 3.3, 3.4).

use super::permission::{Grant, NETWORK_MODULES, NEWER_MODULES, Permissions};
use super::role::Role;

/// An area of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// users and invitations
    Users,
    /// own access tokens, and those of service users
    Tokens,
    /// groups, networks, routes, DNS, policies
    Network,
    /// devices and setup keys
    Devices,
    /// settings of the account
    Settings,
    /// the account itself: deleting it
    Account,
    /// the audit log
    Activity,
    /// where people sign in
    Providers,
    /// remote jobs, services, the agent network: all that is newer
    Others,
}

/// How far somebody may go in an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// nothing at all
    Nothing,
    /// look
    See,
    /// some of it
    Some,
    /// everything
    Manage,
}

impl Area {
    /// All, in the order they are shown.
    pub const ALL: [Self; 9] = [
        Self::Users,
        Self::Tokens,
        Self::Settings,
        Self::Account,
        Self::Network,
        Self::Devices,
        Self::Providers,
        Self::Activity,
        Self::Others,
    ];

    /// The modules in it.
    fn modules(self) -> &'static [&'static str] {
        match self {
            Self::Users => &["users"],
            Self::Tokens => &["pats"],
            Self::Settings => &["settings"],
            Self::Account => &["accounts"],
            Self::Network => NETWORK_MODULES,
            Self::Devices => &["peers", "setup_keys"],
            Self::Providers => &["identity_providers"],
            Self::Activity => &["events"],
            Self::Others => NEWER_MODULES,
        }
    }
}

/// What the grants come to in an area.
pub fn level(permissions: &Permissions, area: Area) -> Level {
    let modules = area.modules();
    let grants = |wanted: fn(Grant) -> bool| {
        modules
            .iter()
            .filter(|module| permissions.modules.get(module).is_some_and(|grant| wanted(*grant)))
            .count()
    };
    let full = modules.len();
    let sees = grants(|grant| grant.read) == full;
    if area == Area::Activity {
        // Nobody can change what has happened, whatever the grant says.
        return if sees { Level::See } else { Level::Nothing };
    }
    if grants(|grant| grant == Grant::ALL) == full {
        Level::Manage
    } else if grants(|grant| grant == Grant::READ) == full {
        Level::See
    } else if grants(|grant| grant != Grant::NONE) == 0 {
        Level::Nothing
    } else {
        Level::Some
    }
}

/// The grants that a role has in the open-source server; `None` for a role nobody has heard of. Service users read
/// everything on top, whatever their role.
pub fn of_role(role: &Role, is_service_user: bool) -> Option<Permissions> {
    if matches!(role, Role::Other(_)) {
        return None;
    }
    let mut permissions = Permissions::none();
    for module in Area::ALL.into_iter().flat_map(Area::modules) {
        let mut grant = Grant::of_role(role, module);
        grant.read |= is_service_user;
        permissions.modules.insert((*module).to_owned(), grant);
    }
    Some(permissions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn levels(role: Role) -> Vec<Level> {
        let permissions = of_role(&role, false).unwrap();
        Area::ALL.into_iter().map(|area| level(&permissions, area)).collect()
    }

    #[test]
    fn roles_have_what_the_table_of_the_contract_says() {
        use Level::{Manage, Nothing, See};
        let owner = [Manage, Manage, Manage, Manage, Manage, Manage, Manage, See, Manage];
        assert_eq!(levels(Role::Owner), owner);
        let mut admin = owner;
        admin[3] = See;
        assert_eq!(levels(Role::Admin), admin);
        assert_eq!(
            levels(Role::NetworkAdmin),
            [See, Manage, See, See, Manage, See, See, See, Nothing]
        );
        assert_eq!(levels(Role::Auditor), [See; 9]);
        assert_eq!(levels(Role::User), [Nothing; 9]);
        assert_eq!(levels(Role::BillingAdmin), [Nothing; 9]);
        assert_eq!(of_role(&Role::Other("gatekeeper".to_owned()), false), None);
    }

    #[test]
    fn a_service_user_sees_everything_whatever_the_role() {
        let user = of_role(&Role::User, true).unwrap();
        assert!(Area::ALL.into_iter().all(|area| level(&user, area) == Level::See));
        let admin = of_role(&Role::Admin, true).unwrap();
        assert_eq!(level(&admin, Area::Users), Level::Manage);
    }

    #[test]
    fn what_is_neither_all_nor_nothing_is_some() {
        let mut permissions = of_role(&Role::Auditor, false).unwrap();
        permissions.modules.insert("dns".to_owned(), Grant::ALL);
        assert_eq!(level(&permissions, Area::Network), Level::Some);
        permissions.modules.remove("users");
        assert_eq!(level(&permissions, Area::Users), Level::Nothing);
        permissions.modules.insert(
            "users".to_owned(),
            Grant {
                update: true,
                ..Grant::default()
            },
        );
        assert_eq!(level(&permissions, Area::Users), Level::Some);
    }
}
