//! The Identity Providers API, as far as naming where somebody signs in needs it (`contract` 2.16).

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::provider::Providers;

/// The outside providers of the account. The built-in one is not among them; without it there are none.
pub fn list() -> Request<Providers> {
    Request::get(&["identity-providers"]).decode(decode_providers)
}

fn decode_providers(text: &str) -> Result<Providers, ApiError> {
    let value = json::parse(text)?;
    let mut named = Vec::new();
    for provider in json::items(&value)? {
        let provider = Fields::of(provider)?;
        // One without an id names nobody's sign-in.
        if let Some(id) = provider.text("id")? {
            named.push((id, provider.text("name")?.unwrap_or_default()));
        }
    }
    Ok(Providers::new(named))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn providers_are_known_by_id_and_those_without_one_not_at_all() {
        let text = r#"[{"id":"p1","name":"Partners","type":"pocketid","x":1},{"name":"No id"},{"id":"p2"}]"#;
        let providers = decode_providers(text).unwrap();
        assert_eq!(providers.name("p1"), Some("Partners"));
        assert_eq!(providers.name("p2"), None);
        assert_eq!(decode_providers("[]").unwrap(), Providers::default());
        assert!(decode_providers(r#"[{"id":1}]"#).is_err());
    }
}
