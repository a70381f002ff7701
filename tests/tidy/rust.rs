//! Rules for source files: header, length, forbidden words, the parts of a component.

use crate::files::{File, Repository};

/// Lines a file may have; aim for 300.
const LONGEST: usize = 400;

/// Components without a sheet of their own, with the reason.
const WITHOUT_SHEET: [(&str, &str); 1] = [("name_text", "draws the marks of visible_text, which has the sheet")];

/// What must not appear in `src`, and why.
const FORBIDDEN: [(&str, &str); 10] = [
    ("inner_html", "text goes through text nodes only"),
    ("outer_html", "text goes through text nodes only"),
    ("insert_adjacent_html", "text goes through text nodes only"),
    (
        " style=",
        "the policy blocks the attribute: use a class or style:--name",
    ),
    ("<style", "the policy blocks it: use style/"),
    ("dbg!", "not for others to see"),
    ("todo!", "finish it"),
    ("unimplemented!", "finish it"),
    ("href=\"/", "routes is the only place that writes a path"),
    ("local_storage()", "browser/ is the only place that touches storage"),
];

/// Rust files whose first line does not say what they own.
pub fn without_header(repository: &Repository) -> Vec<String> {
    repository
        .all()
        .filter(|file| file.is(&["rs"]) && !file.text.starts_with("//! "))
        .map(|file| file.at(1, "what does this file own?"))
        .collect()
}

/// Source files over the limit.
pub fn too_long(repository: &Repository) -> Vec<String> {
    repository
        .all()
        .filter(|file| file.is(&["rs", "ts", "mjs", "js", "css", "sh"]))
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| file.at(LONGEST, &format!("{lines} lines, at most {LONGEST}")))
        .collect()
}

/// Forbidden words in `src`.
pub fn forbidden(repository: &Repository) -> Vec<String> {
    let mut offences = Vec::new();
    for file in repository.under("src").filter(|file| file.is(&["rs"])) {
        for (line, text) in file.code() {
            for (word, why) in FORBIDDEN {
                let owner = word == "local_storage()" && file.path.starts_with("src/browser/");
                if text.contains(word) && !owner {
                    offences.push(file.at(line, &format!("{} ({why})", text.trim())));
                }
            }
        }
    }
    offences
}

/// The component that a file of `ui` belongs to: `button` for `button.rs`, `shell` for everything in `shell/`.
fn component(file: &File) -> &str {
    let inside = file.path.strip_prefix("src/ui/").unwrap_or_default();
    inside
        .split_once('/')
        .map_or_else(|| inside.trim_end_matches(".rs"), |(folder, _)| folder)
}

/// Where style sheets of components are: what a first visit needs, and what comes with the parts.
const SHEETS: [&str; 2] = ["style/components", "style/later"];

/// Components of `ui` without a style sheet or without a test in the browser, and sheets without a component.
pub fn components(repository: &Repository) -> Vec<String> {
    let mut offences = Vec::new();
    let tests: String = repository
        .under("tests/browser")
        .map(|file| file.text.as_str())
        .collect();
    let files: Vec<&File> = repository
        .under("src/ui")
        .filter(|file| file.text.contains("#[component]"))
        .collect();
    for file in &files {
        let name = component(file);
        let reasoned = WITHOUT_SHEET.iter().any(|(listed, _)| *listed == name);
        let has_sheet = SHEETS
            .iter()
            .any(|folder| repository.file(&format!("{folder}/{name}.css")).is_some());
        if !reasoned && !has_sheet {
            offences.push(file.at(1, &format!("{name}.css is missing, in style/components or style/later")));
        }
        if !tests.contains(&format!("ui::{name}")) {
            offences.push(file.at(1, &format!("nothing in tests/browser uses ui::{name}")));
        }
    }
    let sheets = SHEETS.iter().flat_map(|folder| repository.under(folder));
    for sheet in sheets.filter(|sheet| sheet.path != "style/later/layout.css") {
        if !repository.under("src/ui").any(|file| component(file) == sheet.stem()) {
            offences.push(sheet.at(1, "src/ui has no component of this name"));
        }
    }
    offences
}
