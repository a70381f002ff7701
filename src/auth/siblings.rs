//! The console's other tabs: a new one asks them for a session, and all end it together.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

use super::session::Session;
use crate::api::json::{self, Fields, Unfit};
use crate::browser::{clock, page};

const CHANNEL: &str = "roost.auth";
/// What renewals are talked about on (`talk`).
pub(super) const RENEWAL_CHANNEL: &str = "roost.renewal";
/// So long a new tab waits for an answer, in milliseconds.
const WAIT_MS: u32 = 150;

/// What tabs say to each other. Anything else on the channel is not for us.
enum Message {
    /// A new tab asks.
    Ask { from: String, api: String },
    /// A tab answers the one that asked.
    Session { to: String, session: Session },
    /// Somebody signed out.
    SignedOut,
}

impl Message {
    /// Reads what was said. Fields that no message has make it somebody else's.
    fn read(text: &str) -> Result<Option<Self>, Unfit> {
        let value = json::parse(text)?;
        let fields = Fields::of(&value)?;
        Ok(match fields.must("kind")?.as_str() {
            "ask" if fields.are_among(&["kind", "from", "api"]) => Some(Self::Ask {
                from: fields.must("from")?,
                api: fields.must("api")?,
            }),
            "session" if fields.are_among(&["kind", "to", "session"]) => match fields.object("session")? {
                Some(session) => Some(Self::Session {
                    to: fields.must("to")?,
                    session: Session::from_fields(session)?,
                }),
                None => None,
            },
            "signed-out" if fields.are_among(&["kind"]) => Some(Self::SignedOut),
            _ => None,
        })
    }

    fn to_text(&self) -> String {
        let said = match self {
            Self::Ask { from, api } => json::plain([
                ("kind", "ask".into()),
                ("from", from.as_str().into()),
                ("api", api.as_str().into()),
            ]),
            Self::Session { to, session } => json::plain([
                ("kind", "session".into()),
                ("to", to.as_str().into()),
                ("session", session.to_json()),
            ]),
            Self::SignedOut => json::plain([("kind", "signed-out".into())]),
        };
        said.to_text()
    }
}

type Hearer = Closure<dyn FnMut(MessageEvent)>;

/// An ear on the channel; it listens until it is dropped.
pub struct Ear {
    channel: BroadcastChannel,
    _hearer: Hearer,
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.channel.set_onmessage(None);
        self.channel.close();
    }
}

/// Hears every text on a channel.
pub(super) fn hear(name: &str, mut heard: impl FnMut(&BroadcastChannel, String) + 'static) -> Option<Ear> {
    let channel = BroadcastChannel::new(name).ok()?;
    let own = channel.clone();
    let hearer = Closure::new(move |event: MessageEvent| {
        if let Some(text) = event.data().as_string() {
            heard(&own, text);
        }
    });
    channel.set_onmessage(Some(Hearer::as_ref(&hearer).unchecked_ref()));
    Some(Ear {
        channel,
        _hearer: hearer,
    })
}

/// Says a text on a channel.
pub(super) fn say(name: &str, text: &str) {
    if let Ok(channel) = BroadcastChannel::new(name) {
        let _ = channel.post_message(&text.into());
        channel.close();
    }
}

fn listen(mut heard: impl FnMut(&BroadcastChannel, Message) + 'static) -> Option<Ear> {
    hear(CHANNEL, move |channel, text| {
        if let Ok(Some(message)) = Message::read(&text) {
            heard(channel, message);
        }
    })
}

fn post(channel: &BroadcastChannel, message: &Message) {
    let _ = channel.post_message(&message.to_text().into());
}

/// Asks the other tabs for a session with this API whose time is not over; with `later_than` only for one that ends
/// later.
pub async fn ask(api: &str, later_than: Option<i64>) -> Option<Session> {
    let me = super::pkce::unguessable(page::random_bytes()?);
    let answer = Rc::new(RefCell::new(None));
    let ear = {
        let (me, api, answer) = (me.clone(), api.to_owned(), Rc::clone(&answer));
        listen(move |_, message| {
            if let Message::Session { to, session } = message
                && to == me
                && session.is_for(&api)
                && !session.is_over(clock::now_s())
                && (later_than.is_none() || session.expires_at > later_than)
            {
                answer.borrow_mut().get_or_insert(session);
            }
        })?
    };
    post(
        &ear.channel,
        &Message::Ask {
            from: me,
            api: api.to_owned(),
        },
    );
    let begun = clock::ticks_ms();
    while answer.borrow().is_none() && clock::ticks_ms() - begun < f64::from(WAIT_MS) {
        clock::sleep_ms(10).await;
    }
    answer.borrow_mut().take()
}

/// Answers other tabs as long as the ear lives. `session` gives what may be handed out; `signed_out` hears of the end.
pub fn answer(session: impl Fn() -> Option<Session> + 'static, signed_out: impl Fn() + 'static) -> Option<Ear> {
    listen(move |channel, message| match message {
        Message::Ask { from, api } => {
            if let Some(session) = session().filter(|session| session.api == api) {
                post(channel, &Message::Session { to: from, session });
            }
        }
        Message::SignedOut => signed_out(),
        Message::Session { .. } => {}
    })
}

/// Tells the other tabs that the session has ended.
pub fn tell_signed_out() {
    say(CHANNEL, &Message::SignedOut.to_text());
}
