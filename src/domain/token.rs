//! Personal access tokens: how long they last, how urgent their end is, and what a new one may be (`contract` 2.10).

use super::time::{DAY, HOUR, Moment};
use super::user::UserId;

/// A token as its list has it. The secret itself is no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Opaque id.
    pub id: String,
    /// The name it was given; names need not be unique.
    pub name: String,
    /// Who made it.
    pub created_by: UserId,
    /// When.
    pub created_at: Moment,
    /// From when on the server refuses it.
    pub expires_at: Moment,
    /// When it was last used.
    pub last_used: Moment,
}

/// How much a token's end should be noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    /// more than thirty days
    Calm,
    /// thirty days or fewer
    Soon,
    /// seven days or fewer
    Close,
    /// a day or less, or over
    Now,
}

/// What is left of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Validity {
    /// It has no end.
    Endless,
    /// The server's date cannot be read.
    Unreadable,
    /// Days that have begun.
    Days(u64),
    /// Less than a day: hours that have begun.
    Hours(u64),
    /// It is over.
    Expired,
}

/// The longest a token may last, in days.
pub const MOST_DAYS: u16 = 365;

impl Token {
    /// What is left of it at a moment, in seconds since 1970.
    pub fn validity(&self, now: i64) -> Validity {
        let end = match self.expires_at {
            Moment::Never => return Validity::Endless,
            Moment::Unreadable => return Validity::Unreadable,
            Moment::At(end) => end,
        };
        let left = end.saturating_sub(now);
        let begun = |unit: i64| u64::try_from(left.saturating_add(unit - 1) / unit).unwrap_or_default();
        match left {
            ..=0 => Validity::Expired,
            1..DAY => Validity::Hours(begun(HOUR)),
            _ => Validity::Days(begun(DAY)),
        }
    }
}

impl Validity {
    /// How much that should be noticed. A date that cannot be read deserves a look.
    pub fn urgency(self) -> Urgency {
        match self {
            Self::Endless | Self::Days(31..) => Urgency::Calm,
            Self::Unreadable | Self::Days(8..) => Urgency::Soon,
            Self::Days(2..) => Urgency::Close,
            Self::Days(_) | Self::Hours(_) | Self::Expired => Urgency::Now,
        }
    }
}

/// Puts tokens in the order in which they end; what has no end is last, and equals are in the order of their names.
pub fn sort(tokens: &mut [Token]) {
    tokens.sort_by_cached_key(|token| {
        let end = match token.expires_at {
            Moment::At(end) => end,
            Moment::Unreadable | Moment::Never => i64::MAX,
        };
        (end, token.name.to_lowercase(), token.id.clone())
    });
}

/// A token to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewToken {
    /// Its name, never empty.
    pub name: String,
    /// How many days it lasts, 1 to 365.
    pub days: u16,
}

/// What is wrong with the days a token is to last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DaysProblem {
    /// Nothing is there, or no whole number.
    NotWhole,
    /// Fewer than one or more than [`MOST_DAYS`].
    OutOfRange,
}

/// The days a token is to last, from what was typed.
///
/// # Errors
/// What is wrong with it.
pub fn check_days(typed: &str) -> Result<u16, DaysProblem> {
    let typed = typed.trim();
    if typed.is_empty() || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DaysProblem::NotWhole);
    }
    // More digits than fit are out of range as well.
    match typed.parse() {
        Ok(days @ 1..=MOST_DAYS) => Ok(days),
        _ => Err(DaysProblem::OutOfRange),
    }
}

/// The moment a token ends that is made now.
pub fn end(now: i64, days: u16) -> i64 {
    now.saturating_add(i64::from(days) * DAY)
}

