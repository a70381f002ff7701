//! Sorting in small steps, so that a list of any length never holds up a frame: one run per segment, then one merge of
//! all runs.

use crate::names::{Devices, Names};
use crate::segment::SEGMENT_ROWS;
use crate::sort::{Plan, Prefix, Sort};
use crate::store::{RowId, Store};

/// What a [`Sorter::step`] ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortStep {
    /// There is more to do.
    More,
    /// The order is complete: take it.
    Done,
    /// The store changed since the sort began: begin again.
    Stale,
}

/// Rows that one step of the merge puts out.
const MERGE_ROWS: usize = SEGMENT_ROWS;

#[derive(Clone, Copy)]
struct Entry {
    prefix: Prefix,
    row: RowId,
}

/// A sort in progress. It borrows nothing between steps, so the store stays free for drawing.
pub struct Sorter {
    plan: Plan,
    revision: u64,
    rows: usize,
    /// One sorted run per segment that is done.
    runs: Vec<std::vec::IntoIter<Entry>>,
    merge: Option<Merge>,
    order: Vec<RowId>,
}

impl Sorter {
    /// A sort of all rows of `store`. The names are read now, the store and the devices with every step.
    pub fn new(store: &Store, sort: &Sort, names: &Names) -> Self {
        Self {
            plan: Plan::new(store, sort, names),
            revision: store.revision(),
            rows: store.len(),
            runs: Vec::with_capacity(store.segments().len()),
            merge: None,
            order: Vec::new(),
        }
    }

    /// Does one step of about a millisecond.
    pub fn step(&mut self, store: &Store, devices: &Devices) -> SortStep {
        if store.revision() != self.revision {
            return SortStep::Stale;
        }
        if let Some(segment) = store.segments().get(self.runs.len()) {
            let first = self.runs.len() * SEGMENT_ROWS;
            let rows = (0..segment.len()).filter_map(|index| {
                let row = RowId(u32::try_from(first + index).ok()?);
                store.contains(row).then(|| Entry {
                    prefix: self.plan.prefix(segment, index, devices),
                    row,
                })
            });
            // Sized beforehand: memory that a growing run leaves behind is never given back.
            let mut run: Vec<Entry> = Vec::with_capacity(segment.len());
            run.extend(rows);
            run.sort_unstable_by(|a, b| {
                a.prefix
                    .cmp(&b.prefix)
                    .then_with(|| self.plan.compare(store, devices, a.prefix, a.row, b.row))
            });
            self.runs.push(run.into_iter());
            return SortStep::More;
        }
        let first = |a: &Entry, b: &Entry| {
            a.prefix
                .cmp(&b.prefix)
                .then_with(|| self.plan.compare(store, devices, a.prefix, a.row, b.row))
                .is_le()
        };
        let merge = self.merge.get_or_insert_with(|| {
            self.order.reserve_exact(self.rows);
            Merge::new(&mut self.runs, first)
        });
        for _ in 0..MERGE_ROWS {
            let Some(row) = merge.next(&mut self.runs, first) else {
                return SortStep::Done;
            };
            self.order.push(row);
        }
        SortStep::More
    }

    /// The rows in order; complete after [`SortStep::Done`].
    pub fn into_order(self) -> Vec<RowId> {
        self.order
    }
}

/// All rows of `store` in order, in one go: for short lists and for tests.
pub fn sort(store: &Store, sort: &Sort, names: &Names, devices: &Devices) -> Vec<RowId> {
    let mut sorter = Sorter::new(store, sort, names);
    while sorter.step(store, devices) == SortStep::More {}
    sorter.into_order()
}

/// The rows of `order` that are in `rows`, in that order.
pub fn order_filtered(order: &[RowId], rows: &crate::RowSet) -> Vec<RowId> {
    // Sized beforehand, like the runs: this is made anew with every keystroke.
    let mut filtered = Vec::with_capacity(rows.len());
    filtered.extend(order.iter().copied().filter(|row| rows.contains(*row)));
    filtered
}

/// Where `row` stands in `order`: to keep the reader's row in its place when the order changes.
pub fn position(order: &[RowId], row: RowId) -> Option<usize> {
    order.iter().position(|one| *one == row)
}

/// A tournament between the first entries of all runs. Against merging pairs of runs it needs as many comparisons and no
/// second copy of the entries.
struct Merge {
    /// The first entry of each run that is not put out yet.
    heads: Vec<Option<Entry>>,
    /// Winners: node `n` is between nodes `2n` and `2n + 1`, the runs are the leaves behind the nodes, 1 is the winner of all.
    winners: Vec<usize>,
}

impl Merge {
    fn new(runs: &mut [std::vec::IntoIter<Entry>], first: impl Fn(&Entry, &Entry) -> bool + Copy) -> Self {
        let heads = runs.iter_mut().map(Iterator::next).collect::<Vec<_>>();
        let mut merge = Self {
            winners: vec![0; heads.len()],
            heads,
        };
        for node in (1..merge.winners.len()).rev() {
            merge.play(node, first);
        }
        merge
    }

    /// Which run holds at `node`: a leaf's own, or the winner below.
    fn run_at(&self, node: usize) -> usize {
        self.winners
            .get(node)
            .copied()
            .unwrap_or_else(|| node - self.winners.len())
    }

    fn head(&self, run: usize) -> Option<&Entry> {
        self.heads.get(run).and_then(Option::as_ref)
    }

    fn play(&mut self, node: usize, first: impl Fn(&Entry, &Entry) -> bool) {
        let (left, right) = (self.run_at(2 * node), self.run_at(2 * node + 1));
        let winner = match (self.head(left), self.head(right)) {
            (Some(a), Some(b)) if !first(a, b) => right,
            (None, _) => right,
            _ => left,
        };
        if let Some(slot) = self.winners.get_mut(node) {
            *slot = winner;
        }
    }

    /// Puts out the first of all entries and plays the games of its run again.
    fn next(
        &mut self,
        runs: &mut [std::vec::IntoIter<Entry>],
        first: impl Fn(&Entry, &Entry) -> bool + Copy,
    ) -> Option<RowId> {
        let run = self.run_at(1);
        let head = self.heads.get_mut(run)?;
        let row = head.take()?.row;
        *head = runs.get_mut(run).and_then(Iterator::next);
        let mut node = usize::midpoint(run, self.winners.len());
        while node > 0 {
            self.play(node, first);
            node /= 2;
        }
        Some(row)
    }
}
