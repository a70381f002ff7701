//! What somebody changed between two readings of the list, found in small steps.

use crate::intern::{Index, hash_of};
use crate::row::Row;
use crate::store::{RowId, Store};

/// What became of a user since the list was read before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// Nobody of this id was there.
    Added,
    /// Their name, e-mail, role, groups or status is another.
    Changed,
}

/// Compares a list with the one before it. A sign-in is no change: people sign in all day.
#[derive(Debug, Default)]
pub struct Comparison {
    /// Rows of the older list, by the hashes of their ids.
    index: Index,
    /// How many rows of the older list are in the index.
    indexed: u32,
    /// How many rows of the newer list were compared.
    compared: u32,
    found: Vec<(RowId, News)>,
}

impl Comparison {
    /// Nothing compared yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Goes on by about `rows` rows. Call with the same two lists until it says `true`. `known` is what was news in the
    /// older list, in the order of its rows: it stays news.
    pub fn step(&mut self, old: &Store, new: &Store, known: &[(RowId, News)], rows: u32) -> bool {
        for _ in 0..rows {
            if self.indexed < old.end() {
                let row = RowId(self.indexed);
                self.indexed += 1;
                if let Some(row) = old.row(row) {
                    self.index.insert(hash_of(row.id()), row.row_id().0);
                }
            } else if self.compared < new.end() {
                let row = new.row(RowId(self.compared));
                self.compared += 1;
                if let Some(row) = row
                    && let Some(news) = self.news(old, &row, known)
                {
                    self.found.push((row.row_id(), news));
                }
            } else {
                return true;
            }
        }
        false
    }

    /// What was found, in the order of the newer list's rows.
    pub fn into_news(self) -> Vec<(RowId, News)> {
        self.found
    }

    fn news(&self, old: &Store, now: &Row<'_>, known: &[(RowId, News)]) -> Option<News> {
        let id = now.id();
        let is_it = |number| old.row(RowId(number)).is_some_and(|row| row.id() == id);
        let Some(before) = self
            .index
            .find(hash_of(id), is_it)
            .and_then(|number| old.row(RowId(number)))
        else {
            return Some(News::Added);
        };
        if let Ok(place) = known.binary_search_by_key(&before.row_id(), |(row, _)| *row) {
            return known.get(place).map(|(_, news)| *news);
        }
        (!is_same(&before, now)).then_some(News::Changed)
    }
}

fn is_same(a: &Row<'_>, b: &Row<'_>) -> bool {
    a.name() == b.name()
        && a.email() == b.email()
        && a.role() == b.role()
        && a.raw_status() == b.raw_status()
        && a.is_blocked() == b.is_blocked()
        && a.pending_approval() == b.pending_approval()
        && (a.group_ids().eq(b.group_ids()) || sorted(a.group_ids()) == sorted(b.group_ids()))
}

fn sorted<'a>(groups: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut groups: Vec<_> = groups.collect();
    groups.sort_unstable();
    groups
}
