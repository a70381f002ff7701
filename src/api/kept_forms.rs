//! Forms about users that were left unsaved, as the tab keeps them over a way to the provider. No secret is ever in one.

use serde_json::Value;

use super::json::{self, Fields, Unfit};
use crate::domain::role::Role;
use crate::domain::user::{User, UserId};
use crate::domain::user_edit::{GroupChoice, UserDraft};

/// So many are kept; the oldest gives way.
const MOST: usize = 20;

/// One form: whom it is about, what it was opened on, and what it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptForm {
    /// whom it is about
    pub id: UserId,
    /// the fields as it was opened
    pub opened: UserDraft,
    /// the fields as it was left
    pub draft: UserDraft,
}

impl KeptForm {
    /// The user as the form was opened on, made of the user as they are now.
    pub fn base(&self, now: &User) -> User {
        let existing = |choice: &GroupChoice| match choice {
            GroupChoice::Existing(id) => Some(id.clone()),
            GroupChoice::New(_) => None,
        };
        User {
            role: self.opened.role.clone(),
            auto_groups: self.opened.groups.iter().filter_map(existing).collect(),
            is_blocked: self.opened.blocked,
            ..now.clone()
        }
    }
}

/// The forms that a stored text holds of the user `by`; what is garbled, or somebody else's, is none.
pub fn read(text: &str, by: &UserId) -> Vec<KeptForm> {
    try_read(text, by).unwrap_or_default()
}

fn try_read(text: &str, by: &UserId) -> Result<Vec<KeptForm>, Unfit> {
    let value = json::parse(text)?;
    let fields = Fields::of(&value)?;
    if fields.must("by")? != by.0 {
        return Ok(Vec::new());
    }
    let forms = json::items(fields.value("forms").unwrap_or(&Value::Null))?;
    forms.iter().map(read_form).collect()
}

fn read_form(value: &Value) -> Result<KeptForm, Unfit> {
    let fields = Fields::of(value)?;
    Ok(KeptForm {
        id: UserId(fields.must("id")?),
        opened: read_draft(fields.value("opened").unwrap_or(&Value::Null))?,
        draft: read_draft(fields.value("draft").unwrap_or(&Value::Null))?,
    })
}

fn read_draft(value: &Value) -> Result<UserDraft, Unfit> {
    let fields = Fields::of(value)?;
    let mut groups = Vec::new();
    for group in json::items(fields.value("groups").unwrap_or(&Value::Null))? {
        let group = Fields::of(group)?;
        groups.push(match group.text("new")? {
            Some(name) => GroupChoice::New(name),
            None => GroupChoice::Existing(group.must("id")?),
        });
    }
    Ok(UserDraft {
        role: Role::parse(&fields.must("role")?),
        groups,
        blocked: fields.flag("blocked")?,
    })
}

/// The text to store for the user `by`: the stored one with `form` in the place of an older one about the same person, or
/// without any when there is nothing to keep.
pub fn with(stored: Option<&str>, by: &UserId, id: &UserId, form: Option<KeptForm>) -> String {
    let mut forms = stored.map(|text| read(text, by)).unwrap_or_default();
    forms.retain(|other| other.id != *id);
    forms.extend(form);
    let surplus = forms.len().saturating_sub(MOST);
    forms.drain(..surplus);
    let forms: Vec<Value> = forms.iter().map(write_form).collect();
    json::object([("by", by.as_str().into()), ("forms", forms.into())]).to_string()
}

fn write_form(form: &KeptForm) -> Value {
    json::object([
        ("id", form.id.as_str().into()),
        ("opened", write_draft(&form.opened)),
        ("draft", write_draft(&form.draft)),
    ])
}

fn write_draft(draft: &UserDraft) -> Value {
    let groups: Vec<Value> = draft
        .groups
        .iter()
        .map(|choice| match choice {
            GroupChoice::Existing(id) => json::object([("id", id.as_str().into())]),
            GroupChoice::New(name) => json::object([("new", name.as_str().into())]),
        })
        .collect();
    json::object([
        ("role", draft.role.as_str().into()),
        ("groups", groups.into()),
        ("blocked", draft.blocked.into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by() -> UserId {
        UserId("me".into())
    }

    fn form(id: &str) -> KeptForm {
        KeptForm {
            id: UserId(id.into()),
            opened: UserDraft {
                role: Role::User,
                groups: vec![GroupChoice::Existing("g1".into())],
                blocked: false,
            },
            draft: UserDraft {
                role: Role::Other("later".into()),
                groups: vec![
                    GroupChoice::New("N\u{202e}\"".into()),
                    GroupChoice::Existing("g2".into()),
                ],
                blocked: true,
            },
        }
    }

    fn kept(stored: Option<&str>, id: &str) -> String {
        with(stored, &by(), &UserId(id.into()), Some(form(id)))
    }

    #[test]
    fn a_form_comes_back_as_it_was_left() {
        assert_eq!(read(&kept(None, "a"), &by()), [form("a")]);
    }

    #[test]
    fn there_is_one_for_each_person_until_nothing_is_left_to_keep() {
        let two = kept(Some(&kept(Some(&kept(None, "a")), "b")), "a");
        assert_eq!(read(&two, &by()), [form("b"), form("a")]);
        let one = with(Some(&two), &by(), &UserId("b".into()), None);
        assert_eq!(read(&one, &by()), [form("a")]);
    }

    #[test]
    fn nobody_gets_the_forms_of_somebody_else() {
        let stored = kept(None, "a");
        let other = UserId("you".into());
        assert_eq!(read(&stored, &other), []);
        let theirs = with(Some(&stored), &other, &UserId("b".into()), Some(form("b")));
        assert_eq!(read(&theirs, &by()), []);
        assert_eq!(read(&theirs, &other), [form("b")]);
    }

    #[test]
    fn garbage_is_none() {
        for text in [
            "",
            "junk",
            "null",
            "[]",
            r#"{"by":"me","forms":7}"#,
            r#"{"by":"me","forms":[{"id":"a"}]}"#,
            r#"{"by":"me","forms":[{"id":"a","opened":{"role":1},"draft":{}}]}"#,
        ] {
            assert_eq!(read(text, &by()), [], "{text}");
        }
    }

    #[test]
    fn no_more_than_a_few_are_kept() {
        let mut stored = None;
        for number in 0..30 {
            stored = Some(kept(stored.as_deref(), &number.to_string()));
        }
        assert_eq!(read(&stored.unwrap_or_default(), &by()).len(), MOST);
    }
}
