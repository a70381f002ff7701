//! The form in which somebody invited chooses a password and joins.

use leptos::ev;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::invite::{Link, State};
use super::rules::{Rules, broken_words};
use super::trouble::trouble;
use super::waiting::{count_down, until};
use crate::api::error::{ApiError, ErrorKind};
use crate::domain::invite_link::Invitation;
use crate::domain::new_password::{self, OF_INVITED, Rule};
use crate::domain::time::Moment;
use crate::features::faces;
use crate::i18n::{describe_error, t_guests};
use crate::state::guest::Joined;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::facts::{Fact, Facts};
use crate::ui::field::Field;
use crate::ui::note::Note;
use crate::ui::password_input::PasswordInput;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, focus};
use crate::ui::time_text::TimeText;

/// What the form holds.
#[derive(Clone, Copy)]
struct Entry {
    link: Link,
    email: StoredValue<String>,
    password: RwSignal<String>,
    /// Whether somebody has tried: what is wrong is said from then on.
    tried: RwSignal<bool>,
    /// The rules that the server says are broken, until something is typed.
    refused: RwSignal<Vec<Rule>>,
    error: RwSignal<Option<String>>,
    /// Nobody knows what became of the last try.
    lost: RwSignal<bool>,
    busy: RwSignal<bool>,
    /// When the server takes the next try, if there were too many.
    wait: RwSignal<Option<u64>>,
    field: NodeRef<html::Input>,
}

impl Entry {
    /// The rules that are broken and may be named by now, tracked.
    fn broken(self) -> Vec<Rule> {
        let refused = self.refused.get();
        if !refused.is_empty() || !self.tried.get() {
            return refused;
        }
        let checked = self.password.with(|password| new_password::check(password, OF_INVITED));
        checked.err().into_iter().collect()
    }

    fn blame(self) {
        if let Some(input) = self.field.try_get_untracked().flatten() {
            focus::focus(&input);
        }
    }

    /// Accepts: once, however often it is called while it works.
    fn submit(self) {
        if self.busy.get_untracked() || self.wait.get_untracked().is_some() {
            return;
        }
        self.tried.set(true);
        self.refused.set(Vec::new());
        if self
            .password
            .with_untracked(|password| new_password::check(password, OF_INVITED).is_err())
        {
            return self.blame();
        }
        self.work(true);
    }

    /// Sends the password, or asks what became of the last try.
    fn work(self, send: bool) {
        let Some((calls, secret)) = self.link.parts() else {
            return;
        };
        let password = self.password.get_untracked();
        self.busy.set(true);
        self.error.set(None);
        self.lost.set(false);
        spawn_local(async move {
            let ended = if send {
                calls.join(&secret, &password).await
            } else {
                calls.look_at_invitation(&secret).await
            };
            self.busy.try_set(false);
            self.tell(ended);
        });
    }

    fn tell(self, ended: Joined) {
        let email = self.email.try_get_value().unwrap_or_default();
        match ended {
            Joined::Done => self.arrive(State::Joined {
                email,
                confirmed: false,
            }),
            Joined::Confirmed => self.arrive(State::Joined { email, confirmed: true }),
            Joined::Dead(dead) => self.arrive(State::Dead(dead, None)),
            Joined::NotDone => self.say(t_guests().join_lost_not_done().to_owned()),
            Joined::Lost => {
                self.say(t_guests().join_lost().to_owned());
                self.lost.try_set(true);
            }
            Joined::Failed(error) => self.refuse(&error),
        }
    }

    fn refuse(self, error: &ApiError) {
        match error.kind {
            ErrorKind::RateLimited => {
                self.wait.try_set(Some(until(error)));
            }
            ErrorKind::Invalid if !new_password::refused(&error.message).is_empty() => {
                self.refused.try_set(new_password::refused(&error.message));
                self.blame();
            }
            // The one answer to an address that the provider knows already (contract 2.9).
            ErrorKind::Server => self.say([t_guests().join_failed(), t_guests().join_server_error()].join(" ")),
            _ => self.say([t_guests().join_failed(), describe_error(error).as_str()].join(" ")),
        }
    }

    fn say(self, words: String) {
        self.error.try_set(Some(words));
    }

    fn arrive(self, state: State) {
        self.password.try_set(String::new());
        self.link.end(state);
    }
}

/// What the link is about, and the form.
#[component]
pub fn Invited(
    /// The link.
    link: Link,
    /// What it is about.
    invitation: Invitation,
) -> Drawn {
    let facts = facts(&invitation);
    let entry = Entry {
        link,
        email: StoredValue::new(invitation.email.clone()),
        password: RwSignal::new(String::new()),
        tried: RwSignal::new(false),
        refused: RwSignal::new(Vec::new()),
        error: RwSignal::new(None),
        lost: RwSignal::new(false),
        busy: RwSignal::new(false),
        wait: RwSignal::new(None),
        field: NodeRef::new(),
    };
    let left = RwSignal::new(0);
    count_down(
        move || entry.wait.get(),
        left,
        move || {
            entry.wait.try_set(None);
        },
    );
    let waits = Signal::derive(move || {
        let is_waiting = entry.wait.get().is_some();
        is_waiting.then(|| t_guests().join_wait_button(left.get()))
    });
    let error = Signal::derive(move || {
        let broken: Vec<String> = entry.broken().into_iter().map(broken_words).collect();
        (!broken.is_empty()).then(|| broken.join(" "))
    });
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        entry.submit();
    };
    let trouble = move || {
        trouble(entry.error, entry.lost, t_guests().join_check(), move || {
            entry.work(false);
        })
    };
    let pause = move || waits.get().map(|text| view! { <Note tone=Tone::Warning text=text /> });
    view! {
        <Facts facts=Signal::stored(facts) />
        <form class="stack" on:submit=submit novalidate=true>
            // For password managers: whose password it is.
            <input type="text" name="username" autocomplete="username" value=invitation.email readonly=true hidden=true />
            <Field label=t_guests().guest_password() error=error>
                <PasswordInput
                    value=entry.password
                    on_input=move |text| {
                        if !entry.busy.get_untracked() {
                            entry.refused.set(Vec::new());
                            entry.error.set(None);
                            entry.password.set(text);
                        }
                    }
                    autocomplete="new-password"
                    show_label=t_guests().guest_show_password()
                    node_ref=entry.field
                />
            </Field>
            <Rules rules=OF_INVITED password=entry.password.into() />
            <div role="alert">{trouble}</div>
            {pause}
            <Button
                label=t_guests().join_go()
                kind=ButtonKind::Primary
                wide=true
                submit=true
                busy=entry.busy
                busy_label=t_guests().join_busy()
                disabled_reason=waits
            />
        </form>
    }
    .draw()
}

fn facts(invitation: &Invitation) -> Vec<Fact> {
    let by = if invitation.invited_by.is_empty() {
        Fact::text(t_guests().join_by(), t_guests().join_by_nobody())
    } else {
        Fact::name(t_guests().join_by(), invitation.invited_by.clone())
    };
    let ends = match invitation.ends_at {
        Some(end) => {
            let face = faces::moment_date(Moment::At(end));
            Fact::view(t_guests().join_ends(), move || {
                view! { <TimeText face=Signal::stored(face.clone()) focusable=true /> }.draw()
            })
        }
        None => Fact::text(t_guests().join_ends(), t_guests().join_no_end()),
    };
    vec![
        by,
        Fact::name(t_guests().guest_name(), invitation.name.clone()),
        Fact::address(t_guests().guest_email(), invitation.email.clone()),
        ends,
    ]
}
