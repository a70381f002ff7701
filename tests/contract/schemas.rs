//! The schemas of the API's own description, where it is at hand, and the places where the server contradicts it.

use std::path::Path;

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

/// The description, relative to the project. It is not part of the project.
pub const DOCUMENT: &str = "../shared/contract/openapi.yml";

/// A place where recorded answers break a schema. The recordings win: they are what the console has to take.
pub struct Exception {
    /// Name of the schema.
    pub schema: &'static str,
    /// End of the pointer to the value.
    pub at: &'static str,
    /// Part of the validator's words.
    pub says: &'static str,
    /// Why the server does it.
    pub reason: &'static str,
}

const NULL: &str = "null is not of type \"array\"";
const NIL: &str = "the server writes an empty list as null unless somebody made it a list";

/// All that were found. One that no recording needs any more fails the test.
pub const EXCEPTIONS: &[Exception] = &[
    Exception {
        schema: "Group",
        at: "/peers",
        says: NULL,
        reason: NIL,
    },
    Exception {
        schema: "Group",
        at: "/resources",
        says: NULL,
        reason: NIL,
    },
    Exception {
        schema: "Account",
        at: "/settings/peer_expose_groups",
        says: NULL,
        reason: NIL,
    },
    Exception {
        schema: "Account",
        at: "/settings/ipv6_enabled_groups",
        says: NULL,
        reason: NIL,
    },
    Exception {
        schema: "Account",
        at: "/settings/extra/network_traffic_logs_groups",
        says: NULL,
        reason: NIL,
    },
    Exception {
        schema: "PersonalAccessToken",
        at: "",
        says: NULL,
        reason: NIL,
    },
    Exception {
        schema: "Event",
        at: "/activity_code",
        says: "is not one of",
        reason: "the server writes events that the description does not list yet",
    },
];

/// The schemas; `None` where the description is not there.
pub fn read() -> Option<Value> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(DOCUMENT)).ok()?;
    let document: Value = serde_norway::from_str(&text).unwrap();
    Some(document["components"].clone())
}

/// The validator of one schema, or of a list of it.
pub fn validator(components: &Value, name: &str, is_list: bool) -> Validator {
    assert!(components["schemas"].get(name).is_some(), "no schema {name}");
    let one = json!({ "$ref": format!("#/components/schemas/{name}") });
    let mut schema = if is_list {
        json!({ "type": "array", "items": one })
    } else {
        one
    };
    schema["components"] = components.clone();
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .should_ignore_unknown_formats(true)
        .build(&schema)
        .unwrap()
}

/// What is wrong with a value: where, and the validator's words.
pub fn complaints(validator: &Validator, value: &Value) -> Vec<(String, String)> {
    validator
        .iter_errors(value)
        .map(|error| (error.instance_path().to_string(), error.to_string()))
        .collect()
}
