//! Forms that were left before they were saved: kept until the reader comes back to them, and while they are edited in the
//! tab's storage, too, so that a way to the provider and back does not lose them.

use leptos::prelude::*;

use crate::api::kept_forms::{self, KeptForm};
use crate::auth::flow::DRAFTS_KEY;
use crate::browser::storage;
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

    /// Takes a form back.
    pub fn take(self, id: &UserId) -> Option<LeftForm> {
        self.forms.try_update_value(|forms| {
            let at = forms.iter().position(|form| form.base.id == *id)?;
            Some(forms.swap_remove(at))
        })?
    }
}

/// Keeps an edited form in the tab for `by`, who edits it; `None` = nothing is edited any more.
pub fn keep_in_tab(by: &UserId, id: &UserId, form: Option<KeptForm>) {
    let tab = storage::tab();
    let stored = storage::get(tab.as_ref(), DRAFTS_KEY);
    if stored.is_some() || form.is_some() {
        let text = kept_forms::with(stored.as_deref(), by, id, form);
        storage::set(tab.as_ref(), DRAFTS_KEY, &text);
    }
}

/// The form about `id` that `by` has left in the tab.
pub fn from_tab(by: &UserId, id: &UserId) -> Option<KeptForm> {
    let stored = storage::get(storage::tab().as_ref(), DRAFTS_KEY)?;
    kept_forms::read(&stored, by).into_iter().find(|form| form.id == *id)
}

impl Default for Drafts {
    fn default() -> Self {
        Self::new()
    }
}
