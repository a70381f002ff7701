//! The form's state: what it was opened on, what it holds, and the way to save it.

use crate::ui::support::effect;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;

use crate::api::kept_forms::KeptForm;
use crate::api::kept_forms::user::KeptUser;
use crate::domain::groups::{Group, Groups};
use crate::domain::user::{User, UserId};
use crate::domain::user_edit::{EditField, Outcome, Resolution, UserDraft};
use crate::features::keeping;
use crate::i18n::{a, describe_error, list_words, p, refusal, t};
use crate::state::console::Console;
use crate::state::drafts::{self, LeftForm};
use crate::state::user_writes::{self, SaveRequest, Saved};

/// A question about fields that were edited on both sides.
#[derive(Clone)]
pub struct Conflict {
    /// The user as the server has it.
    pub theirs: User,
    /// The fields to decide on.
    pub fields: Vec<EditField>,
}

/// What a write of a form needs.
pub struct Work {
    /// What is to be saved.
    pub request: SaveRequest,
    /// The groups there are.
    pub groups: Arc<Groups>,
    /// Names of groups that were made on the way.
    pub made: StoredValue<Vec<String>>,
}

/// A handle on one form. It belongs to the page that shows it.
#[derive(Clone, Copy)]
pub struct Editor {
    console: Console,
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
    /// Opens a form, or takes up the one that was left unsaved. Follows the user as long as nothing is edited.
    pub fn open(console: Console, user: User) -> Self {
        let left = console.drafts.take(&user.id);
        let (base, draft) = left.map_or_else(|| (user.clone(), UserDraft::of(&user)), |left| (left.base, left.draft));
        let editor = Self {
            console,
            base: RwSignal::new(base),
            draft: RwSignal::new(draft),
            typed: RwSignal::new(String::new()),
            busy: RwSignal::new(false),
            error: RwSignal::new(None),
            conflict: RwSignal::new(None),
            answers: RwSignal::new(Resolution::default()),
        };
        let form = KeptForm::User(user.id.clone());
        let id = user.id;
        effect(move || {
            if let Some(now) = console.users.user(&id)
                && !editor.is_dirty_untracked()
                && !editor.busy.get_untracked()
            {
                editor.rebase(&now);
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
        if let Some(left) = left.and_then(KeptUser::read)
            && !self.is_dirty_untracked()
        {
            let now = self.base.get_untracked();
            self.console.toasts.info(a().draft_back(now.display_name()));
            self.base.set(left.base(&now));
            self.draft.set(left.draft);
            self.typed.set(left.typed);
        }
    }

    /// The fields that were edited, tracked.
    pub fn changed(self) -> Vec<EditField> {
        self.draft.with(|draft| self.base.with(|base| draft.changed(base)))
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
            return Some(p().nothing_to_save().to_owned());
        }
        let groups = self.console.groups.get()?;
        let unknown = self.draft.with(|draft| !draft.unknown_groups(&groups).is_empty());
        unknown.then(|| p().groups_drop_unknown().to_owned())
    }

    /// Changes what the form holds.
    pub fn edit(self, edit: impl FnOnce(&mut UserDraft)) {
        self.error.set(None);
        self.draft.update(edit);
    }

    /// Puts everything back as it was opened.
    pub fn discard(self) {
        self.error.try_set(None);
        self.typed.try_set(String::new());
        if let Some(opened) = self.base.try_with_untracked(UserDraft::of) {
            self.draft.try_set(opened);
        }
    }

    /// Saves: once, however often it is called while it works.
    pub fn save(self) {
        if self.is_half_typed() || self.save_refusal_untracked() {
            return;
        }
        let Some(client) = self.console.client() else { return };
        let Some(work) = self.begin() else { return };
        spawn_local(async move {
            let (base, made) = (work.request.base.clone(), work.made);
            let group_made = move |name: &str, group: Group| self.group_made(made, name, group);
            let ended = user_writes::save(&client, work.request, &work.groups, &group_made).await;
            let made = self.end(&base.id, made);
            self.tell(&base, ended, &made);
        });
    }

    /// Whether something is typed into the groups field and not chosen; the reader is told.
    pub fn is_half_typed(self) -> bool {
        let typed = self.typed.get_untracked();
        let typed = typed.trim();
        if !typed.is_empty() {
            self.error.set(Some(p().groups_half_typed(typed)));
        }
        !typed.is_empty()
    }

    /// Begins a write of what the form holds; `None` while one is under way. It must be [`Editor::end`]ed.
    pub fn begin(self) -> Option<Work> {
        if self.busy.get_untracked() {
            return None;
        }
        let console = self.console;
        let caller = console.caller_untracked()?;
        let base = self.base.get_untracked();
        if !console.begin_write(&base.id) {
            return None;
        }
        self.busy.set(true);
        self.error.set(None);
        Some(Work {
            request: SaveRequest {
                caller,
                base,
                draft: self.draft.get_untracked(),
                answers: self.answers.get_untracked(),
            },
            groups: console.groups.get_untracked().unwrap_or_default(),
            made: StoredValue::new(Vec::new()),
        })
    }

    /// Takes a group that was made: the form never asks for it again.
    pub fn group_made(self, made: StoredValue<Vec<String>>, name: &str, group: Group) {
        made.try_update_value(|made| made.push(name.to_owned()));
        self.draft.try_update(|draft| draft.group_made(name, &group.id));
        let known = self.console.groups.get_untracked().unwrap_or_default();
        self.console.groups.set(known.with(group));
    }

    /// Ends a write; the names of the groups that were made for it.
    pub fn end(self, id: &UserId, made: StoredValue<Vec<String>>) -> Vec<String> {
        self.console.end_write(id);
        self.busy.try_set(false);
        let names = made.try_get_value().unwrap_or_default();
        made.dispose();
        names
    }

    fn save_refusal_untracked(self) -> bool {
        untrack(|| self.save_refusal().is_some())
    }

    /// Says why something did not work: in the form, or in a message to who has left it.
    pub fn fail(self, words: String) {
        if self.error.try_set(Some(words.clone())).is_some() {
            self.console.toasts.error(words);
        }
    }

    /// Says how a save ended. `made` are the groups that were made for it.
    pub fn tell(self, base: &User, ended: Saved, made: &[String]) {
        let console = self.console;
        let name = base.display_name();
        let fail = |text: String| {
            let mut words = vec![p().save_failed_title().to_owned(), text];
            words.extend(made.iter().map(|group| p().group_made(group)));
            if self.is_gone() {
                words.push(p().draft_kept(name));
            }
            self.fail(words.join(" "));
        };
        match ended {
            Saved::Done {
                user,
                elsewhere,
                confirmed,
            } => {
                self.take(&user);
                let fields: Vec<String> = elsewhere
                    .into_iter()
                    .map(|field| field_name(field).to_lowercase())
                    .collect();
                console.toasts.success(match (confirmed, fields.is_empty()) {
                    (true, _) => p().saved_confirmed(name),
                    (false, true) => p().saved(name),
                    (false, false) => p().saved_elsewhere(name, &list_words(&fields)),
                });
            }
            Saved::NothingLeft(user) => {
                self.take(&user);
                console.toasts.success(p().save_nothing_left().to_owned());
            }
            Saved::Conflict { theirs, fields } => {
                if self.conflict.try_set(Some(Conflict { theirs, fields })).is_some() {
                    console.toasts.info(p().draft_kept(name));
                }
            }
            Saved::Refused(reason) => fail(refusal(&reason)),
            Saved::Gone => {
                console.users.remove(&base.id);
                console.toasts.error(p().user_gone(name));
            }
            Saved::GroupFailed(group, error) => fail([p().group_failed(&group), describe_error(&error)].join(" ")),
            Saved::Failed(error) => fail([describe_error(&error).as_str(), t().error_nothing_changed()].join(" ")),
            Saved::Lost(Some((Outcome::Changed, now))) => {
                console.users.put(&now);
                fail(p().save_outcome_changed().to_owned());
            }
            Saved::Lost(Some(_)) => fail(p().save_outcome_not_done().to_owned()),
            Saved::Lost(None) => fail(p().save_outcome_unknown().to_owned()),
        }
    }

    /// Takes the user as the server has them: the form starts over from there.
    pub fn take(self, user: &User) {
        if self.is_gone() {
            // The page went while it was saved, and kept what is saved by now.
            self.console.drafts.take(&user.id);
            if let Some(caller) = self.console.caller_untracked() {
                drafts::keep_in_tab(&caller.id, &KeptForm::User(user.id.clone()), None);
            }
        }
        self.rebase(user);
        self.answers.try_set(Resolution::default());
        self.conflict.try_set(None);
        self.console.users.put(user);
    }

    /// Whether the page that showed the form is left.
    fn is_gone(self) -> bool {
        self.busy.is_disposed()
    }

    fn rebase(self, user: &User) {
        self.base.try_set(user.clone());
        self.draft.try_set(UserDraft::of(user));
    }

    /// Keeps unsaved edits when the reader leaves the page. While they are being saved nothing is said: the end of the
    /// save says it.
    fn keep(self) {
        if !self.is_dirty_untracked() {
            return;
        }
        if let (Some(base), Some(draft)) = (self.base.try_get_untracked(), self.draft.try_get_untracked()) {
            if self.busy.try_get_untracked() == Some(false) {
                self.console.toasts.info(p().draft_kept(base.display_name()));
            }
            self.console.drafts.keep(LeftForm { base, draft });
        }
    }
}

/// A field by its label.
pub fn field_name(field: EditField) -> &'static str {
    match field {
        EditField::Role => p().field_role(),
        EditField::Groups => p().field_groups(),
        EditField::Blocked => p().field_blocked(),
    }
}
