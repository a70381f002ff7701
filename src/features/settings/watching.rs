//! Looks into the audit log for what others change between the look at the settings and their save. The server helps
//! nobody there: this narrows the race and does not close it, and says nothing about settings that the log leaves out.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::editor::{Editor, quoted};
use crate::api::events;
use crate::browser::clock;
use crate::domain::action::Action;
use crate::domain::settings::log::{Meanwhile, meanwhile, newest};
use crate::i18n::words_settings::field_words;
use crate::i18n::{list_words, t_settings};
use crate::ui::support::effect;

/// So long after a save the log is read, in milliseconds: its entries are written beside the calls that cause them.
const LAG_MS: u32 = 1_000;

impl Editor {
    /// Notes where the log stands whenever the review opens: a save waits for nothing.
    pub(super) fn watch(self) {
        effect(move || {
            if self.reviewing.get() {
                untrack(|| self.note_log());
            }
        });
    }

    /// Notes where the log stands, for callers who may read it.
    pub(super) fn note_log(self) {
        self.log.try_set_value(None);
        let may = untrack(|| self.console.may(Action::SeeEvents)) == Some(true);
        let (true, Some(client)) = (may, self.console.client()) else {
            return;
        };
        spawn_local(async move {
            if let Ok(log) = client.send(events::settings_log()).await {
                self.log.try_set_value(Some(newest(&log)));
            }
        });
    }

    /// Says who else has changed the settings since then. Where the log cannot be read there is nothing to say.
    pub(super) fn look_round(self) {
        let (Some(since), Some(caller), Some(client)) = (
            self.log.try_get_value().flatten(),
            self.console.caller_untracked(),
            self.console.client(),
        ) else {
            return;
        };
        spawn_local(async move {
            clock::sleep_ms(LAG_MS).await;
            let Ok(log) = client.send(events::settings_log()).await else {
                return;
            };
            let others = meanwhile(&log, since, &caller.id);
            if others.is_empty() {
                return;
            }
            let words = words(&others);
            if self.moved.try_set(Some(words.clone())).is_some() {
                self.console.toasts.info(words);
            } else {
                self.refresh();
            }
        });
    }
}

fn words(others: &[Meanwhile]) -> String {
    let mut all: Vec<String> = others.iter().map(who_and_what).collect();
    all.push(t_settings().meanwhile_look().to_owned());
    all.join(" ")
}

fn who_and_what(person: &Meanwhile) -> String {
    let name = match person.name.as_str() {
        "" => t_settings().meanwhile_somebody(),
        name => name,
    };
    let fields: Vec<String> = person
        .fields
        .iter()
        .map(|field| quoted(field_words(*field).0))
        .collect();
    if fields.is_empty() {
        t_settings().meanwhile_other(name)
    } else {
        t_settings().meanwhile_by(name, &list_words(&fields))
    }
}
