//! What the server says once: a password, an access token, an invite link. Pure: what it is, and how it is written down.

use zeroize::Zeroizing;

/// What kind of secret it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretKind {
    /// The password of a user who was made at the embedded provider.
    Password,
    /// A personal access token.
    Token,
    /// The link by which somebody accepts an invitation.
    InviteLink,
}

/// A secret and what it is for. Its text is overwritten when it is dropped. It has no `Debug` and no `Clone`: there is
/// one, and nothing writes it anywhere by accident.
pub struct Secret {
    /// What kind.
    pub kind: SecretKind,
    /// Whose: a name, an e-mail address, the name of a token.
    pub subject: String,
    /// Until when it can be used, in words; `None` where it does not end.
    pub ends: Option<String>,
    text: Zeroizing<String>,
}

/// So many points stand for a secret of any length.
const POINTS: &str = "••••••••••••";

impl Secret {
    /// Takes a secret.
    pub fn new(kind: SecretKind, subject: impl Into<String>, text: Zeroizing<String>) -> Self {
        Self {
            kind,
            subject: subject.into(),
            ends: None,
            text,
        }
    }

    /// The same, with its end in words.
    pub fn until(mut self, ends: Option<String>) -> Self {
        self.ends = ends;
        self
    }

    /// The secret itself.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What is shown in its place.
    pub fn masked() -> &'static str {
        POINTS
    }

    /// The name of the file it is downloaded as: letters, digits and hyphens, whatever the subject holds.
    pub fn file_name(&self) -> String {
        let kind = match self.kind {
            SecretKind::Password => "password",
            SecretKind::Token => "token",
            SecretKind::InviteLink => "invite",
        };
        let mut name = String::from(kind);
        let mut gap = true;
        for letter in self.subject.chars() {
            if letter.is_ascii_alphanumeric() {
                if gap {
                    name.push('-');
                }
                name.push(letter.to_ascii_lowercase());
            }
            gap = !letter.is_ascii_alphanumeric();
            if name.len() > 60 {
                break;
            }
        }
        name.push_str(".txt");
        name
    }

    /// What the file holds: whose it is, the secret on a line of its own, and its end. The subject is somebody else's
    /// word and stays on one line.
    pub fn file_text(&self) -> Zeroizing<String> {
        let subject: String = self
            .subject
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect();
        let parts = [
            subject.as_str(),
            "\n",
            self.text(),
            "\n",
            self.ends.as_deref().unwrap_or_default(),
        ];
        // With room for all of it from the start: a string that grows leaves copies behind.
        let mut text = Zeroizing::new(String::with_capacity(
            parts.iter().map(|part| part.len()).sum::<usize>() + 1,
        ));
        for part in parts {
            text.push_str(part);
        }
        if self.ends.is_some() {
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn secret(subject: &str) -> Secret {
        Secret::new(SecretKind::Token, subject, Zeroizing::new("nbp_x".to_owned()))
    }

    #[test]
    fn a_file_name_holds_nothing_that_a_file_system_minds() {
        assert_eq!(secret("Backup runner").file_name(), "token-backup-runner.txt");
        assert_eq!(secret("../../etc/pass\u{202e}wd").file_name(), "token-etc-pass-wd.txt");
        assert_eq!(secret("Ünal 王").file_name(), "token-nal.txt");
        assert_eq!(secret("").file_name(), "token.txt");
        assert!(secret(&"a".repeat(500)).file_name().len() < 70);
    }

    #[test]
    fn the_file_has_the_secret_on_a_line_of_its_own() {
        let plain = secret("a\nb\r=cmd");
        assert_eq!(*plain.file_text(), "a b =cmd\nnbp_x\n");
        let ending = secret("a").until(Some("Ends on 1 May 2027".to_owned()));
        assert_eq!(*ending.file_text(), "a\nnbp_x\nEnds on 1 May 2027\n");
    }

    #[test]
    fn what_is_shown_tells_nothing_about_it() {
        assert!(!Secret::masked().contains("nbp"));
    }
}
