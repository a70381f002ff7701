//! JSON read field by field, and written: one small reader for all answers instead of a decoder compiled for each type.
//!
//! It is as strict as a decoder: a field that is there must have its type. `null` and an absent field are the same.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use zeroize::Zeroizing;

/// What is wrong with a JSON text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit(String);

impl Unfit {
    /// A field that is no such thing.
    pub(super) fn field(name: &str, wanted: &str) -> Self {
        Self(["\u{201c}", name, "\u{201d} is no ", wanted].concat())
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads a text as JSON.
///
/// # Errors
/// It is none; the parser's words, with line and column.
pub fn parse(text: &str) -> Result<Value, Unfit> {
    // From bytes, as everywhere in this program: the parser is compiled once for each kind of source.
    serde_json::from_slice(text.as_bytes()).map_err(|error| Unfit(error.to_string()))
}

/// Reads an object and takes a text out of it that must not be left in memory: `null` and an absent one are empty.
///
/// # Errors
/// It is no object, or the field is no text.
pub fn with_secret(text: &str, name: &str) -> Result<(Value, Zeroizing<String>), Unfit> {
    let mut value = parse(text)?;
    let Some(fields) = value.as_object_mut() else {
        return Err(Unfit("not an object".to_owned()));
    };
    match fields.remove(name) {
        Some(Value::String(secret)) => Ok((value, Zeroizing::new(secret))),
        Some(Value::Null) | None => Ok((value, Zeroizing::default())),
        Some(_) => Err(Unfit::field(name, "text")),
    }
}

/// The fields of an object.
#[derive(Clone, Copy)]
pub struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// Those of `value`.
    ///
    /// # Errors
    /// It is no object.
    pub fn of(value: &'a Value) -> Result<Self, Unfit> {
        value
            .as_object()
            .map(Self)
            .ok_or_else(|| Unfit("not an object".to_owned()))
    }

    /// The value of a field; `None` when it is absent or `null`.
    pub fn value(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    /// A text.
    ///
    /// # Errors
    /// It is something else.
    pub fn text(self, name: &str) -> Result<Option<String>, Unfit> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        self.typed(name, "text", text)
    }

    /// A text that must be there.
    ///
    /// # Errors
    /// It is absent or something else.
    pub fn must(self, name: &str) -> Result<String, Unfit> {
        self.text(name)?.ok_or_else(|| Unfit::field(name, "text"))
    }

    /// Whether a flag is set; an absent one is not.
    ///
    /// # Errors
    /// It is no flag.
    pub fn flag(self, name: &str) -> Result<bool, Unfit> {
        Ok(self.typed(name, "flag", Value::as_bool)?.unwrap_or(false))
    }

    /// A whole number.
    ///
    /// # Errors
    /// It is something else.
    pub fn whole(self, name: &str) -> Result<Option<i64>, Unfit> {
        self.typed(name, "whole number", Value::as_i64)
    }

    /// An object within; an absent one is empty.
    ///
    /// # Errors
    /// It is something else.
    pub fn object(self, name: &str) -> Result<Option<Self>, Unfit> {
        self.typed(name, "object", Value::as_object)
            .map(|found| found.map(Fields))
    }

    /// All fields by name.
    pub fn iter(self) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there are no other fields than these.
    pub fn are_among(self, names: &[&str]) -> bool {
        self.0.keys().all(|name| names.contains(&name.as_str()))
    }

    fn typed<T>(self, name: &str, wanted: &str, read: impl FnOnce(&'a Value) -> Option<T>) -> Result<Option<T>, Unfit> {
        match self.value(name) {
            None => Ok(None),
            Some(value) => read(value).map(Some).ok_or_else(|| Unfit::field(name, wanted)),
        }
    }
}

/// The items of a list; `null` is an empty one, as this API means it.
///
/// # Errors
/// It is no list.
pub fn items(value: &Value) -> Result<&[Value], Unfit> {
    match value {
        Value::Null => Ok(&[]),
        Value::Array(items) => Ok(items),
        _ => Err(Unfit("not a list".to_owned())),
    }
}

/// An object made of these fields, in alphabetical order.
pub fn object(fields: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        // One by one: to collect them all at once is another way to build a map, compiled beside this one.
        object.insert(name.to_owned(), value);
    }
    Value::Object(object)
}

/// What Roost sends, and what a tab keeps of a session: values without fractions. What writes fractions, in any
/// [`Value`], comes with tables of 10 kB, 2 kB of a first visit, which needs none. It may hold what must not be shown, so it
/// is not for printing.
pub enum Plain<'a> {
    /// `null`
    Nothing,
    /// `true` or `false`
    Flag(bool),
    /// a whole number
    Whole(i64),
    /// a text
    Text(&'a str),
    /// a list of texts
    List(&'a [String]),
    /// fields by name, in this order
    Object(Vec<(&'static str, Plain<'a>)>),
}

/// An object made of these fields.
pub fn plain<'a>(fields: impl Into<Vec<(&'static str, Plain<'a>)>>) -> Plain<'a> {
    Plain::Object(fields.into())
}

impl Plain<'_> {
    /// The text to send or to keep.
    pub fn to_text(&self) -> String {
        // Writing to memory does not fail, and each name is a text.
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Nothing => to.serialize_unit(),
            Self::Flag(on) => to.serialize_bool(*on),
            Self::Whole(number) => to.serialize_i64(*number),
            Self::Text(text) => to.serialize_str(text),
            Self::List(texts) => to.collect_seq(*texts),
            Self::Object(fields) => to.collect_map(fields.iter().map(|(name, value)| (name, value))),
        }
    }
}

