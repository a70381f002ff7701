//! What several kept forms hold: chosen groups.

use serde_json::Value;

use crate::api::json::{self, Fields, Unfit};
use crate::domain::group_choice::GroupChoice;

pub fn read_groups(fields: Fields) -> Result<Vec<GroupChoice>, Unfit> {
    let mut groups = Vec::new();
    for group in json::items(fields.value("groups").unwrap_or(&Value::Null))? {
        let group = Fields::of(group)?;
        groups.push(match group.text("new")? {
            Some(name) => GroupChoice::New(name),
            None => GroupChoice::Existing(group.must("id")?),
        });
    }
    Ok(groups)
}

pub fn write_groups(groups: &[GroupChoice]) -> Value {
    let write = |choice: &GroupChoice| match choice {
        GroupChoice::Existing(id) => json::object([("id", id.as_str().into())]),
        GroupChoice::New(name) => json::object([("new", name.as_str().into())]),
    };
    groups.iter().map(write).collect::<Vec<_>>().into()
}

/// A text; an absent one is empty.
pub fn text(fields: Fields, name: &str) -> Result<String, Unfit> {
    Ok(fields.text(name)?.unwrap_or_default())
}
