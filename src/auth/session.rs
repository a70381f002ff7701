//! A session: for whom it is good, for which API, until when. What boot.mjs and this file write and read is one shape.

use crate::api::json::{self, Fields, Plain, Unfit};
use crate::auth::claims::{self, Claims, SKEW_S};

/// The key of the session in the tab's storage; boot.mjs reads it too.
pub const STORAGE_KEY: &str = "roost.session";

/// Who is signed in to which API, and with what. The credential is never shown: it goes into one header.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// Origin of the API the session was made for; empty = the page's own.
    pub api: String,
    /// The whole `Authorization` header.
    pub authorization: String,
    /// Seconds since 1970; `None` = not known.
    pub expires_at: Option<i64>,
    /// For signing out at the provider.
    pub id_token: Option<String>,
    /// Whether it may be kept over a reload, as far as the configuration allows: an access token only if asked for.
    pub kept: bool,
    /// When it began, in seconds since 1970: a sign-out in whatever tab ends what began before.
    pub begun_at: i64,
    /// When its renewal is due, in seconds since 1970; `None` = it has no end that is known.
    pub renew_at: Option<i64>,
    /// For the next one, where the configuration renews by refresh tokens.
    pub refresh_token: Option<String>,
    /// The provider has said that it renews nothing without asking: only the reader can.
    pub by_hand: bool,
    /// So many seconds this computer's clock was ahead of the provider's (negative: behind); `None` where they agree.
    pub clock_ahead_s: Option<i64>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session")
            .field("api", &self.api)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl Session {
    /// A session by an access token, whose end nobody tells.
    pub fn with_access_token(api: &str, token: &str, kept: bool) -> Self {
        Self {
            api: api.to_owned(),
            authorization: ["Token ", token].concat(),
            kept,
            ..Self::default()
        }
    }

    /// A session by a provider's token.
    pub fn with_bearer(api: &str, token: &str, expires_at: Option<i64>, id_token: &str) -> Self {
        Self {
            api: api.to_owned(),
            authorization: ["Bearer ", token].concat(),
            expires_at,
            id_token: Some(id_token.to_owned()),
            kept: true,
            ..Self::default()
        }
    }

    /// Reads what was stored. What is no session, or one for another API, is none.
    pub fn read(text: &str, api: &str) -> Option<Self> {
        let read = || Self::from_fields(Fields::of(&json::parse(text)?)?);
        read().ok().filter(|session| session.is_for(api))
    }

    /// The session that an object holds.
    ///
    /// # Errors
    /// It holds none.
    pub fn from_fields(fields: Fields<'_>) -> Result<Self, Unfit> {
        Ok(Self {
            api: fields.must("api")?,
            authorization: fields.must("authorization")?,
            expires_at: fields.whole("expires_at")?,
            id_token: fields.text("id_token")?,
            kept: fields.flag("kept")?,
            begun_at: fields.whole("begun_at")?.unwrap_or_default(),
            renew_at: fields.whole("renew_at")?,
            refresh_token: fields.text("refresh_token")?,
            by_hand: fields.flag("by_hand")?,
            clock_ahead_s: fields.whole("clock_ahead_s")?,
        })
    }

    /// The object that holds it.
    pub fn to_json(&self) -> Plain<'_> {
        json::plain([
            ("api", self.api.as_str().into()),
            ("authorization", self.authorization.as_str().into()),
            ("expires_at", self.expires_at.into()),
            ("id_token", self.id_token.as_deref().into()),
            ("kept", self.kept.into()),
            ("begun_at", self.begun_at.into()),
            ("renew_at", self.renew_at.into()),
            ("refresh_token", self.refresh_token.as_deref().into()),
            ("by_hand", self.by_hand.into()),
            ("clock_ahead_s", self.clock_ahead_s.into()),
        ])
    }

    /// Whether it can be used with this API. Texts that no header can hold would end the program when it is sent.
    pub fn is_for(&self, api: &str) -> bool {
        self.api == api && !self.authorization.is_empty() && is_header_text(&self.authorization)
    }

    /// The text to store.
    pub fn to_text(&self) -> String {
        self.to_json().to_text()
    }

    /// Whether its time is over. The server is the judge; this spares a request that must fail.
    pub fn is_over(&self, now: i64) -> bool {
        self.expires_at.is_some_and(|end| end.saturating_add(SKEW_S) <= now)
    }

    /// The provider's token that the API gets, unless that is the ID token.
    pub fn access_token(&self) -> Option<&str> {
        let token = self.authorization.strip_prefix("Bearer ")?;
        (self.id_token.as_deref() != Some(token)).then_some(token)
    }

    /// Whether a provider signed in, who can sign out as well.
    pub fn is_from_provider(&self) -> bool {
        self.id_token.is_some()
    }

    /// What its ID token says, as far as it can be read.
    pub fn claims(&self) -> Option<Claims> {
        Claims::read(self.id_token.as_deref()?).ok()
    }

    /// How its ID token names whose it is.
    pub fn person(&self) -> Option<String> {
        claims::named(self.id_token.as_deref()?)
    }

    /// Whether two sessions are of one person at one API, as far as their ID tokens say who it is.
    pub fn is_of_same_person(&self, other: &Self) -> bool {
        let person = |session: &Self| session.claims().map(|claims| (claims.issuer, claims.subject));
        self.api == other.api && person(self).is_some() && person(self) == person(other)
    }
}

