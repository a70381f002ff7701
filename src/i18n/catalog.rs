//! The table behind the messages: a text per key, and the language's way with numbers.

use std::collections::BTreeMap;

use super::text::{english_number, fill, forms, places, plural_form};

/// Plural categories of Unicode CLDR.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PluralForm {
    /// none
    Zero,
    /// one thing
    One,
    /// a pair
    Two,
    /// a few
    Few,
    /// many
    Many,
    /// everything else; every language has it
    Other,
}

impl PluralForm {
    /// The category's name as `Intl.PluralRules` and the message files write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Zero => "zero",
            Self::One => "one",
            Self::Two => "two",
            Self::Few => "few",
            Self::Many => "many",
            Self::Other => "other",
        }
    }

    fn english(value: u64) -> Self {
        if value == 1 { Self::One } else { Self::Other }
    }
}

/// Why a fetched locale was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogError {
    /// The file is not a JSON object of strings.
    NotMessages,
    /// A key that English has is not there.
    Missing(String),
    /// A key that English does not have.
    Unknown(String),
    /// The text's places or plural forms are not those of the English one.
    Mismatch(String),
}

/// Some of the messages: those of a first visit, or those of parts that come later.
pub trait Catalog: Sized {
    /// The keys, in the order of the texts.
    const KEYS: &[&str];
    /// The English texts, each ended by a NUL.
    const TEXTS: &str;
    /// The arguments of each message.
    #[cfg(test)]
    const ARGUMENTS: &[&[&str]];

    /// With these texts.
    fn of(table: Table) -> Self;

    /// The built-in language.
    fn english() -> Self {
        Self::of(Table {
            texts: Self::TEXTS.split_terminator('\0').collect(),
            plural: PluralForm::english,
            number: english_number,
            language: "en".to_owned(),
        })
    }

    /// Another language from its file: an object with every key of this one. `plural` and `number` are the browser's
    /// (`Intl`). The texts live as long as the page, as the language does.
    ///
    /// # Errors
    /// See [`CatalogError`]; nothing is taken from a file with any error.
    fn from_json(
        language: &str,
        json: &str,
        plural: fn(u64) -> PluralForm,
        number: fn(u64) -> String,
    ) -> Result<Self, CatalogError> {
        let mut given: BTreeMap<String, String> =
            serde_json::from_slice(json.as_bytes()).map_err(|_| CatalogError::NotMessages)?;
        let mut texts = Vec::with_capacity(Self::KEYS.len());
        for (key, english) in Self::KEYS.iter().zip(Self::TEXTS.split_terminator('\0')) {
            let text = given
                .remove(*key)
                .ok_or_else(|| CatalogError::Missing((*key).to_owned()))?;
            if !same_shape(english, &text) {
                return Err(CatalogError::Mismatch((*key).to_owned()));
            }
            texts.push(&*text.leak());
        }
        match given.into_keys().next() {
            Some(key) => Err(CatalogError::Unknown(key)),
            None => Ok(Self::of(Table {
                texts,
                plural,
                number,
                language: language.to_owned(),
            })),
        }
    }
}

/// Texts of one language and its way with numbers.
#[derive(Debug)]
pub struct Table {
    texts: Vec<&'static str>,
    plural: fn(u64) -> PluralForm,
    number: fn(u64) -> String,
    language: String,
}

impl Table {
    pub(super) fn language(&self) -> &str {
        &self.language
    }

    pub(super) fn number(&self, value: u64) -> String {
        (self.number)(value)
    }

    pub(super) fn plain(&self, key: usize) -> &'static str {
        self.texts.get(key).copied().unwrap_or_default()
    }

    pub(super) fn filled(&self, key: usize, arguments: &[(&str, &str)]) -> String {
        fill(self.plain(key), arguments)
    }

    pub(super) fn counted(&self, key: usize, count: u64, arguments: &[(&str, &str)]) -> String {
        let number = self.number(count);
        let mut all = vec![("n", number.as_str())];
        all.extend_from_slice(arguments);
        fill(plural_form(self.plain(key), (self.plural)(count)), &all)
    }
}

/// Whether a translation uses the same places, and plural forms where English does.
fn same_shape(english: &str, other: &str) -> bool {
    let set = |text: &str| {
        let mut names: Vec<String> = places(text).into_iter().map(str::to_owned).collect();
        names.sort();
        names.dedup();
        names
    };
    let plural = !forms(english).is_empty();
    set(english) == set(other) && plural == forms(other).iter().any(|(name, _)| *name == "other")
}

