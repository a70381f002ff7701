//! The users of one account in memory: segments, the words they share, and the changes a write makes.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::decode::Sink;
use crate::fold::compared_into;
use crate::intern::Numbers;
use crate::kinds::Kinds;
use crate::needle::Needle;
use crate::row::Row;
use crate::row_set::RowSet;
use crate::segment::{END, Facts, Field, SEGMENT_ROWS, Segment};
use crate::user::UserRef;

/// A row's number in its store. It stays the same through every change; a removed row's number is not used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub u32);

impl RowId {
    /// The number as an index.
    pub(crate) fn index(self) -> usize {
        usize::try_from(self.0).unwrap_or(usize::MAX)
    }

    fn from_index(index: usize) -> Self {
        // Every row takes more than four bytes, so memory ends before the numbers do.
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A number that no other state of any store has.
fn next_revision() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

/// The users of one account, in the order in which they came.
#[derive(Debug)]
pub struct Store {
    segments: Vec<Segment>,
    pub(crate) kinds: Kinds,
    pub(crate) group_ids: Numbers<str>,
    /// The distinct lists of groups, as numbers of `group_ids`.
    pub(crate) group_sets: Numbers<[u32]>,
    removed: RowSet,
    rows: usize,
    gone: usize,
    current: Option<RowId>,
    revision: u64,
    /// Kept between rows to save an allocation a row.
    scratch: Vec<u32>,
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}

impl Sink for Store {
    fn take(&mut self, user: &UserRef<'_>) -> ControlFlow<()> {
        self.push(user);
        ControlFlow::Continue(())
    }
}

impl Store {
    /// A store without rows.
    pub fn new() -> Self {
        Self {
            segments: Vec::new(),
            kinds: Kinds::default(),
            group_ids: Numbers::default(),
            group_sets: Numbers::default(),
            removed: RowSet::new(),
            rows: 0,
            gone: 0,
            current: None,
            revision: next_revision(),
            scratch: Vec::new(),
        }
    }

    /// How many users there are: users and service users, without the removed.
    pub fn len(&self) -> usize {
        self.rows - self.gone
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Differs between any two states of this or any other store.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Adds a user, from a list or after a POST.
    pub fn push(&mut self, user: &UserRef<'_>) -> RowId {
        if self.rows.is_multiple_of(SEGMENT_ROWS) {
            self.segments.push(Segment::after(self.segments.last()));
        }
        let facts = self.facts(user);
        if let Some(segment) = self.segments.last_mut() {
            segment.push(user, facts);
        }
        let row = RowId::from_index(self.rows);
        self.rows += 1;
        self.after_change(row, user.is_current);
        row
    }

    /// Writes what a PUT answered over a row. Says whether there is such a row.
    pub fn replace(&mut self, row: RowId, user: &UserRef<'_>) -> bool {
        if !self.contains(row) {
            return false;
        }
        let facts = self.facts(user);
        let (segment, index) = place(row);
        if let Some(segment) = self.segments.get_mut(segment) {
            segment.replace(index, user, facts);
        }
        self.after_change(row, user.is_current);
        true
    }

    /// Takes a row out, after a DELETE. Says whether it was there.
    pub fn remove(&mut self, row: RowId) -> bool {
        if !self.contains(row) {
            return false;
        }
        self.removed.insert(row);
        self.gone += 1;
        self.after_change(row, false);
        true
    }

    fn facts(&mut self, user: &UserRef<'_>) -> Facts {
        self.scratch.clear();
        self.scratch
            .extend(user.auto_groups.iter().map(|id| self.group_ids.number(id)));
        Facts {
            kind: self.kinds.number(user),
            groups: self.group_sets.number(&self.scratch),
        }
    }

    fn after_change(&mut self, row: RowId, is_current: bool) {
        if is_current {
            self.current = Some(row);
        } else if self.current == Some(row) {
            self.current = None;
        }
        self.revision = next_revision();
    }

    /// Whether the row exists and was not removed.
    pub fn contains(&self, row: RowId) -> bool {
        row.index() < self.rows && !self.removed.contains(row)
    }

    /// A row, to read from.
    pub fn row(&self, row: RowId) -> Option<Row<'_>> {
        let (segment, index) = place(row);
        self.contains(row)
            .then(|| self.segments.get(segment))?
            .map(|segment| Row::new(self, segment, row, index))
    }

    /// All rows in the order in which they came.
    pub fn iter(&self) -> impl Iterator<Item = Row<'_>> {
        self.row_ids().filter_map(|row| self.row(row))
    }

    /// The numbers of all rows in the order in which they came: the order to show before the list is sorted.
    pub fn row_ids(&self) -> impl Iterator<Item = RowId> + '_ {
        (0..self.rows)
            .map(RowId::from_index)
            .filter(|row| !self.removed.contains(*row))
    }

    /// The number that the next row will have: all rows, removed ones among them, are below it.
    pub(crate) fn end(&self) -> u32 {
        RowId::from_index(self.rows).0
    }

    /// The caller's own row.
    pub fn current(&self) -> Option<RowId> {
        self.current
    }

    /// The user with this id; the first one if the server lists it twice.
    pub fn find(&self, id: &str) -> Option<RowId> {
        let mut wanted = vec![END];
        compared_into(id, &mut wanted);
        wanted.push(END);
        let needle = Needle::new(&wanted, self.sample());
        for (number, segment) in self.segments.iter().enumerate() {
            let mut from = 0;
            while let Some(hit) = needle.find(segment.compared(), from) {
                let index = segment.compared_ends().partition_point(|end| *end <= hit);
                let row = RowId::from_index(number * SEGMENT_ROWS + index);
                // Ids that differ only in capitals are the same to the needle.
                if segment.text(index, Field::Id) == id && self.contains(row) {
                    return Some(row);
                }
                from = hit + 1;
            }
        }
        None
    }

    /// How many rows have an id that another row before them has too. A server with two users of one id is broken; saying
    /// so is better than hiding one.
    pub fn duplicate_ids(&self) -> usize {
        let mut ids: Vec<&str> = self.iter().map(|row| row.id()).collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        all - ids.len()
    }

    pub(crate) fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// One bit for each removed row.
    pub(crate) fn removed(&self) -> &RowSet {
        &self.removed
    }

    /// The segment of a row and its index there, removed or not.
    pub(crate) fn locate(&self, row: RowId) -> Option<(&Segment, usize)> {
        let (segment, index) = place(row);
        self.segments.get(segment).map(|segment| (segment, index))
    }

    /// Some of the text, to learn which letters are rare.
    pub(crate) fn sample(&self) -> &[u8] {
        let text = self.segments.first().map(Segment::compared).unwrap_or_default();
        text.get(..4096).unwrap_or(text)
    }

    /// Bytes of memory that the rows take, without the words they share.
    pub fn row_bytes(&self) -> usize {
        self.segments.iter().map(Segment::bytes).sum()
    }
}

fn place(row: RowId) -> (usize, usize) {
    (row.index() / SEGMENT_ROWS, row.index() % SEGMENT_ROWS)
}
