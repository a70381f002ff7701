//! The pages of the settings.

/// One page of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// how people and devices sign in
    Authentication,
    /// what groups do
    Groups,
    /// addresses, names, what is exposed
    Network,
    /// the programs on the devices
    Clients,
    /// what people see
    Permissions,
    /// what cannot be undone
    Danger,
}

impl Section {
    /// All, in the order of the navigation.
    pub const ALL: [Self; 6] = [
        Self::Authentication,
        Self::Groups,
        Self::Network,
        Self::Clients,
        Self::Permissions,
        Self::Danger,
    ];

    /// The name used in an address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Authentication => "authentication",
            Self::Groups => "groups",
            Self::Network => "network",
            Self::Clients => "clients",
            Self::Permissions => "permissions",
            Self::Danger => "danger",
        }
    }

    /// Reads the name used in an address.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|section| section.as_str() == name)
    }
}
