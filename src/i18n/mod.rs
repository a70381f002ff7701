//! Every text on screen, as typed messages: one function per message, its arguments checked by the compiler.
//!
//! English is compiled in (`en.rs`). Another locale is a fetched JSON file with the same keys, laid over it by
//! [`Messages::from_json`]; a file with a missing, unknown or mismatched message is refused as a whole, so that a
//! half-translated screen cannot happen.

mod catalog;
mod en;
mod text;
mod words;

use std::sync::OnceLock;

pub use catalog::{CatalogError, Messages, PluralForm};
pub use words::{
    ago_words, describe_error, error_title, list_words, operation_name, refusal, role_name, role_phrase, status_name,
};

static ACTIVE: OnceLock<Messages> = OnceLock::new();

/// The messages of the language in use: English until another one was [`install`]ed.
pub fn t() -> &'static Messages {
    ACTIVE.get_or_init(Messages::english)
}

/// Makes `messages` the language in use. Works once, before anything was drawn: a change of language reloads the page.
///
/// # Errors
/// Gives the messages back when some are in use already.
pub fn install(messages: Messages) -> Result<(), Messages> {
    ACTIVE.set(messages)
}
