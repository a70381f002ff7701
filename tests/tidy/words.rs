//! Words that no file of the repository may hold.

use crate::files::Repository;

/// Home folders. Written in pieces: this file must not hold them either.
pub const HOMES: [&str; 3] = [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Use", "rs/")];

/// Hosts that a registry's client talks to.
const HOSTS: [&str; 4] = [
    concat!("registry.npm", "js.org"),
    concat!("static.crates", ".io"),
    concat!("index.crates", ".io"),
    concat!("deb.debian", ".org"),
];

/// Marks of unfinished work.
const LATER: [&str; 4] = [
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X:"),
    concat!("HA", "CK:"),
];

fn holding(repository: &Repository, words: &[&str]) -> Vec<String> {
    let mut offences = Vec::new();
    for file in repository.all() {
        for (line, text) in file.lines() {
            if words.iter().any(|word| text.contains(word)) {
                offences.push(file.at(line, text.get(..160).unwrap_or(text)));
            }
        }
    }
    offences
}

/// Lines that name a folder or a host of the machine they were written on.
pub fn places(repository: &Repository) -> Vec<String> {
    holding(repository, &[HOMES.as_slice(), HOSTS.as_slice()].concat())
}

/// Lines that put something off.
pub fn later(repository: &Repository) -> Vec<String> {
    holding(repository, &LATER)
}
