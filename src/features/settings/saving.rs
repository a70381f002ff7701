//! The way of a save: what is sent, and what is said about how it ended.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::editor::{Editor, moved_words, quoted};
use crate::api::error::ApiError;
use crate::api::settings::Received;
use crate::domain::settings::{Account, Draft, Effect, Field, Outcome, Side, Value, differences};
use crate::i18n::words_settings::field_words;
use crate::i18n::{describe_error, list_words, t, t_settings};
use crate::state::settings::{Saved, forget, save};

impl Editor {
    /// Saves: once, however often it is called while it works.
    pub fn save(self) {
        let blocked = untrack(|| self.refusal().is_some() || !self.blocked_by().is_empty());
        if self.busy.get_untracked() || blocked {
            return;
        }
        let theirs: Vec<Field> = self.conflicts.with_untracked(|all| {
            let chosen = all.iter().filter(|one| one.side == Some(Side::Theirs));
            chosen.map(|one| one.field).collect()
        });
        for field in theirs {
            self.put_back(field);
        }
        let (Some(client), Some(base)) = (self.console.client(), self.base.get_untracked()) else {
            return;
        };
        let edits = self.draft.with_untracked(|draft| draft.edits(&base.account));
        if edits.is_empty() {
            self.reviewing.set(false);
            self.discard();
            let nothing_left = t_settings().settings_nothing_left();
            self.console.toasts.success(nothing_left.to_owned());
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        self.moved.set(None);
        spawn_local(async move {
            let ended = save(&client, &base, &edits).await;
            self.busy.try_set(false);
            self.tell(&edits, ended);
        });
    }

    fn tell(self, edits: &[(Field, Value)], ended: Saved) {
        let toasts = self.console.toasts;
        match ended {
            Saved::Done {
                now,
                otherwise,
                confirmed,
            } => {
                let lead = if confirmed {
                    t_settings().saved_settings_confirmed()
                } else {
                    t_settings().saved_settings()
                };
                let mut words = vec![lead.to_owned()];
                words.extend(
                    otherwise
                        .into_iter()
                        .map(|field| self.stored_words(field, &now.account)),
                );
                self.finish(Some(now), edits);
                toasts.success(words.join(" "));
                self.look_round();
            }
            Saved::Unread => {
                self.finish(None, edits);
                toasts.info(t_settings().saved_unread().to_owned());
                self.refresh();
                self.look_round();
            }
            Saved::Moved(now) => {
                let fields = self.base.try_with_untracked(|base| {
                    base.as_ref()
                        .map(|base| differences(&base.account, &now.account))
                        .unwrap_or_default()
                });
                self.moved.try_set(Some(moved_words(&fields.unwrap_or_default())));
                self.rebase(Arc::new(now));
                // What is said here is not said again after the save.
                self.note_log();
                if self.draft.try_with_untracked(Draft::is_empty) == Some(true) {
                    self.reviewing.try_set(false);
                    self.moved.try_set(None);
                    toasts.success(t_settings().settings_nothing_left().to_owned());
                }
            }
            Saved::Failed { error, now, partly } => {
                if let Some(now) = now {
                    self.rebase(Arc::new(now));
                }
                self.fail(&failure_words(&error, &partly));
            }
            Saved::Lost(known) => {
                let words = match &known {
                    Some((Outcome::NotDone, _)) => t_settings().save_not_done(),
                    Some(_) => t_settings().save_changed(),
                    None => t_settings().save_unknown(),
                };
                if let Some((_, now)) = known {
                    self.rebase(Arc::new(now));
                }
                self.fail(words);
            }
        }
    }

    /// What the server has made of a value.
    fn stored_words(self, field: Field, now: &Account) -> String {
        let (name, _) = field_words(field);
        if field.entry().effect == Effect::NotKept {
            return t_settings().saved_not_kept(&quoted(name));
        }
        let value = untrack(|| self.words(field, now.get(field)));
        t_settings().saved_as(&quoted(name), &value)
    }

    /// Ends a save that worked: its edits are none any more.
    fn finish(self, now: Option<Received>, edits: &[(Field, Value)]) {
        let put_back = |draft: &mut Draft| edits.iter().for_each(|(field, _)| draft.put_back(*field));
        if self.draft.try_update(put_back).is_none() {
            // The page went while it was saved, and kept them.
            forget();
        }
        self.conflicts.try_set(Vec::new());
        self.reviewing.try_set(false);
        if let Some(now) = now {
            self.rebase(Arc::new(now));
        }
        // What other pages know of the account: who may be invited, whether devices follow.
        self.console.ask_account();
    }

    /// Says why a save did not work: in the review, or in a message to who has left.
    fn fail(self, why: &str) {
        let words = [t_settings().save_failed(), why].join(" ");
        if self.error.try_set(Some(words.clone())).is_some() {
            self.console
                .toasts
                .error([words.as_str(), t_settings().left_open()].join(" "));
        }
    }
}

/// Why a save did not work, and how much of it did.
fn failure_words(error: &ApiError, partly: &[Field]) -> String {
    if partly.is_empty() {
        return [describe_error(error).as_str(), t().error_nothing_changed()].join(" ");
    }
    let names: Vec<String> = partly.iter().map(|field| quoted(field_words(*field).0)).collect();
    [describe_error(error), t_settings().save_partly(&list_words(&names))].join(" ")
}
