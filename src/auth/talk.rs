//! What the console's tabs say to each other about renewals; only the parts of the program that renew listen.

use super::session::Session;
use super::siblings::{self, Ear, RENEWAL_CHANNEL};
use crate::api::json::{self, Fields, Unfit};

/// What is said. Anything else on the channel is not for us.
pub enum Said {
    /// A tab leaves for the provider: the others wait for what it brings.
    Renewing,
    /// There is a new session.
    Renewed(Box<Session>),
    /// The provider's answer to a question that one of the tabs asked in a window of its own: the callback's query.
    Answer(String),
}

impl Said {
    /// Reads what was said. Fields that no message has make it somebody else's.
    fn read(text: &str) -> Result<Option<Self>, Unfit> {
        let value = json::parse(text)?;
        let fields = Fields::of(&value)?;
        Ok(match fields.must("kind")?.as_str() {
            "renewing" if fields.are_among(&["kind"]) => Some(Self::Renewing),
            "renewed" if fields.are_among(&["kind", "session"]) => match fields.object("session")? {
                Some(session) => Some(Self::Renewed(Box::new(Session::from_fields(session)?))),
                None => None,
            },
            "answer" if fields.are_among(&["kind", "query"]) => Some(Self::Answer(fields.must("query")?)),
            _ => None,
        })
    }

    fn to_text(&self) -> String {
        let said = match self {
            Self::Renewing => json::plain([("kind", "renewing".into())]),
            Self::Renewed(session) => json::plain([("kind", "renewed".into()), ("session", session.to_json())]),
            Self::Answer(query) => json::plain([("kind", "answer".into()), ("query", query.as_str().into())]),
        };
        said.to_text()
    }
}

/// Listens as long as the ear lives.
pub fn listen(mut heard: impl FnMut(Said) + 'static) -> Option<Ear> {
    siblings::hear(RENEWAL_CHANNEL, move |_, text| {
        if let Ok(Some(said)) = Said::read(&text) {
            heard(said);
        }
    })
}

/// Tells the other tabs.
pub fn tell(said: &Said) {
    siblings::say(RENEWAL_CHANNEL, &said.to_text());
}
