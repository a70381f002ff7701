//! The form about a user: what it was opened on, and what it held.

use serde_json::Value;

use super::fields::{read_groups, text, write_groups};
use crate::api::json::{self, Fields, Unfit};
use crate::domain::group_choice::GroupChoice;
use crate::domain::role::Role;
use crate::domain::user::User;
use crate::domain::user_edit::UserDraft;

/// The form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptUser {
    /// the fields as it was opened
    pub opened: UserDraft,
    /// the fields as it was left
    pub draft: UserDraft,
    /// what was typed into the groups field and not chosen
    pub typed: String,
}

impl KeptUser {
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

    /// The form as it is stored.
    pub fn write(&self) -> Value {
        json::object([
            ("opened", write_draft(&self.opened)),
            ("draft", write_draft(&self.draft)),
            ("typed", self.typed.as_str().into()),
        ])
    }

    /// What is stored, unless it is garbled.
    pub fn read(value: &Value) -> Option<Self> {
        Self::try_read(value).ok()
    }

    fn try_read(value: &Value) -> Result<Self, Unfit> {
        let fields = Fields::of(value)?;
        Ok(Self {
            opened: read_draft(fields.value("opened").unwrap_or(&Value::Null))?,
            draft: read_draft(fields.value("draft").unwrap_or(&Value::Null))?,
            typed: text(fields, "typed")?,
        })
    }
}

fn read_draft(value: &Value) -> Result<UserDraft, Unfit> {
    let fields = Fields::of(value)?;
    Ok(UserDraft {
        role: Role::parse(&fields.must("role")?),
        groups: read_groups(fields)?,
        blocked: fields.flag("blocked")?,
    })
}

fn write_draft(draft: &UserDraft) -> Value {
    json::object([
        ("role", draft.role.as_str().into()),
        ("groups", write_groups(&draft.groups)),
        ("blocked", draft.blocked.into()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_comes_back_as_it_was_left() {
        let form = KeptUser {
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
            typed: "Offi".into(),
        };
        let stored = json::parse(&form.write().to_string()).unwrap();
        assert_eq!(KeptUser::read(&stored), Some(form));
    }

    #[test]
    fn garbage_is_none() {
        for text in [
            "7",
            "{}",
            r#"{"opened":{"role":1},"draft":{}}"#,
            r#"{"opened":{"role":"user"},"draft":{"role":"user","groups":[7]}}"#,
            r#"{"opened":{"role":"user"},"draft":{"role":"user"},"typed":7}"#,
        ] {
            assert_eq!(KeptUser::read(&json::parse(text).unwrap()), None, "{text}");
        }
    }
}
