//! The recorded exchanges: read, their placeholders filled in, sorted by the console's request that they belong to.

use std::path::Path;

use roost::domain::user::UserId;
use serde_json::{Map, Value};

/// Placeholders of the recordings, and a value of that shape.
const SHAPES: [(&str, &str); 8] = [
    ("<time>", "2026-11-22T10:11:12.345678Z"),
    ("<xid>", "d5p7eedra0h0lt6f59hg"),
    (
        "<local-id>",
        "CiQ3YWQ4M2E1MC0wZjYyLTQ4NTktYTQ2Mi0xMmQ0NTY3ODkwYWISBWxvY2Fs",
    ),
    ("<cidr4>", "100.90.0.0/16"),
    ("<cidr6>", "fd00:4e42:ab12::/64"),
    ("<sha256>", "n4bqgyhmfwwal+qgxvrqfao/txsrc4is0v1sfbdwcgg="),
    ("<pat>", "nbp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
    ("<n>", "1"),
];

/// One request and its answer, as recorded.
pub struct Exchange {
    /// File and step, for messages.
    pub title: String,
    /// Method.
    pub method: String,
    /// Path and query.
    pub path: String,
    /// What was sent, where it was JSON.
    pub sent: Option<Value>,
    /// The answer's status.
    pub status: u16,
    /// The answer's body, as text.
    pub text: String,
    /// The same as JSON, where it is.
    pub json: Option<Value>,
}

/// All exchanges with the management API, in the order of the files' names.
pub fn all() -> Vec<Exchange> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/recorded");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    files
        .iter()
        .flat_map(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let scenario: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
            // The provider's exchanges are a plain list; they are no part of the API.
            let steps = scenario["steps"].as_array().cloned().unwrap_or_default();
            steps
                .into_iter()
                .enumerate()
                .filter(|(_, step)| step.get("answer").is_some())
                .map(move |(at, step)| Exchange::read(format!("{name} step {at}"), &step))
        })
        .collect()
}

impl Exchange {
    fn read(title: String, step: &Value) -> Self {
        let answer = &step["answer"];
        let json = answer.get("json").map(fill_all);
        let text = match &json {
            Some(json) => json.to_string(),
            None => answer["text"].as_str().unwrap_or_default().to_owned(),
        };
        Self {
            title,
            method: step["method"].as_str().unwrap().to_owned(),
            path: fill(step["path"].as_str().unwrap()),
            sent: step.get("body").map(fill_all),
            status: answer["status"].as_u64().unwrap().try_into().unwrap(),
            text,
            json,
        }
    }

    /// Whether the server did what was asked.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// The id in `/api/users/{id}`.
    pub fn user_id(&self) -> Option<&str> {
        self.path.strip_prefix("/api/users/").filter(|id| !id.contains('/'))
    }

    /// The id in `/api/users/{id}/action`.
    pub fn user_action(&self, action: &str) -> Option<UserId> {
        let id = self
            .path
            .strip_prefix("/api/users/")?
            .strip_suffix(action)?
            .strip_suffix('/')?;
        (!id.contains('/')).then(|| UserId(id.to_owned()))
    }
}

/// `{{name}}` becomes `id-of-name`, `{{name|lower}}` the same in lower case, a placeholder a value of its shape.
fn fill(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (name, tail) = after.split_once("}}").unwrap();
        out.push_str(before);
        let name = name
            .strip_suffix("|lower")
            .map_or_else(|| name.to_owned(), str::to_lowercase);
        out.extend(["id-of-", name.as_str()]);
        rest = tail;
    }
    out.push_str(rest);
    SHAPES
        .iter()
        .fold(out, |text, (placeholder, value)| text.replace(placeholder, value))
}

fn fill_all(value: &Value) -> Value {
    match value {
        Value::String(text) => fill(text).into(),
        Value::Array(items) => items.iter().map(fill_all).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), fill_all(value)))
            .collect::<Map<_, _>>()
            .into(),
        other => other.clone(),
    }
}
