//! Owns time: nanoseconds since 1970 inside and in the database, RFC 3339 outside.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Nanoseconds since 1970-01-01T00:00:00Z; enough until the year 2262.
pub type Nanos = i64;

pub const MILLISECOND: Nanos = 1_000_000;
pub const SECOND: Nanos = 1_000 * MILLISECOND;
pub const MINUTE: Nanos = 60 * SECOND;
pub const HOUR: Nanos = 60 * MINUTE;
pub const DAY: Nanos = 24 * HOUR;

/// The most a clock may be ahead, a hundred years: moments end in 2262.
pub const MOST_AHEAD: Nanos = 36_525 * DAY;

/// What the server sends for a moment that never was.
const NEVER: &str = "0001-01-01T00:00:00Z";

/// The clock that a server lives by: the machine's, and as far ahead of it as tests want.
#[derive(Debug, Clone, Default)]
pub struct Clock(Arc<AtomicI64>);

impl Clock {
    /// A clock that is `ahead` of the machine's.
    pub fn ahead(ahead: Nanos) -> Self {
        let clock = Self::default();
        clock.set_ahead(ahead);
        clock
    }

    /// The present moment of the server.
    pub fn now(&self) -> Nanos {
        now() + self.is_ahead()
    }

    /// How far it is ahead.
    pub fn is_ahead(&self) -> Nanos {
        self.0.load(Ordering::Relaxed)
    }

    /// Sets how far it is ahead, a hundred years at most.
    pub fn set_ahead(&self, ahead: Nanos) {
        self.0.store(ahead.min(MOST_AHEAD), Ordering::Relaxed);
    }
}

impl governor::clock::Clock for Clock {
    /// Since 1970.
    type Instant = Duration;

    fn now(&self) -> Duration {
        Duration::from_nanos(u64::try_from(Self::now(self)).unwrap_or(0))
    }
}

/// The present moment of the machine. A server asks its own `Clock`.
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

    #[test]
    fn a_clock_is_as_far_ahead_as_it_is_told() {
        let clock = Clock::ahead(3 * DAY);
        let difference = clock.now() - now();
        assert!((0..SECOND).contains(&(3 * DAY - difference)), "{difference}");
        clock.set_ahead(clock.is_ahead() + HOUR);
        assert_eq!(clock.is_ahead(), 3 * DAY + HOUR);
        assert!(clock.now() - now() > 3 * DAY);
        assert_eq!(Clock::ahead(Nanos::MAX).is_ahead(), MOST_AHEAD);
    }
}
