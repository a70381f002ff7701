//! Owns what a broken server or one of another version makes of a good answer: the same JSON with something wrong in it.

use serde_json::{Map, Value, json};

/// What is done to the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transform {
    /// Texts become numbers; numbers, flags and lists become texts; `null` becomes `false`.
    WrongTypes,
    /// Every object has more fields than it should.
    ExtraFields,
    /// A list within an object becomes `null`.
    NullArrays,
    /// Roles and statuses nobody has heard of.
    UnknownValues,
    /// Every second object of a list has the `id` of the one before it.
    DuplicateIds,
}

impl Transform {
    /// Changes `value`; with `field` only where fields of that name are.
    pub fn apply(self, value: &mut Value, field: Option<&str>) {
        each_object(value, &mut |object| self.change(object, field));
        if self == Self::DuplicateIds {
            each_list(value, &mut |list| duplicate_ids(list));
        }
    }

    fn change(self, object: &mut Map<String, Value>, field: Option<&str>) {
        if self == Self::ExtraFields {
            object.extend(extra_fields());
            return;
        }
        for (name, value) in object.iter_mut() {
            if field.is_some_and(|field| field != name) {
                continue;
            }
            match self {
                Self::WrongTypes => *value = of_another_type(value),
                Self::NullArrays if value.is_array() => *value = Value::Null,
                Self::UnknownValues if name == "role" || name == "status" || field.is_some() => {
                    *value = format!("{name}_of_tomorrow").into();
                }
                _ => {}
            }
        }
    }
}

/// Objects stay, so that it is the fields in them that are wrong.
fn of_another_type(value: &Value) -> Value {
    match value {
        Value::String(text) => text.chars().count().into(),
        Value::Number(number) => number.to_string().into(),
        Value::Bool(flag) => flag.to_string().into(),
        Value::Array(_) => "a text instead of a list".into(),
        Value::Null => false.into(),
        Value::Object(_) => value.clone(),
    }
}

fn extra_fields() -> Map<String, Value> {
    let nested = json!({ "list": [1, "two", null, { "three": 3.5 }], "flag": true });
    Map::from_iter([
        ("_future".to_owned(), nested),
        ("zz_version".to_owned(), Value::Null),
        ("name_v2".to_owned(), "a field of a later version".into()),
    ])
}

fn duplicate_ids(list: &mut [Value]) {
    for pair in list.chunks_exact_mut(2) {
        if let [Value::Object(one), Value::Object(other)] = pair
            && let (Some(id), Some(place)) = (one.get("id"), other.get_mut("id"))
        {
            place.clone_from(id);
        }
    }
}

fn each_object(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(object) => {
            // What is inside first: what is added must not be changed in turn.
            object.values_mut().for_each(|value| each_object(value, change));
            change(object);
        }
        Value::Array(list) => list.iter_mut().for_each(|value| each_object(value, change)),
        _ => {}
    }
}

fn each_list(value: &mut Value, change: &mut impl FnMut(&mut [Value])) {
    match value {
        Value::Object(object) => object.values_mut().for_each(|value| each_list(value, change)),
        Value::Array(list) => {
            for value in list.iter_mut() {
                each_list(value, change);
            }
            change(list);
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(transform: Transform, field: Option<&str>, mut value: Value) -> Value {
        transform.apply(&mut value, field);
        value
    }

    #[test]
    fn types_are_wrong_at_every_depth() {
        let value = json!([{ "name": "Ada", "peers": [1], "count": 2, "blocked": true, "none": null,
            "in": { "text": "é" } }]);
        assert_eq!(
            changed(Transform::WrongTypes, None, value.clone()),
            json!([{ "name": 3, "peers": "a text instead of a list", "count": "2", "blocked": "true", "none": false,
                "in": { "text": 1 } }])
        );
        let only = changed(Transform::WrongTypes, Some("count"), value.clone());
        assert_eq!(only[0]["count"], "2");
        assert_eq!(only[0]["name"], value[0]["name"]);
    }

    #[test]
    fn every_object_gets_more_fields_and_keeps_its_own() {
        let value = changed(Transform::ExtraFields, None, json!([{ "id": "a", "in": { "b": 1 } }]));
        assert_eq!((&value[0]["id"], &value[0]["in"]["b"]), (&json!("a"), &json!(1)));
        assert!(value[0]["_future"].is_object() && value[0]["in"]["_future"].is_object());
        assert!(
            value[0]["_future"].get("_future").is_none(),
            "what was added is left as it is"
        );
    }

    #[test]
    fn lists_become_null_but_not_the_answer_itself() {
        let value = json!([{ "auto_groups": ["g"], "peers": [], "in": { "list": [1] } }]);
        assert_eq!(
            changed(Transform::NullArrays, None, value.clone()),
            json!([{ "auto_groups": null, "peers": null, "in": { "list": null } }])
        );
        assert_eq!(
            changed(Transform::NullArrays, Some("peers"), value),
            json!([{ "auto_groups": ["g"], "peers": null, "in": { "list": [1] } }])
        );
    }

    #[test]
    fn roles_and_statuses_are_unknown_or_whatever_field_is_named() {
        let value = json!({ "role": "admin", "status": "active", "issued": "api" });
        assert_eq!(
            changed(Transform::UnknownValues, None, value.clone()),
            json!({ "role": "role_of_tomorrow", "status": "status_of_tomorrow", "issued": "api" })
        );
        assert_eq!(
            changed(Transform::UnknownValues, Some("issued"), value),
            json!({ "role": "admin", "status": "active", "issued": "issued_of_tomorrow" })
        );
    }

    #[test]
    fn every_second_id_is_that_of_the_one_before() {
        let value = json!([{ "id": "a" }, { "id": "b" }, { "id": "c" }, { "id": "d" }, { "id": "e" }]);
        let ids = changed(Transform::DuplicateIds, None, value);
        assert_eq!(
            ids,
            json!([{ "id": "a" }, { "id": "a" }, { "id": "c" }, { "id": "c" }, { "id": "e" }])
        );
        let others = json!([1, { "name": "n" }, { "id": "a" }]);
        assert_eq!(changed(Transform::DuplicateIds, None, others.clone()), others);
    }
}
