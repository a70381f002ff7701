//! Filling a message: named places, and the plural form that fits a number.

use super::catalog::PluralForm;

/// Replaces `{name}` by the argument of that name. An unknown name stays as it is: visible, and a test fails on it.
pub(super) fn fill(text: &str, arguments: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, tail)) = after.split_once('}') else {
            out.push('{');
            out.push_str(after);
            return out;
        };
        if let Some((_, value)) = arguments.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = tail;
    }
    out.push_str(rest);
    out
}

/// The names of all places in `text`, in order.
pub(super) fn places(text: &str) -> Vec<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

/// Picks the form of a message such as `[one]{n} user[other]{n} users`; `other` stands in for a form that is not there,
/// and a text without forms is its own only form.
pub(super) fn plural_form(text: &str, form: PluralForm) -> &str {
    if !text.starts_with('[') {
        return text;
    }
    find_form(text, form.name())
        .or_else(|| find_form(text, PluralForm::Other.name()))
        .unwrap_or(text)
}

fn find_form<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    forms(text)
        .into_iter()
        .find(|(known, _)| *known == name)
        .map(|(_, form)| form)
}

/// All forms of a message with their names; none for a text without forms.
pub(super) fn forms(text: &str) -> Vec<(&str, &str)> {
    text.split('[')
        .skip(1)
        .filter_map(|part| part.split_once(']'))
        .collect()
}

/// Groups digits by three, as English writes them: 4,096.
pub(super) fn english_number(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_places_and_leaves_unknown_ones_visible() {
        assert_eq!(fill("{a} of {b}", &[("a", "1"), ("b", "2")]), "1 of 2");
        assert_eq!(
            fill("{a} {nope}", &[("a", "{b}")]),
            "{b} {nope}",
            "arguments are never filled again"
        );
        assert_eq!(fill("open { brace", &[]), "open { brace");
    }

    #[test]
    fn picks_the_plural_form_and_falls_back_to_other() {
        let text = "[one]{n} user[other]{n} users";
        assert_eq!(plural_form(text, PluralForm::One), "{n} user");
        assert_eq!(plural_form(text, PluralForm::Few), "{n} users");
        assert_eq!(plural_form("always", PluralForm::One), "always");
    }

    #[test]
    fn groups_digits() {
        for (value, text) in [
            (0, "0"),
            (999, "999"),
            (4096, "4,096"),
            (100_000, "100,000"),
            (1_234_567, "1,234,567"),
        ] {
            assert_eq!(english_number(value), text);
        }
    }
}
