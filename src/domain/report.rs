//! What diagnostics find, as terms and values, and as one text to hand on.

/// A group of findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// What they are about.
    pub title: String,
    /// Terms and what was found, in order.
    pub lines: Vec<(String, String)>,
}

impl Section {
    /// An empty one.
    pub fn new(title: &str) -> Self {
        Self {
            title: title.to_owned(),
            lines: Vec::new(),
        }
    }

    /// The same with one more line.
    #[must_use]
    pub fn with(mut self, term: &str, value: impl Into<String>) -> Self {
        self.lines.push((term.to_owned(), value.into()));
        self
    }
}

/// All of it as plain text. A value is somebody else's word: it stays on its line.
pub fn as_text(sections: &[Section]) -> String {
    let mut text = String::new();
    for section in sections {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&section.title);
        text.push('\n');
        for (term, value) in &section.lines {
            let value: String = value
                .chars()
                .map(|letter| if letter.is_control() { ' ' } else { letter })
                .collect();
            text.push_str(&["  ", term, ": ", &value, "\n"].concat());
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_apart_and_a_value_stays_on_its_line() {
        let api = Section::new("API").with("Answers", "yes\n  Token: forged");
        let session = Section::new("Session").with("iss", "https://id.example.com");
        assert_eq!(
            as_text(&[api, session]),
            "API\n  Answers: yes   Token: forged\n\nSession\n  iss: https://id.example.com\n"
        );
        assert_eq!(as_text(&[]), "");
    }
}
