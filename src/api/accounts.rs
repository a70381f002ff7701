//! The Accounts API, as far as naming the account needs it (`contract` 2.11).

use serde::Deserialize;

use super::error::ApiError;
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
    /// Whether changed auto groups move a user's existing devices.
    pub groups_propagation: bool,
}

#[derive(Deserialize)]
struct WireAccount {
    id: String,
    domain: Option<String>,
    settings: Option<WireSettings>,
}

#[derive(Default, Deserialize)]
struct WireSettings {
    embedded_idp_enabled: Option<bool>,
    groups_propagation_enabled: Option<bool>,
}

/// The caller's account; the server lists exactly one.
pub fn current() -> Request<Account> {
    Request::get(&["accounts"]).decode(decode_account)
}

fn decode_account(text: &str) -> Result<Account, ApiError> {
    let accounts: Vec<WireAccount> = serde_json::from_str(text).map_err(|error| ApiError::decode(&error))?;
    let wire = accounts
        .into_iter()
        .next()
        .ok_or_else(|| ApiError::decode_message("no account"))?;
    let settings = wire.settings.unwrap_or_default();
    Ok(Account {
        id: wire.id,
        domain: wire.domain.unwrap_or_default(),
        embedded_idp: settings.embedded_idp_enabled.unwrap_or(false),
        groups_propagation: settings.groups_propagation_enabled.unwrap_or(false),
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
