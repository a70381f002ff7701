//! By what a list is sorted, and how two rows compare.

use std::cmp::Ordering;

use crate::intern::at;
use crate::names::{Devices, Names};
use crate::natural::{NaturalKey, natural_key};
use crate::rank::{compare_roles, compare_statuses, places};
use crate::segment::{Field, Segment};
use crate::store::{RowId, Store};

/// What rows can be sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Display name; numbers in it count as numbers, empty names come last in both directions.
    Name,
    /// E-mail, like the name.
    Email,
    /// Status to show: active, pending, invited, blocked, then words nobody knows.
    Status,
    /// Role by what it may do: owner, admin, network admin, auditor, billing admin, user, then words nobody knows.
    Role,
    /// The names of the groups, first the one that comes first; users without groups come last in both directions.
    Groups,
    /// Number of devices.
    Devices,
    /// Last sign-in; never is the oldest, an unreadable time comes last in both directions.
    LastLogin,
    /// Id, like the name.
    Id,
    /// The connector, by its id; who has none comes last in both directions.
    Provider,
    /// Where the user comes from; who comes from nowhere known comes last in both directions.
    Issued,
}

/// Which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    #[default]
    Ascending,
    /// Greatest first.
    Descending,
}

/// The columns to sort by, the most important first. What they leave equal is ordered by name, then by id, then as the
/// rows came, so that the same list always has the same order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sort {
    /// Columns and directions.
    pub keys: Vec<(Column, Direction)>,
}

impl Sort {
    /// By one column.
    pub fn by(column: Column, direction: Direction) -> Self {
        Self {
            keys: vec![(column, direction)],
        }
    }
}

/// One column of a plan, with what it takes to compare by it.
enum By {
    Text(Field),
    /// A place for each combination of role, status and flags.
    Kind(Vec<u32>),
    /// A place for each set of groups.
    Groups(Vec<u32>),
    Devices,
    LastLogin,
}

/// Comes last in both directions.
const LAST: u32 = u32::MAX;

/// A sort with everything looked up that does not depend on the single row.
pub(crate) struct Plan {
    keys: Vec<(By, Direction)>,
    /// How many of the first keys lie in the prefix as a whole: rows with equal prefixes are equal by them.
    in_prefix: usize,
    /// Whether the prefix ends with a part of the text that comes next.
    ends_in_text: bool,
}

const PREFIX_BYTES: usize = 16;

/// The first 16 bytes of what a row is sorted by, as two big-endian numbers: nearly every comparison ends here.
pub(crate) type Prefix = (u64, u64);

impl Plan {
    pub(crate) fn new(store: &Store, sort: &Sort, names: &Names) -> Self {
        let ties = [(Column::Name, Direction::Ascending), (Column::Id, Direction::Ascending)];
        let mut seen = Vec::new();
        let mut keys = Vec::new();
        for (column, direction) in sort.keys.iter().copied().chain(ties) {
            // A column that comes again orders nothing any more.
            if !seen.contains(&column) {
                seen.push(column);
                keys.push((By::new(column, store, names), direction));
            }
        }
        let in_prefix = keys
            .iter()
            .take(PREFIX_BYTES / size_of::<u32>())
            .take_while(|(by, _)| !by.is_text())
            .count();
        Self {
            keys,
            in_prefix,
            ends_in_text: in_prefix < PREFIX_BYTES / size_of::<u32>(),
        }
    }

    /// How many of the first keys are equal where this is the prefix of both rows. A text that ends before the prefix does
    /// is in it as a whole, too: what it was filled up with is in no text.
    fn settled(&self, prefix: Prefix) -> usize {
        let is_whole = self.ends_in_text && matches!(prefix.1 & 0xff, 0 | 0xff);
        self.in_prefix + usize::from(is_whole)
    }

    /// The prefix of a row's key.
    pub(crate) fn prefix(&self, segment: &Segment, row: usize, devices: &Devices) -> Prefix {
        let mut bytes = [0; PREFIX_BYTES];
        let mut room = bytes.iter_mut();
        for (by, direction) in &self.keys {
            if let By::Text(field) = by {
                let key = NaturalKey::new(segment.compared_text(row, *field));
                match direction {
                    _ if key.is_empty() => fill(&mut room, std::iter::repeat(u8::MAX)),
                    Direction::Ascending => fill(&mut room, key),
                    // What a short text is filled up with must be turned round too.
                    Direction::Descending => fill(&mut room, key.chain(std::iter::repeat(0)).map(|byte| !byte)),
                }
                // How long the text is differs from row to row, so nothing can follow it.
                break;
            }
            fill(
                &mut room,
                directed(by.place(segment, row, devices), *direction).to_be_bytes(),
            );
        }
        let (high, low) = bytes.split_at(8);
        let number = |half: &[u8]| half.try_into().map_or(0, u64::from_be_bytes);
        (number(high), number(low))
    }

