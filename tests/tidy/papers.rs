//! The papers that say how something is held: each test that they quote is there.

use crate::files::{File, Repository};

/// The papers, each with the least number of tests that it has to quote.
const PAPERS: [(&str, usize); 2] = [("docs/accessibility.md", 60), ("docs/asvs.md", 40)];

/// Criteria of WCAG 2.2 at the levels A and AA.
const CRITERIA: usize = 55;

/// Quotes that lead nowhere: `` `file › name` `` in backticks, where `…` at the end stands for the rest of a name.
pub fn unfounded(repository: &Repository) -> Vec<String> {
    let mut offences = Vec::new();
    for (path, least) in PAPERS {
        let Some(paper) = repository.file(path) else {
            offences.push(format!("{path} is missing"));
            continue;
        };
        let quoted = quotes(paper);
        if quoted.len() < least {
            offences.push(format!("{path} quotes {} tests: is the form another?", quoted.len()));
        }
        for (line, quote) in quoted {
            if !stands(repository, quote) {
                offences.push(paper.at(line, quote));
            }
        }
    }
    offences
}

/// Sections of `docs/netbird-api.md` that are cited as `contract` and are not there.
pub fn uncited(repository: &Repository) -> Vec<String> {
    let Some(paper) = repository.file("docs/netbird-api.md") else {
        return vec!["docs/netbird-api.md is missing".to_owned()];
    };
    let heads = paper.lines().filter(|(_, line)| line.starts_with("##"));
    let sections: Vec<&str> = heads
        .filter_map(|(_, line)| line.trim_start_matches('#').split_whitespace().next())
        .map(|number| number.trim_end_matches('.'))
        .collect();
    let mut offences = Vec::new();
    for file in repository.all() {
        for (number, line) in file.lines() {
            for after in line.split("contract").skip(1) {
                let cited = after.trim_start_matches('`').trim_start();
                let section = cited
                    .split(|letter: char| !letter.is_ascii_digit() && letter != '.')
                    .next();
                let section = section.unwrap_or_default().trim_end_matches('.');
                if !section.is_empty() && !sections.contains(&section) {
                    offences.push(file.at(number, line));
                }
            }
        }
    }
    offences
}

/// Criteria that the report leaves out or has twice, and those that it claims without a test or a reason.
pub fn unreported(repository: &Repository) -> Vec<String> {
    let Some(paper) = repository.file("docs/accessibility.md") else {
        return vec!["docs/accessibility.md is missing".to_owned()];
    };
    let mut offences = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for (number, line) in paper.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, criterion, level, verdict, held, _] = cells.as_slice() else {
            continue;
        };
        let Some(id) = criterion.split(' ').next().filter(|id| id.split('.').count() == 3) else {
            continue;
        };
        if seen.contains(&id) {
            offences.push(paper.at(number, "twice"));
        }
        seen.push(id);
        if !["A", "AA"].contains(level) || !["Supports", "Partially supports", "Not applicable"].contains(verdict) {
            offences.push(paper.at(number, "no level or no verdict"));
        }
        if held.is_empty() {
            offences.push(paper.at(number, "nothing says how it is held"));
        }
    }
    if seen.len() != CRITERIA {
        offences.push(format!("{} of {CRITERIA} criteria", seen.len()));
    }
    offences
}

fn quotes(paper: &File) -> Vec<(usize, &str)> {
    paper
        .lines()
        .flat_map(|(number, line)| line.split('`').skip(1).step_by(2).map(move |quote| (number, quote)))
        .filter(|(_, quote)| quote.contains(" › "))
        .collect()
}

/// Whether a file has a test of that name; a state or a visit of the tests of accessibility stands in their table.
fn stands(repository: &Repository, quote: &str) -> bool {
    let Some((place, name)) = quote.split_once(" › ") else {
        return false;
    };
    let (name, open) = match name.strip_suffix('…') {
        Some(beginning) => (beginning, true),
        None => (name, false),
    };
    let says = |file: &File| {
        if file.is(&["rs"]) {
            return file.text.contains(&format!("fn {name}("));
        }
        ['"', '`'].iter().any(|quoted| {
            let end = if open { String::new() } else { quoted.to_string() };
            file.text.contains(&format!("test({quoted}{name}{end}"))
        })
    };
    if place == "a11y" {
        return repository.under("tests/e2e/support/states").any(|file| {
            file.lines().any(|(_, line)| {
                let line = line.trim_start();
                line.starts_with(&format!("\"{name}\": ")) || line.starts_with(&format!("{name}: "))
            })
        });
    }
    let path = match place.split_once('/') {
        None if place == "tidy" => "tests/tidy/main.rs".to_owned(),
        None => format!("tests/e2e/specs/{place}.spec.ts"),
        Some(("browser", file)) => format!("tests/browser/{file}.rs"),
        Some(_) => place.to_owned(),
    };
    repository.file(&path).is_some_and(says)
}
