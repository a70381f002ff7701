//! Changing one's own password: who can, and the server's rules, which are fewer than one expects (`contract` 2.8, 4.4).

use super::user::User;

/// The longest password, in bytes: bcrypt takes no more.
pub const MOST_BYTES: usize = 72;

/// The identity provider's name of e-mail and password.
const LOCAL: &str = "local";

/// Why somebody has no password here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPassword {
    /// Service users have tokens.
    Service,
    /// An outside identity provider signs them in.
    Elsewhere,
}

/// Whether the caller can change their password here. `embedded` is whether the server's own provider signs people in;
/// `None` where the caller may not know: only that provider says `local`.
///
/// # Errors
/// The reason why not.
pub fn can_change(me: &User, embedded: Option<bool>) -> Result<(), NoPassword> {
    if me.is_service_user {
        return Err(NoPassword::Service);
    }
    if me.idp_id.as_deref() != Some(LOCAL) || embedded == Some(false) {
        return Err(NoPassword::Elsewhere);
    }
    Ok(())
}

/// What the server asks of a new password. It asks for no capitals, digits or length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// Something is there.
    NotEmpty,
    /// It is another one than the present.
    Another,
    /// It has at most [`MOST_BYTES`] bytes.
    Fits,
}

impl Rule {
    /// All, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::NotEmpty, Self::Another, Self::Fits];

    /// Whether a new password keeps it.
    pub fn is_kept(self, old: &str, new: &str) -> bool {
        match self {
            Self::NotEmpty => !new.is_empty(),
            // An empty field is not the same password: nothing has been typed yet.
            Self::Another => new.is_empty() || new != old,
            Self::Fits => new.len() <= MOST_BYTES,
        }
    }
}

/// What is wrong with what was typed, so that it is not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The present password is missing.
    NoOld,
    /// The new password breaks this rule.
    New(Rule),
}

/// Checks what was typed, in the server's order.
///
/// # Errors
/// The first thing wrong.
pub fn check(old: &str, new: &str) -> Result<(), Problem> {
    if old.is_empty() {
        return Err(Problem::NoOld);
    }
    match Rule::ALL.into_iter().find(|rule| !rule.is_kept(old, new)) {
        Some(rule) => Err(Problem::New(rule)),
        None => Ok(()),
    }
}

/// Which field a refusal of the server is about. The words are compared in lower case, as the API writes them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusedField {
    /// The present password is wrong.
    Old,
    /// The new one breaks this rule.
    New(Rule),
}

/// Reads a refusal; `None` when it is about neither field.
pub fn refused_field(message: &str) -> Option<RefusedField> {
    let message = message.to_lowercase();
    [
        ("current password is incorrect", RefusedField::Old),
        ("old password is required", RefusedField::Old),
        ("new password is required", RefusedField::New(Rule::NotEmpty)),
        (
            "must be different from current password",
            RefusedField::New(Rule::Another),
        ),
        ("password length exceeds 72 bytes", RefusedField::New(Rule::Fits)),
    ]
    .into_iter()
    .find_map(|(words, field)| message.contains(words).then_some(field))
}

#[cfg(test)]
mod tests {
    use super::super::role::Role;
    use super::super::user::tests::user;
    use super::*;

    #[test]
    fn only_people_who_sign_in_with_a_password_of_this_server_have_one() {
        let mut me = user("u", Role::User);
        assert_eq!(can_change(&me, None), Ok(()), "who may not read the account");
        assert_eq!(can_change(&me, Some(true)), Ok(()));
        assert_eq!(can_change(&me, Some(false)), Err(NoPassword::Elsewhere));
        for idp in [None, Some("google"), Some("")] {
            me.idp_id = idp.map(str::to_owned);
            assert_eq!(can_change(&me, Some(true)), Err(NoPassword::Elsewhere), "{idp:?}");
        }
        me.is_service_user = true;
        assert_eq!(can_change(&me, Some(true)), Err(NoPassword::Service));
    }

    #[test]
    fn the_rules_are_the_servers_and_no_others() {
        assert_eq!(check("", "x"), Err(Problem::NoOld));
        assert_eq!(check("x", ""), Err(Problem::New(Rule::NotEmpty)));
        assert_eq!(check("same", "same"), Err(Problem::New(Rule::Another)));
        assert_eq!(check("old", "a"), Ok(()), "one letter is enough for the server");
        assert_eq!(check("old", " "), Ok(()));
        assert_eq!(check("old", &"a".repeat(72)), Ok(()));
        assert_eq!(check("old", &"a".repeat(73)), Err(Problem::New(Rule::Fits)));
        // 24 characters of three bytes are 72, one more is too many: bytes count, not characters.
        assert_eq!(check("old", &"\u{20ac}".repeat(24)), Ok(()));
        assert_eq!(check("old", &"\u{20ac}".repeat(25)), Err(Problem::New(Rule::Fits)));
    }

    #[test]
    fn refusals_are_led_to_their_field() {
        let prefix = "failed to update password: ";
        for (message, field) in [
            ("Current password is incorrect", Some(RefusedField::Old)),
            (
                "new password must be different from current password",
                Some(RefusedField::New(Rule::Another)),
            ),
            (
                "failed to hash new password: bcrypt: password length exceeds 72 bytes",
                Some(RefusedField::New(Rule::Fits)),
            ),
            ("failed to get user: not found", None),
            ("users can only change their own password", None),
        ] {
            assert_eq!(refused_field(&[prefix, message].concat()), field, "{message}");
        }
        assert_eq!(refused_field("old password is required"), Some(RefusedField::Old));
        assert_eq!(
            refused_field("new password is required"),
            Some(RefusedField::New(Rule::NotEmpty))
        );
    }
}
