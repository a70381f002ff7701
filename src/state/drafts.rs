//! Forms that were left before they were saved: kept until the reader comes back to them, and while they are edited in the
//! tab's storage, too, so that a way to the provider and back does not lose them.

use std::cell::{Cell, RefCell};

use leptos::prelude::*;
use serde_json::Value;

use crate::api::kept_forms::{self, KeptForm};
use crate::auth::flow::DRAFTS_KEY;
use crate::browser::storage;
use crate::domain::invite::InviteId;
use crate::domain::user::{User, UserId};
use crate::domain::user_edit::UserDraft;

/// A form as it was left: the user it was opened on, and what it held.
#[derive(Clone)]
pub struct LeftForm {
    /// the user as the form was opened on
    pub base: User,
    /// what it held
    pub draft: UserDraft,
}

thread_local! {
    /// Whose edits of the settings are left: those themselves are kept by their part of the program.
    static SETTINGS: RefCell<Option<UserId>> = const { RefCell::new(None) };
    /// How often the reader has given up what is not saved.
    static LET_GO: Cell<u32> = const { Cell::new(0) };
}

/// A handle on the forms that were left.
#[derive(Clone, Copy)]
pub struct Drafts {
    /// One for each user; there are never many.
    forms: StoredValue<Vec<LeftForm>>,
}

impl Drafts {
    /// None.
    pub fn new() -> Self {
        Self {
            forms: StoredValue::new(Vec::new()),
        }
    }

    /// Keeps a form.
    pub fn keep(self, form: LeftForm) {
        self.take(&form.base.id);
        self.forms.try_update_value(|forms| forms.push(form));
    }

    /// Whether anything that this user edited is left.
    pub fn are_left(self, by: Option<&UserId>) -> bool {
        let is_form_left = self.forms.try_with_value(|forms| !forms.is_empty());
        is_form_left == Some(true) || SETTINGS.with_borrow(|left| left.is_some() && left.as_ref() == by)
    }

    /// Takes a form back.
    pub fn take(self, id: &UserId) -> Option<LeftForm> {
        self.forms.try_update_value(|forms| {
            let at = forms.iter().position(|form| form.base.id == *id)?;
            Some(forms.swap_remove(at))
        })?
    }
}

/// Notes whose edits of the settings are left; `None` = none are.
pub fn note_settings(by: Option<UserId>) {
    SETTINGS.set(by);
}

/// Gives up everything that is edited and not saved: the reader was asked.
pub fn let_go() {
    note_settings(None);
    LET_GO.set(times_let_go() + 1);
}

/// How often that has happened: edits from before it are kept by nothing.
pub fn times_let_go() -> u32 {
    LET_GO.get()
}

/// Keeps in the tab what a form of `by` holds; `None` = nothing that would be lost.
pub fn keep_in_tab(by: &UserId, form: &KeptForm, held: Option<Value>) {
    let (tab, stored) = (storage::tab(), stored());
    if stored.is_some() || held.is_some() {
        let text = kept_forms::with(stored.as_deref(), by, &form.name(), held);
        storage::set(tab.as_ref(), DRAFTS_KEY, &text);
    }
}

/// What a form held that `by` has left in the tab.
pub fn from_tab(by: &UserId, form: &KeptForm) -> Option<Value> {
    kept_forms::read(&stored()?, by, &form.name())
}

/// For whom `by` was making a token.
pub fn token_owners(by: &UserId) -> Vec<UserId> {
    stored().map_or_else(Vec::new, |text| kept_forms::token_owners(&text, by))
}

/// For which invitations `by` was making another link.
pub fn link_invites(by: &UserId) -> Vec<InviteId> {
    stored().map_or_else(Vec::new, |text| kept_forms::link_invites(&text, by))
}

/// Whether `by` was inviting somebody. For the main part of the program, which reads no form.
pub fn has_new_user(by: &UserId) -> bool {
    stored().is_some_and(|text| kept_forms::mentions(&text, by, kept_forms::NEW_USER))
}

fn stored() -> Option<String> {
    storage::get(storage::tab().as_ref(), DRAFTS_KEY)
}

impl Default for Drafts {
    fn default() -> Self {
        Self::new()
    }
}
