//! What follows from a change, told before it is saved: from the settings, the devices there are and who waits.

use super::account::{Account, Value};
use super::draft::Draft;
use super::field::{Effect, Field};
use crate::domain::time::Moment;

/// A device, as far as settings change something for it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peer {
    /// It has an IPv6 address.
    pub has_v6: bool,
    /// Ids of its groups.
    pub groups: Vec<String>,
    /// Its sign-in runs out: somebody signed in on it, and it is not exempt.
    pub expires: bool,
    /// Its sign-in has run out.
    pub is_expired: bool,
    /// When somebody last signed in on it.
    pub last_login: Moment,
}

/// What is known of the groups that the caller's sign-in carries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AllowList {
    /// Nothing: an access token carries none.
    #[default]
    Unknown,
    /// They sign in with a password of this server: the list does not hold for them.
    Exempt,
    /// These.
    Groups(Vec<String>),
}

/// What is so now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The devices; `None` when they are not known.
    pub peers: Option<Vec<Peer>>,
    /// How many wait for approval.
    pub waiting: usize,
    /// The groups of the caller's own sign-in, by the claim that will be in force.
    pub own: AllowList,
    /// Seconds since 1970.
    pub now: i64,
}

impl Facts {
    /// How many devices are so; `None` when they are not known.
    fn count(&self, is_meant: impl Fn(&Peer) -> bool) -> Option<usize> {
        let peers = self.peers.as_ref()?;
        Some(peers.iter().filter(|peer| is_meant(peer)).count())
    }
}

/// An edit in the review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// the setting
    pub field: Field,
    /// what the server has
    pub before: Value,
    /// what will be sent
    pub after: Value,
}

impl Change {
    /// All changes of a draft, in the order of the table.
    pub fn all(account: &Account, draft: &Draft) -> Vec<Self> {
        let edits = draft.edits(account).into_iter();
        edits
            .map(|(field, after)| Self {
                field,
                before: account.get(field).clone(),
                after,
            })
            .collect()
    }
}

/// How much a consequence matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// good to know
    Info,
    /// somebody will notice
    Warning,
    /// only with a tick of its own
    Danger,
}

/// What follows. A count of `None` is "all, nobody knows how many".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// so many devices get another address
    Readdresses(Option<usize>),
    /// so many devices get another IPv6 address
    ReaddressesV6(Option<usize>),
    /// IPv6 is off: so many lose their address
    Ipv6Off(Option<usize>),
    /// so many are in none of the groups any more
    Ipv6Lost(usize),
    /// so many come to have IPv6
    Ipv6Gained(usize),
    /// so many must sign in again
    SignInAgain(Option<usize>),
    /// nobody has to sign in again
    LoginForever,
    /// devices that are away so long must sign in again
    InactivityOn,
    /// nobody is asked any more; so many stay waiting
    ApprovalOff(usize),
    /// newcomers wait
    ApprovalOn,
    /// it does nothing here, and in the cloud it approves who waits when it goes off
    CloudOnly,
    /// all local users need a code
    MfaOn,
    /// no local user needs one
    MfaOff,
    /// devices join the groups of their users
    PropagationOn,
    /// changed groups of a user leave devices alone
    PropagationOff,
    /// only these, and the caller is none of them
    LockedOut,
    /// only these, and nobody knows whether the caller is one
    LockOutUnknown,
    /// only these, the caller by one of the groups
    LetIn(String),
    /// only these, but the caller signs in by password
    Exempt,
    /// everybody may sign in
    Everybody,
    /// so many get another name
    Renames(Option<usize>),
    /// what people publish can be reached from outside
    ExposeOn,
    /// what they have published goes
    ExposeOff,
    /// the server forgets it
    NotKept,
    /// clients replace themselves
    Updates,
    /// ordinary users see their own user only
    RestrictedOn,
    /// ordinary users see their devices and peers
    RestrictedOff,
}

impl Consequence {
    /// How much it matters.
    pub fn weight(&self) -> Weight {
        match self {
            Self::Readdresses(count) | Self::ReaddressesV6(count) | Self::SignInAgain(count) | Self::Renames(count) => {
                // Nothing is there that could change.
                if *count == Some(0) {
                    Weight::Info
                } else {
                    Weight::Danger
                }
            }
            Self::Ipv6Off(_) | Self::ApprovalOff(_) | Self::MfaOff | Self::LockedOut | Self::LockOutUnknown => {
                Weight::Danger
            }
            Self::Ipv6Lost(_)
            | Self::InactivityOn
            | Self::MfaOn
            | Self::PropagationOn
            | Self::Everybody
            | Self::ExposeOn
            | Self::ExposeOff
            | Self::Updates
            | Self::RestrictedOff
            | Self::NotKept => Weight::Warning,
            Self::Ipv6Gained(_)
            | Self::LoginForever
            | Self::ApprovalOn
            | Self::CloudOnly
            | Self::PropagationOff
            | Self::LetIn(_)
            | Self::Exempt
            | Self::RestrictedOn => Weight::Info,
        }
    }
}

