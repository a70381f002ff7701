//! The outside identity providers of the account, by name (`contract` 2.16).

use std::collections::BTreeMap;

/// Names by the id that users carry as `idp_id`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Providers(BTreeMap<String, String>);

impl Providers {
    /// Takes ids with their names.
    pub fn new(providers: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(providers.into_iter().collect())
    }

    /// The name of one; `None` when it is unknown or has none.
    pub fn name(&self, id: &str) -> Option<&str> {
        self.0
            .get(id)
            .map(String::as_str)
            .filter(|name| !name.trim().is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_without_a_name_is_not_named() {
        let pair = |id: &str, name: &str| (id.to_owned(), name.to_owned());
        let providers = Providers::new([pair("a", "Partners"), pair("b", " ")]);
        assert_eq!(providers.name("a"), Some("Partners"));
        assert_eq!(providers.name("b"), None);
        assert_eq!(providers.name("c"), None);
    }
}
