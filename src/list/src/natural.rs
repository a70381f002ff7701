//! The order of texts that hold numbers: `web-2` before `web-10`.

use crate::fold::fold;

/// A text's sort key as a stream of bytes: comparing two streams byte by byte compares the texts with the numbers in
/// them as numbers. Leading zeros, leading blanks and ASCII capitals do not count. No byte is 0 or 255, which are left to the caller as
/// padding and as "nothing here".
///
/// A run of digits becomes its number of digits and then the digits, so that longer numbers are greater. The length is
/// one byte out of `0` to `9`, so numbers stay where digits stand among the other characters.
#[derive(Clone)]
pub(crate) struct NaturalKey<'a> {
    rest: &'a [u8],
    /// Digits of the present number that are still to come.
    digits: usize,
    /// The second byte of a long number's length.
    long: Option<u8>,
}

/// Numbers of this many digits and more carry their length in a second byte.
const LONG: usize = 9;

impl<'a> NaturalKey<'a> {
    /// The key of a text to compare; ASCII capitals do not count.
    pub(crate) fn new(text: &'a [u8]) -> Self {
        Self {
            rest: text.trim_ascii_start(),
            digits: 0,
            long: None,
        }
    }

    /// Whether there is nothing to sort by.
    pub(crate) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Starts a number: skips its leading zeros and gives the byte for its length.
    fn start_number(&mut self) -> u8 {
        let run = self.rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let zeros = self.rest.iter().take(run).take_while(|byte| **byte == b'0').count();
        self.rest = self.rest.get(zeros..).unwrap_or_default();
        self.digits = run - zeros;
        if self.digits >= LONG {
            // Beyond 254 digits it is no longer a number's order, but still an order.
            self.long = Some(u8::try_from(self.digits).unwrap_or(254).min(254));
        }
        b'0' + u8::try_from(self.digits.min(LONG)).unwrap_or(9)
    }
}

impl Iterator for NaturalKey<'_> {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        if let Some(length) = self.long.take() {
            return Some(length);
        }
        let (&first, rest) = self.rest.split_first()?;
        if self.digits > 0 {
            self.digits -= 1;
        } else if first.is_ascii_digit() {
            return Some(self.start_number());
        }
        self.rest = rest;
        Some(first.to_ascii_lowercase().max(1))
    }
}

/// What a name is sorted by, as bytes to compare: as the list of users sorts, and what is equal by that in the order of
/// the texts themselves.
pub fn natural_key(text: &str) -> Vec<u8> {
    let mut key: Vec<u8> = NaturalKey::new(fold(text).as_bytes()).collect();
    // Smaller than whatever a longer key has in this place.
    key.push(0);
    key.extend_from_slice(text.as_bytes());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut texts: Vec<&str>) -> Vec<&str> {
        texts.sort_by(|a, b| NaturalKey::new(a.as_bytes()).cmp(NaturalKey::new(b.as_bytes())));
        texts
    }

    #[test]
    fn numbers_are_numbers_wherever_they_stand() {
        let order = vec![
            "",
            "0",
            "2",
            "10",
            "a",
            "a 1 b",
            "a 2 a",
            "a 10",
            "a10",
            "a123456789",
            "a1000000000",
            "ab",
        ];
        let mut shuffled = order.clone();
        shuffled.reverse();
        assert_eq!(sorted(shuffled), order);
    }

    #[test]
    fn digits_keep_their_place_among_other_characters() {
        assert_eq!(sorted(vec!["ax", "a-", "a5", "a_"]), ["a-", "a5", "a_", "ax"]);
    }

    #[test]
    fn leading_zeros_blanks_and_capitals_do_not_count() {
        let key = |text: &'static str| NaturalKey::new(text.as_bytes()).collect::<Vec<_>>();
        assert_eq!(key("a007"), key("a7"));
        assert_eq!(key("  Ann"), key("ann"));
        assert_ne!(key("a0"), key("a"));
        assert!(NaturalKey::new(b" \t ").is_empty());
    }

    #[test]
    fn a_name_is_sorted_by_its_numbers_and_its_plain_letters() {
        let order = [
            "", "1", "1 b", "2", "10", "a", "Ä 2", "a 10", "Team", "team", "Team 1", "team 02", "team 2", "Team 10",
            "Über",
        ];
        let mut shuffled = order;
        shuffled.reverse();
        shuffled.sort_by_cached_key(|text| natural_key(text));
        assert_eq!(shuffled, order);
    }

    #[test]
    fn no_byte_is_padding() {
        let odd = format!("\0\u{1}{}\u{10ffff}", "7".repeat(400));
        assert!(NaturalKey::new(odd.as_bytes()).all(|byte| byte != 0 && byte != 255));
    }
}