/// What follows from a change, among the others of the draft.
pub fn consequences(change: &Change, account: &Account, draft: &Draft, facts: &Facts) -> Vec<Consequence> {
    let on = change.after.is_on();
    let pick = |if_on, if_off| Some(if on { if_on } else { if_off });
    let found = match change.field.entry().effect {
        Effect::Login => login(change, account, draft, facts),
        Effect::Inactivity => inactivity(change, account, draft),
        Effect::UserApproval => pick(Consequence::ApprovalOn, Consequence::ApprovalOff(facts.waiting)),
        Effect::CloudOnly => Some(Consequence::CloudOnly),
        Effect::Mfa => pick(Consequence::MfaOn, Consequence::MfaOff),
        Effect::Propagation => pick(Consequence::PropagationOn, Consequence::PropagationOff),
        Effect::AllowList => allow_list(change, account, draft, facts),
        Effect::Address => Some(Consequence::Readdresses(facts.count(|_| true))),
        Effect::AddressV6 => Some(Consequence::ReaddressesV6(facts.count(|peer| peer.has_v6))),
        Effect::Ipv6 => ipv6(change, facts),
        Effect::Names => Some(Consequence::Renames(facts.count(|_| true))),
        Effect::Expose if change.field == Field::PeerExpose => pick(Consequence::ExposeOn, Consequence::ExposeOff),
        Effect::Expose | Effect::None => None,
        Effect::NotKept => Some(Consequence::NotKept),
        Effect::Update => updates(change, account, draft),
        Effect::Restricted => pick(Consequence::RestrictedOn, Consequence::RestrictedOff),
    };
    found.into_iter().collect()
}

/// Said once, of the duration where both it and its switch change.
fn login(change: &Change, account: &Account, draft: &Draft, facts: &Facts) -> Option<Consequence> {
    if change.field == Field::LoginExpirationEnabled && draft.is_edited(Field::LoginExpiration) {
        return (!change.after.is_on()).then_some(Consequence::LoginForever);
    }
    let seconds = |value: &Value| match value {
        Value::Whole(seconds) => *seconds,
        _ => 0,
    };
    let was_on = account.get(Field::LoginExpirationEnabled).is_on();
    let is_on = draft.value(account, Field::LoginExpirationEnabled).is_on();
    if !is_on {
        return was_on.then_some(Consequence::LoginForever);
    }
    let before = seconds(account.get(Field::LoginExpiration));
    let after = seconds(&draft.value(account, Field::LoginExpiration));
    if was_on && after >= before {
        return None;
    }
    let runs_out = |peer: &Peer| {
        let Moment::At(login) = peer.last_login else {
            return false;
        };
        peer.expires && !peer.is_expired && login.saturating_add(after) <= facts.now
    };
    Some(Consequence::SignInAgain(facts.count(runs_out)))
}

fn inactivity(change: &Change, account: &Account, draft: &Draft) -> Option<Consequence> {
    let is_on = draft.value(account, Field::InactivityExpirationEnabled).is_on();
    let said_elsewhere =
        change.field == Field::InactivityExpirationEnabled && draft.is_edited(Field::InactivityExpiration);
    (is_on && !said_elsewhere).then_some(Consequence::InactivityOn)
}

fn updates(change: &Change, account: &Account, draft: &Draft) -> Option<Consequence> {
    let version = draft.value(account, Field::AutoUpdateVersion);
    let is_on = !matches!(version.text(), "" | super::grammar::DISABLED);
    let is_said = change.field == Field::AutoUpdateVersion
        || (change.after.is_on() && !draft.is_edited(Field::AutoUpdateVersion));
    (is_on && is_said).then_some(Consequence::Updates)
}

fn ipv6(change: &Change, facts: &Facts) -> Option<Consequence> {
    let groups = change.after.list();
    if groups.is_empty() {
        return Some(Consequence::Ipv6Off(facts.count(|peer| peer.has_v6)));
    }
    let is_in = |peer: &Peer| peer.groups.iter().any(|group| groups.contains(group));
    match facts.count(|peer| peer.has_v6 && !is_in(peer)) {
        Some(lost @ 1..) => Some(Consequence::Ipv6Lost(lost)),
        _ => match facts.count(|peer| !peer.has_v6 && is_in(peer)) {
            Some(gained @ 1..) => Some(Consequence::Ipv6Gained(gained)),
            _ => None,
        },
    }
}

/// Said once, of the last of the three fields that changes.
fn allow_list(change: &Change, account: &Account, draft: &Draft, facts: &Facts) -> Option<Consequence> {
    let last = [Field::JwtAllowGroups, Field::JwtGroups, Field::JwtClaim]
        .into_iter()
        .find(|field| draft.is_edited(*field))?;
    if change.field != last {
        return None;
    }
    let was_narrow = account.get(Field::JwtGroups).is_on() && !account.get(Field::JwtAllowGroups).list().is_empty();
    let allowed = draft.value(account, Field::JwtAllowGroups);
    let names = allowed.list();
    if !draft.value(account, Field::JwtGroups).is_on() || names.is_empty() {
        return was_narrow.then_some(Consequence::Everybody);
    }
    Some(match &facts.own {
        AllowList::Exempt => Consequence::Exempt,
        AllowList::Unknown => Consequence::LockOutUnknown,
        AllowList::Groups(own) => own
            .iter()
            .find(|group| names.contains(group))
            .map_or(Consequence::LockedOut, |group| Consequence::LetIn(group.clone())),
    })
}

/// Whether NetBird's audit log records a change.
pub fn is_recorded(change: &Change, account: &Account, draft: &Draft) -> bool {
    let inactive = || draft.value(account, Field::InactivityExpirationEnabled).is_on();
    match change.field {
        // Switching it on is written nowhere, and the duration only while it is on.
        Field::InactivityExpirationEnabled => !change.after.is_on(),
        Field::InactivityExpiration => inactive(),
        // On and off are, another choice of groups is not.
        Field::Ipv6Groups => change.before.list().is_empty() != change.after.list().is_empty(),
        field => field.entry().recorded,
    }
}
