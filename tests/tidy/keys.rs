//! The keys of the browser's storage: the tests poison each of them.

use crate::files::{File, Repository};

/// The list that the tests use.
const LIST: &str = "tests/e2e/support/storage.ts";

/// Names of the same form that are none: what tabs talk and wait on.
const OTHERS: [&str; 2] = ["roost.auth", "roost.renewal"];

/// Keys in the program that the list leaves out, and those in the list that the program does not know.
pub fn unlisted(repository: &Repository) -> Vec<String> {
    let used: Vec<(&File, usize, &str)> = repository
        .under("src")
        .chain(repository.under("public"))
        .filter(|file| file.is(&["rs", "js", "mjs"]))
        .flat_map(|file| names(file).map(move |(line, name)| (file, line, name)))
        .filter(|(_, _, name)| !OTHERS.contains(name))
        .collect();
    let Some(list) = repository.file(LIST) else {
        return vec![format!("{LIST} is missing")];
    };
    let listed: Vec<(usize, &str)> = names(list).collect();
    let left_out = used
        .iter()
        .filter(|(_, _, name)| !listed.iter().any(|(_, other)| other == name))
        .map(|(file, line, name)| file.at(*line, &format!("{name} is not in {LIST}")));
    let unknown = listed
        .iter()
        .filter(|(_, name)| !used.iter().any(|(_, _, other)| other == name))
        .map(|(line, name)| list.at(*line, &format!("nothing keeps {name}")));
    left_out.chain(unknown).collect()
}

/// The texts in quotes that look like a key.
fn names(file: &File) -> impl Iterator<Item = (usize, &str)> {
    file.code()
        .flat_map(|(line, text)| text.split('"').skip(1).step_by(2).map(move |quoted| (line, quoted)))
        .filter(|(_, quoted)| {
            quoted.strip_prefix("roost.").is_some_and(|rest| {
                !rest.is_empty() && rest.chars().all(|one| one.is_ascii_lowercase() || ".-".contains(one))
            })
        })
}
