//! An object of `config.json`, taken apart key by key: what is left over, comes twice or has another type is a mistake.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::ConfigError;

/// A value, as far as the configuration needs to tell them apart. Twins are kept, so that they can be refused by name:
/// nobody can know which one was meant.
enum Node {
    Text(String),
    Object(Vec<(String, Node)>),
    Other,
}

/// An object of the file, emptied as its keys are read.
pub struct Section {
    path: String,
    entries: Vec<(String, Node)>,
}

impl Section {
    /// Reads the whole file.
    ///
    /// # Errors
    /// It is no JSON object.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        let problem = match serde_json::from_slice(text.as_bytes()) {
            Ok(Node::Object(entries)) => {
                let path = String::new();
                return Ok(Self { path, entries });
            }
            Ok(_) => "must be an object in braces".to_owned(),
            Err(error) => ["not JSON: ", &error.to_string()].concat(),
        };
        Err(ConfigError {
            key: String::new(),
            problem,
        })
    }

    /// Takes a text out.
    ///
    /// # Errors
    /// It comes twice or is no text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ConfigError> {
        match self.take(name)? {
            None => Ok(None),
            Some(Node::Text(text)) => Ok(Some(text)),
            Some(_) => Err(self.error(name, "must be a text in double quotes")),
        }
    }

    /// Takes one of these words out.
    ///
    /// # Errors
    /// It comes twice or is another word.
    pub fn word<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, ConfigError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        if let Some((_, value)) = words.iter().find(|(word, _)| *word == text) {
            return Ok(Some(*value));
        }
        let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        Err(self.error(name, &["must be one of: ", &allowed.join(", ")].concat()))
    }

    /// Takes an object out; one that is not there is empty.
    ///
    /// # Errors
    /// It comes twice or is no object.
    pub fn section(&mut self, name: &str) -> Result<Self, ConfigError> {
        let entries = match self.take(name)? {
            None => Vec::new(),
            Some(Node::Object(entries)) => entries,
            Some(_) => return Err(self.error(name, "must be an object in braces")),
        };
        Ok(Self {
            path: self.key(name),
            entries,
        })
    }

    /// Every key must have been read: what is not known is a mistake, or a secret that does not belong here.
    ///
    /// # Errors
    /// The first key that is left.
    pub fn finish(self, known: &[&str]) -> Result<(), ConfigError> {
        let Some((name, _)) = self.entries.first() else {
            return Ok(());
        };
        if name.to_lowercase().contains("secret") {
            let problem = "a page cannot keep a secret: register a public client, and remove this key";
            return Err(self.error(name, problem));
        }
        Err(self.error(
            name,
            &["not a key of Roost; allowed here: ", &known.join(", ")].concat(),
        ))
    }

    fn take(&mut self, name: &str) -> Result<Option<Node>, ConfigError> {
        let Some(at) = self.entries.iter().position(|(known, _)| known == name) else {
            return Ok(None);
        };
        let (_, node) = self.entries.remove(at);
        if self.entries.iter().any(|(known, _)| known == name) {
            return Err(self.error(name, "comes twice; keep one"));
        }
        Ok(Some(node))
    }

    fn key(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            [self.path.as_str(), ".", name].concat()
        }
    }

    fn error(&self, name: &str, problem: &str) -> ConfigError {
        ConfigError {
            key: self.key(name),
            problem: problem.to_owned(),
        }
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NodeVisitor;
        impl<'de> Visitor<'de> for NodeVisitor {
            type Value = Node;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON value")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Node, E> {
                Ok(Node::Text(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Node::Object(entries))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Node, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Node::Other)
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<Node, E> {
                Ok(Node::Other)
            }

            fn visit_unit<E: Error>(self) -> Result<Node, E> {
                Ok(Node::Other)
            }
        }
        deserializer.deserialize_any(NodeVisitor)
    }
}
