//! Forms that were left unsaved, as the tab keeps them over a way to the provider: which are kept, and by whom. What each
//! holds is written beside this. No secret is ever in one.

mod fields;
pub mod new;
pub mod settings;
pub mod user;

use serde_json::Value;

use super::json::{self, Fields, Unfit};
use crate::domain::invite::InviteId;
use crate::domain::user::UserId;

/// So many are kept; the oldest gives way.
const MOST: usize = 20;

/// The name of [`KeptForm::NewUser`].
pub const NEW_USER: &str = "new-user";

/// The forms that are kept: all in which somebody types or chooses, but for passwords, access tokens, and what is asked
/// before something is done that cannot be undone (docs/auth.md).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptForm {
    /// role, groups and status of a user: on their page, and where they wait for approval
    User(UserId),
    /// the account's settings, all pages
    Settings,
    /// somebody new
    NewUser,
    /// a new service user
    NewService,
    /// a new token of this user
    NewToken(UserId),
    /// another link for this invitation
    NewLink(InviteId),
}

impl KeptForm {
    /// What the tab calls it.
    pub fn name(&self) -> String {
        let (kind, id) = match self {
            Self::User(id) => ("user/", id.as_str()),
            Self::Settings => ("settings", ""),
            Self::NewUser => (NEW_USER, ""),
            Self::NewService => ("new-service", ""),
            Self::NewToken(id) => (TOKEN, id.as_str()),
            Self::NewLink(id) => (LINK, id.0.as_str()),
        };
        [kind, id].concat()
    }
}

const TOKEN: &str = "token/";
const LINK: &str = "link/";

/// What the form `name` of the user `by` held; what is garbled, or somebody else's, is none.
pub fn read(text: &str, by: &UserId, name: &str) -> Option<Value> {
    let forms = all(text, by);
    forms.into_iter().find(|(known, _)| known == name).map(|(_, held)| held)
}

/// For whom `by` was making a token.
pub fn token_owners(text: &str, by: &UserId) -> Vec<UserId> {
    ids(text, by, TOKEN).into_iter().map(UserId).collect()
}

/// For which invitations `by` was making another link.
pub fn link_invites(text: &str, by: &UserId) -> Vec<InviteId> {
    ids(text, by, LINK).into_iter().map(InviteId).collect()
}

fn ids(text: &str, by: &UserId, kind: &str) -> Vec<String> {
    let names = all(text, by).into_iter();
    names
        .filter_map(|(name, _)| name.strip_prefix(kind).map(str::to_owned))
        .collect()
}

/// Whether the form `name` of the user `by` is there, looked at as text: for who has to know before the part of the
/// program that reads it is here.
pub fn mentions(text: &str, by: &UserId, name: &str) -> bool {
    let is_theirs = text
        .strip_prefix(BEGIN)
        .and_then(|rest| rest.strip_prefix(by.as_str()))
        .is_some_and(|rest| rest.starts_with('"'));
    is_theirs && text.contains(&["\"form\":\"", name, "\""].concat())
}

const BEGIN: &str = r#"{"by":""#;

/// The text to store for the user `by`: the stored one with what the form `name` holds in the place of what it held
/// before, or without it when there is nothing to keep.
pub fn with(stored: Option<&str>, by: &UserId, name: &str, held: Option<Value>) -> String {
    let mut forms = stored.map(|text| all(text, by)).unwrap_or_default();
    forms.retain(|(known, _)| known != name);
    forms.extend(held.map(|held| (name.to_owned(), held)));
    let surplus = forms.len().saturating_sub(MOST);
    forms.drain(..surplus);
    let forms: Vec<Value> = forms
        .into_iter()
        .map(|(name, held)| json::object([("form", name.into()), ("held", held)]))
        .collect();
    json::object([("by", by.as_str().into()), ("forms", forms.into())]).to_string()
}

fn all(text: &str, by: &UserId) -> Vec<(String, Value)> {
    try_all(text, by).unwrap_or_default()
}

