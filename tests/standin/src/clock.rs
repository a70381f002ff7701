//! Owns time: nanoseconds since 1970 inside and in the database, RFC 3339 outside.

use std::time::{SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Nanoseconds since 1970-01-01T00:00:00Z; enough until the year 2262.
pub type Nanos = i64;

pub const MILLISECOND: Nanos = 1_000_000;
pub const SECOND: Nanos = 1_000 * MILLISECOND;
pub const MINUTE: Nanos = 60 * SECOND;
pub const HOUR: Nanos = 60 * MINUTE;
pub const DAY: Nanos = 24 * HOUR;

/// What the server sends for a moment that never was.
const NEVER: &str = "0001-01-01T00:00:00Z";

/// The present moment.
pub fn now() -> Nanos {
    // A clock before 1970 or after 2262 is a broken machine; the stand-in then lives in 1970.
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|since| Nanos::try_from(since.as_nanos()).ok())
        .unwrap_or(0)
}

/// A moment as the API writes it: UTC, up to nine fraction digits.
pub fn text(moment: Nanos) -> String {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(moment))
        .ok()
        .and_then(|date| date.format(&Rfc3339).ok())
        .unwrap_or_else(|| NEVER.to_owned())
}

/// A moment that may never have been.
pub fn text_or_never(moment: Option<Nanos>) -> String {
    moment.map_or_else(|| NEVER.to_owned(), text)
}

/// Whole seconds, as tokens count them.
pub fn seconds(moment: Nanos) -> i64 {
    moment.div_euclid(SECOND)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_utc_with_their_fraction() {
        assert_eq!(text(0), "1970-01-01T00:00:00Z");
        assert_eq!(text(1_787_430_000_123_456_789), "2026-08-22T20:20:00.123456789Z");
        assert_eq!(text_or_never(None), NEVER);
    }
}
