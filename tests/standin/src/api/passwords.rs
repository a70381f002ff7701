//! Owns passwords of the embedded provider: changing one's own, and what a new one must be like (contract 2.8, 4.4).

use serde::Deserialize;
use unicode_general_category::GeneralCategory::{
    self, DecimalNumber, LowercaseLetter, ModifierLetter, OtherLetter, TitlecaseLetter, UppercaseLetter,
};
use unicode_general_category::get_general_category;

use crate::api::{Call, Outcome};
use crate::errors::ApiError;
use crate::store::identities;
use crate::{http, json};

/// Cost of password hashes, the embedded provider's.
const BCRYPT_COST: u32 = 10;

/// What bcrypt looks at; the provider refuses more.
const MOST_BYTES: usize = 72;

const FEWEST_BYTES: usize = 8;

#[derive(Deserialize, Default)]
#[serde(default)]
struct Request {
    old_password: String,
    new_password: String,
}

/// `PUT /users/{userId}/password`. Being that user is all the permission it takes.
pub fn change(call: &Call<'_>) -> Outcome {
    let request: Request = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    call.backend.idp.must_have_passwords()?;
    if request.old_password.is_empty() {
        return Err(ApiError::business(422, "old password is required"));
    }
    if request.new_password.is_empty() {
        return Err(ApiError::business(422, "new password is required"));
    }
    let refused = |text: &str| ApiError::business(422, &format!("failed to update password: {text}"));
    let id = call.segment(0);
    if id != call.caller.id {
        return Err(refused("users can only change their own password"));
    }
    if request.old_password == request.new_password {
        return Err(refused("new password must be different from current password"));
    }
    let known = identities::find(call.db, id)?.and_then(|identity| identity.password_hash);
    let Some(old_hash) = known else {
        return Err(refused("failed to get user: not found"));
    };
    if !bcrypt::verify(&request.old_password, &old_hash).unwrap_or(false) {
        return Err(refused("current password is incorrect"));
    }
    let new_hash =
        hash(&request.new_password).map_err(|text| refused(&format!("failed to hash new password: {text}")))?;
    identities::set_password(call.db, id, &new_hash)?;
    call.note("user.password.change", id, [])?;
    Ok(http::json(200, &serde_json::json!({})))
}

/// The hash to keep of a password, or why there is none.
pub fn hash(password: &str) -> Result<String, String> {
    if password.len() > MOST_BYTES {
        return Err(format!("bcrypt: password length exceeds {MOST_BYTES} bytes"));
    }
    bcrypt::hash(password, BCRYPT_COST).map_err(|error| error.to_string())
}

/// What a password that somebody chooses for a new user must be like; says what is missing.
pub fn check_strength(password: &str) -> Result<(), String> {
    if password.len() < FEWEST_BYTES {
        return Err(format!("password must be at least {FEWEST_BYTES} characters long"));
    }
    let is = |wanted: fn(GeneralCategory) -> bool| password.chars().any(|c| wanted(get_general_category(c)));
    let missing: Vec<&str> = [
        ("one digit", is(|category| category == DecimalNumber)),
        ("one uppercase letter", is(|category| category == UppercaseLetter)),
        (
            "one special character",
            is(|category| category != DecimalNumber && !is_letter(category)),
        ),
    ]
    .into_iter()
    .filter_map(|(name, is_there)| (!is_there).then_some(name))
    .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(format!("password must contain at least {}", missing.join(", ")))
    }
}

fn is_letter(category: GeneralCategory) -> bool {
    matches!(
        category,
        UppercaseLetter | LowercaseLetter | TitlecaseLetter | ModifierLetter | OtherLetter
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_password_has_its_length_in_bytes_and_its_kinds_in_any_script() {
        let must = |kinds: &str| Err(format!("password must contain at least {kinds}"));
        let short = Err("password must be at least 8 characters long".to_owned());
        for (password, expected) in [
            ("Sh0rt!", short.clone()),
            ("1234567", short.clone()),
            ("Aa1!aaa", short),
            ("Aa1!aaaa", Ok(())),
            ("Ab 12345", Ok(())),
            (
                "password",
                must("one digit, one uppercase letter, one special character"),
            ),
            ("password1", must("one uppercase letter, one special character")),
            ("Password1", must("one special character")),
            ("Password!", must("one digit")),
            ("password1!", must("one uppercase letter")),
            ("PASSWORD", must("one digit, one special character")),
            ("Äpfel1€", Ok(())),
            ("пАроль٣_", Ok(())),
            ("密码密码1A", must("one special character")),
            // A roman numeral and a circled letter are no digit and no capital letter, but special.
            ("ⅧⒶaaaa", must("one digit, one uppercase letter")),
        ] {
            assert_eq!(check_strength(password), expected, "{password}");
        }
    }

    #[test]
    fn bytes_over_72_are_refused() {
        assert!(hash(&"a".repeat(72)).is_ok_and(|kept| bcrypt::verify("a".repeat(72), &kept).unwrap()));
        let refusal = Err("bcrypt: password length exceeds 72 bytes".to_owned());
        assert_eq!(hash(&"a".repeat(73)), refusal);
        assert_eq!(hash(&"ä".repeat(37)), refusal, "bytes, not letters");
    }
}
