//! Owns reading `_headers`, the one source of the console's response headers (the syntax of Netlify and Cloudflare).

use axum::http::HeaderMap;
use axum::http::header::{HeaderName, HeaderValue};

use crate::app::Console;
use crate::http;

/// The file's name in the folder of the console; it is never sent.
pub const NAME: &str = "_headers";

/// What stands in the file for the origins of the API and of the provider.
const API: &str = "https://api.invalid";
const ISSUER: &str = "https://issuer.invalid";

/// Patterns of paths, each with headers.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct HeaderRules(Vec<(String, Vec<(String, String)>)>);

impl HeaderRules {
    /// Reads the file: a pattern at the beginning of a line, its headers indented below, `#` before a remark.
    pub fn parse(text: &str) -> Self {
        let mut rules: Vec<(String, Vec<(String, String)>)> = Vec::new();
        for line in text.lines() {
            let content = line.trim();
            if content.is_empty() || content.starts_with('#') {
                continue;
            }
            if line.starts_with([' ', '\t']) {
                if let (Some((_, headers)), Some((name, value))) = (rules.last_mut(), content.split_once(':')) {
                    headers.push((name.trim().to_owned(), value.trim().to_owned()));
                }
            } else {
                rules.push((content.to_owned(), Vec::new()));
            }
        }
        Self(rules)
    }

    /// The same rules with the real origins.
    pub fn for_console(mut self, console: &Console) -> Self {
        let issuer = console.issuer.as_deref().map_or("", http::origin);
        for (_, headers) in &mut self.0 {
            for (_, value) in headers {
                *value = replace_source(&replace_source(value, API, http::origin(&console.api)), ISSUER, issuer);
            }
        }
        self
    }

    /// Sets the headers of every rule that fits `path`; a header that two rules set gets both values.
    pub fn apply(&self, path: &str, out: &mut HeaderMap) {
        let mut set: Vec<(HeaderName, String)> = Vec::new();
        for (name, value) in self
            .0
            .iter()
            .filter(|(pattern, _)| fits(pattern, path))
            .flat_map(|(_, headers)| headers)
        {
            let Ok(name) = name.parse::<HeaderName>() else {
                continue;
            };
            match set.iter_mut().find(|(known, _)| *known == name) {
                Some((_, known)) => *known = format!("{known}, {value}"),
                None => set.push((name, value.clone())),
            }
        }
        for (name, value) in set {
            if let Ok(value) = HeaderValue::from_str(&value) {
                out.insert(name, value);
            }
        }
    }
}

/// Replaces one source of a policy; an empty replacement takes it out with the space before it.
fn replace_source(value: &str, placeholder: &str, origin: &str) -> String {
    if origin.is_empty() {
        value.replace(&format!(" {placeholder}"), "")
    } else {
        value.replace(placeholder, origin)
    }
}

/// Whether a pattern fits a path: `*` is any text, `:name` any one segment.
fn fits(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((before, after)) => {
            let Some(rest) = path.strip_prefix(before) else {
                return false;
            };
            rest.char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .any(|at| rest.get(at..).is_some_and(|tail| fits(after, tail)))
        }
        None if pattern.contains(':') => {
            let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
            loop {
                match (wanted.next(), given.next()) {
                    (None, None) => return true,
                    (Some(name), Some(segment)) if name.starts_with(':') && !segment.is_empty() => {}
                    (Some(name), Some(segment)) if name == segment => {}
                    _ => return false,
                }
            }
        }
        None => pattern == path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
# A remark
/*
  Content-Security-Policy: default-src 'none'; connect-src 'self' https://api.invalid https://issuer.invalid; img-src 'self'
  X-One: 1
/assets/*
  Cache-Control: immutable
  X-One: 2

/users/:id
\tX-User: yes
";

    fn headers(path: &str, console: &Console) -> HeaderMap {
        let mut out = HeaderMap::new();
        HeaderRules::parse(FILE).for_console(console).apply(path, &mut out);
        out
    }

    fn console(api: &str, issuer: Option<&str>) -> Console {
        Console {
            api: api.to_owned(),
            issuer: issuer.map(str::to_owned),
            client_id: String::new(),
            auth: Vec::new(),
        }
    }

    #[test]
    fn rules_fit_their_paths() {
        let here = console("", None);
        assert_eq!(headers("/assets/a/b.js", &here)["cache-control"], "immutable");
        assert_eq!(headers("/assets/a/b.js", &here)["x-one"], "1, 2");
        assert_eq!(headers("/other", &here)["x-one"], "1");
        assert!(!headers("/other", &here).contains_key("cache-control"));
        assert_eq!(headers("/users/7", &here)["x-user"], "yes");
        assert!(!headers("/users/7/8", &here).contains_key("x-user"));
    }

    #[test]
    fn placeholders_become_origins_or_go() {
        let policy = |console: &Console| {
            headers("/", console)["content-security-policy"]
                .to_str()
                .unwrap()
                .to_owned()
        };
        assert_eq!(
            policy(&console("", None)),
            "default-src 'none'; connect-src 'self'; img-src 'self'"
        );
        assert_eq!(
            policy(&console("", Some("http://127.0.0.1:8080/oauth2"))),
            "default-src 'none'; connect-src 'self' http://127.0.0.1:8080; img-src 'self'"
        );
        assert_eq!(
            policy(&console(
                "https://n.example.com",
                Some("https://i.example.com/realms/x")
            )),
            "default-src 'none'; connect-src 'self' https://n.example.com https://i.example.com; img-src 'self'"
        );
    }

    #[test]
    fn stars_are_any_text() {
        for (pattern, path, expected) in [
            ("/*", "/", true),
            ("/*", "/a/b", true),
            ("/a/*.js", "/a/b.js", true),
            ("/a/*.js", "/a/b.css", false),
            ("/", "/a", false),
            ("/ä*", "/äß", true),
        ] {
            assert_eq!(fits(pattern, path), expected, "{pattern} {path}");
        }
    }
}