fn try_all(text: &str, by: &UserId) -> Result<Vec<(String, Value)>, Unfit> {
    let value = json::parse(text)?;
    let fields = Fields::of(&value)?;
    if fields.must("by")? != by.0 {
        return Ok(Vec::new());
    }
    let forms = json::items(fields.value("forms").unwrap_or(&Value::Null))?;
    let form = |value: &Value| {
        let form = Fields::of(value)?;
        Ok((form.must("form")?, form.value("held").cloned().unwrap_or(Value::Null)))
    };
    forms.iter().map(form).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by() -> UserId {
        UserId("me".into())
    }

    fn held(name: &str) -> Value {
        json::object([("n", name.into())])
    }

    fn kept(stored: Option<&str>, name: &str) -> String {
        with(stored, &by(), name, Some(held(name)))
    }

    #[test]
    fn each_form_has_a_name_of_its_own() {
        let id = || UserId("a".into());
        let names = [
            KeptForm::User(id()),
            KeptForm::Settings,
            KeptForm::NewUser,
            KeptForm::NewService,
            KeptForm::NewToken(id()),
            KeptForm::NewLink(InviteId("a".into())),
        ]
        .map(|form| form.name());
        let want = ["user/a", "settings", "new-user", "new-service", "token/a", "link/a"];
        assert_eq!(names, want);
    }

    #[test]
    fn there_is_one_of_each_until_nothing_is_left_to_keep() {
        let two = kept(Some(&kept(Some(&kept(None, "a")), "b")), "a");
        assert_eq!(read(&two, &by(), "a"), Some(held("a")));
        assert_eq!(read(&two, &by(), "b"), Some(held("b")));
        let one = with(Some(&two), &by(), "b", None);
        assert_eq!(read(&one, &by(), "b"), None);
        assert_eq!(read(&one, &by(), "a"), Some(held("a")));
    }

    #[test]
    fn nobody_gets_the_forms_of_somebody_else() {
        let stored = kept(None, "a");
        let other = UserId("you".into());
        assert_eq!(read(&stored, &other, "a"), None);
        let theirs = with(Some(&stored), &other, "b", Some(held("b")));
        assert_eq!(read(&theirs, &by(), "a"), None);
        assert_eq!(read(&theirs, &other, "b"), Some(held("b")));
    }

    #[test]
    fn garbage_is_none() {
        for text in [
            "",
            "junk",
            "null",
            "[]",
            r#"{"by":"me","forms":7}"#,
            r#"{"by":"me","forms":[7]}"#,
            r#"{"by":"me","forms":[{"held":{}}]}"#,
            r#"{"by":7,"forms":[]}"#,
        ] {
            assert_eq!(read(text, &by(), "a"), None, "{text}");
        }
    }

    #[test]
    fn no_more_than_a_few_are_kept() {
        let mut stored = None;
        for number in 0..30 {
            stored = Some(kept(stored.as_deref(), &number.to_string()));
        }
        let stored = stored.unwrap_or_default();
        assert_eq!(read(&stored, &by(), "9"), None);
        assert_eq!(read(&stored, &by(), "10"), Some(held("10")));
        assert_eq!(all(&stored, &by()).len(), MOST);
    }

    #[test]
    fn a_form_is_seen_without_reading_it_by_who_left_it_alone() {
        let stored = kept(Some(&kept(None, "token/a")), NEW_USER);
        assert!(mentions(&stored, &by(), NEW_USER));
        for (other, name) in [
            ("m", NEW_USER),
            ("mee", NEW_USER),
            ("you", NEW_USER),
            ("me", "new-service"),
        ] {
            assert!(!mentions(&stored, &UserId(other.into()), name), "{other} {name}");
        }
        assert!(!mentions("", &by(), NEW_USER));
        assert_eq!(token_owners(&stored, &by()), [UserId("a".into())]);
        assert_eq!(link_invites(&stored, &by()), []);
    }
}
