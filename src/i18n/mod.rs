//! Every text on screen, as typed messages: one function per message, its arguments checked by the compiler.
//!
//! English is compiled in (`en.rs`, `en_later.rs`, `en_keys.rs`, `en_public.rs`, `en_session.rs`, `en_settings.rs`).
//! Another locale will be JSON with the same keys, a file for each of them, laid over it by [`Catalog::from_json`]; nothing
//! fetches one yet. A file with a missing, unknown or mismatched message is refused as a whole, so that a half-translated
//! screen cannot happen.

#[macro_use]
mod messages;
mod catalog;
mod en;
mod en_keys;
mod en_later;
mod en_public;
mod en_session;
mod en_settings;
mod text;
mod words;
mod words_refusal;
pub mod words_settings;

use std::sync::OnceLock;

pub use catalog::{Catalog, CatalogError, PluralForm};
pub use en::Messages;
pub use en_keys::KeyMessages;
pub use en_later::LaterMessages;
pub use en_public::PublicMessages;
pub use en_session::SessionMessages;
pub use en_settings::SettingsMessages;
pub use words::{
    ago_words, date_words, describe_error, describe_error_fully, error_title, invite_refusal, list_words,
    operation_name, role_name, role_phrase, status_name, time_words,
};
pub use words_refusal::refusal;

static ACTIVE: OnceLock<Messages> = OnceLock::new();
static LATER: OnceLock<LaterMessages> = OnceLock::new();
static KEYS: OnceLock<KeyMessages> = OnceLock::new();
static SETTINGS: OnceLock<SettingsMessages> = OnceLock::new();
static SESSION: OnceLock<SessionMessages> = OnceLock::new();
static PUBLIC: OnceLock<PublicMessages> = OnceLock::new();

/// The messages of a first visit to the list, in the language in use: English until another one was [`install`]ed.
pub fn t() -> &'static Messages {
    ACTIVE.get_or_init(Messages::english)
}

/// The messages of the parts of the program that are downloaded when they are needed. They travel with those parts, as
/// long as nothing else uses one.
pub fn t_later() -> &'static LaterMessages {
    LATER.get_or_init(LaterMessages::english)
}

/// The messages of invitations, service users, tokens and secrets; they travel as those of [`t_later`] do.
pub fn t_keys() -> &'static KeyMessages {
    KEYS.get_or_init(KeyMessages::english)
}

/// The messages of the account's settings; they travel with those.
pub fn t_settings() -> &'static SettingsMessages {
    SETTINGS.get_or_init(SettingsMessages::english)
}

/// The messages of a session's end and renewal; they travel as those of [`t_later`] do.
pub fn t_session() -> &'static SessionMessages {
    SESSION.get_or_init(SessionMessages::english)
}

/// The messages of the pages for guests, who are not signed in or do not come in; they travel as those of [`t_later`] do.
pub fn t_guests() -> &'static PublicMessages {
    PUBLIC.get_or_init(PublicMessages::english)
}

/// All messages of a language.
pub struct Language {
    /// Those of a first visit.
    pub first: Messages,
    /// Those of the parts that come later.
    pub later: LaterMessages,
    /// Those of keys and invitations.
    pub keys: KeyMessages,
    /// Those of the settings.
    pub settings: SettingsMessages,
    /// Those of sessions.
    pub session: SessionMessages,
    /// Those of the pages for guests.
    pub public: PublicMessages,
}

/// Makes `language` the one in use. Works once, before anything was drawn: a change of language reloads the page.
///
/// # Errors
/// Gives the language back when one is in use already.
pub fn install(language: Language) -> Result<(), Box<Language>> {
    let in_use = [
        ACTIVE.get().is_some(),
        LATER.get().is_some(),
        KEYS.get().is_some(),
        PUBLIC.get().is_some(),
        SESSION.get().is_some(),
        SETTINGS.get().is_some(),
    ];
    if in_use.contains(&true) {
        return Err(Box::new(language));
    }
    // One thread: nobody comes between.
    let _ = (
        ACTIVE.set(language.first),
        LATER.set(language.later),
        KEYS.set(language.keys),
        SETTINGS.set(language.settings),
        SESSION.set(language.session),
        PUBLIC.set(language.public),
    );
    Ok(())
}