/// Which of `now` a lost answer has made: a token of that name that was not there before. `None` when there is none.
pub fn made_meanwhile<'a>(name: &str, before: &[Token], now: &'a [Token]) -> Option<&'a Token> {
    now.iter()
        .find(|token| token.name == name && before.iter().all(|known| known.id != token.id))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn token(id: &str, name: &str, expires_at: Moment) -> Token {
        Token {
            id: id.into(),
            name: name.into(),
            created_by: UserId("o".into()),
            created_at: Moment::At(NOW - DAY),
            expires_at,
            last_used: Moment::Never,
        }
    }

    #[test]
    fn the_end_is_said_in_days_and_hours_that_have_begun() {
        for (left, validity, urgency) in [
            (365 * DAY, Validity::Days(365), Urgency::Calm),
            (30 * DAY + 1, Validity::Days(31), Urgency::Calm),
            (30 * DAY, Validity::Days(30), Urgency::Soon),
            (7 * DAY + 1, Validity::Days(8), Urgency::Soon),
            (7 * DAY, Validity::Days(7), Urgency::Close),
            (DAY + 1, Validity::Days(2), Urgency::Close),
            (DAY, Validity::Days(1), Urgency::Now),
            (DAY - 1, Validity::Hours(24), Urgency::Now),
            (1, Validity::Hours(1), Urgency::Now),
            (0, Validity::Expired, Urgency::Now),
            (-40 * DAY, Validity::Expired, Urgency::Now),
        ] {
            let validity_now = token("t", "t", Moment::At(NOW + left)).validity(NOW);
            assert_eq!(validity_now, validity, "{left}");
            assert_eq!(validity_now.urgency(), urgency, "{left}");
        }
    }

    #[test]
    fn what_has_no_end_or_an_unreadable_one_is_neither_expired_nor_fine() {
        assert_eq!(token("t", "t", Moment::Never).validity(NOW), Validity::Endless);
        assert_eq!(Validity::Endless.urgency(), Urgency::Calm);
        assert_eq!(token("t", "t", Moment::Unreadable).validity(NOW), Validity::Unreadable);
        assert_eq!(Validity::Unreadable.urgency(), Urgency::Soon);
        assert_eq!(
            token("t", "t", Moment::At(i64::MAX)).validity(i64::MIN).urgency(),
            Urgency::Calm
        );
    }

    #[test]
    fn days_are_a_whole_number_from_1_to_365() {
        for (typed, days) in [
            ("1", Ok(1)),
            (" 30 ", Ok(30)),
            ("365", Ok(365)),
            ("007", Ok(7)),
            ("0", Err(DaysProblem::OutOfRange)),
            ("366", Err(DaysProblem::OutOfRange)),
            ("99999999999999999999", Err(DaysProblem::OutOfRange)),
            ("", Err(DaysProblem::NotWhole)),
            ("1.5", Err(DaysProblem::NotWhole)),
            ("-3", Err(DaysProblem::NotWhole)),
            ("+3", Err(DaysProblem::NotWhole)),
            ("1e2", Err(DaysProblem::NotWhole)),
            ("٣", Err(DaysProblem::NotWhole)),
        ] {
            assert_eq!(check_days(typed), days, "{typed:?}");
        }
        assert_eq!(end(NOW, 365), NOW + 365 * DAY);
    }

    #[test]
    fn the_next_to_end_comes_first() {
        let mut tokens = [
            token("1", "endless", Moment::Never),
            token("2", "b", Moment::At(NOW + 5)),
            token("3", "A", Moment::At(NOW + 5)),
            token("4", "over", Moment::At(NOW - 5)),
        ];
        sort(&mut tokens);
        assert_eq!(tokens.map(|token| token.name), ["over", "A", "b", "endless"]);
    }

    #[test]
    fn a_lost_answer_is_told_by_a_new_id_with_the_name() {
        let old = token("1", "deploy", Moment::Never);
        let new = token("2", "deploy", Moment::Never);
        let other = token("3", "other", Moment::Never);
        let before = [old.clone()];
        let now = [other.clone(), old.clone(), new.clone()];
        assert_eq!(made_meanwhile("deploy", &before, &now), Some(&new));
        assert_eq!(made_meanwhile("deploy", &before, &[old, other]), None);
    }
}
