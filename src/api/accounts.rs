//! The Accounts API, as far as naming and deleting the account need it (`contract` 2.11, 6).

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;

/// The account that is administered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Opaque id.
    pub id: String,
    /// Domain; may be empty.
    pub domain: String,
    /// Whether the server's own identity provider signs people in.
    pub embedded_idp: bool,
    /// Whether nobody signs in there with a password.
    pub local_auth_disabled: bool,
    /// Whether changed auto groups move a user's existing devices.
    pub groups_propagation: bool,
}

/// The caller's account; the server lists exactly one.
pub fn current() -> Request<Account> {
    Request::get(&["accounts"]).decode(decode_account)
}

/// Deletes an account with all that is in it. Only its owner may (`contract` 6).
pub fn delete(id: &str) -> Request<()> {
    Request::delete(&["accounts", id])
}

fn decode_account(text: &str) -> Result<Account, ApiError> {
    let value = json::parse(text)?;
    let first = json::items(&value)?.first();
    let account = Fields::of(first.ok_or_else(|| ApiError::decode_message("no account"))?)?;
    let settings = account.object("settings")?;
    let is_on = |name| settings.map_or(Ok(false), |settings| settings.flag(name));
    Ok(Account {
        id: account.must("id")?,
        domain: account.text("domain")?.unwrap_or_default(),
        embedded_idp: is_on("embedded_idp_enabled")?,
        local_auth_disabled: is_on("local_auth_disabled")?,
        groups_propagation: is_on("groups_propagation_enabled")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_account_is_the_account() {
        let text = r#"[{"id":"a1","domain":"example.com","settings":{"embedded_idp_enabled":true,"new":1}}]"#;
        let account = decode_account(text).unwrap();
        assert_eq!((account.domain.as_str(), account.embedded_idp), ("example.com", true));
        assert!(decode_account("[]").is_err());
    }
}
