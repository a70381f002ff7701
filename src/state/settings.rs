//! Saving settings: read again, send everything with the edits laid over it, read once more, and find out what became of
//! a lost answer or of half a save.
//!
//! The server replaces the whole and tells nobody about conflicts. The window between the read and the write stays open:
//! it is narrowed, not closed, and the last read says what is there.

use std::cell::RefCell;
use std::sync::Arc;

use crate::api::error::ApiError;
use crate::api::settings::{self, Received};
use crate::domain::settings::{Draft, Field, Outcome, Value, differences, normalised, outcome};
use crate::domain::user::UserId;
use crate::state::drafts::{note_settings, times_let_go};
use crate::transport::Client;

/// How a save ended.
#[derive(Clone, Debug)]
pub enum Saved {
    /// Written.
    Done {
        /// the account as the server has it now
        now: Received,
        /// fields that are stored otherwise than they were sent
        otherwise: Vec<Field>,
        /// the answer was lost, and a later read showed that it was done
        confirmed: bool,
    },
    /// Written, but the account could not be read again.
    Unread,
    /// Somebody changed the account since it was shown. Nothing was written: it has to be looked at again.
    Moved(Received),
    /// Reading failed, or the server refused.
    Failed {
        /// why
        error: ApiError,
        /// the account as the server has it now, where the refusal left something behind
        now: Option<Received>,
        /// what was stored all the same (`contract` 5.3: the introduction, when a later check fails)
        partly: Vec<Field>,
    },
    /// The answer was lost, and what became of the save is known only as far as this says; `None` = not at all.
    Lost(Option<(Outcome, Received)>),
}

/// Saves edits that were made and reviewed on `base`.
pub async fn save(client: &Client, base: &Received, edits: &[(Field, Value)]) -> Saved {
    let before = match client.send(settings::current()).await {
        Ok(before) => before,
        Err(error) => return failed(error),
    };
    if has_moved(base, &before) {
        return Saved::Moved(before);
    }
    let written = client.send(settings::update(&before, edits)).await;
    let now = client.send(settings::current()).await;
    match (written, now) {
        (Ok(()), Ok(now)) => done(now, edits, false),
        (Ok(()), Err(_)) => Saved::Unread,
        (Err(error), Ok(now)) => match (outcome(edits, &before.account, &now.account), error.is_ambiguous()) {
            (Outcome::Done, true) => done(now, edits, true),
            // A part of the settings is stored before the server looks at the rest and refuses.
            (Outcome::Done, false) => Saved::Failed {
                error,
                now: Some(now),
                partly: edits.iter().map(|(field, _)| *field).collect(),
            },
            (Outcome::Partly(partly), _) => Saved::Failed {
                error,
                now: Some(now),
                partly,
            },
            (outcome, true) => Saved::Lost(Some((outcome, now))),
            (_, false) => failed(error),
        },
        (Err(error), Err(_)) if error.is_ambiguous() => Saved::Lost(None),
        (Err(error), Err(_)) => failed(error),
    }
}

fn done(now: Received, edits: &[(Field, Value)], confirmed: bool) -> Saved {
    Saved::Done {
        otherwise: normalised(edits, &now.account),
        now,
        confirmed,
    }
}

fn failed(error: ApiError) -> Saved {
    Saved::Failed {
        error,
        now: None,
        partly: Vec::new(),
    }
}

/// Whether the account is not what was shown.
pub fn has_moved(base: &Received, now: &Received) -> bool {
    !differences(&base.account, &now.account).is_empty() || base.account.unknown != now.account.unknown
}

/// Edits that were left before they were saved, and what they were made on.
#[derive(Clone)]
pub struct Left {
    /// whose they are
    pub caller: UserId,
    /// the account as it was shown
    pub base: Arc<Received>,
    /// the edits
    pub draft: Draft,
    /// [`times_let_go`] as they were begun
    pub begun: u32,
}

thread_local! {
    // Not in the console's state: only this part of the program knows what it is.
    static LEFT: RefCell<Option<Left>> = const { RefCell::new(None) };
}

/// Keeps edits until the reader comes back; `false` when they were given up meanwhile.
pub fn keep(left: Left) -> bool {
    let is_kept = left.begun == times_let_go();
    if is_kept {
        note_settings(Some(left.caller.clone()));
        LEFT.set(Some(left));
    }
    is_kept
}

/// Forgets what was left: it is saved by now.
pub fn forget() {
    note_settings(None);
    LEFT.set(None);
}

/// Takes back the edits that this user left in this account; those of anybody else are forgotten.
pub fn take(caller: &UserId, account: &str) -> Option<Left> {
    note_settings(None);
    LEFT.take()
        .filter(|left| left.caller == *caller && left.base.account.id == account && left.begun == times_let_go())
}
