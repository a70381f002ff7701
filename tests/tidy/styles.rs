//! Rules for style sheets: logical properties, colours only as tokens.

use crate::files::Repository;

/// Properties that name a side of the screen instead of a side of the text.
const PHYSICAL: [&str; 22] = [
    "margin-left",
    "margin-right",
    "margin-top",
    "margin-bottom",
    "padding-left",
    "padding-right",
    "padding-top",
    "padding-bottom",
    "border-left",
    "border-right",
    "border-top",
    "border-bottom",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "left",
    "right",
    "top",
    "bottom",
    "scroll-padding-top",
    "scroll-padding-bottom",
];

/// How a colour value begins; `#` is looked at apart.
const COLOURS: [&str; 9] = [
    "rgb(",
    "rgba(",
    "hsl(",
    "hsla(",
    "hwb(",
    "lab(",
    "lch(",
    "color(",
    "light-dark(",
];

/// Lines with comments blanked out, so that numbers stay right.
fn code(text: &str) -> Vec<String> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines() {
        let mut kept = String::new();
        let mut rest = line;
        loop {
            let mark = if inside { "*/" } else { "/*" };
            let Some((before, after)) = rest.split_once(mark) else {
                if !inside {
                    kept.push_str(rest);
                }
                break;
            };
            if !inside {
                kept.push_str(before);
            }
            inside = !inside;
            rest = after;
        }
        lines.push(kept);
    }
    lines
}

/// The declarations of a line: `name` and `value`.
fn declarations(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split(['{', '}', ';'])
        .filter_map(|part| part.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
}

/// Physical properties and values.
pub fn physical(repository: &Repository) -> Vec<String> {
    let mut offences = Vec::new();
    for file in repository.under("style").filter(|file| file.is(&["css"])) {
        for (index, line) in code(&file.text).iter().enumerate() {
            for (name, value) in declarations(line) {
                let aligned = ["text-align", "float", "clear"].contains(&name) && ["left", "right"].contains(&value);
                let side = PHYSICAL.iter().any(|physical| {
                    name == *physical || name.strip_prefix(physical).is_some_and(|rest| rest.starts_with('-'))
                });
                // A place measured in the window is one of the screen, whichever way the text runs.
                let measured = value.starts_with("var(--float-");
                if (side && !measured) || aligned {
                    offences.push(file.at(index + 1, line));
                }
            }
        }
    }
    offences
}

/// Colour values outside of the tokens.
pub fn colours(repository: &Repository) -> Vec<String> {
    let mut offences = Vec::new();
    let sheets = repository
        .under("style")
        .filter(|file| file.is(&["css"]) && file.path != "style/tokens.css");
    for file in sheets {
        for (index, line) in code(&file.text).iter().enumerate() {
            for (_, value) in declarations(line) {
                let hex = value
                    .split('#')
                    .skip(1)
                    .any(|rest| rest.starts_with(|c: char| c.is_ascii_hexdigit()));
                if hex || COLOURS.iter().any(|colour| value.contains(colour)) {
                    offences.push(file.at(index + 1, line));
                }
            }
        }
    }
    offences
}

#[test]
fn comments_are_not_code() {
    assert_eq!(
        code("a { /* margin-left: 0 */ color: x }\n/* b\nc */ d"),
        ["a {  color: x }", "", " d"]
    );
}
