//! Rules for the page and its headers, as written and as built.

use std::fs;

use crate::files::{self, Repository, root};
use crate::words::HOMES;

/// What every answer has to carry, with something its value has to hold.
const HEADERS: [(&str, &str); 7] = [
    ("Content-Security-Policy", "default-src 'none'"),
    ("Strict-Transport-Security", "max-age="),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=()"),
];

/// What the policy has to say; anything less opens a door.
const POLICY: [&str; 8] = [
    "script-src 'self' 'wasm-unsafe-eval';",
    "style-src 'self';",
    "object-src 'none';",
    "base-uri 'self';",
    "form-action 'none';",
    "frame-ancestors 'none';",
    "require-trusted-types-for 'script'",
    "trusted-types default",
];

/// Cloudflare Pages cuts a longer line, and with it the policy.
const LONGEST_HEADER: usize = 2000;

/// The opening tags of a page with their lines: `script src="…"`.
fn tags(html: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut line = 1;
    for piece in html.split_inclusive('<').collect::<Vec<_>>().windows(2) {
        let [before, after] = piece else { continue };
        line += before.matches('\n').count();
        let tag = after.split('>').next().unwrap_or_default();
        if tag.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
            found.push((line, tag.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    found
}

fn inline_in(path: &str, html: &str) -> Vec<String> {
    let mut offences = Vec::new();
    for (line, tag) in tags(html) {
        let name = tag.split(' ').next().unwrap_or_default();
        let handler = tag.split(' ').skip(1).any(|word| {
            word.starts_with("on")
                && word
                    .split('=')
                    .next()
                    .is_some_and(|key| key.chars().all(char::is_alphabetic))
        });
        if (name == "script" && !tag.contains(" src=")) || name == "style" || tag.contains(" style=") || handler {
            offences.push(format!("{path}:{line}: <{tag}>"));
        }
    }
    offences
}

/// Inline scripts, styles and handlers, in the page as written and as built.
pub fn inline(repository: &Repository) -> Vec<String> {
    let mut offences = inline_in("index.html", repository.text("index.html"));
    if let Some(built) = files::built("dist/index.html") {
        offences.extend(inline_in("dist/index.html", &built));
    }
    offences
}

/// What is wrong with the built page, when there is one: files that are missing, and parts without a digest.
pub fn built() -> Vec<String> {
    let Some(html) = files::built("dist/index.html") else {
        return Vec::new();
    };
    let mut offences = Vec::new();
    for (line, tag) in tags(&html) {
        let mut words = tag.split('"');
        let address = words
            .by_ref()
            .skip_while(|word| !word.ends_with("src=") && !word.ends_with("href="))
            .nth(1);
        let Some(file) = address.and_then(|address| address.strip_prefix("./")) else {
            continue;
        };
        if !root().join("dist").join(file).is_file() {
            offences.push(format!("dist/index.html:{line}: {file} is missing"));
        }
        let signed =
            tag.contains(" integrity=\"sha384-") || tag.contains("rel=\"icon\"") || tag.contains("as=\"fetch\"");
        if !signed {
            offences.push(format!("dist/index.html:{line}: {file} has no digest"));
        }
    }
    if !html.contains("<meta name=\"roost-wasm\" data-integrity=\"sha384-") {
        offences.push(
            "dist/index.html: the program has no digest (was it built by `trunk build` without --release?)".into(),
        );
    }
    offences
}

/// Built programs that name a folder of the machine they were built on.
pub fn telling() -> Vec<String> {
    let Ok(entries) = fs::read_dir(root().join("dist/assets")) else {
        return Vec::new();
    };
    let programs = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "wasm"));
    programs
        .filter(|path| {
            let bytes = fs::read(path).unwrap_or_default();
            HOMES
                .iter()
                .any(|place| bytes.windows(place.len()).any(|window| window == place.as_bytes()))
        })
        .map(|path| format!("{}: names a home folder (was it built by `make dist`?)", path.display()))
        .collect()
}

/// What the headers lack or allow too much.
pub fn headers(repository: &Repository) -> Vec<String> {
    let text = repository.text("public/_headers");
    let mut offences = Vec::new();
    let everywhere: String = text
        .split("/*\n")
        .nth(1)
        .and_then(|rest| rest.split("\n\n").next())
        .unwrap_or_default()
        .into();
    for (name, value) in HEADERS {
        if !everywhere
            .lines()
            .any(|line| line.trim().starts_with(&format!("{name}:")) && line.contains(value))
        {
            offences.push(format!("public/_headers: {name} with {value} is missing under /*"));
        }
    }
    for part in POLICY {
        if !everywhere.contains(part) {
            offences.push(format!("public/_headers: the policy lacks {part}"));
        }
    }
    for (index, line) in text.lines().enumerate() {
        let wide = line.contains("'unsafe-inline'") || line.contains("'unsafe-eval'") || line.contains("data:");
        if wide || line.len() > LONGEST_HEADER {
            offences.push(format!("public/_headers:{}: too wide or too long", index + 1));
        }
    }
    offences
}

#[test]
fn inline_parts_are_found() {
    let offences = inline_in(
        "page",
        "<p>\n<script src=\"a.js\"></script><script>x</script>\n<b class=\"on-call\" onclick=\"x\">\n<i style=\"x\">\n<style>",
    );
    assert_eq!(
        offences,
        [
            "page:2: <script>",
            "page:3: <b class=\"on-call\" onclick=\"x\">",
            "page:4: <i style=\"x\">",
            "page:5: <style>"
        ]
    );
}
