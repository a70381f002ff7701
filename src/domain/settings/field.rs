//! The table of all settings: what is drawn, checked, reviewed, searched and tested comes from here.

use super::section::Section;

/// What a setting holds, and so how it is drawn and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// on or off
    Flag,
    /// on, off, or left to whoever reads it: what is absent is not off
    Override,
    /// seconds
    Duration(Bound),
    /// any text
    Text,
    /// a range of addresses
    Cidr(super::cidr::Family),
    /// a domain
    Domain,
    /// the version that clients update to
    Release,
    /// ids of groups
    Groups,
    /// names of groups
    GroupNames,
    /// the server's mode: nobody changes it here
    Mode,
}

/// What a duration may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// an hour to 180 days, as the server asks
    Login,
    /// the server takes all; below zero is refused here, below a minute is warned of
    NotNegative,
}

/// What another setting has to be for this one to be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// nothing
    Nothing,
    /// a group in this list
    SomeIn(Field),
    /// this switch on
    On(Field),
    /// the groups of the list still exist
    KnownGroups,
}

/// What follows from a change, beyond the change itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// nothing that anybody notices
    None,
    /// people sign in again
    Login,
    /// devices that are away sign in again
    Inactivity,
    /// newcomers wait, or do not
    UserApproval,
    /// nothing on a server of one's own
    CloudOnly,
    /// a second factor for all local users
    Mfa,
    /// devices join the groups of their users
    Propagation,
    /// who may sign in
    AllowList,
    /// every device gets another address
    Address,
    /// every device gets another IPv6 address
    AddressV6,
    /// devices get or lose IPv6
    Ipv6,
    /// every device gets another name
    Names,
    /// people may publish services
    Expose,
    /// the server forgets it
    NotKept,
    /// clients replace themselves
    Update,
    /// what ordinary users see
    Restricted,
}

/// One line of the table.
#[derive(Debug)]
pub struct Entry {
    /// where it stands below the account, as the API names it: `settings/extra/…`
    pub path: &'static [&'static str],
    /// its page
    pub section: Section,
    /// what it holds
    pub kind: Kind,
    /// what is there in a new account, where that is a flag or a number; the rest begins empty
    pub default: i64,
    /// what another setting has to be
    pub needs: Needs,
    /// what follows from a change
    pub effect: Effect,
    /// whether NetBird's audit log records a change
    pub recorded: bool,
}

macro_rules! table {
    ($($field:ident $section:ident [$($path:literal)+] $kind:expr, $default:literal, $needs:expr, $effect:ident, $recorded:literal;)*) => {
        /// A setting. The table's order is the order on screen.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Field {
            $(#[doc = concat!($("/", $path),+)] $field),*
        }

        const ALL: &[Field] = &[$(Field::$field),*];

        impl Field {
            /// The field's line of the table.
            pub fn entry(self) -> &'static Entry {
                match self {
                    $(Self::$field => {
                        const ENTRY: Entry = Entry {
                            path: &[$($path),+],
                            section: Section::$section,
                            kind: $kind,
                            default: $default,
                            needs: $needs,
                            effect: Effect::$effect,
                            recorded: $recorded,
                        };
                        &ENTRY
                    })*
                }
            }
        }
    };
}

use super::cidr::Family::{V4, V6};
use Bound::{Login, NotNegative};
use Kind::{Cidr, Domain, Duration, Flag, GroupNames, Groups, Mode, Override, Release, Text};
use Needs::{KnownGroups, Nothing, On, SomeIn};