impl From<bool> for Plain<'_> {
    fn from(on: bool) -> Self {
        Self::Flag(on)
    }
}

impl From<i64> for Plain<'_> {
    fn from(number: i64) -> Self {
        Self::Whole(number)
    }
}

impl From<u16> for Plain<'_> {
    fn from(number: u16) -> Self {
        Self::Whole(number.into())
    }
}

impl From<u64> for Plain<'_> {
    /// No number of ours comes near to where they part.
    fn from(number: u64) -> Self {
        Self::Whole(number.cast_signed())
    }
}

impl<'a> From<&'a str> for Plain<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a [String]> for Plain<'a> {
    fn from(texts: &'a [String]) -> Self {
        Self::List(texts)
    }
}

impl<T: Into<Self>> From<Option<T>> for Plain<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Nothing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"t":"x","f":true,"n":7,"h":1.5,"o":{"k":1},"nil":null,"list":[1,2]}"#;

    #[test]
    fn what_is_sent_is_json() {
        let groups = ["g\n1".to_owned()];
        let made = plain([
            ("name", "On \"call\"".into()),
            ("flag", true.into()),
            ("days", 7_u16.into()),
            ("seconds", 86_400_u64.into()),
            ("before", (-1_i64).into()),
            ("groups", groups[..].into()),
            ("none", None::<&str>.into()),
            ("some", Some("").into()),
            ("inner", plain([])),
        ]);
        let expected = concat!(
            r#"{"name":"On \"call\"","flag":true,"days":7,"seconds":86400,"before":-1,"#,
            r#""groups":["g\n1"],"none":null,"some":"","inner":{}}"#
        );
        assert_eq!(made.to_text(), expected);
    }

    #[test]
    fn fields_have_their_type_or_are_refused() {
        let value = parse(TEXT).unwrap();
        let fields = Fields::of(&value).unwrap();
        assert_eq!(fields.text("t"), Ok(Some("x".to_owned())));
        assert_eq!(fields.flag("f"), Ok(true));
        assert_eq!(fields.whole("n"), Ok(Some(7)));
        assert!(fields.object("o").unwrap().unwrap().are_among(&["k", "l"]));
        for wrong in [
            fields.text("n").is_err(),
            fields.flag("t").is_err(),
            fields.whole("h").is_err(),
            fields.object("t").is_err(),
        ] {
            assert!(wrong);
        }
        assert_eq!(
            fields.must("n").unwrap_err().to_string(),
            "\u{201c}n\u{201d} is no text"
        );
    }

    #[test]
    fn null_and_absent_are_nothing() {
        let value = parse(TEXT).unwrap();
        let fields = Fields::of(&value).unwrap();
        for name in ["nil", "absent"] {
            assert_eq!(fields.text(name), Ok(None), "{name}");
            assert_eq!(fields.flag(name), Ok(false), "{name}");
            assert!(fields.object(name).unwrap().is_none(), "{name}");
            assert!(fields.must(name).is_err(), "{name}");
        }
        assert_eq!(items(&Value::Null), Ok(&[][..]));
    }

    #[test]
    fn what_is_no_json_no_object_or_no_list_is_said() {
        assert!(parse("{").unwrap_err().to_string().contains("EOF"));
        assert!(Fields::of(&parse("[]").unwrap()).is_err());
        assert!(items(&parse("{}").unwrap()).is_err());
    }

    #[test]
    fn an_object_is_written_with_its_texts_escaped() {
        let made = object([("name", "On \"call\"".into()), ("flag", true.into())]);
        assert_eq!(made.to_string(), r#"{"flag":true,"name":"On \"call\""}"#);
    }
}
