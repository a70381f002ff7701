//! The Groups API, as far as names and auto groups need it (`contract` 2.12).

use serde::{Deserialize, Serialize};

use super::error::ApiError;
use super::request::Request;
use crate::domain::groups::{Group, Groups};

#[derive(Deserialize)]
struct WireGroup {
    id: String,
    name: Option<String>,
    issued: Option<String>,
}

impl From<WireGroup> for Group {
    fn from(wire: WireGroup) -> Self {
        Self {
            id: wire.id,
            name: wire.name.unwrap_or_default(),
            issued: wire.issued.unwrap_or_default(),
        }
    }
}

#[derive(Serialize)]
struct NewGroup<'a> {
    name: &'a str,
}

/// All groups of the account.
pub fn list() -> Request<Groups> {
    Request::get(&["groups"]).list().decode(decode_groups)
}

/// Makes a group without peers.
pub fn create(name: &str) -> Request<Group> {
    Request::post(&["groups"])
        .json_body(&NewGroup { name })
        .decode(decode_group)
}

fn decode_groups(text: &str) -> Result<Groups, ApiError> {
    let wire: Option<Vec<WireGroup>> = serde_json::from_str(text).map_err(|error| ApiError::decode(&error))?;
    Ok(Groups::new(
        wire.unwrap_or_default().into_iter().map(Group::from).collect(),
    ))
}

fn decode_group(text: &str) -> Result<Group, ApiError> {
    let wire: WireGroup = serde_json::from_str(text).map_err(|error| ApiError::decode(&error))?;
    Ok(Group::from(wire))
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
