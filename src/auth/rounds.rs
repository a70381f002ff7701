//! Sign-ins that no answer of the API has confirmed. After a few of them something is wrong that no further one can
//! mend: a wrong audience, say, with which provider and API would send the browser round for ever.

use serde::{Deserialize, Serialize};

use super::claims::Claims;

/// The key in the tab's storage.
pub const STORAGE_KEY: &str = "roost.rounds";
/// So many sign-ins in a row are tried.
const MOST: u32 = 2;

/// What is remembered from one sign-in to the next.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rounds {
    count: u32,
    /// What the last token said of itself, where it says anything: all that helps to find out what is wrong.
    pub claims: Option<Claims>,
}

impl Rounds {
    /// Reads what was stored; garbage counts as nothing.
    pub fn read(stored: Option<&str>) -> Self {
        stored
            .and_then(|text| serde_json::from_slice(text.as_bytes()).ok())
            .unwrap_or_default()
    }

    /// The text to store after one more sign-in, whose token says `claims`.
    pub fn and_another(&self, claims: Option<Claims>) -> String {
        let count = self.count.saturating_add(1);
        serde_json::to_string(&Self { count, claims }).unwrap_or_default()
    }

    /// Whether another sign-in would go round in a circle.
    pub fn is_loop(&self) -> bool {
        self.count >= MOST
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sign_ins_without_a_good_answer_are_enough() {
        let none = Rounds::read(None);
        assert!(!none.is_loop());
        let once = Rounds::read(Some(&none.and_another(None)));
        assert!(!once.is_loop());
        let claims = Claims {
            issuer: "https://id.example.com".into(),
            subject: "u".into(),
            audiences: vec!["other".into()],
            expires_at: 7,
            issued_at: Some(1),
            nonce: None,
            authorized_party: None,
            auth_time: None,
            is_signed: true,
        };
        let twice = Rounds::read(Some(&once.and_another(Some(claims.clone()))));
        assert!(twice.is_loop());
        assert_eq!(twice.claims, Some(claims));
    }

    #[test]
    fn garbage_counts_as_nothing() {
        for text in ["", "2", "{}", r#"{"count":-1,"claims":null}"#] {
            assert_eq!(Rounds::read(Some(text)), Rounds::default(), "{text}");
        }
    }
}
