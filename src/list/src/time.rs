//! When somebody last signed in: RFC 3339 text to seconds, in four bytes.

/// When a user last signed in, as far as the server knows (`contract` 3.1: it does not record every kind of sign-in).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LastLogin {
    /// Never, or not recorded: the zero time `0001-01-01T00:00:00Z`, an empty text, `null`, or no such field.
    #[default]
    Never,
    /// Seconds since 1970, UTC.
    At(u32),
    /// The server sent something that is no RFC 3339 time, or one after 2106. Not shown as "never": that would be a claim.
    Unreadable,
}

/// How [`LastLogin::Unreadable`] is stored; the second before it is the last that can be stored.
const UNREADABLE: u32 = u32::MAX;

impl LastLogin {
    /// Reads the API's text. Any time up to the start of 1970 counts as never.
    pub fn parse(text: &str) -> Self {
        if text.is_empty() {
            return Self::Never;
        }
        match rfc3339_seconds(text) {
            None => Self::Unreadable,
            Some(seconds) if seconds <= 0 => Self::Never,
            Some(seconds) => u32::try_from(seconds).map_or(Self::Unreadable, Self::from_stored),
        }
    }

    /// Seconds since 1970, where there is a time.
    pub fn seconds(self) -> Option<u32> {
        match self {
            Self::At(seconds) => Some(seconds),
            Self::Never | Self::Unreadable => None,
        }
    }

    pub(crate) fn to_stored(self) -> u32 {
        match self {
            Self::Never => 0,
            Self::At(seconds) => seconds,
            Self::Unreadable => UNREADABLE,
        }
    }

    pub(crate) fn from_stored(stored: u32) -> Self {
        match stored {
            0 => Self::Never,
            UNREADABLE => Self::Unreadable,
            seconds => Self::At(seconds),
        }
    }
}

/// Seconds since 1970 of an RFC 3339 time: any number of fraction digits (cut off), `Z` or an offset. `None` for anything
/// else, including days that no calendar has.
pub fn rfc3339_seconds(text: &str) -> Option<i64> {
    let mut rest = Digits(text.as_bytes());
    let year = rest.number(4)?;
    rest.one_of(b"-")?;
    let month = rest.number(2).filter(|month| (1..=12).contains(month))?;
    rest.one_of(b"-")?;
    let day = rest
        .number(2)
        .filter(|day| (1..=days_in_month(year, month)).contains(day))?;
    rest.one_of(b"Tt ")?;
    let hour = rest.number(2).filter(|hour| *hour <= 23)?;
    rest.one_of(b":")?;
    let minute = rest.number(2).filter(|minute| *minute <= 59)?;
    rest.one_of(b":")?;
    // 60 is a leap second; it counts as the first second of the next minute.
    let second = rest.number(2).filter(|second| *second <= 60)?;
    if rest.one_of(b".").is_some() && rest.skip_digits() == 0 {
        return None;
    }
    let offset = match rest.one_of(b"Zz+-")? {
        sign @ (b'+' | b'-') => {
            let hours = rest.number(2).filter(|hours| *hours <= 23)?;
            rest.one_of(b":")?;
            let minutes = rest.number(2).filter(|minutes| *minutes <= 59)?;
            let seconds = hours * 3600 + minutes * 60;
            if sign == b'-' { -seconds } else { seconds }
        }
        _ => 0,
    };
    let time_of_day = hour * 3600 + minute * 60 + second;
    rest.0
        .is_empty()
        .then(|| days_since_1970(year, month, day) * 86_400 + time_of_day - offset)
}

/// What is left of a time to read.
struct Digits<'a>(&'a [u8]);

impl Digits<'_> {
    /// A number of exactly `width` digits.
    fn number(&mut self, width: usize) -> Option<i64> {
        let (digits, rest) = self.0.split_at_checked(width)?;
        let value = digits.iter().try_fold(0, |value, byte| match byte {
            b'0'..=b'9' => Some(value * 10 + i64::from(byte - b'0')),
            _ => None,
        })?;
        self.0 = rest;
        Some(value)
    }

    /// One of these bytes, if it comes next.
    fn one_of(&mut self, allowed: &[u8]) -> Option<u8> {
        let (&first, rest) = self.0.split_first()?;
        if !allowed.contains(&first) {
            return None;
        }
        self.0 = rest;
        Some(first)
    }

    /// Skips digits and says how many.
    fn skip_digits(&mut self) -> usize {
        let count = self.0.iter().take_while(|byte| byte.is_ascii_digit()).count();
        self.0 = self.0.get(count..).unwrap_or_default();
        count
    }
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the Gregorian calendar, counted in years that begin in March, so that the leap day is last.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    year * 365 + leap_days + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_the_contract_are_read() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-22T10:11:12Z", 1_795_342_272),
            ("2026-11-22T10:11:12.123456789Z", 1_795_342_272),
            ("2026-11-22T12:11:12.5+02:00", 1_795_342_272),
            ("2026-11-22T04:41:12-05:30", 1_795_342_272),
            ("2024-02-29T23:59:60Z", 1_709_251_200),
            ("2000-03-01t00:00:00z", 951_868_800),
            ("1969-12-31T23:59:59Z", -1),
            ("0001-01-01T00:00:00Z", -62_135_596_800),
        ] {
            assert_eq!(rfc3339_seconds(text), Some(seconds), "{text}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        for text in [
            "",
            "yesterday",
            "2026-11-22",
            "2026-11-22T10:11:12",
            "2026-11-22T10:11:12.Z",
            "2026-11-22T10:11:12Z ",
            "2026-13-01T00:00:00Z",
            "2026-02-29T00:00:00Z",
            "2100-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z",
            "2026-00-10T00:00:00Z",
            "2026-01-00T00:00:00Z",
            "2026-01-01T24:00:00Z",
            "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:61Z",
            "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00+0200",
            "+026-01-01T00:00:00Z",
            "٢٠٢٦-01-01T00:00:00Z",
        ] {
            assert_eq!(rfc3339_seconds(text), None, "{text}");
        }
    }

    #[test]
    fn never_and_unreadable_are_not_the_same() {
        assert_eq!(LastLogin::parse("0001-01-01T00:00:00Z"), LastLogin::Never);
        assert_eq!(LastLogin::parse(""), LastLogin::Never);
        assert_eq!(LastLogin::parse("soon"), LastLogin::Unreadable);
        assert_eq!(LastLogin::parse("2200-01-01T00:00:00Z"), LastLogin::Unreadable);
        assert_eq!(LastLogin::parse("2026-11-22T10:11:12Z"), LastLogin::At(1_795_342_272));
    }

    #[test]
    fn storing_loses_nothing() {
        for login in [
            LastLogin::Never,
            LastLogin::At(1),
            LastLogin::At(u32::MAX - 1),
            LastLogin::Unreadable,
        ] {
            assert_eq!(LastLogin::from_stored(login.to_stored()), login);
        }
    }
}
