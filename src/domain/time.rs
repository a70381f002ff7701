//! Moments as the server tells them, and how long ago something was, as a person would say it.

use roost_list::rfc3339_seconds;

/// A moment of the API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Moment {
    /// There is none: the zero time, nothing, or a time up to the start of 1970.
    #[default]
    Never,
    /// Seconds since 1970, UTC.
    At(i64),
    /// The server sent something else than a time. Not shown as "never": that would be a claim.
    Unreadable,
}

impl Moment {
    /// Reads the API's text.
    pub fn parse(text: &str) -> Self {
        if text.is_empty() {
            return Self::Never;
        }
        match rfc3339_seconds(text) {
            None => Self::Unreadable,
            Some(..=0) => Self::Never,
            Some(seconds) => Self::At(seconds),
        }
    }
}

/// A span from a moment in the past to now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ago {
    /// less than a minute, or a clock slightly ahead
    Now,
    /// minutes
    Minutes(u64),
    /// hours
    Hours(u64),
    /// days, up to thirty
    Days(u64),
    /// longer: say the date
    Long,
}

const MINUTE: i64 = 60;
/// Seconds of an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Seconds of a day.
pub const DAY: i64 = 24 * HOUR;

/// The span between two moments, in seconds since 1970. More than an hour ahead of now is not a span: say the date.
pub fn ago(then: i64, now: i64) -> Ago {
    let seconds = now.saturating_sub(then);
    let whole = |unit: i64| u64::try_from(seconds / unit).unwrap_or(0);
    match seconds {
        ..=-3601 => Ago::Long,
        -3600..MINUTE => Ago::Now,
        MINUTE..HOUR => Ago::Minutes(whole(MINUTE)),
        HOUR..DAY => Ago::Hours(whole(HOUR)),
        _ if seconds <= 30 * DAY => Ago::Days(whole(DAY)),
        _ => Ago::Long,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_moment_and_an_unreadable_one_are_not_the_same() {
        for (text, moment) in [
            ("", Moment::Never),
            ("0001-01-01T00:00:00Z", Moment::Never),
            ("1970-01-01T00:00:00Z", Moment::Never),
            ("2026-11-22T10:11:12.5+02:00", Moment::At(1_795_335_072)),
            ("soon", Moment::Unreadable),
        ] {
            assert_eq!(Moment::parse(text), moment, "{text}");
        }
    }

    #[test]
    fn spans_are_said_in_the_largest_unit_that_fits() {
        let now = 1_800_000_000;
        for (seconds, expected) in [
            (0, Ago::Now),
            (59, Ago::Now),
            (-3600, Ago::Now),
            (-3601, Ago::Long),
            (60, Ago::Minutes(1)),
            (3599, Ago::Minutes(59)),
            (3600, Ago::Hours(1)),
            (86_399, Ago::Hours(23)),
            (86_400, Ago::Days(1)),
            (30 * 86_400, Ago::Days(30)),
            (30 * 86_400 + 1, Ago::Long),
        ] {
            assert_eq!(ago(now - seconds, now), expected, "{seconds}");
        }
        assert_eq!(ago(i64::MIN, i64::MAX), Ago::Long);
    }
}
