//! Durations as people write them: a number and a unit, with the exact seconds kept.

/// The unit of a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// seconds
    Seconds,
    /// minutes
    Minutes,
    /// hours
    Hours,
    /// days
    Days,
}

impl Unit {
    /// All, the smallest first.
    pub const ALL: [Self; 4] = [Self::Seconds, Self::Minutes, Self::Hours, Self::Days];

    /// Its length in seconds.
    pub fn seconds(self) -> i64 {
        match self {
            Self::Seconds => 1,
            Self::Minutes => 60,
            Self::Hours => 3_600,
            Self::Days => 86_400,
        }
    }

    /// What the program calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Seconds => "seconds",
            Self::Minutes => "minutes",
            Self::Hours => "hours",
            Self::Days => "days",
        }
    }

    /// The unit of that name; seconds for all else.
    pub fn parse(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|unit| unit.as_str() == name)
            .unwrap_or(Self::Seconds)
    }
}

/// A duration as it is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount {
    /// the number, as typed
    pub text: String,
    /// its unit
    pub unit: Unit,
}

impl Amount {
    /// Seconds in the largest unit that loses none of them.
    pub fn of(seconds: i64) -> Self {
        let unit = Unit::ALL
            .into_iter()
            .rev()
            .find(|unit| seconds != 0 && seconds % unit.seconds() == 0)
            .unwrap_or(Unit::Seconds);
        Self {
            text: (seconds / unit.seconds()).to_string(),
            unit,
        }
    }

    /// The exact seconds; `None` when the number is no whole one, or too large for any server.
    pub fn seconds(&self) -> Option<i64> {
        let text = self.text.trim();
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        text.parse::<i64>().ok()?.checked_mul(self.unit.seconds())
    }
}
