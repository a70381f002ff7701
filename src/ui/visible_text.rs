//! Owns which characters of a name could deceive, and where an address may break: pure functions.
//!
//! Names come from other people and providers. A direction override can turn `gpj.exe` round, a zero-width space can
//! make two names look alike; both are shown instead of obeyed.

/// A stretch of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that is what it looks like.
    Plain(String),
    /// A character that does not show by itself, by its number: `U+202E`.
    Odd(String),
}

/// Whether a character changes what is seen without being seen.
///
/// Zero-width joiner and non-joiner are needed to write Persian, Hindi and many emoji: they are odd only where the
/// character before them is ASCII, where they serve nothing but deception.
pub fn is_odd(c: char, before: Option<char>) -> bool {
    match c {
        '\u{200C}' | '\u{200D}' => before.is_none_or(|before| before.is_ascii()),
        _ => {
            c.is_control()
                || matches!(c,
                    // Soft hyphen, Arabic letter mark, Hangul and Mongolian fillers.
                    '\u{AD}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{180E}' | '\u{3164}' | '\u{FFA0}'
                    // Zero-width space, direction marks; line separators and direction overrides.
                    | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
                    // Word joiner, invisible operators, isolates; deprecated controls.
                    | '\u{2060}'..='\u{206F}'
                    // Byte order mark, interlinear annotation, tags (invisible ASCII).
                    | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}')
        }
    }
}

/// Splits a name into what is plain and what is odd.
///
/// ```
/// use roost::ui::visible_text::{Piece, pieces};
/// assert_eq!(pieces("Ann\u{202E}a"), [
///     Piece::Plain("Ann".into()),
///     Piece::Odd("U+202E".into()),
///     Piece::Plain("a".into()),
/// ]);
/// ```
pub fn pieces(name: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut plain = String::new();
    let mut before = None;
    for c in name.chars() {
        if is_odd(c, before) {
            if !plain.is_empty() {
                pieces.push(Piece::Plain(std::mem::take(&mut plain)));
            }
            pieces.push(Piece::Odd(code_point(c)));
        } else {
            plain.push(c);
        }
        before = Some(c);
    }
    if !plain.is_empty() {
        pieces.push(Piece::Plain(plain));
    }
    pieces
}

/// `U+202E`: at least four digits, as Unicode writes it.
fn code_point(c: char) -> String {
    let value = u32::from(c);
    let digits = if value > 0xFFFF { 5 } else { 4 };
    let mut text = String::from("U+");
    for place in (0..digits).rev() {
        text.extend(char::from_digit((value >> (4 * place)) & 0xF, 16).map(|digit| digit.to_ascii_uppercase()));
    }
    text
}

/// Splits an address or id after each `@`, `|` and `-`: a line may break there and nowhere else.
pub fn breakable(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['@', '|', '-'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn odd(name: &str) -> Vec<String> {
        pieces(name)
            .into_iter()
            .filter_map(|piece| match piece {
                Piece::Odd(code) => Some(code),
                Piece::Plain(_) => None,
            })
            .collect()
    }

    #[test]
    fn ordinary_names_are_left_alone() {
        for name in [
            "Jonas Brandt",
            "Élodie O’Brien-Łukasz",
            "محمد علی",
            "山田 太郎",
            "👩‍👩‍👧",
            "می‌خواهم",
            "",
        ] {
            assert_eq!(odd(name), Vec::<String>::new(), "{name}");
        }
        assert_eq!(pieces("Jonas Brandt"), [Piece::Plain("Jonas Brandt".into())]);
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn direction_overrides_show() {
        assert_eq!(odd("gpj.\u{202E}exe"), ["U+202E"]);
        assert_eq!(odd("\u{2066}x\u{2069}"), ["U+2066", "U+2069"]);
        assert_eq!(odd("a\u{200F}"), ["U+200F"]);
    }

    #[test]
    fn zero_width_characters_show_where_they_only_deceive() {
        assert_eq!(odd("ad\u{200B}min"), ["U+200B"]);
        assert_eq!(odd("ad\u{200D}min"), ["U+200D"]);
        assert_eq!(odd("\u{200D}admin"), ["U+200D"]);
        assert_eq!(odd("\u{FEFF}admin\u{AD}"), ["U+FEFF", "U+00AD"]);
        assert_eq!(odd("a\u{E0041}"), ["U+E0041"]);
    }

    #[test]
    fn control_characters_show() {
        assert_eq!(
            odd("a\tb\nc\0\u{7F}\u{85}"),
            ["U+0009", "U+000A", "U+0000", "U+007F", "U+0085"]
        );
    }

    #[test]
    fn nothing_of_a_name_is_lost() {
        let name = "a\u{200B}b\u{202E}";
        let shown: String = pieces(name)
            .into_iter()
            .map(|piece| match piece {
                Piece::Plain(text) | Piece::Odd(text) => text,
            })
            .collect();
        assert_eq!(shown, "aU+200BbU+202E");
    }

    #[test]
    fn addresses_break_after_at_bar_and_hyphen_only() {
        let parts: Vec<_> = breakable("google-oauth2|108@example.com").collect();
        assert_eq!(parts, ["google-", "oauth2|", "108@", "example.com"]);
        assert_eq!(breakable("").count(), 0);
        assert_eq!(breakable("plain").collect::<Vec<_>>(), ["plain"]);
    }
}
