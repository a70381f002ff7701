//! Forms that were left before they were saved: kept until the reader comes back to them.

use std::collections::HashMap;

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
    by_user: StoredValue<HashMap<UserId, LeftForm>>,
}

impl Drafts {
    /// None.
    pub fn new() -> Self {
        Self {
            by_user: StoredValue::new(HashMap::new()),
        }
    }

    /// Keeps a form.
    pub fn keep(self, form: LeftForm) {
        self.by_user
            .try_update_value(|forms| forms.insert(form.base.id.clone(), form));
    }

    /// Takes a form back.
    pub fn take(self, id: &UserId) -> Option<LeftForm> {
        self.by_user.try_update_value(|forms| forms.remove(id))?
    }
}

impl Default for Drafts {
    fn default() -> Self {
        Self::new()
    }
}
