//! The server as a whole: whether it is set up, its version, and its first owner (`contract` 2.13).

use zeroize::Zeroizing;

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::first_owner::Draft;

/// The field that holds the access token of a first owner who asked for one.
const TOKEN: &str = "personal_access_token";
/// Milliseconds that a sign-in waits for the answer: it can do without.
const LIMIT_MS: u32 = 5_000;

/// Whether nobody has set the server up yet. Anybody may ask.
pub fn setup_required() -> Request<bool> {
    Request::get(&["instance"]).once().within(LIMIT_MS).decode(|text| {
        let value = json::parse(text)?;
        let fields = Fields::of(&value)?;
        if fields.value("setup_required").is_none() {
            return Err(ApiError::decode_message("it does not say whether it is set up"));
        }
        Ok(fields.flag("setup_required")?)
    })
}

/// The version of the management server, for anybody who is signed in.
pub fn version() -> Request<String> {
    Request::get(&["instance", "version"]).once().decode(|text| {
        let value = json::parse(text)?;
        Ok(Fields::of(&value)?.must("management_current_version")?)
    })
}

/// Makes the first owner. The answer holds an access token, where one was asked for and the server grants them; else the
/// text is empty.
pub fn set_up(draft: &Draft) -> Request<Zeroizing<String>> {
    let mut fields = vec![
        ("email", draft.email.trim().into()),
        ("password", draft.password.as_str().into()),
        ("name", draft.name.trim().into()),
    ];
    if let Some(days) = draft.days() {
        fields.push(("create_pat", true.into()));
        fields.push(("pat_expire_in", days.into()));
    }
    Request::post(&["setup"])
        .json_body(&json::plain(fields))
        .decode(|text| Ok(json::with_secret(text, TOKEN)?.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft {
            name: " Olive ".to_owned(),
            email: " olive@example.com".to_owned(),
            password: " a b c d ".to_owned(),
            token_days: None,
        }
    }

    #[test]
    fn a_password_is_sent_as_typed_and_a_token_only_when_wanted() {
        let request = set_up(&draft());
        assert_eq!(request.path(), Ok("/api/setup"));
        assert_eq!(
            request.body(),
            Some(r#"{"email":"olive@example.com","password":" a b c d ","name":"Olive"}"#)
        );
        let with_token = Draft {
            token_days: Some("30".to_owned()),
            ..draft()
        };
        let body: serde_json::Value = serde_json::from_str(set_up(&with_token).body().unwrap()).unwrap();
        assert_eq!(
            (body["create_pat"].as_bool(), body["pat_expire_in"].as_i64()),
            (Some(true), Some(30))
        );
    }

    #[test]
    fn the_token_is_taken_out_and_its_absence_is_no_error() {
        let (_, decode) = set_up(&draft()).into_parts();
        let text = r#"{"user_id":"u","email":"e","personal_access_token":"nbp_x"}"#;
        assert_eq!(decode(text).unwrap().as_str(), "nbp_x");
        assert_eq!(decode(r#"{"user_id":"u","email":"e"}"#).unwrap().as_str(), "");
        assert!(decode("<html>").is_err());
    }

    #[test]
    fn only_a_server_that_says_so_has_to_be_set_up() {
        let (_, decode) = setup_required().into_parts();
        assert_eq!(decode(r#"{"setup_required":true}"#), Ok(true));
        assert_eq!(decode(r#"{"setup_required":false,"more":1}"#), Ok(false));
        for text in ["{}", "null", "[]", r#"{"setup_required":"yes"}"#] {
            assert!(decode(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_version_is_a_text() {
        let (_, decode) = version().into_parts();
        let text = r#"{"management_current_version":"0.59.1","management_update_available":false}"#;
        assert_eq!(decode(text), Ok("0.59.1".to_owned()));
        assert!(decode("{}").is_err());
    }
}
