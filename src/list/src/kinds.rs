//! What rows share beside their groups: role, status, origin and flags, stored once per combination that occurs.

use crate::intern::{Index, Numbers, hash_of};
use crate::rank::status_of;
use crate::user::UserRef;

/// One combination. An account of any size has a few dozen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Kind {
    pub(crate) role: u32,
    pub(crate) status: u32,
    pub(crate) issued: u32,
    /// The connector's number plus one; 0 = none.
    pub(crate) idp: u32,
    pub(crate) flags: u8,
}

pub(crate) const BLOCKED: u8 = 1;
pub(crate) const CURRENT: u8 = 2;
pub(crate) const SERVICE: u8 = 4;
pub(crate) const PENDING: u8 = 8;

impl Kind {
    pub(crate) fn has(self, flag: u8) -> bool {
        self.flags & flag != 0
    }
}

/// The combinations and the words in them.
#[derive(Debug, Default)]
pub(crate) struct Kinds {
    pub(crate) roles: Numbers<str>,
    pub(crate) words: Numbers<str>,
    numbers: Index,
    all: Vec<Kind>,
}

impl Kinds {
    /// The number of a user's combination, a new one if need be.
    pub(crate) fn number(&mut self, user: &UserRef<'_>) -> u32 {
        let flag = |set: bool, flag: u8| if set { flag } else { 0 };
        let kind = Kind {
            role: self.roles.number(&user.role),
            status: self.words.number(&user.status),
            issued: self.words.number(&user.issued),
            idp: user
                .idp_id
                .as_deref()
                .map_or(0, |idp| self.words.number(idp).saturating_add(1)),
            flags: flag(user.is_blocked, BLOCKED)
                | flag(user.is_current, CURRENT)
                | flag(user.is_service_user, SERVICE)
                | flag(user.pending_approval, PENDING),
        };
        let hash = hash_of(&kind);
        if let Some(number) = self.numbers.find(hash, |number| self.get(number) == kind) {
            return number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.numbers.insert(hash, number);
        self.all.push(kind);
        number
    }

    /// The combination with this number.
    pub(crate) fn get(&self, number: u32) -> Kind {
        crate::intern::at(&self.all, number)
    }

    /// The combinations by their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = Kind> {
        self.all.iter().copied()
    }

    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    pub(crate) fn role(&self, kind: Kind) -> &str {
        self.roles.get(kind.role).unwrap_or_default()
    }

    pub(crate) fn raw_status(&self, kind: Kind) -> &str {
        self.words.get(kind.status).unwrap_or_default()
    }

    /// The status to show.
    pub(crate) fn status(&self, kind: Kind) -> &str {
        status_of(self.raw_status(kind), kind.has(BLOCKED), kind.has(PENDING))
    }

    pub(crate) fn issued(&self, kind: Kind) -> &str {
        self.words.get(kind.issued).unwrap_or_default()
    }

    pub(crate) fn idp(&self, kind: Kind) -> Option<&str> {
        self.words.get(kind.idp.checked_sub(1)?)
    }
}
