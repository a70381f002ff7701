//! One row of the store, to read from.

use crate::kinds::{BLOCKED, CURRENT, Kind, PENDING, SERVICE};
use crate::segment::{Field, Segment};
use crate::store::{RowId, Store};
use crate::time::LastLogin;
use crate::user::UserRef;

/// A borrowed view of one user. Cheap to make and to copy; each text is checked for UTF-8 when it is read.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    store: &'a Store,
    segment: &'a Segment,
    number: RowId,
    index: usize,
    kind: Kind,
}

impl<'a> Row<'a> {
    pub(crate) fn new(store: &'a Store, segment: &'a Segment, number: RowId, index: usize) -> Self {
        Self {
            store,
            segment,
            number,
            index,
            kind: store.kinds.get(segment.facts(index).kind),
        }
    }

    /// The row's number.
    pub fn row_id(&self) -> RowId {
        self.number
    }

    /// The user's id.
    pub fn id(&self) -> &'a str {
        self.segment.text(self.index, Field::Id)
    }

    /// Display name; may be empty.
    pub fn name(&self) -> &'a str {
        self.segment.text(self.index, Field::Name)
    }

    /// E-mail; may be empty.
    pub fn email(&self) -> &'a str {
        self.segment.text(self.index, Field::Email)
    }

    /// The best name there is: name, else e-mail, else id.
    pub fn display_name(&self) -> &'a str {
        [self.name(), self.email()]
            .into_iter()
            .find(|text| !text.trim().is_empty())
            .unwrap_or_else(|| self.id())
    }

    /// Role, as the server writes it.
    pub fn role(&self) -> &'a str {
        self.store.kinds.role(self.kind)
    }

    /// The status to show: `active`, `pending`, `invited`, `blocked` or a word nobody knows ([`crate::status_of`]).
    pub fn status(&self) -> &'a str {
        self.store.kinds.status(self.kind)
    }

    /// The server's own word for the status.
    pub fn raw_status(&self) -> &'a str {
        self.store.kinds.raw_status(self.kind)
    }

    /// `api`, `integration` or nothing.
    pub fn issued(&self) -> &'a str {
        self.store.kinds.issued(self.kind)
    }

    /// The connector the user signs in with.
    pub fn idp_id(&self) -> Option<&'a str> {
        self.store.kinds.idp(self.kind)
    }

    /// Ids of the user's groups, in the server's order.
    pub fn group_ids(&self) -> impl ExactSizeIterator<Item = &'a str> + Clone + use<'a> {
        let store = self.store;
        let set = store
            .group_sets
            .get(self.segment.facts(self.index).groups)
            .unwrap_or_default();
        set.iter()
            .map(move |number| store.group_ids.get(*number).unwrap_or_default())
    }

    /// Blocked, or waiting for approval.
    pub fn is_blocked(&self) -> bool {
        self.kind.has(BLOCKED)
    }

    /// The caller.
    pub fn is_current(&self) -> bool {
        self.kind.has(CURRENT)
    }

    /// Made for tokens, without sign-in.
    pub fn is_service_user(&self) -> bool {
        self.kind.has(SERVICE)
    }

    /// Waiting for approval, or unblocked while waiting.
    pub fn pending_approval(&self) -> bool {
        self.kind.has(PENDING)
    }

    /// When they last signed in, as far as the server knows.
    pub fn last_login(&self) -> LastLogin {
        self.segment.last_login(self.index)
    }

    /// The row as it came, with its texts borrowed from the store.
    pub fn to_user(&self) -> UserRef<'a> {
        UserRef {
            id: self.id().into(),
            name: self.name().into(),
            email: self.email().into(),
            role: self.role().into(),
            status: self.raw_status().into(),
            auto_groups: self.group_ids().map(Into::into).collect(),
            is_blocked: self.is_blocked(),
            is_current: self.is_current(),
            is_service_user: self.is_service_user(),
            pending_approval: self.pending_approval(),
            issued: self.issued().into(),
            last_login: self.last_login(),
            idp_id: self.idp_id().map(Into::into),
        }
    }
}
