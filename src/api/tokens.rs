//! The Tokens API: requests and what comes back (`contract` 2.10).

use serde_json::Value;
use zeroize::Zeroizing;

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::time::Moment;
use crate::domain::token::{self, NewToken, Token};
use crate::domain::user::UserId;

/// A token that was just made, with its secret, which the server never shows again.
pub struct CreatedToken {
    /// The token.
    pub token: Token,
    /// The secret; never empty.
    pub secret: Zeroizing<String>,
}

/// The tokens of a user, the next to end first.
pub fn list(user: &UserId) -> Request<Vec<Token>> {
    Request::get(&["users", user.as_str(), "tokens"]).decode(decode_list)
}

/// Makes a token.
pub fn create(user: &UserId, new: &NewToken) -> Request<CreatedToken> {
    let body = json::plain([("name", new.name.as_str().into()), ("expires_in", new.days.into())]);
    Request::post(&["users", user.as_str(), "tokens"])
        .json_body(&body)
        .decode(decode_created)
}

/// Revokes a token: the server forgets it.
pub fn delete(user: &UserId, id: &str) -> Request<()> {
    Request::delete(&["users", user.as_str(), "tokens", id])
}

fn decode_list(text: &str) -> Result<Vec<Token>, ApiError> {
    let value = json::parse(text)?;
    let tokens: Result<Vec<Token>, ApiError> = json::items(&value)?.iter().map(decode_token).collect();
    let mut tokens = tokens?;
    token::sort(&mut tokens);
    Ok(tokens)
}

fn decode_created(text: &str) -> Result<CreatedToken, ApiError> {
    let (rest, secret) = json::with_secret(text, "plain_token")?;
    if secret.is_empty() {
        return Err(ApiError::decode_message("a token without its secret"));
    }
    let token = rest.get("personal_access_token").unwrap_or(&Value::Null);
    Ok(CreatedToken {
        token: decode_token(token)?,
        secret,
    })
}

fn decode_token(value: &Value) -> Result<Token, ApiError> {
    let fields = Fields::of(value)?;
    let moment = |name: &str| -> Result<Moment, ApiError> {
        Ok(fields.text(name)?.map_or(Moment::Never, |text| Moment::parse(&text)))
    };
    Ok(Token {
        id: fields.must("id")?,
        name: fields.text("name")?.unwrap_or_default(),
        created_by: UserId(fields.text("created_by")?.unwrap_or_default()),
        created_at: moment("created_at")?,
        expires_at: moment("expiration_date")?,
        last_used: moment("last_used")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = r#"{"id":"t1","name":"deploy","created_by":"o","created_at":"2026-11-22T12:11:12+02:00",
        "expiration_date":"2027-01-01T00:00:00Z"}"#;

    #[test]
    fn null_is_an_empty_list() {
        assert_eq!(decode_list("null").unwrap(), []);
        assert_eq!(decode_list("[]").unwrap(), []);
        assert!(decode_list(r#"{"message":"x"}"#).is_err());
        assert!(decode_list("[{}]").is_err(), "a token without an id cannot be revoked");
    }

    #[test]
    fn a_token_that_was_never_used_says_nothing_of_it() {
        let tokens = decode_list(&format!("[{TOKEN}]")).unwrap();
        assert_eq!(tokens[0].created_at, Moment::At(1_795_342_272));
        assert_eq!(tokens[0].last_used, Moment::Never);
        let odd = decode_list(
            r#"[{"id":"t","name":null,"expiration_date":"soon","last_used":"0001-01-01T00:00:00Z","x":1}]"#,
        );
        assert_eq!(odd.unwrap()[0].expires_at, Moment::Unreadable);
    }

    #[test]
    fn a_created_token_has_its_secret_or_is_no_answer() {
        let created = decode_created(&format!(r#"{{"plain_token":"nbp_x","personal_access_token":{TOKEN}}}"#));
        let created = created.ok().unwrap();
        assert_eq!(
            (created.secret.as_str(), created.token.name.as_str()),
            ("nbp_x", "deploy")
        );
        for text in [
            format!(r#"{{"plain_token":"","personal_access_token":{TOKEN}}}"#),
            format!(r#"{{"personal_access_token":{TOKEN}}}"#),
            r#"{"plain_token":"nbp_x"}"#.to_owned(),
            "{}".to_owned(),
        ] {
            let error = decode_created(&text).err().unwrap();
            assert!(error.is_ambiguous(), "it may have been made all the same: {text}");
            assert!(!error.message.contains("nbp_"), "{text}");
        }
    }

    #[test]
    fn ids_stay_one_segment_and_days_are_a_number() {
        let user = UserId("a|b".into());
        assert_eq!(
            delete(&user, "x/..").path().map_err(|error| error.kind),
            Err(crate::api::error::ErrorKind::Unaddressable)
        );
        let new = NewToken {
            name: "a \"b\"".into(),
            days: 30,
        };
        let request = create(&user, &new);
        assert_eq!(request.path().unwrap(), "/api/users/a%7Cb/tokens");
        assert_eq!(request.body().unwrap(), r#"{"name":"a \"b\"","expires_in":30}"#);
    }
}
