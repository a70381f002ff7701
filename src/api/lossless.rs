//! JSON objects kept as they came, to the letter: the texts of their values, in their order.
//!
//! A parsed value would lose the order of keys and the digits of numbers, unless the parser was told to keep both: that
//! weighs on a first visit, which needs neither (`docs/size-budget.md`). So the text is checked by the parser and cut
//! here.

use super::json::{self, Fields, Unfit};

/// An object: names and values as they were written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object(Vec<(String, String)>);

impl Object {
    /// Reads an object.
    ///
    /// # Errors
    /// The text is no JSON, or no object.
    pub fn read(text: &str) -> Result<Self, Unfit> {
        Fields::of(&json::parse(text)?)?;
        let fields = split(inside(text), b',').into_iter().filter_map(|field| {
            let mut halves = split(field, b':').into_iter();
            Some((halves.next()?.to_owned(), halves.next()?.to_owned()))
        });
        Ok(Self(fields.collect()))
    }

    /// The text of a value. Of a name that is there twice the last counts, as servers read it.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.0.iter().rev().find(|(known, _)| is_named(known, name));
        found.map(|(_, value)| value.as_str())
    }

    /// The object within; an absent one and `null` are empty.
    ///
    /// # Errors
    /// It is something else.
    pub fn object(&self, name: &str) -> Result<Self, Unfit> {
        match self.get(name) {
            None | Some("null") => Ok(Self::default()),
            Some(text) => Self::read(text),
        }
    }

    /// Puts a value into the place of the one that is there, or at the end.
    pub fn set(&mut self, name: &str, value: String) {
        let place = self.0.iter_mut().rev().find(|(known, _)| is_named(known, name));
        match place {
            Some((_, known)) => *known = value,
            None => self.0.push((quoted(name), value)),
        }
    }

    /// Takes a value out.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(known, _)| !is_named(known, name));
    }

    /// Names and the texts of values.
    pub fn iter(&self) -> impl Iterator<Item = (String, &str)> {
        self.0.iter().map(|(name, value)| (unquoted(name), value.as_str()))
    }

    /// The object's text.
    pub fn to_text(&self) -> String {
        let mut text = String::from("{");
        for (name, value) in &self.0 {
            if text.len() > 1 {
                text.push(',');
            }
            text.push_str(name);
            text.push(':');
            text.push_str(value);
        }
        text.push('}');
        text
    }
}

/// The texts of a list's items.
///
/// # Errors
/// The text is no JSON, or no list.
pub fn items(text: &str) -> Result<Vec<&str>, Unfit> {
    json::items(&json::parse(text)?)?;
    Ok(if text.trim() == "null" {
        Vec::new()
    } else {
        split(inside(text), b',')
    })
}

fn quoted(name: &str) -> String {
    serde_json::Value::from(name).to_string()
}

fn unquoted(name: &str) -> String {
    let read = json::parse(name).ok();
    read.as_ref()
        .and_then(serde_json::Value::as_str)
        .unwrap_or(name)
        .to_owned()
}

fn is_named(known: &str, name: &str) -> bool {
    unquoted(known) == name
}

/// What stands between the brackets of a list or an object.
fn inside(text: &str) -> &str {
    let text = text.trim();
    text.get(1..text.len().saturating_sub(1)).unwrap_or_default()
}

/// Cuts at a mark, but not inside of strings, lists and objects. The text has been read as JSON.
fn split(text: &str, mark: u8) -> Vec<&str> {
    let (mut depth, mut in_string, mut escaped, mut start) = (0_usize, false, false, 0);
    let mut found = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ if byte == mark && depth == 0 => {
                found.extend(text.get(start..at).map(str::trim));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(text.get(start..).map(str::trim).filter(|rest| !rest.is_empty()));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{ "b": 1.50, "a\"}": [1, {"x": ",:"}], "n": null,"big":123456789012345678901234567890 , "o":{"k" : "\u00e9\\"} }"#;

    #[test]
    fn values_keep_their_letters_and_their_order() {
        let object = Object::read(TEXT).unwrap();
        assert_eq!(object.get("b"), Some("1.50"));
        assert_eq!(object.get("a\"}"), Some(r#"[1, {"x": ",:"}]"#));
        assert_eq!(object.get("big"), Some("123456789012345678901234567890"));
        assert_eq!(object.object("o").unwrap().get("k"), Some(r#""\u00e9\\""#));
        assert_eq!(object.object("n").unwrap(), Object::default());
        assert_eq!(object.object("absent").unwrap(), Object::default());
        assert!(object.object("b").is_err());
        let names: Vec<String> = object.iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["b", "a\"}", "n", "big", "o"]);
        let text = r#"{"b":1.50,"a\"}":[1, {"x": ",:"}],"n":null,"big":123456789012345678901234567890,"o":{"k" : "\u00e9\\"}}"#;
        assert_eq!(object.to_text(), text);
    }

    #[test]
    fn a_value_is_replaced_in_its_place_added_at_the_end_and_taken_out() {
        let mut object = Object::read(r#"{"a":1,"b":2,"c":3}"#).unwrap();
        object.set("b", "true".to_owned());
        object.set("new \"one\"", "[]".to_owned());
        object.remove("a");
        assert_eq!(object.to_text(), r#"{"b":true,"c":3,"new \"one\"":[]}"#);
        assert_eq!(Object::default().to_text(), "{}");
    }

    #[test]
    fn of_a_name_that_is_there_twice_the_last_counts() {
        let mut object = Object::read(r#"{"a":1,"a":2}"#).unwrap();
        assert_eq!(object.get("a"), Some("2"));
        object.set("a", "3".to_owned());
        assert_eq!(object.to_text(), r#"{"a":1,"a":3}"#);
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        assert_eq!(Object::read(r#"{"\u0061b":1}"#).unwrap().get("ab"), Some("1"));
    }

    #[test]
    fn items_are_cut_and_what_is_no_list_is_said() {
        assert_eq!(
            items(r#" [ {"a":[1,2]}, "x,y" ,3] "#).unwrap(),
            [r#"{"a":[1,2]}"#, r#""x,y""#, "3"]
        );
        assert_eq!(items("[]").unwrap(), Vec::<&str>::new());
        assert_eq!(items("null").unwrap(), Vec::<&str>::new());
        assert!(items("{}").is_err() && items("[").is_err() && Object::read("[]").is_err());
    }
}
