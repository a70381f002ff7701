//! One element of `GET /users` as it comes: borrowed from the bytes where no escape forbids it.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::time::LastLogin;

/// One user of the API (`contract` 3.1). Fields that are absent or `null` are empty, `false` or never; fields nobody knows
/// are skipped; a wrong type is an error that names the field. Texts are borrowed from the input unless they hold an escape.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "the API's own fields, in any combination")]
pub struct UserRef<'a> {
    /// Opaque id.
    pub id: Cow<'a, str>,
    /// Display name; may be empty.
    pub name: Cow<'a, str>,
    /// E-mail; may be empty.
    pub email: Cow<'a, str>,
    /// Role, as the server writes it.
    pub role: Cow<'a, str>,
    /// The server's own word; what to show follows from it and two flags ([`crate::status_of`]).
    pub status: Cow<'a, str>,
    /// Ids of the groups that new peers of this user join.
    pub auto_groups: Vec<Cow<'a, str>>,
    /// Blocked, or waiting for approval.
    pub is_blocked: bool,
    /// The caller's own row.
    pub is_current: bool,
    /// Made for tokens, without sign-in.
    pub is_service_user: bool,
    /// Waiting for approval, or unblocked while waiting.
    pub pending_approval: bool,
    /// `api`, `integration` or nothing.
    pub issued: Cow<'a, str>,
    /// When they last signed in.
    pub last_login: LastLogin,
    /// The connector the user signs in with.
    pub idp_id: Option<Cow<'a, str>>,
}

impl UserRef<'_> {
    /// The same user, independent of the bytes it was read from.
    pub fn into_owned(self) -> UserRef<'static> {
        UserRef {
            id: own(self.id),
            name: own(self.name),
            email: own(self.email),
            role: own(self.role),
            status: own(self.status),
            auto_groups: self.auto_groups.into_iter().map(own).collect(),
            issued: own(self.issued),
            idp_id: self.idp_id.map(own),
            is_blocked: self.is_blocked,
            is_current: self.is_current,
            is_service_user: self.is_service_user,
            pending_approval: self.pending_approval,
            last_login: self.last_login,
        }
    }
}

fn own(text: Cow<'_, str>) -> Cow<'static, str> {
    Cow::Owned(text.into_owned())
}

impl<'de> Deserialize<'de> for UserRef<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(UserVisitor)
    }
}

/// Written by hand because a derived reader also takes an array for a struct, and because its errors name no field.
struct UserVisitor;

impl<'de> Visitor<'de> for UserVisitor {
    type Value = UserRef<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a user")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut user = UserRef::default();
        while let Some(field) = map.next_key()? {
            match field {
                Field::Id => user.id = map.next_value_seed(Text("id"))?.unwrap_or_default(),
                Field::Name => user.name = map.next_value_seed(Text("name"))?.unwrap_or_default(),
                Field::Email => user.email = map.next_value_seed(Text("email"))?.unwrap_or_default(),
                Field::Role => user.role = map.next_value_seed(Text("role"))?.unwrap_or_default(),
                Field::Status => user.status = map.next_value_seed(Text("status"))?.unwrap_or_default(),
                Field::AutoGroups => user.auto_groups = map.next_value_seed(Groups)?,
                Field::IsBlocked => user.is_blocked = map.next_value_seed(Flag("is_blocked"))?,
                Field::IsCurrent => user.is_current = map.next_value_seed(Flag("is_current"))?,
                Field::IsServiceUser => user.is_service_user = map.next_value_seed(Flag("is_service_user"))?,
                Field::PendingApproval => user.pending_approval = map.next_value_seed(Flag("pending_approval"))?,
                Field::Issued => user.issued = map.next_value_seed(Text("issued"))?.unwrap_or_default(),
                Field::LastLogin => {
                    let text = map.next_value_seed(Text("last_login"))?;
                    user.last_login = text.map_or(LastLogin::Never, |text| LastLogin::parse(&text));
                }
                Field::IdpId => user.idp_id = map.next_value_seed(Text("idp_id"))?,
                Field::Other => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(user)
    }
}

/// The fields that are read.
enum Field {
    Id,
    Name,
    Email,
    Role,
    Status,
    AutoGroups,
    IsBlocked,
    IsCurrent,
    IsServiceUser,
    PendingApproval,
    Issued,
    LastLogin,
    IdpId,
    Other,
}

impl<'de> Deserialize<'de> for Field {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(FieldVisitor)
    }
}

struct FieldVisitor;

