//! Versions that are pinned in more than one place, and what the lock files say.

use crate::files::Repository;

/// Packages of which two copies would be two worlds that do not see each other's types.
const ONCE: [&str; 7] = [
    "leptos",
    "leptos_router",
    "reactive_graph",
    "tachys",
    "wasm-bindgen",
    "web-sys",
    "gloo-net",
];

/// The only registry a lock file may name.
const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What stands between `before` and the next `end`.
fn between<'a>(text: &'a str, before: &str, end: char) -> &'a str {
    text.split_once(before)
        .and_then(|(_, rest)| rest.split(end).next())
        .unwrap_or("nothing")
}

/// The value of a name in scripts/versions.env.
fn pinned<'a>(repository: &'a Repository, name: &str) -> &'a str {
    let prefix = format!("{name}=");
    repository
        .text("scripts/versions.env")
        .lines()
        .find_map(|line| line.strip_prefix(prefix.as_str()))
        .unwrap_or("not pinned")
}

/// The versions of a package in Cargo.lock.
fn locked<'a>(repository: &'a Repository, package: &str) -> Vec<&'a str> {
    let header = format!("name = \"{package}\"\n");
    repository
        .text("Cargo.lock")
        .split("[[package]]\n")
        .filter_map(|entry| entry.strip_prefix(header.as_str()))
        .map(|entry| between(entry, "version = \"", '"'))
        .collect()
}

/// Places that disagree with scripts/versions.env.
pub fn disagreements(repository: &Repository) -> Vec<String> {
    let manifest = repository.text("Cargo.toml");
    let trunk = repository.text("Trunk.toml");
    let packages = repository.text("tests/e2e/package.json");
    let bindgen = locked(repository, "wasm-bindgen").join(" and ");
    let places = [
        (
            "RUST_MINIMUM",
            "Cargo.toml: rust-version",
            between(manifest, "rust-version = \"", '"'),
        ),
        (
            "WASM_BINDGEN_VERSION",
            "Cargo.toml: wasm-bindgen",
            between(manifest, "wasm-bindgen = { version = \"=", '"'),
        ),
        ("WASM_BINDGEN_VERSION", "Cargo.lock: wasm-bindgen", bindgen.as_str()),
        (
            "WASM_BINDGEN_VERSION",
            "Trunk.toml: wasm_bindgen",
            between(trunk, "wasm_bindgen = \"", '"'),
        ),
        (
            "BINARYEN_VERSION",
            "Trunk.toml: wasm_opt",
            between(trunk, "wasm_opt = \"version_", '"'),
        ),
        (
            "TRUNK_VERSION",
            "Trunk.toml: trunk-version",
            between(trunk, "trunk-version = \"^", '"'),
        ),
        (
            "NODE_MINIMUM",
            "package.json: node",
            between(packages, "\"node\": \">=", '"'),
        ),
        (
            "PLAYWRIGHT_VERSION",
            "package.json: @playwright/test",
            between(packages, "\"@playwright/test\": \"", '"'),
        ),
        (
            "AXE_VERSION",
            "package.json: axe-core",
            between(packages, "\"axe-core\": \"", '"'),
        ),
        (
            "TYPESCRIPT_VERSION",
            "package.json: typescript",
            between(packages, "\"typescript\": \"", '"'),
        ),
        (
            "OIDC_PROVIDER_VERSION",
            "package.json: oidc-provider",
            between(packages, "\"oidc-provider\": \"", '"'),
        ),
    ];
    places
        .into_iter()
        .map(|(name, place, found)| (name, place, found, pinned(repository, name)))
        .filter(|(_, _, found, pinned)| found != pinned)
        .map(|(name, place, found, pinned)| format!("{place} is {found}, scripts/versions.env: {name} is {pinned}"))
        .collect()
}

/// Packages that Cargo.lock holds twice.
pub fn duplicates(repository: &Repository) -> Vec<String> {
    ONCE.into_iter()
        .map(|package| (package, locked(repository, package)))
        .filter(|(_, versions)| versions.len() != 1)
        .map(|(package, versions)| format!("{package}: {}", versions.join(", ")))
        .collect()
}

/// Sources other than the public registries.
pub fn sources(repository: &Repository) -> Vec<String> {
    let mut offences = Vec::new();
    if let Some(lock) = repository.file("Cargo.lock") {
        for (line, text) in lock.lines() {
            if text
                .strip_prefix("source = \"")
                .is_some_and(|source| source.trim_end_matches('"') != REGISTRY)
            {
                offences.push(lock.at(line, text));
            }
        }
    }
    if let Some(lock) = repository.file("tests/e2e/package-lock.json") {
        offences.extend(
            lock.lines()
                .filter(|(_, text)| text.contains("\"resolved\":"))
                .map(|(line, text)| lock.at(line, text)),
        );
    }
    offences
}
