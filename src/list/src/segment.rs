//! 4,096 rows as a struct of arrays: their texts in two byte arenas, everything else as numbers.

use std::ops::Range;

use crate::fold::compared_into;
use crate::time::LastLogin;
use crate::user::UserRef;

/// Rows of a full segment. Segments instead of one growing array, because WebAssembly memory never shrinks: the peak of
/// doubling an array would be its price for ever.
pub(crate) const SEGMENT_ROWS: usize = 4096;

/// Ends every text in the arenas. UTF-8 never holds this byte, so no search runs from one text into the next.
pub(crate) const END: u8 = 0xff;

/// The texts of a row, in the order in which they are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    Name,
    Email,
    Id,
}

const FIELDS: [Field; 3] = [Field::Name, Field::Email, Field::Id];

impl Field {
    fn index(self) -> usize {
        match self {
            Self::Name => 0,
            Self::Email => 1,
            Self::Id => 2,
        }
    }

    fn bit(self) -> u8 {
        match self {
            Self::Name => 1,
            Self::Email => 2,
            Self::Id => 4,
        }
    }
}

/// The numbers of a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Facts {
    pub(crate) kind: u32,
    pub(crate) groups: u32,
}

#[derive(Debug, Default)]
pub(crate) struct Segment {
    /// What name, e-mail and id of each row are compared by ([`compared_into`]), each followed by [`END`].
    compared: Vec<u8>,
    compared_ends: Vec<usize>,
    /// Those of the three texts that folding changed, as they came, each followed by [`END`]. ASCII texts are not here.
    original: Vec<u8>,
    original_ends: Vec<usize>,
    /// Which texts are in `original`: the bits of [`Field`].
    changed: Vec<u8>,
    kinds: Vec<u32>,
    groups: Vec<u32>,
    logins: Vec<u32>,
}

impl Segment {
    /// An empty segment with room for as much text as `previous` holds, so that its arenas grow once.
    pub(crate) fn after(previous: Option<&Self>) -> Self {
        let room = |arena: fn(&Self) -> &Vec<u8>| previous.map_or(0, |segment| arena(segment).len() / 16 * 17);
        Self {
            compared: Vec::with_capacity(room(|segment| &segment.compared)),
            original: Vec::with_capacity(room(|segment| &segment.original)),
            ..Self::default()
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.kinds.len()
    }

    /// The segment's arena of texts to compare.
    pub(crate) fn compared(&self) -> &[u8] {
        &self.compared
    }

    /// Where each row's texts to compare end.
    pub(crate) fn compared_ends(&self) -> &[usize] {
        &self.compared_ends
    }

    pub(crate) fn kinds(&self) -> &[u32] {
        &self.kinds
    }

    pub(crate) fn groups(&self) -> &[u32] {
        &self.groups
    }

    pub(crate) fn push(&mut self, user: &UserRef<'_>, facts: Facts) {
        let changed = write_texts(user, &mut self.compared, &mut self.original);
        self.compared_ends.push(self.compared.len());
        self.original_ends.push(self.original.len());
        self.changed.push(changed);
        self.kinds.push(facts.kind);
        self.groups.push(facts.groups);
        self.logins.push(user.last_login.to_stored());
    }

    /// Writes another user over a row. Nothing happens where there is no such row.
    pub(crate) fn replace(&mut self, row: usize, user: &UserRef<'_>, facts: Facts) {
        let (mut compared, mut original) = (Vec::new(), Vec::new());
        let changed = write_texts(user, &mut compared, &mut original);
        splice(&mut self.compared, &mut self.compared_ends, row, compared);
        splice(&mut self.original, &mut self.original_ends, row, original);
        set(&mut self.changed, row, changed);
        set(&mut self.kinds, row, facts.kind);
        set(&mut self.groups, row, facts.groups);
        set(&mut self.logins, row, user.last_login.to_stored());
    }

    /// A row's texts to compare, all three.
    pub(crate) fn compared_row(&self, row: usize) -> &[u8] {
        part(&self.compared, &self.compared_ends, row)
    }

    /// One text to compare.
    pub(crate) fn compared_text(&self, row: usize, field: Field) -> &[u8] {
        nth_text(self.compared_row(row), field.index())
    }

    /// One text as it came.
    pub(crate) fn text(&self, row: usize, field: Field) -> &str {
        let changed = self.changed.get(row).copied().unwrap_or_default();
        let bytes = if changed & field.bit() == 0 {
            self.compared_text(row, field)
        } else {
            let before = (changed & (field.bit() - 1)).count_ones();
            let row = part(&self.original, &self.original_ends, row);
            nth_text(row, usize::try_from(before).unwrap_or_default())
        };
        // Both arenas hold whole texts, so this check never fails.
        str::from_utf8(bytes).unwrap_or_default()
    }

    pub(crate) fn facts(&self, row: usize) -> Facts {
        Facts {
            kind: self.kinds.get(row).copied().unwrap_or_default(),
            groups: self.groups.get(row).copied().unwrap_or_default(),
        }
    }

    pub(crate) fn last_login(&self, row: usize) -> LastLogin {
        LastLogin::from_stored(self.logins.get(row).copied().unwrap_or_default())
    }

    /// Bytes of memory that the rows take.
    pub(crate) fn bytes(&self) -> usize {
        let ends = (self.compared_ends.capacity() + self.original_ends.capacity()) * size_of::<usize>();
        let numbers = (self.kinds.capacity() + self.groups.capacity() + self.logins.capacity()) * size_of::<u32>();
        self.compared.capacity() + self.original.capacity() + ends + numbers + self.changed.capacity()
    }
}

/// Appends a user's texts to the arenas and says which ones folding changed.
fn write_texts(user: &UserRef<'_>, compared: &mut Vec<u8>, original: &mut Vec<u8>) -> u8 {
    let mut changed = 0;
    for (field, text) in FIELDS.into_iter().zip([&user.name, &user.email, &user.id]) {
        if compared_into(text, compared) {
            changed |= field.bit();
            original.extend_from_slice(text.as_bytes());
            original.push(END);
        }
        compared.push(END);
    }
    changed
}

/// Where a row's bytes lie in an arena.
fn range(ends: &[usize], row: usize) -> Range<usize> {
    let start = row
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .copied()
        .unwrap_or_default();
    start..ends.get(row).copied().unwrap_or(start)
}

fn part<'a>(arena: &'a [u8], ends: &[usize], row: usize) -> &'a [u8] {
    arena.get(range(ends, row)).unwrap_or_default()
}

fn nth_text(texts: &[u8], n: usize) -> &[u8] {
    texts.split(|byte| *byte == END).nth(n).unwrap_or_default()
}

fn splice(arena: &mut Vec<u8>, ends: &mut [usize], row: usize, bytes: Vec<u8>) {
    if row >= ends.len() {
        return;
    }
    let old = range(ends, row);
    let (old_length, new_length) = (old.len(), bytes.len());
    arena.splice(old, bytes);
    for end in ends.iter_mut().skip(row) {
        *end = *end - old_length + new_length;
    }
}

fn set<T>(column: &mut [T], row: usize, value: T) {
    if let Some(slot) = column.get_mut(row) {
        *slot = value;
    }
}