// field, page, path, kind, default of a new account, needs, effect, recorded in the audit log
table! {
    LoginExpirationEnabled Authentication ["settings" "peer_login_expiration_enabled"] Flag, 1, Nothing, Login, true;
    LoginExpiration Authentication ["settings" "peer_login_expiration"] Duration(Login), 86_400, Nothing, Login, true;
    InactivityExpirationEnabled Authentication ["settings" "peer_inactivity_expiration_enabled"] Flag, 0, Nothing, Inactivity, true;
    InactivityExpiration Authentication ["settings" "peer_inactivity_expiration"] Duration(NotNegative), 600, Nothing, Inactivity, true;
    UserApproval Authentication ["settings" "extra" "user_approval_required"] Flag, 1, Nothing, UserApproval, false;
    PeerApproval Authentication ["settings" "extra" "peer_approval_enabled"] Flag, 0, Nothing, CloudOnly, false;
    LocalMfa Authentication ["settings" "local_mfa_enabled"] Flag, 0, Nothing, Mfa, true;
    EmbeddedIdp Authentication ["settings" "embedded_idp_enabled"] Mode, 0, Nothing, None, false;
    LocalAuthDisabled Authentication ["settings" "local_auth_disabled"] Mode, 0, Nothing, None, false;
    GroupsPropagation Groups ["settings" "groups_propagation_enabled"] Flag, 1, Nothing, Propagation, true;
    JwtGroups Groups ["settings" "jwt_groups_enabled"] Flag, 0, Nothing, AllowList, false;
    JwtClaim Groups ["settings" "jwt_groups_claim_name"] Text, 0, Nothing, AllowList, false;
    JwtAllowGroups Groups ["settings" "jwt_allow_groups"] GroupNames, 0, Nothing, AllowList, false;
    NetworkRange Network ["settings" "network_range"] Cidr(V4), 0, Nothing, Address, true;
    NetworkRangeV6 Network ["settings" "network_range_v6"] Cidr(V6), 0, Nothing, AddressV6, true;
    Ipv6Groups Network ["settings" "ipv6_enabled_groups"] Groups, 0, KnownGroups, Ipv6, true;
    DnsDomain Network ["settings" "dns_domain"] Domain, 0, Nothing, Names, true;
    RoutingPeerDns Network ["settings" "routing_peer_dns_resolution_enabled"] Flag, 1, Nothing, None, true;
    PeerExpose Network ["settings" "peer_expose_enabled"] Flag, 0, SomeIn(Field::PeerExposeGroups), Expose, true;
    PeerExposeGroups Network ["settings" "peer_expose_groups"] Groups, 0, Nothing, Expose, false;
    TrafficLogs Network ["settings" "extra" "network_traffic_logs_enabled"] Flag, 0, Nothing, NotKept, false;
    TrafficLogsGroups Network ["settings" "extra" "network_traffic_logs_groups"] Groups, 0, Nothing, NotKept, false;
    TrafficPackets Network ["settings" "extra" "network_traffic_packet_counter_enabled"] Flag, 0, Nothing, NotKept, false;
    LazyConnection Clients ["settings" "lazy_connection_enabled"] Flag, 1, Nothing, None, true;
    AutoUpdateVersion Clients ["settings" "auto_update_version"] Release, 0, Nothing, Update, true;
    AutoUpdateAlways Clients ["settings" "auto_update_always"] Flag, 0, Nothing, Update, true;
    MetricsPush Clients ["settings" "metrics_push_enabled"] Flag, 0, Nothing, None, true;
    UsersViewBlocked Permissions ["settings" "regular_users_view_blocked"] Flag, 1, Nothing, Restricted, false;
    AgentNetwork Permissions ["settings" "dashboard_features" "agent_network"] Override, 0, Nothing, None, false;
    AgentNetworkOnly Permissions ["settings" "agent_network_only"] Flag, 0, On(Field::AgentNetwork), None, false;
    SignupFormPending Permissions ["onboarding" "signup_form_pending"] Flag, 1, Nothing, None, false;
    OnboardingFlowPending Permissions ["onboarding" "onboarding_flow_pending"] Flag, 1, Nothing, None, false;
}

impl Field {
    /// How many there are.
    pub const COUNT: usize = ALL.len();

    /// All, in the order of the table.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> {
        ALL.iter().copied()
    }

    /// Those of a page.
    pub fn of(section: Section) -> impl Iterator<Item = Self> {
        Self::all().filter(move |field| field.entry().section == section)
    }

    /// The name that the API uses: the address of the field within its page, too.
    pub fn name(self) -> &'static str {
        self.entry().path.last().copied().unwrap_or_default()
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|field| field.name() == name)
    }

    /// Whether it belongs to the introduction, which is stored apart from the settings.
    pub fn is_onboarding(self) -> bool {
        self.entry().path.first() == Some(&"onboarding")
    }

    /// Whether what the server shows is what is in use, not what somebody asked for: it goes back only when edited.
    pub fn is_effective(self) -> bool {
        matches!(self.entry().kind, Kind::Cidr(_))
    }

    /// Whether it can be changed at all.
    pub fn is_editable(self) -> bool {
        self.entry().kind != Kind::Mode
    }
}
