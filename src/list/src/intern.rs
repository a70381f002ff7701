//! Texts and group sets that many rows share, stored once and named by a number.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hash, Hasher};

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

/// A map with the cheap hash.
pub(crate) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

/// Numbers distinct values in order of appearance.
#[derive(Debug)]
pub(crate) struct Numbers<T: ?Sized> {
    by_value: Map<Box<T>, u32>,
    values: Vec<Box<T>>,
}

impl<T: ?Sized> Default for Numbers<T> {
    fn default() -> Self {
        Self {
            by_value: Map::default(),
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
        if let Some(&number) = self.by_value.get(value) {
            return number;
        }
        // One value takes more than a byte, so memory ends long before the numbers do.
        let number = u32::try_from(self.values.len()).unwrap_or(u32::MAX);
        self.by_value.insert(Box::from(value), number);
        self.values.push(Box::from(value));
        number
    }

    /// The value with this number.
    pub(crate) fn get(&self, number: u32) -> Option<&T> {
        self.values.get(usize::try_from(number).ok()?).map(AsRef::as_ref)
    }

    /// The number of `value`, if it has one.
    pub(crate) fn find(&self, value: &T) -> Option<u32> {
        self.by_value.get(value).copied()
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
        let hash = |text: &str| {
            let mut hasher = Fnv::default();
            text.hash(&mut hasher);
            hasher.finish()
        };
        let mut low: Vec<u64> = (0..1000).map(|n| hash(&format!("group-{n}")) % 1024).collect();
        low.sort_unstable();
        low.dedup();
        assert!(
            low.len() > 550,
            "{} of 1,024 places used by 1,000 keys; chance gives 640",
            low.len()
        );
    }
}
