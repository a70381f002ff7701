//! A set of rows: one bit a row. Results of a search and what is selected.

use std::collections::HashSet;

use crate::store::{RowId, Store};

/// Rows of one store. Sets of different stores must not be mixed: a row's number means nothing elsewhere.
#[derive(Clone, Debug, Default)]
pub struct RowSet {
    words: Vec<u64>,
}

/// Equal if they hold the same rows, however much room they have.
impl PartialEq for RowSet {
    fn eq(&self, other: &Self) -> bool {
        let longer = self.words.len().max(other.words.len());
        (0..longer).all(|index| self.word(index) == other.word(index))
    }
}

impl Eq for RowSet {}

impl RowSet {
    /// The empty set.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn from_words(words: Vec<u64>) -> Self {
        Self { words }
    }

    pub(crate) fn word(&self, index: usize) -> u64 {
        self.words.get(index).copied().unwrap_or_default()
    }

    /// Whether the row is in it.
    pub fn contains(&self, row: RowId) -> bool {
        let (word, bit) = place(row);
        self.word(word) & bit != 0
    }

    /// Adds a row; says whether it is new.
    pub fn insert(&mut self, row: RowId) -> bool {
        let (word, bit) = place(row);
        if self.words.len() <= word {
            self.words.resize(word + 1, 0);
        }
        self.words.get_mut(word).is_some_and(|word| {
            let new = *word & bit == 0;
            *word |= bit;
            new
        })
    }

    /// Takes a row out; says whether it was in.
    pub fn remove(&mut self, row: RowId) -> bool {
        let (word, bit) = place(row);
        self.words.get_mut(word).is_some_and(|word| {
            let was = *word & bit != 0;
            *word &= !bit;
            was
        })
    }

    /// Empties it.
    pub fn clear(&mut self) {
        self.words.clear();
    }

    /// How many rows are in it.
    pub fn len(&self) -> usize {
        self.words
            .iter()
            .map(|word| usize::try_from(word.count_ones()).unwrap_or_default())
            .sum()
    }

    /// Whether no row is in it.
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|word| *word == 0)
    }

    /// The rows, in the store's order.
    pub fn iter(&self) -> impl Iterator<Item = RowId> + '_ {
        self.words
            .iter()
            .zip(0..)
            .flat_map(|(word, index)| bits(*word).map(move |bit| RowId(index * 64 + bit)))
    }

    /// The rows of `to` with the ids that these rows have in `from`: a selection goes on after a list was loaded again.
    pub fn carried(&self, from: &Store, to: &Store) -> Self {
        let ids: HashSet<&str> = self
            .iter()
            .filter_map(|row| from.row(row))
            .map(|row| row.id())
            .collect();
        if ids.is_empty() {
            return Self::new();
        }
        to.iter()
            .filter(|row| ids.contains(row.id()))
            .map(|row| row.row_id())
            .collect()
    }

    /// Keeps what is also in `other`.
    pub fn intersect(&mut self, other: &Self) {
        for (index, word) in self.words.iter_mut().enumerate() {
            *word &= other.word(index);
        }
    }

    /// Adds what is in `other`.
    pub fn unite(&mut self, other: &Self) {
        if self.words.len() < other.words.len() {
            self.words.resize(other.words.len(), 0);
        }
        for (word, more) in self.words.iter_mut().zip(&other.words) {
            *word |= more;
        }
    }

    /// Takes out what is in `other`.
    pub fn subtract(&mut self, other: &Self) {
        for (index, word) in self.words.iter_mut().enumerate() {
            *word &= !other.word(index);
        }
    }
}

impl FromIterator<RowId> for RowSet {
    fn from_iter<I: IntoIterator<Item = RowId>>(rows: I) -> Self {
        let mut set = Self::new();
        for row in rows {
            set.insert(row);
        }
        set
    }
}

fn place(row: RowId) -> (usize, u64) {
    (row.index() / 64, 1 << (row.0 % 64))
}

/// The numbers of the bits that are set, lowest first.
pub(crate) fn bits(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        let bit = (word != 0).then(|| word.trailing_zeros())?;
        word &= word - 1;
        Some(bit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(rows: &[u32]) -> RowSet {
        rows.iter().copied().map(RowId).collect()
    }

    #[test]
    fn rows_go_in_and_out() {
        let mut rows = RowSet::new();
        assert!(rows.insert(RowId(70)) && !rows.insert(RowId(70)) && rows.insert(RowId(3)));
        assert!(rows.contains(RowId(70)) && !rows.contains(RowId(71)) && !rows.contains(RowId(5000)));
        assert_eq!((rows.len(), rows.is_empty()), (2, false));
        assert_eq!(rows.iter().collect::<Vec<_>>(), [RowId(3), RowId(70)]);
        assert!(rows.remove(RowId(70)) && !rows.remove(RowId(70)) && !rows.remove(RowId(9999)));
        rows.clear();
        assert!(rows.is_empty());
    }

    #[test]
    fn sets_of_different_room_mix() {
        let (small, large) = (set(&[1, 2]), set(&[2, 200]));
        let mut both = small.clone();
        both.unite(&large);
        assert_eq!(both, set(&[1, 2, 200]));
        both.intersect(&small);
        assert_eq!(both, small);
        let mut rest = large.clone();
        rest.subtract(&small);
        assert_eq!(rest, set(&[200]));
        rest.remove(RowId(200));
        assert_eq!(rest, RowSet::new());
    }
}