#[cfg(test)]
mod tests {
    use super::super::{KeyMessages, LaterMessages, Messages, PublicMessages, SessionMessages, SettingsMessages};
    use super::*;

    fn english<H: Catalog>() -> impl Iterator<Item = (&'static str, &'static str)> {
        H::KEYS.iter().copied().zip(H::TEXTS.split_terminator('\0'))
    }

    fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
        english::<Messages>()
            .chain(english::<LaterMessages>())
            .chain(english::<KeyMessages>())
            .chain(english::<SettingsMessages>())
            .chain(english::<SessionMessages>())
            .chain(english::<PublicMessages>())
    }

    fn english_json() -> BTreeMap<String, String> {
        english::<Messages>()
            .map(|(key, text)| (key.to_owned(), text.to_owned()))
            .collect()
    }

    fn load(map: &BTreeMap<String, String>) -> Result<Messages, CatalogError> {
        let json = serde_json::to_string(map).unwrap();
        Messages::from_json("xx", &json, |_| PluralForm::Other, |value| value.to_string())
    }

    #[test]
    fn keys_are_unique_and_texts_are_not_empty() {
        let mut keys: Vec<_> = all().map(|(key, _)| key).collect();
        keys.sort_unstable();
        keys.dedup();
        let known = [
            Messages::KEYS,
            LaterMessages::KEYS,
            KeyMessages::KEYS,
            PublicMessages::KEYS,
            SessionMessages::KEYS,
            SettingsMessages::KEYS,
        ]
        .iter()
        .map(|keys| keys.len())
        .sum::<usize>();
        assert_eq!(keys.len(), known, "a key is there twice");
        let texts = [
            Messages::TEXTS,
            LaterMessages::TEXTS,
            KeyMessages::TEXTS,
            SettingsMessages::TEXTS,
            SessionMessages::TEXTS,
            PublicMessages::TEXTS,
        ]
        .map(|texts| texts.split_terminator('\0').count());
        assert_eq!(texts.iter().sum::<usize>(), known, "a text must not hold what ends one");
        assert!(all().all(|(_, text)| !text.trim().is_empty()));
    }

    #[test]
    fn every_plural_message_has_the_form_other() {
        for (key, text) in all() {
            let forms = forms(text);
            assert!(
                forms.is_empty() || forms.iter().any(|(name, _)| *name == "other"),
                "{key}"
            );
        }
    }

    #[test]
    fn every_place_is_an_argument_and_every_argument_a_place() {
        let arguments = Messages::ARGUMENTS
            .iter()
            .chain(LaterMessages::ARGUMENTS)
            .chain(KeyMessages::ARGUMENTS)
            .chain(SettingsMessages::ARGUMENTS)
            .chain(SessionMessages::ARGUMENTS)
            .chain(PublicMessages::ARGUMENTS);
        for ((key, text), arguments) in all().zip(arguments) {
            let mut found = places(text);
            found.sort_unstable();
            found.dedup();
            let mut expected = arguments.to_vec();
            expected.sort_unstable();
            assert_eq!(found, expected, "{key}");
        }
    }

    #[test]
    fn a_complete_file_is_taken() {
        let mut map = english_json();
        map.insert("users_title".to_owned(), "Benutzer".to_owned());
        assert_eq!(load(&map).unwrap().users_title(), "Benutzer");
    }

    #[test]
    fn an_incomplete_or_mismatched_file_is_refused_as_a_whole() {
        let mut missing = english_json();
        missing.remove("users_title");
        assert_eq!(
            load(&missing).unwrap_err(),
            CatalogError::Missing("users_title".to_owned())
        );
        let mut unknown = english_json();
        unknown.insert("nobody_knows".to_owned(), "x".to_owned());
        assert_eq!(
            load(&unknown).unwrap_err(),
            CatalogError::Unknown("nobody_knows".to_owned())
        );
        let mut mismatch = english_json();
        mismatch.insert("users_count".to_owned(), "[other]viele".to_owned());
        assert_eq!(
            load(&mismatch).unwrap_err(),
            CatalogError::Mismatch("users_count".to_owned())
        );
        let no_forms = Messages::from_json("xx", "[]", |_| PluralForm::Other, |_| String::new());
        assert_eq!(no_forms.unwrap_err(), CatalogError::NotMessages);
    }

    #[test]
    fn counts_choose_their_form_and_write_their_number() {
        let messages = Messages::english();
        assert_eq!(messages.users_count(1), "1 user");
        assert_eq!(messages.users_count(4096), "4,096 users");
    }
}
