//! The first owner of a server that nobody has set up yet: what is checked before it is sent, and which field a refusal is
//! about (`contract` 2.13).

use super::new_password::{self, OF_FIRST_OWNER, Rule};
use super::new_user::{EmailProblem, check_email};
use super::token::{DaysProblem, check_days};

/// What the form holds, as it was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    /// their name
    pub name: String,
    /// their e-mail address
    pub email: String,
    /// their password
    pub password: String,
    /// how many days the access token lasts; `None` when none is wanted
    pub token_days: Option<String>,
}

/// What is wrong with a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// there is no name
    pub no_name: bool,
    /// the e-mail address
    pub email: Option<EmailProblem>,
    /// the rule that the password breaks
    pub password: Option<Rule>,
    /// how long the token lasts
    pub days: Option<DaysProblem>,
}

impl Problems {
    /// Whether nothing is wrong.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

impl Draft {
    /// What is wrong with it.
    pub fn problems(&self) -> Problems {
        Problems {
            no_name: self.name.trim().is_empty(),
            email: check_email(self.email.trim()).err(),
            password: new_password::check(&self.password, OF_FIRST_OWNER).err(),
            days: self.token_days.as_deref().and_then(|days| check_days(days).err()),
        }
    }

    /// How many days the token lasts, if one is wanted.
    pub fn days(&self) -> Option<u16> {
        self.token_days.as_deref().and_then(|days| check_days(days).ok())
    }
}

/// Which fields a refusal of the server is about; none when it is about something else.
pub fn refused(message: &str) -> Problems {
    let message = message.to_lowercase();
    let mut problems = Problems {
        password: new_password::refused(&message).first().copied(),
        ..Problems::default()
    };
    match message.as_str() {
        "name is required" => problems.no_name = true,
        "email is required" => problems.email = Some(EmailProblem::Empty),
        "invalid email format" => problems.email = Some(EmailProblem::Malformed),
        "pat_expire_in must be between 1 and 365" => problems.days = Some(DaysProblem::OutOfRange),
        _ => {}
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Draft {
        Draft {
            name: "Olive Owner".to_owned(),
            email: " olive@example.com ".to_owned(),
            password: "aaaaaaaa".to_owned(),
            token_days: None,
        }
    }

    #[test]
    fn a_good_draft_has_nothing_wrong() {
        assert!(good().problems().is_none());
        let with_token = Draft {
            token_days: Some("365".to_owned()),
            ..good()
        };
        assert!(with_token.problems().is_none());
        assert_eq!((with_token.days(), good().days()), (Some(365), None));
    }

    #[test]
    fn each_field_is_judged() {
        let empty = Draft::default().problems();
        assert!(empty.no_name);
        assert_eq!(
            (empty.email, empty.password, empty.days),
            (Some(EmailProblem::Empty), Some(Rule::Long), None)
        );
        let wrong = Draft {
            name: " ".to_owned(),
            email: "olive".to_owned(),
            password: "\u{20ac}".repeat(25),
            token_days: Some("366".to_owned()),
        };
        let expected = Problems {
            no_name: true,
            email: Some(EmailProblem::Malformed),
            password: Some(Rule::Fits),
            days: Some(DaysProblem::OutOfRange),
        };
        assert_eq!(wrong.problems(), expected);
        for days in ["", "1.5", "x"] {
            let draft = Draft {
                token_days: Some(days.to_owned()),
                ..good()
            };
            assert_eq!(draft.problems().days, Some(DaysProblem::NotWhole), "{days}");
        }
    }

    #[test]
    fn each_refusal_of_the_server_is_led_to_its_field() {
        assert_eq!(refused("Email is required").email, Some(EmailProblem::Empty));
        assert_eq!(refused("invalid email format").email, Some(EmailProblem::Malformed));
        assert!(refused("name is required").no_name);
        assert_eq!(refused("password is required").password, Some(Rule::Long));
        let short = refused("password must be at least 8 characters");
        assert_eq!(short.password, Some(Rule::Long));
        let long = refused("password must be at most 72 characters");
        assert_eq!(long.password, Some(Rule::Fits));
        let days = refused("pat_expire_in must be between 1 and 365");
        assert_eq!(days.days, Some(DaysProblem::OutOfRange));
        assert!(refused("invalid request body").is_none());
    }
}
