//! Substring search over bytes, fast enough to go through a whole account between two frames.

/// What to look for, ASCII capitals ignored. It is found by its rarest byte: eight bytes of text are tried at once for it,
/// and only where it stands is the rest compared.
pub(crate) struct Needle<'a> {
    bytes: &'a [u8],
    rare: u8,
    /// Where the rarest byte stands in `bytes`.
    offset: usize,
}

const ONES: u64 = 0x0101_0101_0101_0101;
const TOPS: u64 = 0x8080_8080_8080_8080;

/// The bit between a capital and its small letter. Setting it makes other bytes the same too (`@` and a backquote), so
/// what is found by it must be compared.
const SMALL: u8 = 0x20;

impl<'a> Needle<'a> {
    /// Looks for `bytes`; which of them is rare is learnt from `sample`, a part of the text to search.
    pub(crate) fn new(bytes: &'a [u8], sample: &[u8]) -> Self {
        let mut seen = [0_usize; 256];
        for byte in sample {
            if let Some(count) = seen.get_mut(usize::from(*byte | SMALL)) {
                *count += 1;
            }
        }
        let occurrences = |byte: u8| seen.get(usize::from(byte | SMALL)).copied().unwrap_or_default();
        let rarest = bytes
            .iter()
            .copied()
            .enumerate()
            .min_by_key(|(_, byte)| occurrences(*byte));
        let (offset, rare) = rarest.unwrap_or_default();
        Self { bytes, rare, offset }
    }

    /// Where the first match at or after `from` begins. Nothing is found for an empty needle.
    pub(crate) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        if self.bytes.is_empty() {
            return None;
        }
        let mut at = from + self.offset;
        loop {
            let hit = at + position(text.get(at..)?, self.rare)?;
            let start = hit - self.offset;
            let end = start + self.bytes.len();
            if text
                .get(start..end)
                .is_some_and(|found| found.eq_ignore_ascii_case(self.bytes))
            {
                return Some(start);
            }
            at = hit + 1;
        }
    }

    /// Whether it occurs in `text`.
    pub(crate) fn is_in(&self, text: &[u8]) -> bool {
        self.find(text, 0).is_some()
    }
}

/// Where `wanted`, or a byte that differs from it only by [`SMALL`], first stands in `text`.
fn position(text: &[u8], wanted: u8) -> Option<usize> {
    let small = ONES * u64::from(SMALL);
    let pattern = ONES * u64::from(wanted | SMALL);
    let mut at = 0;
    let (words, _) = text.as_chunks::<8>();
    for word in words {
        // Subtracting one borrows into the top bit of a byte that is 0, and of bytes above it: the lowest is right.
        let zero_where_equal = (u64::from_le_bytes(*word) | small) ^ pattern;
        let found = zero_where_equal.wrapping_sub(ONES) & !zero_where_equal & TOPS;
        if found != 0 {
            return Some(at + usize::try_from(found.trailing_zeros() / 8).unwrap_or_default());
        }
        at += 8;
    }
    text.get(at..)?
        .iter()
        .position(|byte| (byte ^ wanted) & !SMALL == 0)
        .map(|rest| at + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn naive(text: &[u8], bytes: &[u8], from: usize) -> Option<usize> {
        let same = |start: &usize| {
            text.get(*start..start + bytes.len())
                .is_some_and(|part| part.eq_ignore_ascii_case(bytes))
        };
        (from..text.len()).find(same)
    }

    #[test]
    fn every_place_of_every_needle_is_found() {
        let text = b"aBRAcadabra`@`@\xffabra\x01\x00\x80\x7f\xfe zzzzzzzzzzzzzzzzzzzzzzzzab";
        for start in 0..text.len() {
            for end in start + 1..=text.len() {
                let needle = Needle::new(&text[start..end], text);
                for from in 0..=text.len() {
                    assert_eq!(
                        needle.find(text, from),
                        naive(text, &text[start..end], from),
                        "{start}..{end} {from}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for bytes in [&b"x"[..], b"ab\xffab", b"abrac\x00", b""] {
            assert_eq!(Needle::new(bytes, b"").find(b"abracadabra abracadabra", 0), None);
        }
        assert_eq!(Needle::new(b"a", b"a").find(b"", 0), None);
        assert_eq!(Needle::new(b"a", b"a").find(b"a", 5), None);
    }
}
