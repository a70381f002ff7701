//! The Groups API, as far as names and auto groups need it (`contract` 2.12).

use serde_json::Value;

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::groups::{Group, Groups};

/// All groups of the account.
pub fn list() -> Request<Groups> {
    Request::get(&["groups"]).list().decode(decode_groups)
}

/// Makes a group without peers.
pub fn create(name: &str) -> Request<Group> {
    Request::post(&["groups"])
        .json_body(&json::plain([("name", name.into())]))
        .decode(decode_group)
}

fn decode_groups(text: &str) -> Result<Groups, ApiError> {
    let value = json::parse(text)?;
    let groups: Result<_, ApiError> = json::items(&value)?.iter().map(group).collect();
    Ok(Groups::new(groups?))
}

fn decode_group(text: &str) -> Result<Group, ApiError> {
    group(&json::parse(text)?)
}

fn group(value: &Value) -> Result<Group, ApiError> {
    let fields = Fields::of(value)?;
    Ok(Group {
        id: fields.must("id")?,
        name: fields.text("name")?.unwrap_or_default(),
        issued: fields.text("issued")?.unwrap_or_default(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_decode_with_nulls_and_unknown_fields() {
        let text =
            r#"[{"id":"1","name":"All","issued":"api","peers":null,"peers_count":0},{"id":"2","name":null,"x":1}]"#;
        let groups = decode_groups(text).unwrap();
        assert_eq!(groups.name("1"), Some("All"));
        assert_eq!(groups.name("2"), Some(""));
        assert_eq!(decode_groups("null").unwrap().iter().count(), 0);
        assert!(decode_groups(r#"{"message":"x"}"#).is_err());
    }

    #[test]
    fn a_new_group_is_sent_with_its_name_alone() {
        assert_eq!(create("On \"call\"").body().unwrap(), r#"{"name":"On \"call\""}"#);
    }
}
