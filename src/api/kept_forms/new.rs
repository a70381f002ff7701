//! The forms of what is to be made: a user, a service user, a token, another link.

use serde_json::Value;

use super::fields::{read_groups, text, write_groups};
use crate::api::json::{self, Fields, Unfit};
use crate::domain::invite::LifeUnit;
use crate::domain::new_user::{NewUserDraft, Way};
use crate::domain::role::Role;
use crate::domain::service_user::ServiceDraft;

/// Somebody new, and what was typed into the groups field and not chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptNewUser(pub NewUserDraft, pub String);

impl KeptNewUser {
    /// The form as it is stored; `None` while it holds nothing.
    pub fn write(&self) -> Option<Value> {
        let Self(draft, typed) = self;
        if *draft == NewUserDraft::default() && typed.is_empty() {
            return None;
        }
        Some(json::object([
            ("name", draft.name.as_str().into()),
            ("email", draft.email.as_str().into()),
            ("role", draft.role.as_str().into()),
            ("groups", write_groups(&draft.groups)),
            ("password", (draft.way == Way::Password).into()),
            ("life", draft.life.as_str().into()),
            ("unit", draft.unit.as_str().into()),
            ("typed", typed.as_str().into()),
        ]))
    }

    /// What is stored, unless it is garbled.
    pub fn read(value: &Value) -> Option<Self> {
        Self::try_read(value).ok()
    }

    fn try_read(value: &Value) -> Result<Self, Unfit> {
        let fields = Fields::of(value)?;
        let draft = NewUserDraft {
            name: text(fields, "name")?,
            email: text(fields, "email")?,
            role: Role::parse(&fields.must("role")?),
            groups: read_groups(fields)?,
            // By mail is nobody's choice: the server's mode says so.
            way: if fields.flag("password")? {
                Way::Password
            } else {
                Way::Link
            },
            life: text(fields, "life")?,
            unit: LifeUnit::parse(&text(fields, "unit")?),
        };
        Ok(Self(draft, text(fields, "typed")?))
    }
}

/// A new service user, and what was typed into the groups field and not chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptService(pub ServiceDraft, pub String);

impl KeptService {
    /// The form as it is stored; `None` while it holds nothing.
    pub fn write(&self) -> Option<Value> {
        let Self(draft, typed) = self;
        if *draft == ServiceDraft::default() && typed.is_empty() {
            return None;
        }
        Some(json::object([
            ("name", draft.name.as_str().into()),
            ("role", draft.role.as_str().into()),
            ("groups", write_groups(&draft.groups)),
            ("typed", typed.as_str().into()),
        ]))
    }

    /// What is stored, unless it is garbled.
    pub fn read(value: &Value) -> Option<Self> {
        Self::try_read(value).ok()
    }

    fn try_read(value: &Value) -> Result<Self, Unfit> {
        let fields = Fields::of(value)?;
        let draft = ServiceDraft {
            name: text(fields, "name")?,
            role: Role::parse(&fields.must("role")?),
            groups: read_groups(fields)?,
        };
        Ok(Self(draft, text(fields, "typed")?))
    }
}

/// A new token: its name, and how long it lasts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptToken {
    /// as typed
    pub name: String,
    /// which of the choices
    pub lasts: String,
    /// another number of days, as typed
    pub days: String,
}

impl KeptToken {
    /// The form as it is stored.
    pub fn write(&self) -> Value {
        json::object([
            ("name", self.name.as_str().into()),
            ("lasts", self.lasts.as_str().into()),
            ("days", self.days.as_str().into()),
        ])
    }

    /// What is stored, unless it is garbled.
    pub fn read(value: &Value) -> Option<Self> {
        let fields = Fields::of(value).ok()?;
        Some(Self {
            name: text(fields, "name").ok()?,
            lasts: text(fields, "lasts").ok()?,
            days: text(fields, "days").ok()?,
        })
    }
}

/// Another link: how long it works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptLink {
    /// the number, as typed
    pub life: String,
    /// its unit
    pub unit: LifeUnit,
}

impl KeptLink {
    /// The form as it is stored.
    pub fn write(&self) -> Value {
        json::object([("life", self.life.as_str().into()), ("unit", self.unit.as_str().into())])
    }

    /// What is stored, unless it is garbled.
    pub fn read(value: &Value) -> Option<Self> {
        let fields = Fields::of(value).ok()?;
        Some(Self {
            life: text(fields, "life").ok()?,
            unit: LifeUnit::parse(&text(fields, "unit").ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::group_choice::GroupChoice;

    fn stored(value: &Value) -> Value {
        json::parse(&value.to_string()).unwrap()
    }

    fn groups() -> Vec<GroupChoice> {
        vec![GroupChoice::Existing("g1".into()), GroupChoice::New("Ops \"x\"".into())]
    }

    #[test]
    fn they_come_back_as_they_were_left() {
        for way in [Way::Link, Way::Password] {
            let draft = NewUserDraft {
                name: "Nora Lind".into(),
                email: "nora@example.com".into(),
                role: Role::Admin,
                groups: groups(),
                way,
                life: "36".into(),
                unit: LifeUnit::Hours,
            };
            let user = KeptNewUser(draft, "Con".into());
            assert_eq!(KeptNewUser::read(&stored(&user.write().unwrap())), Some(user));
        }
        let draft = ServiceDraft {
            name: "backup".into(),
            role: Role::Auditor,
            groups: groups(),
        };
        let service = KeptService(draft, "Con".into());
        assert_eq!(KeptService::read(&stored(&service.write().unwrap())), Some(service));
        let token = KeptToken {
            name: "ci".into(),
            lasts: "other".into(),
            days: "45".into(),
        };
        assert_eq!(KeptToken::read(&stored(&token.write())), Some(token));
        let link = KeptLink {
            life: "5".into(),
            unit: LifeUnit::Hours,
        };
        assert_eq!(KeptLink::read(&stored(&link.write())), Some(link));
    }

    #[test]
    fn what_nobody_touched_is_not_kept() {
        assert_eq!(KeptNewUser(NewUserDraft::default(), String::new()).write(), None);
        assert_eq!(KeptService(ServiceDraft::default(), String::new()).write(), None);
        assert!(KeptNewUser(NewUserDraft::default(), "x".into()).write().is_some());
        assert!(KeptService(ServiceDraft::default(), "x".into()).write().is_some());
    }

    #[test]
    fn garbage_is_none() {
        for text in ["7", "null", r#"{"name":7}"#, r#"{"name":"a","role":"user","groups":7}"#] {
            let value = json::parse(text).unwrap();
            assert_eq!(KeptNewUser::read(&value), None, "{text}");
            assert_eq!(KeptService::read(&value), None, "{text}");
        }
        for text in ["7", "null", r#"{"name":7,"life":7}"#] {
            let value = json::parse(text).unwrap();
            assert_eq!(KeptToken::read(&value), None, "{text}");
            assert_eq!(KeptLink::read(&value), None, "{text}");
        }
    }
}
