//! Comparing what a server answered with what was recorded: values, kept names, placeholders by shape.

use std::collections::HashMap;

use serde_json::{Value, json};

/// Values kept by name.
pub type Kept = HashMap<String, String>;

/// `text` with its `{{name}}` and `{{name|lower}}` filled in.
pub fn fill(text: &str, kept: &Kept) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, tail) = after.split_once("}}").expect("an open {{");
        let (name, lower) = name.strip_suffix("|lower").map_or((name, false), |name| (name, true));
        let value = kept.get(name).unwrap_or_else(|| panic!("nothing was kept as {name}"));
        out.push_str(before);
        out.push_str(&if lower { value.to_lowercase() } else { value.clone() });
        rest = tail;
    }
    out + rest
}

/// `value` with every text in it filled in.
pub fn fill_all(value: &Value, kept: &Kept) -> Value {
    match value {
        Value::String(text) => fill(text, kept).into(),
        Value::Array(items) => items.iter().map(|item| fill_all(item, kept)).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), fill_all(value, kept)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}

/// The value a pointer names; `/?name=All/id` is the `id` of the element whose `name` is `All`.
pub fn point<'v>(value: &'v Value, pointer: &str) -> Option<&'v Value> {
    pointer
        .split('/')
        .skip(1)
        .try_fold(value, |value, step| match step.strip_prefix('?') {
            Some(condition) => {
                let (name, wanted) = condition.split_once('=')?;
                value.as_array()?.iter().find(|item| item[name] == wanted)
            }
            None => value.get(step).or_else(|| value.get(step.parse::<usize>().ok()?)),
        })
}

/// Every difference between a recorded and a real answer, with where it is.
pub fn differences(at: &str, expected: &Value, actual: &Value, unordered: bool) -> Vec<String> {
    match (expected, actual) {
        (Value::Array(expected), Value::Array(actual)) if unordered => unordered_differences(at, expected, actual),
        (Value::Array(expected), Value::Array(actual)) => {
            if expected.len() != actual.len() {
                return vec![format!(
                    "{at}: {} elements, recorded {}: {actual:?}",
                    actual.len(),
                    expected.len()
                )];
            }
            let pairs = expected.iter().zip(actual).enumerate();
            pairs
                .flat_map(|(n, (expected, actual))| differences(&format!("{at}/{n}"), expected, actual, false))
                .collect()
        }
        (Value::Object(expected), Value::Object(actual)) => {
            let missing = expected.keys().filter(|name| !actual.contains_key(*name));
            let extra = actual.keys().filter(|name| !expected.contains_key(*name));
            let mut out: Vec<String> = missing.map(|name| format!("{at}/{name}: missing")).collect();
            out.extend(extra.map(|name| format!("{at}/{name}: not in the recording")));
            for (name, expected) in expected {
                if let Some(actual) = actual.get(name) {
                    out.extend(differences(&format!("{at}/{name}"), expected, actual, false));
                }
            }
            out
        }
        (Value::String(expected), Value::String(actual)) if fits(expected, actual) => Vec::new(),
        (Value::String(expected), Value::Number(_)) if expected == "<unix seconds>" => Vec::new(),
        _ if expected == actual => Vec::new(),
        _ => vec![format!("{at}: {actual}, recorded {expected}")],
    }
}

fn unordered_differences(at: &str, expected: &[Value], actual: &[Value]) -> Vec<String> {
    let mut left: Vec<&Value> = actual.iter().collect();
    let mut out = Vec::new();
    for expected in expected {
        match left
            .iter()
            .position(|actual| differences("", expected, actual, false).is_empty())
        {
            Some(found) => drop(left.remove(found)),
            None => out.push(format!("{at}: no element like {expected}")),
        }
    }
    out.extend(
        left.into_iter()
            .map(|actual| format!("{at}: an element too many: {actual}")),
    );
    out
}

/// Whether a text has the recorded shape: literal parts, and placeholders anywhere between them.
pub fn fits(expected: &str, actual: &str) -> bool {
    let Some((before, name, after)) = placeholder(expected) else {
        return expected == actual;
    };
    let Some(rest) = actual.strip_prefix(before) else {
        return false;
    };
    let ends = rest.char_indices().map(|(at, _)| at).chain([rest.len()]);
    ends.filter(|end| has_shape(name, &rest[..*end]))
        .any(|end| fits(after, &rest[end..]))
}