    /// Compares two rows that share a prefix by everything there is. Only the same row is equal to itself.
    pub(crate) fn compare(&self, store: &Store, devices: &Devices, prefix: Prefix, a: RowId, b: RowId) -> Ordering {
        let (Some((a_segment, a_row)), Some((b_segment, b_row))) = (store.locate(a), store.locate(b)) else {
            return a.cmp(&b);
        };
        for (by, direction) in self.keys.iter().skip(self.settled(prefix)) {
            let order = if let By::Text(field) = by {
                let a = NaturalKey::new(a_segment.compared_text(a_row, *field));
                let b = NaturalKey::new(b_segment.compared_text(b_row, *field));
                compare_texts(a, b, *direction)
            } else {
                let place = |segment, row| directed(by.place(segment, row, devices), *direction);
                place(a_segment, a_row).cmp(&place(b_segment, b_row))
            };
            if order.is_ne() {
                return order;
            }
        }
        a.cmp(&b)
    }
}

impl By {
    fn new(column: Column, store: &Store, names: &Names) -> Self {
        let kinds = &store.kinds;
        match column {
            Column::Name => Self::Text(Field::Name),
            Column::Email => Self::Text(Field::Email),
            Column::Id => Self::Text(Field::Id),
            Column::Role => {
                let word = |number| kinds.role(kinds.get(number));
                Self::Kind(places(kinds.len(), word, |a, b| compare_roles(a, b)))
            }
            Column::Status => {
                let word = |number| kinds.status(kinds.get(number));
                Self::Kind(places(kinds.len(), word, |a, b| compare_statuses(a, b)))
            }
            Column::Provider => Self::Kind(word_places(kinds.len(), |number| {
                kinds.idp(kinds.get(number)).unwrap_or_default()
            })),
            Column::Issued => Self::Kind(word_places(kinds.len(), |number| kinds.issued(kinds.get(number)))),
            Column::Groups => Self::Groups(group_set_places(store, names)),
            Column::Devices => Self::Devices,
            Column::LastLogin => Self::LastLogin,
        }
    }

    fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// The row's place by this column, [`LAST`] if it has nothing to be placed by. Texts have no place.
    fn place(&self, segment: &Segment, row: usize, devices: &Devices) -> u32 {
        match self {
            Self::Text(_) => LAST,
            Self::Kind(places) => at(places, segment.facts(row).kind),
            Self::Groups(places) => at(places, segment.facts(row).groups),
            Self::Devices => devices.of(segment.text(row, Field::Id)),
            // Stored as seconds; never is 0 and an unreadable time the greatest number.
            Self::LastLogin => segment.last_login(row).to_stored(),
        }
    }
}

/// A place with the direction in it: comparing these numbers is comparing the rows.
fn directed(place: u32, direction: Direction) -> u32 {
    match direction {
        Direction::Ascending => place,
        Direction::Descending if place == LAST => LAST,
        Direction::Descending => LAST - 1 - place,
    }
}

fn compare_texts(a: NaturalKey<'_>, b: NaturalKey<'_>, direction: Direction) -> Ordering {
    a.is_empty().cmp(&b.is_empty()).then_with(|| match direction {
        Direction::Ascending => a.cmp(b),
        Direction::Descending => b.cmp(a),
    })
}

fn fill<'a>(room: &mut impl Iterator<Item = &'a mut u8>, bytes: impl IntoIterator<Item = u8>) {
    for byte in bytes {
        let Some(slot) = room.next() else { return };
        *slot = byte;
    }
}

/// The place of each kind by one of its words, by the alphabet.
fn word_places<'a>(count: usize, word: impl Fn(u32) -> &'a str) -> Vec<u32> {
    let mut found = places(count, &word, Ord::cmp);
    for (number, place) in (0..).zip(&mut found) {
        if word(number).is_empty() {
            *place = LAST;
        }
    }
    found
}

/// The place of each set of groups, by the names of its groups in their order. Sets of the same groups share one.
fn group_set_places(store: &Store, names: &Names) -> Vec<u32> {
    let keys: Vec<Vec<u8>> = store.group_ids.iter().map(|id| natural_key(&names.group(id))).collect();
    let key = |number: u32| {
        usize::try_from(number)
            .ok()
            .and_then(|index| keys.get(index))
            .map_or(&[][..], Vec::as_slice)
    };
    let group_places = places(keys.len(), key, Ord::cmp);
    let members: Vec<Vec<u32>> = store
        .group_sets
        .iter()
        .map(|set| {
            let mut members: Vec<u32> = set.iter().map(|group| at(&group_places, *group)).collect();
            members.sort_unstable();
            members.dedup();
            members
        })
        .collect();
    let set = |number: u32| {
        usize::try_from(number)
            .ok()
            .and_then(|index| members.get(index))
            .map_or(&[][..], Vec::as_slice)
    };
    let mut places = places(members.len(), set, Ord::cmp);
    for (place, members) in places.iter_mut().zip(&members) {
        if members.is_empty() {
            *place = LAST;
        }
    }
    places
}
