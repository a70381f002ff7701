//! Which layer may use which (ARCHITECTURE.md), by the modules that its files name.

use crate::files::{File, Repository};

/// The layers that know neither Leptos nor a browser, but for the modules that they gate by the `ui` feature.
const PURE: [&str; 6] = ["api", "auth", "config", "domain", "i18n", "routes"];

/// What makes a layer impure.
const BROWSER: [&str; 6] = [
    "leptos",
    "leptos_router",
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "gloo_net",
];

/// What each layer may use of ours besides itself. `app` may use everything and is not listed.
const MAY_USE: [(&str, &[&str]); 11] = [
    ("domain", &[]),
    ("api", &["domain"]),
    ("config", &["api", "domain"]),
    ("routes", &["domain"]),
    ("auth", &["api", "browser", "config", "routes", "transport"]),
    ("i18n", &["api", "auth", "config", "domain", "routes"]),
    ("browser", &[]),
    ("transport", &["api", "browser"]),
    ("ui", &[]),
    (
        "state",
        &[
            "api",
            "auth",
            "browser",
            "config",
            "domain",
            "i18n",
            "routes",
            "transport",
        ],
    ),
    (
        "features",
        &[
            "api", "auth", "browser", "config", "domain", "i18n", "routes", "state", "ui",
        ],
    ),
];

/// `src/domain/user.rs` and `src/routes.rs` belong to `domain` and `routes`.
fn layer(file: &File) -> Option<&str> {
    let inside = file.path.strip_prefix("src/")?;
    Some(
        inside
            .split_once('/')
            .map_or_else(|| inside.trim_end_matches(".rs"), |(folder, _)| folder),
    )
}

/// Whether the file is, or lies in, a module that its layer has only with the `ui` feature.
fn is_gated(repository: &Repository, file: &File) -> bool {
    let Some((folder, inside)) = file.path.strip_prefix("src/").and_then(|path| path.split_once('/')) else {
        return false;
    };
    let module = first_name(inside);
    let declared = [
        format!("mod {module};"),
        format!("pub mod {module};"),
        format!("pub(crate) mod {module};"),
    ];
    let parent = repository.text(&format!("src/{folder}/mod.rs"));
    parent.lines().zip(parent.lines().skip(1)).any(|(gate, line)| {
        gate.trim() == "#[cfg(feature = \"ui\")]" && declared.iter().any(|name| name == line.trim())
    })
}

/// The first path segment after each `crate::` of a line, a group's (`crate::{api, domain::User}`) included.
fn used(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for rest in line.split("crate::").skip(1) {
        if let Some(group) = rest.strip_prefix('{') {
            let group = group.split('}').next().unwrap_or_default();
            found.extend(group.split(',').map(|item| first_name(item.trim())));
        } else {
            found.push(first_name(rest));
        }
    }
    found
}

fn first_name(path: &str) -> &str {
    path.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'))
        .next()
        .unwrap_or_default()
}

/// Uses of a layer that the using one must not know.
pub fn offences(repository: &Repository) -> Vec<String> {
    let layers: Vec<&str> = MAY_USE.iter().map(|(name, _)| *name).chain(["app"]).collect();
    let mut offences = Vec::new();
    for file in repository
        .under("src")
        .filter(|file| file.is(&["rs"]) && !file.path.starts_with("src/list/"))
    {
        let Some((name, allowed)) = MAY_USE.iter().find(|(name, _)| Some(*name) == layer(file)) else {
            continue;
        };
        for (line, text) in file.code() {
            for other in used(text) {
                if layers.contains(&other) && other != *name && !allowed.contains(&other) {
                    offences.push(file.at(line, &format!("{name} uses {other}")));
                }
                // The half of auth that is pure may not use its other half's layers.
                if *name == "auth" && !is_gated(repository, file) && ["browser", "transport"].contains(&other) {
                    offences.push(file.at(line, &format!("the pure half of auth uses {other}")));
                }
            }
            if let Some(own) = file
                .path
                .strip_prefix("src/features/")
                .and_then(|rest| rest.split_once('/'))
            {
                for rest in text.split("crate::features::").skip(1) {
                    // A file beside the folders is what two features share.
                    let other = first_name(rest);
                    let feature = repository.under(&format!("src/features/{other}")).next().is_some();
                    if feature && other != own.0 {
                        offences.push(file.at(line, "features do not use each other: what two need moves down"));
                    }
                }
            }
        }
    }
    offences
}

/// Uses of Leptos or the browser in a pure layer or in the list crate.
pub fn impure(repository: &Repository) -> Vec<String> {
    let mut offences = Vec::new();
    for file in repository
        .under("src")
        .filter(|file| file.is(&["rs"]) && !is_gated(repository, file))
    {
        if !layer(file).is_some_and(|name| name == "list" || PURE.contains(&name)) {
            continue;
        }
        for (line, text) in file.code() {
            for name in BROWSER {
                if text.contains(&format!("{name}::")) {
                    offences.push(file.at(line, text));
                }
            }
        }
    }
    offences
}

/// Uses of the console's crates by the stand-in server.
pub fn stand_in(repository: &Repository) -> Vec<String> {
    let mut offences = Vec::new();
    for file in repository.under("tests/standin") {
        let manifest = file.path.ends_with("Cargo.toml");
        for (line, text) in file.code() {
            let uses = text.contains("roost::") || text.contains("roost_list::");
            if (file.is(&["rs"]) && uses) || (manifest && text.starts_with("roost")) {
                offences.push(file.at(line, text));
            }
        }
    }
    offences
}

#[test]
fn uses_are_found_alone_in_groups_and_in_expressions() {
    assert_eq!(used("use crate::api::users;"), ["api"]);
    assert_eq!(
        used("use crate::{api, domain::User, routes};"),
        ["api", "domain", "routes"]
    );
    assert_eq!(used("    f(crate::config::parse(x), crate::api::y)"), ["config", "api"]);
    assert!(used("use super::other;").is_empty());
}
