//! Owns JSON as the server reads and writes it: Go's escapes on the way out, Go's leniency on the way in.

use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::ser::Formatter;
use serde_json::{Map, Value};

/// Writes what Go's `encoding/json` writes: `<`, `>`, `&` and the two line separators of JavaScript are escaped.
struct GoFormatter;

impl Formatter for GoFormatter {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some(at) = rest.find(['<', '>', '&', '\u{2028}', '\u{2029}']) {
            let (clean, tail) = rest.split_at(at);
            writer.write_all(clean.as_bytes())?;
            let mut characters = tail.chars();
            if let Some(character) = characters.next() {
                write!(writer, "\\u{:04x}", u32::from(character))?;
            }
            rest = characters.as_str();
        }
        writer.write_all(rest.as_bytes())
    }
}

/// Appends `value` to `out`. Our own types always serialise (string keys, no failing writers).
pub fn append<T: Serialize + ?Sized>(out: &mut Vec<u8>, value: &T) {
    let mut serializer = serde_json::Serializer::with_formatter(out, GoFormatter);
    if let Err(error) = value.serialize(&mut serializer) {
        crate::errors::report(&error);
    }
}

/// `value` as an answer's body: one line, ending in a newline.
pub fn line<T: Serialize + ?Sized>(value: &T) -> Vec<u8> {
    let mut out = Vec::new();
    append(&mut out, value);
    out.push(b'\n');
    out
}

/// Reads a request body that must be an object. Unknown keys and anything after the object are ignored, `null` for a
/// key is the same as leaving it out; a wrong type anywhere is `None`.
pub fn object<T: DeserializeOwned>(body: &[u8]) -> Option<T> {
    let mut values = serde_json::Deserializer::from_slice(body).into_iter::<Map<String, Value>>();
    let object = values.next()?.ok()?;
    serde_json::from_value(without_nulls(Value::Object(object))).ok()
}

fn without_nulls(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .filter(|(_, value)| !value.is_null())
            .map(|(name, value)| (name, without_nulls(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, Debug, PartialEq)]
    #[serde(default)]
    struct Request {
        name: String,
        days: i64,
    }

    impl Default for Request {
        fn default() -> Self {
            Self {
                name: "none".to_owned(),
                days: 1,
            }
        }
    }

    #[test]
    fn markup_is_escaped_as_go_does() {
        let text = String::from_utf8(line("<b>&\"\u{2028}é</b>")).unwrap();
        assert_eq!(text, "\"\\u003cb\\u003e\\u0026\\\"\\u2028é\\u003c/b\\u003e\"\n");
    }

    #[test]
    fn bodies_are_read_as_go_reads_them() {
        let read = |body: &str| object::<Request>(body.as_bytes());
        let request = |name: &str, days| {
            Some(Request {
                name: name.to_owned(),
                days,
            })
        };
        assert_eq!(read(r#"{"name":"a","days":2,"other":[]}"#), request("a", 2));
        assert_eq!(read(r#"{"name":null}"#), request("none", 1));
        assert_eq!(read(r#"{"days":3} and more"#), request("none", 3));
        for wrong in [
            "",
            "{",
            "[]",
            "null",
            "7",
            r#"{"days":"3"}"#,
            r#"{"days":1.5}"#,
            r#"{"days":3.0}"#,
            r#"{"name":1}"#,
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