/// The first placeholder of a text: what is before it, its name, what is after it.
fn placeholder(text: &str) -> Option<(&str, &str, &str)> {
    if let Some((before, after)) = text.split_once('…').filter(|(before, _)| !before.contains('<')) {
        return Some((before, "…", after));
    }
    let (before, tail) = text.split_once('<')?;
    let (name, after) = tail.split_once('>')?;
    Some((before, name, after))
}

fn has_shape(name: &str, text: &str) -> bool {
    let all = |wanted: fn(char) -> bool| !text.is_empty() && text.chars().all(wanted);
    let token = |prefix: &str| {
        text.len() == 40
            && text
                .strip_prefix(prefix)
                .is_some_and(|rest| rest.chars().all(|c| c.is_ascii_alphanumeric()))
    };
    match name {
        "…" => all(|c| c.is_ascii_graphic()),
        "n" => all(|c| c.is_ascii_digit()),
        "xid" => text.len() == 20 && all(|c| matches!(c, '0'..='9' | 'a'..='v')),
        "uuid" => text.len() == 36 && text.matches('-').count() == 4 && all(|c| c == '-' || c.is_ascii_hexdigit()),
        "local-id" => {
            text.len() == 60 && (text.starts_with("CiQ") || text.starts_with("CiR")) && text.ends_with("SBWxvY2Fs")
        }
        "pat" => token("nbp_"),
        "invite-token" => token("nbi_"),
        "password" => text.len() == 16,
        "sha256" => text.len() == 44 && text.ends_with('=') && text.to_lowercase() == text,
        "time" => is_time(text),
        "cidr4" => is_cidr4(text),
        "cidr6" => text
            .strip_suffix("/64")
            .and_then(|address| address.parse::<std::net::Ipv6Addr>().ok())
            .is_some_and(|address| address.octets()[0] == 0xfd && address.octets()[8..] == [0; 8]),
        _ => panic!("unknown placeholder <{name}>"),
    }
}

fn is_time(text: &str) -> bool {
    use time::format_description::well_known::Rfc3339;
    let fresh = time::OffsetDateTime::now_utc() - time::Duration::days(1);
    time::OffsetDateTime::parse(text, &Rfc3339).is_ok_and(|moment| moment > fresh)
}

fn is_cidr4(text: &str) -> bool {
    let parts: Vec<&str> = text.split('.').collect();
    let second = parts.get(1).and_then(|part| part.parse::<u8>().ok());
    parts.len() == 4 && parts[0] == "100" && second.is_some_and(|n| (64..128).contains(&n)) && text.ends_with(".0.0/16")
}

#[test]
fn comparing_finds_what_differs() {
    let differ = |expected: Value, actual: Value, unordered| differences("", &expected, &actual, unordered).len();
    assert_eq!(differ(json!({"a": 1}), json!({"a": 1}), false), 0);
    assert_eq!(differ(json!({"a": 1}), json!({"a": 2, "b": 3}), false), 2);
    assert_eq!(differ(json!({"a": null}), json!({}), false), 1);
    assert_eq!(differ(json!([1, 2]), json!([2, 1]), true), 0);
    assert_eq!(differ(json!([1, 2]), json!([2, 1]), false), 2);
    assert_eq!(differ(json!([1, 2]), json!([2, 2]), true), 2);
    assert_eq!(differ(json!("<n>"), json!("12"), false), 0);
    assert_eq!(differ(json!("<n>"), json!(12), false), 1);
    assert!(fits(
        "pat: <sha256> not found",
        &format!("pat: {}= not found", "a".repeat(43))
    ));
    assert!(!fits(
        "pat: <sha256> not found",
        &format!("pat: {}= not found", "A".repeat(43))
    ));
    assert!(fits("<xid>", "d5p7eedra0h0lt6f59hg") && !fits("<xid>", "d5p7eedra0h0lt6f59hz"));
    assert!(!fits("<time>", "0001-01-01T00:00:00Z") && !fits("<time>", "soon"));
    let kept = Kept::from([("a".to_owned(), "Xy".to_owned())]);
    assert_eq!(fill("/{{a}}/{{a|lower}}", &kept), "/Xy/xy");
    let list = json!([{"name": "b", "id": 1}, {"name": "All", "id": 2}]);
    assert_eq!(point(&list, "/?name=All/id"), Some(&json!(2)));
    assert_eq!(point(&list, "/0/name"), Some(&json!("b")));
}