/// Whether a header can hold the text: printable ASCII, which is all that tokens are made of.
pub fn is_header_text(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    #[test]
    fn what_is_stored_is_what_the_start_script_reads() {
        let session = Session {
            begun_at: 1,
            renew_at: Some(5),
            refresh_token: Some("r".into()),
            by_hand: true,
            clock_ahead_s: Some(-90),
            ..Session::with_bearer("https://api.example.com", "t", Some(7), "i")
        };
        let value: serde_json::Value = serde_json::from_str(&session.to_text()).unwrap();
        assert_eq!(value["api"], "https://api.example.com");
        assert_eq!(value["authorization"], "Bearer t");
        assert_eq!(value["expires_at"], 7);
        assert_eq!(
            Session::read(&session.to_text(), "https://api.example.com"),
            Some(session)
        );
    }

    #[test]
    fn a_session_for_another_api_is_none() {
        let text = Session::with_access_token("https://a.example.com", "t", true).to_text();
        assert_eq!(Session::read(&text, ""), None);
    }

    #[test]
    fn what_no_header_can_hold_is_no_session() {
        for authorization in ["", "Bearer \u{fc}", "Bearer a\nX-Other: b", "Bearer \u{1f642}"] {
            let session = Session {
                authorization: authorization.into(),
                ..Session::with_access_token("", "t", true)
            };
            assert_eq!(Session::read(&session.to_text(), ""), None, "{authorization:?}");
        }
        for text in ["", "garbage", "null", "[]", r#"{"api":""}"#] {
            assert_eq!(Session::read(text, ""), None, "{text}");
        }
    }

    #[test]
    fn it_ends_a_minute_after_its_time() {
        let session = Session::with_bearer("", "t", Some(100), "i");
        assert!(!session.is_over(159));
        assert!(session.is_over(160));
        assert!(!Session::with_access_token("", "t", true).is_over(i64::MAX));
    }

    #[test]
    fn a_person_is_an_issuer_and_a_subject_at_one_api() {
        let of = |api: &str, issuer: &str, subject: &str| {
            let payload = format!(r#"{{"iss":"{issuer}","sub":"{subject}","aud":"a","exp":1}}"#);
            Session::with_bearer(api, "t", None, &token(&payload))
        };
        let ada = of("", "i", "ada");
        assert!(ada.is_of_same_person(&of("", "i", "ada")));
        for other in [
            of("", "i", "uli"),
            of("", "other", "ada"),
            of("https://a.example.com", "i", "ada"),
        ] {
            assert!(!ada.is_of_same_person(&other), "{other:?}");
        }
        let unreadable = Session::with_bearer("", "t", None, "no token");
        assert!(!unreadable.is_of_same_person(&unreadable), "nobody knows who");
    }

    fn token(payload: &str) -> String {
        [r#"{"alg":"RS256"}"#, payload, "s"]
            .map(|part| URL_SAFE_NO_PAD.encode(part))
            .join(".")
    }

    #[test]
    fn the_credential_is_not_in_its_debug_text() {
        assert!(!format!("{:?}", Session::with_bearer("", "hush", Some(1), "hush")).contains("hush"));
    }
}