impl Visitor<'_> for FieldVisitor {
    type Value = Field;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a field's name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Field, E> {
        Ok(match name {
            "id" => Field::Id,
            "name" => Field::Name,
            "email" => Field::Email,
            "role" => Field::Role,
            "status" => Field::Status,
            "auto_groups" => Field::AutoGroups,
            "is_blocked" => Field::IsBlocked,
            "is_current" => Field::IsCurrent,
            "is_service_user" => Field::IsServiceUser,
            "pending_approval" => Field::PendingApproval,
            "issued" => Field::Issued,
            "last_login" => Field::LastLogin,
            "idp_id" => Field::IdpId,
            _ => Field::Other,
        })
    }
}

/// Reads a text or `null`; holds the field's name for the error.
struct Text(&'static str);

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Option<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Text {
    type Value = Option<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a text in `{}`", self.0)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }
}

/// Reads `true`, `false` or `null`; holds the field's name for the error.
struct Flag(&'static str);

impl<'de> DeserializeSeed<'de> for Flag {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for Flag {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "true or false in `{}`", self.0)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<bool, E> {
        Ok(value)
    }

    fn visit_unit<E: Error>(self) -> Result<bool, E> {
        Ok(false)
    }
}

/// Reads the list of group ids or `null`.
struct Groups;

impl<'de> DeserializeSeed<'de> for Groups {
    type Value = Vec<Cow<'de, str>>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Groups {
    type Value = Vec<Cow<'de, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of group ids in `auto_groups`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut ids = Vec::new();
        while let Some(id) = seq.next_element_seed(Text("auto_groups"))? {
            // A `null` in the list names no group.
            ids.extend(id);
        }
        Ok(ids)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Vec::new())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> UserRef<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_example_of_the_contract_is_read_without_copies() {
        let user = read(
            r#"{"auto_groups":["g1","g2"],"email":"ada@example.com","id":"CiQ4","idp_id":"local","is_blocked":true,
                "is_current":true,"is_service_user":true,"issued":"api","last_login":"2026-11-22T10:11:12Z","name":"Ada",
                "pending_approval":true,"role":"owner","status":"active"}"#,
        );
        assert_eq!(
            (&*user.id, &*user.name, &*user.email),
            ("CiQ4", "Ada", "ada@example.com")
        );
        assert_eq!((&*user.role, &*user.status, &*user.issued), ("owner", "active", "api"));
        assert_eq!(user.auto_groups, ["g1", "g2"]);
        assert_eq!(user.idp_id.as_deref(), Some("local"));
        assert_eq!(user.last_login, LastLogin::At(1_795_342_272));
        assert!(user.is_blocked && user.is_current && user.is_service_user && user.pending_approval);
        assert!(matches!(user.name, Cow::Borrowed(_)));
        assert!(user.auto_groups.iter().all(|id| matches!(id, Cow::Borrowed(_))));
    }

    #[test]
    fn absent_null_and_unknown_fields_are_tolerated() {
        assert_eq!(read("{}"), UserRef::default());
        let nothing = r#"{"id":null,"name":null,"auto_groups":null,"is_blocked":null,"last_login":null,"idp_id":null,
                          "password":"x","permissions":{"modules":{"users":{"read":true}}},"n":[1,2.5e3,{"a":null}]}"#;
        assert_eq!(read(nothing), UserRef::default());
        assert_eq!(read(r#"{"auto_groups":["a",null,"b"]}"#).auto_groups, ["a", "b"]);
    }

    #[test]
    fn escapes_are_resolved() {
        let user = read(r#"{"name":"\u00c9va \ud83d\ude00 \"x\"\n","id":"a\/b"}"#);
        assert_eq!(user.name, "Éva 😀 \"x\"\n");
        assert_eq!(user.id, "a/b");
        assert_eq!(user.clone().into_owned(), user);
    }

    #[test]
    fn a_wrong_type_names_the_field() {
        for (json, expected) in [
            (r#"{"name":3}"#, "a text in `name`"),
            (r#"{"is_blocked":"no"}"#, "true or false in `is_blocked`"),
            (r#"{"auto_groups":{}}"#, "a list of group ids in `auto_groups`"),
            (r#"{"auto_groups":[1]}"#, "a text in `auto_groups`"),
            (r#"["id"]"#, "a user"),
            ("12", "a user"),
        ] {
            let error = serde_json::from_str::<UserRef<'_>>(json).unwrap_err().to_string();
            assert!(error.contains(expected), "{json}: {error}");
        }
        assert!(
            serde_json::from_str::<UserRef<'_>>(r#"{"name":"\ud800"}"#).is_err(),
            "half a character"
        );
    }
}
