//! Texts and group sets that many rows share, stored once and named by a number.

use std::hash::{Hash, Hasher};

use hashbrown::HashTable;

/// FNV-1a: short texts are hashed in a few nanoseconds, and the keys come from the account's own server.
#[derive(Clone)]
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn mix(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x0000_0100_0000_01b3);
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        // The table takes the top bits for its tags and the bottom ones for its places: spread what the last bytes did.
        self.0 ^ (self.0 >> 32)
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.mix(u64::from(*byte));
        }
    }

    fn write_u8(&mut self, value: u8) {
        self.mix(u64::from(value));
    }

    fn write_u32(&mut self, value: u32) {
        self.mix(u64::from(value));
    }
}

/// The hash of a value.
pub(crate) fn hash_of<T: ?Sized + Hash>(value: &T) -> u64 {
    let mut hasher = Fnv::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Numbers by the hashes of what they stand for. The hash lies beside the number, so that one concrete table serves
/// every kind of value: each of its own would be compiled with its own way to grow.
#[derive(Debug, Default)]
pub(crate) struct Index(HashTable<(u64, u32)>);

impl Index {
    /// The number under this hash that `is_it` knows.
    pub(crate) fn find(&self, hash: u64, mut is_it: impl FnMut(u32) -> bool) -> Option<u32> {
        self.0
            .find(hash, |(other, number)| *other == hash && is_it(*number))
            .map(|(_, number)| *number)
    }

    pub(crate) fn insert(&mut self, hash: u64, number: u32) {
        self.0.insert_unique(hash, (hash, number), |(hash, _)| *hash);
    }
}

/// Numbers distinct values in order of appearance.
#[derive(Debug)]
pub(crate) struct Numbers<T: ?Sized> {
    index: Index,
    values: Vec<Box<T>>,
}

impl<T: ?Sized> Default for Numbers<T> {
    fn default() -> Self {
        Self {
            index: Index::default(),
            values: Vec::new(),
        }
    }
}

impl<T: ?Sized + Hash + Eq> Numbers<T>
where
    Box<T>: for<'a> From<&'a T>,
{
    /// The number of `value`, a new one if need be.
    pub(crate) fn number(&mut self, value: &T) -> u32 {
        let hash = hash_of(value);
        if let Some(number) = self.under(hash, value) {
            return number;
        }
        // One value takes more than a byte, so memory ends long before the numbers do.
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.index.insert(hash, number);
        self.values.push(Box::from(value));
        number
    }

    fn under(&self, hash: u64, value: &T) -> Option<u32> {
        self.index.find(hash, |number| self.get(number) == Some(value))
    }

    /// The value with this number.
    pub(crate) fn get(&self, number: u32) -> Option<&T> {
        self.values.get(usize::try_from(number).ok()?).map(AsRef::as_ref)
    }

    /// The number of `value`, if it has one.
    pub(crate) fn find(&self, value: &T) -> Option<u32> {
        self.under(hash_of(value), value)
    }

    /// How many values there are.
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// The values by their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        self.values.iter().map(AsRef::as_ref)
    }
}

/// What belongs to texts, by text.
#[derive(Debug)]
pub(crate) struct ByText<V> {
    texts: Numbers<str>,
    values: Vec<V>,
}

impl<V> Default for ByText<V> {
    fn default() -> Self {
        Self {
            texts: Numbers::default(),
            values: Vec::new(),
        }
    }
}

impl<V> ByText<V> {
    /// What belongs to `text`; `first` puts something there when nothing does.
    pub(crate) fn entry(&mut self, text: &str, first: V) -> Option<&mut V> {
        let place = usize::try_from(self.texts.number(text)).ok()?;
        if place == self.values.len() {
            self.values.push(first);
        }
        self.values.get_mut(place)
    }

    /// What belongs to `text`, if something does.
    pub(crate) fn get(&self, text: &str) -> Option<&V> {
        self.values.get(usize::try_from(self.texts.find(text)?).ok()?)
    }
}

/// Looks a number up in a table that is indexed by interned numbers.
pub(crate) fn at<T: Copy + Default>(table: &[T], number: u32) -> T {
    usize::try_from(number)
        .ok()
        .and_then(|index| table.get(index))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_value_has_the_same_number() {
        let mut names: Numbers<str> = Numbers::default();
        assert_eq!(
            [
                names.number("a"),
                names.number("b"),
                names.number("a"),
                names.number("")
            ],
            [0, 1, 0, 2]
        );
        assert_eq!((names.get(1), names.get(3), names.len()), (Some("b"), None, 3));
        assert_eq!((names.find("b"), names.find("c")), (Some(1), None));
        assert_eq!(names.iter().collect::<Vec<_>>(), ["a", "b", ""]);
    }

    #[test]
    fn there_is_no_limit_of_values() {
        let mut sets: Numbers<[u32]> = Numbers::default();
        for n in 0..100_000 {
            assert_eq!(sets.number(&[n, n + 1]), n);
        }
        assert_eq!(sets.number(&[70_000, 70_001]), 70_000);
        assert_eq!(sets.get(99_999), Some(&[99_999, 100_000][..]));
    }

    #[test]
    fn the_hash_spreads_neighbours() {
        let mut low: Vec<u64> = (0..1000).map(|n| hash_of(&format!("group-{n}")) % 1024).collect();
        low.sort_unstable();
        low.dedup();
        assert!(
            low.len() > 550,
            "{} of 1,024 places used by 1,000 keys; chance gives 640",
            low.len()
        );
    }
}
