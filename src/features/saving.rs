//! The way of a form's save: what it takes with it, how it ended, and what the form holds then, also where its page has
//! been left meanwhile.

use std::cell::RefCell;
use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::kept_forms::KeptForm;
use crate::api::kept_forms::user::KeptUser;
use crate::domain::group_choice;
use crate::domain::groups::{Group, Groups};
use crate::domain::user::{User, UserId};
use crate::domain::user_edit::{self, Merge, Outcome, Resolution, UserDraft};
use crate::features::editor::{Conflict, Editor, field_name};
use crate::i18n::{describe_error, list_words, refusal, t, t_later};
use crate::state::drafts::{self, LeftForm};
use crate::state::user_writes::{self, SaveRequest, Saved};

/// What a write of a form needs.
pub struct Work {
    /// What is to be saved.
    pub request: SaveRequest,
    /// The groups there are.
    pub groups: Arc<Groups>,
    /// What it takes with it.
    pub sent: Rc<RefCell<Sent>>,
}

/// What a write of a form took with it.
#[derive(Clone)]
pub struct Sent {
    /// What the form held, with the groups that were made on the way.
    draft: UserDraft,
    /// Those groups.
    made: Vec<Group>,
    /// The user as the form was opened on, and whose value what was edited on both sides gets.
    asked: (User, Resolution),
}

impl Editor {
    /// Saves: once, however often it is called while it works.
    pub fn save(self) {
        if self.is_half_typed() || self.save_refusal_untracked() {
            return;
        }
        let Some(client) = self.console.client() else { return };
        let Some(work) = self.begin() else { return };
        spawn_local(async move {
            let (base, sent) = (work.request.base.clone(), work.sent);
            let group_made = |name: &str, group: Group| self.group_made(&sent, name, group);
            let ended = user_writes::save(&client, work.request, &work.groups, &group_made).await;
            let sent = self.end(&base.id, &sent);
            self.tell(&base, ended, &sent);
        });
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
        let (draft, answers) = (self.draft.get_untracked(), self.answers.get_untracked());
        let sent = Sent {
            draft: draft.clone(),
            made: Vec::new(),
            asked: (base.clone(), answers),
        };
        Some(Work {
            request: SaveRequest {
                caller,
                base,
                draft,
                answers,
            },
            groups: console.groups.get_untracked().unwrap_or_default(),
            sent: Rc::new(RefCell::new(sent)),
        })
    }

    /// Takes a group that was made: the form never asks for it again.
    pub fn group_made(self, sent: &RefCell<Sent>, name: &str, group: Group) {
        let mut taken = sent.borrow_mut();
        group_choice::made(&mut taken.draft.groups, name, &group.id);
        taken.made.push(group.clone());
        self.draft
            .try_update(|draft| group_choice::made(&mut draft.groups, name, &group.id));
        self.console.group_made(group);
    }

    /// Ends a write; what it took with it.
    pub fn end(self, id: &UserId, sent: &RefCell<Sent>) -> Sent {
        self.console.end_write(id);
        self.busy.try_set(false);
        sent.borrow().clone()
    }

    fn save_refusal_untracked(self) -> bool {
        untrack(|| self.save_refusal().is_some())
    }

    /// Says how a save ended, and what of it stays.
    pub fn tell(self, base: &User, ended: Saved, sent: &Sent) {
        let console = self.console;
        let name = base.display_name();
        let fail = |text: String| {
            let mut words = vec![t_later().save_failed_title().to_owned(), text];
            words.extend(sent.made.iter().map(|group| t_later().group_made(&group.name)));
            if self.is_gone() {
                words.push(t_later().draft_kept(name));
            }
            self.fail(words.join(" "));
        };
        // Whose value wins was answered for this save: the next one may meet another value.
        if !matches!(ended, Saved::Conflict { .. }) {
            self.answers.try_set(Resolution::default());
        }
        match ended {
            Saved::Done {
                user,
                elsewhere,
                confirmed,
            } => {
                self.take(&user, sent);
                let fields: Vec<String> = elsewhere
                    .into_iter()
                    .map(|field| field_name(field).to_lowercase())
                    .collect();
                console.toasts.success(match (confirmed, fields.is_empty()) {
                    (true, _) => t_later().saved_confirmed(name),
                    (false, true) => t_later().saved(name),
                    (false, false) => t_later().saved_elsewhere(name, &list_words(&fields)),
                });
            }
            Saved::NothingLeft(user) => {
                self.take(&user, sent);
                console.toasts.success(t_later().save_nothing_left().to_owned());
            }
            Saved::Conflict { theirs, fields } => {
                if self.conflict.try_set(Some(Conflict { theirs, fields })).is_some() {
                    console.toasts.info(t_later().draft_kept(name));
                }
            }
            Saved::Refused(reason) => fail(refusal(&reason)),
            Saved::Gone => {
                console.users.remove(&base.id);
                console.toasts.error(t_later().user_gone(name));
            }
            Saved::GroupFailed(group, error) => {
                fail([t_later().group_failed(&group), describe_error(&error)].join(" "));
            }
            Saved::Failed(error) => fail([describe_error(&error).as_str(), t().error_nothing_changed()].join(" ")),
            Saved::Lost(Some((Outcome::Changed, now))) => {
                console.users.put(&now);
                fail(t_later().save_outcome_changed().to_owned());
                // What became of it can be asked at once.
                if let Merge::Ask(fields) = user_edit::merge(base, &sent.draft, &now, Resolution::default()) {
                    self.conflict.try_set(Some(Conflict { theirs: now, fields }));
                }
            }
            Saved::Lost(Some(_)) => fail(t_later().save_outcome_not_done().to_owned()),
            Saved::Lost(None) => fail(t_later().save_outcome_unknown().to_owned()),
        }
    }

    /// Takes the user as a save has left them: the form goes on from there, with what was edited meanwhile.
    pub fn take(self, user: &User, sent: &Sent) {
        match self.draft.try_get_untracked() {
            Some(form) => {
                self.base.set(user.clone());
                self.draft.set(user_edit::settle(&sent.draft, &form, user));
            }
            None => self.settle_left(user, sent),
        }
        self.answers.try_set(Resolution::default());
        self.conflict.try_set(None);
        self.console.users.put(user);
    }

    /// The page went while it was saved, and kept what is saved by now. Where somebody has opened the form again nothing
    /// is kept: that form finds out by itself.
    fn settle_left(self, user: &User, sent: &Sent) {
        let Some(LeftForm { mut draft, .. }) = self.console.drafts.take(&user.id) else {
            return;
        };
        for group in &sent.made {
            group_choice::made(&mut draft.groups, &group.name, &group.id);
        }
        // What was kept is without the edits that were given up (`Editor::keep`).
        let mut held = sent.draft.clone();
        held.give_up(&sent.asked.0, sent.asked.1);
        let draft = user_edit::settle(&held, &draft, user);
        let is_left = !draft.changed(user).is_empty();
        if let Some(caller) = self.console.caller_untracked() {
            let held = is_left.then(|| KeptUser {
                opened: UserDraft::of(user),
                draft: draft.clone(),
                typed: String::new(),
            });
            let form = KeptForm::User(user.id.clone());
            drafts::keep_in_tab(&caller.id, &form, held.map(|held| held.write()));
        }
        if is_left {
            self.console.toasts.info(t_later().draft_kept(user.display_name()));
            let base = user.clone();
            self.console.drafts.keep(LeftForm { base, draft });
        }
    }
}
