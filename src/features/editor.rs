//! The form's state: what it was opened on and what it holds. `saving` has the way to save it.

use leptos::prelude::*;
use serde_json::Value;

use crate::api::kept_forms::KeptForm;
use crate::api::kept_forms::user::KeptUser;
use crate::domain::group_choice;
use crate::domain::groups::Groups;
use crate::domain::user::User;
use crate::domain::user_edit::{self, EditField, Resolution, UserDraft};
use crate::features::keeping;
use crate::i18n::{t_later, t_session};
use crate::state::console::Console;
use crate::state::drafts::LeftForm;
use crate::ui::support::effect;

/// A question about fields that were edited on both sides.
#[derive(Clone)]
pub struct Conflict {
    /// The user as the server has it.
    pub theirs: User,
    /// The fields to decide on.
    pub fields: Vec<EditField>,
}

/// A handle on one form. It belongs to the page that shows it.
#[derive(Clone, Copy)]
pub struct Editor {
    pub(super) console: Console,
    /// The user as the form was opened on.
    pub base: RwSignal<User>,
    /// What the form holds.
    pub draft: RwSignal<UserDraft>,
    /// What is typed into the groups field and not chosen.
    pub typed: RwSignal<String>,
    /// A save is under way.
    pub busy: RwSignal<bool>,
    /// Why the last save did not work.
    pub error: RwSignal<Option<String>>,
    /// What the reader must decide before the save can go on.
    pub conflict: RwSignal<Option<Conflict>>,
    /// Their decisions so far.
    pub answers: RwSignal<Resolution>,
}

impl Editor {
    /// Opens a form, or takes up the one that was left unsaved, also while it is being saved. Follows the user in what is
    /// not edited, or is as the server has it.
    pub fn open(console: Console, user: User) -> Self {
        let left = console.drafts.take(&user.id);
        let is_saving = left.is_some() && untrack(|| console.is_writing(&user.id));
        let (base, draft) = left.map_or_else(|| (user.clone(), UserDraft::of(&user)), |left| (left.base, left.draft));
        let editor = Self {
            console,
            base: RwSignal::new(base),
            draft: RwSignal::new(draft),
            typed: RwSignal::new(String::new()),
            busy: RwSignal::new(is_saving),
            error: RwSignal::new(None),
            conflict: RwSignal::new(None),
            answers: RwSignal::new(Resolution::default()),
        };
        let form = KeptForm::User(user.id.clone());
        let id = StoredValue::new(user.id);
        if is_saving {
            // The page that began the save is gone: nobody else tells this form that it has ended.
            effect(move || {
                if !id.with_value(|id| console.is_writing(id)) {
                    editor.busy.set(false);
                }
            });
        }
        effect(move || {
            let (now, groups) = (id.with_value(|id| console.users.user(id)), console.groups.get());
            if let (Some(now), false) = (now, editor.busy.get()) {
                editor.follow(&now, groups.as_deref());
            }
        });
        keeping::keep(
            console,
            move || Some(form.clone()),
            move || editor.held(),
            move |left| editor.take_up(left.as_ref()),
        );
        on_cleanup(move || editor.keep());
        editor
    }

    /// What would be lost with the page, tracked.
    fn held(self) -> Option<Value> {
        let (base, draft, typed) = (self.base.get(), self.draft.get(), self.typed.get());
        (!draft.changed(&base).is_empty() || !typed.trim().is_empty()).then(|| {
            let opened = UserDraft::of(&base);
            KeptUser { opened, draft, typed }.write()
        })
    }

    /// Takes up what a page before this one left in the tab.
    fn take_up(self, left: Option<&Value>) {
        let Some(left) = left.and_then(KeptUser::read) else {
            return;
        };
        if !self.is_dirty_untracked() {
            let now = self.base.get_untracked();
            self.console.toasts.info(t_session().draft_back(now.display_name()));
            self.base.set(left.base(&now));
            self.draft.set(left.draft);
        }
        self.typed.set(left.typed);
    }

