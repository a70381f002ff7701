//! Encoding of path segments and query values: an id can hold anything and never changes the path.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Everything but the unreserved characters of RFC 3986.
const STRICT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether a path can hold this segment. The server decodes before it routes, so a slash never survives; dots climb.
pub fn is_addressable(segment: &str) -> bool {
    !matches!(segment, "" | "." | "..") && !segment.contains(|c: char| matches!(c, '/' | '\\') || c.is_control())
}

/// Adds `/segment` to a path.
pub fn push_segment(path: &mut String, segment: &str) {
    path.push('/');
    path.extend(utf8_percent_encode(segment, STRICT));
}

/// Adds `name=value` to a query string.
pub fn push_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, STRICT));
    query.push('=');
    query.extend(utf8_percent_encode(value, STRICT));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_stay_segments() {
        for (segment, encoded) in [
            ("google-oauth2|1", "/google-oauth2%7C1"),
            ("a b+c", "/a%20b%2Bc"),
            ("ü?#", "/%C3%BC%3F%23"),
            ("%2e%2e", "/%252e%252e"),
        ] {
            let mut path = String::new();
            push_segment(&mut path, segment);
            assert_eq!(path, encoded);
        }
    }

    #[test]
    fn what_no_path_can_hold_is_known() {
        for segment in ["", ".", "..", "a/b", "a\\b", "a\nb", "\u{7f}"] {
            assert!(!is_addressable(segment), "{segment:?}");
        }
        for segment in ["a", "...", "%2e%2e", "google-oauth2|1", "🙂"] {
            assert!(is_addressable(segment), "{segment:?}");
        }
    }
}
