//! Forms that were left before they were saved: kept until the reader comes back to them.

use leptos::prelude::*;

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

impl Default for Drafts {
    fn default() -> Self {
        Self::new()
    }
}