    /// The fields that were edited, tracked.
    pub fn changed(self) -> Vec<EditField> {
        self.draft.with(|draft| self.base.with(|base| draft.changed(base)))
    }

    /// Whether a field was edited or something is typed and not chosen yet, tracked.
    pub fn is_edited(self) -> bool {
        !self.changed().is_empty() || !self.typed.with(|typed| typed.trim().is_empty())
    }

    /// Whether a field was edited, tracked.
    pub fn is_changed(self, field: EditField) -> bool {
        self.draft
            .with(|draft| self.base.with(|base| draft.differs(base, field)))
    }

    fn is_dirty_untracked(self) -> bool {
        self.draft
            .try_with_untracked(|draft| self.base.try_with_untracked(|base| !draft.changed(base).is_empty()))
            .flatten()
            .unwrap_or_default()
    }

    /// Why it cannot be saved now, tracked.
    pub fn save_refusal(self) -> Option<String> {
        if self.changed().is_empty() && self.typed.with(String::is_empty) {
            return Some(t_later().nothing_to_save().to_owned());
        }
        let groups = self.console.groups.get()?;
        let unknown = self
            .draft
            .with(|draft| !group_choice::unknown(&draft.groups, &groups).is_empty());
        unknown.then(|| t_later().groups_drop_unknown().to_owned())
    }

    /// Changes what the form holds. Whose value wins was asked about what it held before.
    pub fn edit(self, edit: impl FnOnce(&mut UserDraft)) {
        self.error.set(None);
        self.answers.set(Resolution::default());
        self.draft.update(edit);
    }

    /// Puts everything back as it was opened.
    pub fn discard(self) {
        self.error.try_set(None);
        self.answers.try_set(Resolution::default());
        self.typed.try_set(String::new());
        if let Some(opened) = self.base.try_with_untracked(UserDraft::of) {
            self.draft.try_set(opened);
        }
    }

    /// Whether something is typed into the groups field and not chosen; the reader is told.
    pub fn is_half_typed(self) -> bool {
        let typed = self.typed.get_untracked();
        let typed = typed.trim();
        if !typed.is_empty() {
            self.error.set(Some(t_later().groups_half_typed(typed)));
        }
        !typed.is_empty()
    }

    /// Says why something did not work: in the form, or in a message to who has left it.
    pub fn fail(self, words: String) {
        self.console.toasts.error_in(self.error, words);
    }

    /// Takes what is known of the user by now: all of it while nothing is edited. An edit that the server has is none.
    fn follow(self, now: &User, groups: Option<&Groups>) {
        if let Some(groups) = groups
            && let mut draft = self.draft.get_untracked()
            && draft.find_groups(groups)
        {
            self.draft.set(draft);
        }
        let agreed = self
            .draft
            .with_untracked(|draft| self.base.with_untracked(|base| user_edit::agree(base, draft, now)));
        if let Some(base) = agreed {
            self.base.set(base);
        }
        if !self.is_dirty_untracked() {
            self.base.set(now.clone());
            self.draft.set(UserDraft::of(now));
        }
    }

    /// Whether the page that showed the form is left.
    pub(super) fn is_gone(self) -> bool {
        self.busy.is_disposed()
    }

    /// Keeps unsaved edits when the reader leaves the page. While they are being saved nothing is said: the end of the
    /// save says it.
    fn keep(self) {
        if !self.is_dirty_untracked() {
            return;
        }
        if let (Some(base), Some(mut draft)) = (self.base.try_get_untracked(), self.draft.try_get_untracked()) {
            if self.busy.try_get_untracked() == Some(false) {
                self.console.toasts.info(t_later().draft_kept(base.display_name()));
            } else if let Some(answers) = self.answers.try_get_untracked() {
                draft.give_up(&base, answers);
            }
            self.console.drafts.keep(LeftForm { base, draft });
        }
    }
}

/// A field by its label.
pub fn field_name(field: EditField) -> &'static str {
    match field {
        EditField::Role => t_later().field_role(),
        EditField::Groups => t_later().field_groups(),
        EditField::Blocked => t_later().field_blocked(),
    }
}
