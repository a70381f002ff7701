//! The first password of somebody new: what the server asks of it where the first owner is made and where an invitation
//! is accepted (`contract` 2.13, 4.4). It asks for nothing else, so nothing else is asked for here.

use super::password::MOST_BYTES;

/// The shortest password, in bytes.
pub const LEAST_BYTES: usize = 8;

/// One of the server's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// It has at least [`LEAST_BYTES`] bytes.
    Long,
    /// It has at most [`MOST_BYTES`] bytes.
    Fits,
    /// It has a digit.
    Digit,
    /// It has a capital letter.
    Uppercase,
    /// It has a character that is neither a letter nor a digit; a space is one.
    Special,
}

/// What the first owner's password has to keep.
pub const OF_FIRST_OWNER: &[Rule] = &[Rule::Long, Rule::Fits];
/// What the password of somebody invited has to keep.
pub const OF_INVITED: &[Rule] = &[Rule::Long, Rule::Fits, Rule::Digit, Rule::Uppercase, Rule::Special];

impl Rule {
    /// Whether a password keeps it. Of characters beyond ASCII this is a good guess, see [`check`].
    pub fn is_kept(self, password: &str) -> bool {
        match self {
            Self::Long => password.len() >= LEAST_BYTES,
            Self::Fits => password.len() <= MOST_BYTES,
            Self::Digit => password.contains(char::is_numeric),
            Self::Uppercase => password.contains(char::is_uppercase),
            Self::Special => password.contains(|letter: char| !letter.is_alphanumeric()),
        }
    }

    /// Whether only the server knows for sure: it goes by its own tables of the world's letters.
    fn is_about_letters(self) -> bool {
        matches!(self, Self::Digit | Self::Uppercase | Self::Special)
    }
}

/// Checks a password before it is sent. A rule about letters that a password with characters beyond ASCII seems to break
/// is left to the server: nobody is kept from a password that it takes.
///
/// # Errors
/// The first rule that it breaks.
pub fn check(password: &str, rules: &[Rule]) -> Result<(), Rule> {
    let broken = rules
        .iter()
        .find(|rule| !rule.is_kept(password) && (password.is_ascii() || !rule.is_about_letters()));
    broken.map_or(Ok(()), |rule| Err(*rule))
}

/// The rules that a refusal of the server names; none when it is about something else.
pub fn refused(message: &str) -> Vec<Rule> {
    let message = message.to_lowercase();
    if !message.contains("password") {
        return Vec::new();
    }
    [
        ("at least 8 characters", Rule::Long),
        ("password is required", Rule::Long),
        ("at most 72 characters", Rule::Fits),
        ("one digit", Rule::Digit),
        ("one uppercase letter", Rule::Uppercase),
        ("one special character", Rule::Special),
    ]
    .into_iter()
    .filter_map(|(words, rule)| message.contains(words).then_some(rule))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_count_and_not_characters() {
        // Three characters of three bytes are nine bytes: the server takes them for long enough.
        assert_eq!(check("\u{20ac}\u{20ac}\u{20ac}", OF_FIRST_OWNER), Ok(()));
        assert_eq!(check("\u{20ac}\u{20ac}", OF_FIRST_OWNER), Err(Rule::Long));
        assert_eq!(check("1234567", OF_FIRST_OWNER), Err(Rule::Long));
        assert_eq!(check("12345678", OF_FIRST_OWNER), Ok(()));
        assert_eq!(check(&"a".repeat(72), OF_FIRST_OWNER), Ok(()));
        assert_eq!(check(&"a".repeat(73), OF_FIRST_OWNER), Err(Rule::Fits));
        assert_eq!(check(&"\u{20ac}".repeat(24), OF_FIRST_OWNER), Ok(()));
        assert_eq!(check(&"\u{20ac}".repeat(25), OF_FIRST_OWNER), Err(Rule::Fits));
    }

    #[test]
    fn the_first_owner_needs_no_digit_and_no_capital() {
        assert_eq!(check("aaaaaaaa", OF_FIRST_OWNER), Ok(()));
        assert_eq!(check("aaaaaaaa", OF_INVITED), Err(Rule::Digit));
    }

    #[test]
    fn somebody_invited_needs_a_digit_a_capital_and_something_else() {
        for (password, expected) in [
            ("Password 1", Ok(())),
            ("Passw0rd!", Ok(())),
            ("password1", Err(Rule::Uppercase)),
            ("PASSWORD1", Err(Rule::Special)),
            ("Password!", Err(Rule::Digit)),
            ("Pa1!", Err(Rule::Long)),
            ("", Err(Rule::Long)),
        ] {
            assert_eq!(check(password, OF_INVITED), expected, "{password}");
        }
    }

    #[test]
    fn of_the_worlds_letters_the_server_is_the_judge() {
        // A roman numeral is no digit for the server, a circled letter no capital, and both are special there.
        assert_eq!(check("\u{2167}\u{24b6}aaaa", OF_INVITED), Ok(()));
        assert_eq!(check("\u{5bc6}\u{7801}\u{5bc6}\u{7801}1A", OF_INVITED), Ok(()));
        assert_eq!(check("\u{fc}", OF_INVITED), Err(Rule::Long), "its bytes can be counted");
    }

    #[test]
    fn refusals_name_their_rules() {
        let prefix = "invalid password: password must ";
        for (message, rules) in [
            ("password must be at most 72 characters", vec![Rule::Fits]),
            ("Password must be at least 8 characters", vec![Rule::Long]),
            ("password is required", vec![Rule::Long]),
            ("name is required", vec![]),
            ("invite has expired", vec![]),
        ] {
            assert_eq!(refused(message), rules, "{message}");
        }
        let missing = [prefix, "contain at least one uppercase letter, one special character"].concat();
        assert_eq!(refused(&missing), [Rule::Uppercase, Rule::Special]);
        assert_eq!(
            refused(&[prefix, "be at least 8 characters long"].concat()),
            [Rule::Long]
        );
    }
}
