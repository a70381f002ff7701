//! The form in which the first owner is made.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use zeroize::Zeroizing;

use super::rules::{Rules, broken_words};
use super::setup::State;
use super::trouble::trouble;
use crate::api::error::ErrorKind;
use crate::browser::clock;
use crate::domain::first_owner::{self, Draft, Problems};
use crate::domain::new_password::OF_FIRST_OWNER;
use crate::domain::new_user::EmailProblem;
use crate::domain::secret::{Secret, SecretKind};
use crate::domain::token::{self, DaysProblem};
use crate::features::{faces, secret};
use crate::i18n::{describe_error, t_guests, t_keys};
use crate::state::guest::{GuestCalls, SetUp};
use crate::state::secrets::Secrets;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::checkbox::Checkbox;
use crate::ui::field::{Field, FieldWidth};
use crate::ui::password_input::PasswordInput;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::focus;
use crate::ui::text_input::TextInput;

/// So many days a token lasts unless somebody chooses otherwise.
const USUAL_DAYS: &str = "30";

/// What the form holds.
#[derive(Clone, Copy)]
struct Entry {
    calls: StoredValue<GuestCalls, LocalStorage>,
    state: RwSignal<State>,
    secrets: Secrets,
    name: RwSignal<String>,
    email: RwSignal<String>,
    password: RwSignal<String>,
    wants_token: RwSignal<bool>,
    days: RwSignal<String>,
    /// Whether somebody has tried: what is wrong is said from then on.
    tried: RwSignal<bool>,
    /// What the server refused, until something is typed.
    refused: RwSignal<Problems>,
    error: RwSignal<Option<String>>,
    /// Nobody knows what became of the last try.
    lost: RwSignal<bool>,
    busy: RwSignal<bool>,
    fields: [NodeRef<html::Input>; 4],
}

impl Entry {
    /// Tracked.
    fn draft(self) -> Draft {
        Draft {
            name: self.name.get(),
            email: self.email.get(),
            password: self.password.get(),
            token_days: self.wants_token.get().then(|| self.days.get()),
        }
    }

    /// What is wrong and may be said by now, tracked.
    fn problems(self) -> Problems {
        let refused = self.refused.get();
        if !refused.is_none() || !self.tried.get() {
            return refused;
        }
        self.draft().problems()
    }

    fn type_into(self, value: RwSignal<String>, text: String) {
        if self.busy.get_untracked() {
            return;
        }
        self.refused.set(Problems::default());
        self.error.set(None);
        value.set(text);
    }

    /// Gives the focus to the first field that is wrong.
    fn blame(self, problems: &Problems) {
        let wrong = [
            problems.no_name,
            problems.email.is_some(),
            problems.password.is_some(),
            problems.days.is_some(),
        ];
        let first = self.fields.into_iter().zip(wrong).find(|(_, wrong)| *wrong);
        if let Some(input) = first.and_then(|(field, _)| field.try_get_untracked().flatten()) {
            focus::focus(&input);
        }
    }

    /// Sends it: once, however often it is called while it works.
    fn submit(self) {
        if self.busy.get_untracked() {
            return;
        }
        self.tried.set(true);
        self.refused.set(Problems::default());
        let draft = untrack(|| self.draft());
        let problems = draft.problems();
        if !problems.is_none() {
            return self.blame(&problems);
        }
        self.work(Some(draft));
    }

    /// Sends the draft, or without one asks what became of the last try.
    fn work(self, draft: Option<Draft>) {
        let Some(calls) = self.calls.try_get_value() else {
            return;
        };
        self.busy.set(true);
        self.error.set(None);
        self.lost.set(false);
        spawn_local(async move {
            // A secret that could not be shown would be lost.
            let wants_token = draft.as_ref().is_some_and(|draft| draft.token_days.is_some());
            if wants_token && !secret::ready().await {
                self.error.try_set(Some(t_keys().secret_not_ready().to_owned()));
                self.busy.try_set(false);
                return;
            }
            let ended = match &draft {
                Some(draft) => calls.set_up(draft).await,
                None => calls.look_at_setup().await,
            };
            self.busy.try_set(false);
            self.tell(ended);
        });
    }

    fn tell(self, ended: SetUp) {
        match ended {
            SetUp::Done(token) => self.done(token),
            SetUp::Confirmed => {
                let news = if self.wants_token.get_untracked() {
                    [t_guests().setup_done_confirmed(), t_guests().setup_token_lost()].join(" ")
                } else {
                    t_guests().setup_done_confirmed().to_owned()
                };
                self.arrive(Some(news));
            }
            SetUp::Already => {
                self.forget();
                self.state.try_set(State::Already);
            }
            SetUp::NotDone => {
                self.error.try_set(Some(t_guests().setup_lost_not_done().to_owned()));
            }
            SetUp::Lost => {
                self.error.try_set(Some(t_guests().setup_lost().to_owned()));
                self.lost.try_set(true);
            }
            SetUp::Failed(error) => {
                let problems = match error.kind {
                    ErrorKind::Invalid => first_owner::refused(&error.message),
                    _ => Problems::default(),
                };
                if problems.is_none() {
                    let words = [t_guests().setup_failed(), describe_error(&error).as_str()].join(" ");
                    self.error.try_set(Some(words));
                } else {
                    self.refused.try_set(problems.clone());
                    self.blame(&problems);
                }
            }
        }
    }

    fn done(self, token: Zeroizing<String>) {
        let wanted = untrack(|| self.draft()).days();
        match wanted {
            Some(days) if !token.is_empty() => {
                #[allow(clippy::cast_precision_loss, reason = "exact for some million years")]
                let end = token::end(clock::now_s(), days) as f64 * 1000.0;
                let ends = t_guests().setup_token_ends(&faces::date(end));
                let secret = Secret::new(SecretKind::Token, t_guests().setup_token_name(), token).until(Some(ends));
                self.arrive(None);
                self.secrets.show(secret, None);
            }
            Some(_) => self.arrive(Some(t_guests().setup_no_token().to_owned())),
            None => self.arrive(None),
        }
    }

    fn arrive(self, news: Option<String>) {
        let email = self.email.get_untracked().trim().to_owned();
        self.forget();
        self.state.try_set(State::Done { email, news });
    }

    fn forget(self) {
        self.password.try_set(String::new());
    }
}

/// The form.
#[component]
pub fn Form(
    /// Sends it.
    calls: GuestCalls,
    /// What the page shows.
    state: RwSignal<State>,
    /// Where the token is shown.
    secrets: Secrets,
) -> Drawn {
    let entry = Entry {
        calls: StoredValue::new_local(calls),
        state,
        secrets,
        name: RwSignal::new(String::new()),
        email: RwSignal::new(String::new()),
        password: RwSignal::new(String::new()),
        wants_token: RwSignal::new(false),
        days: RwSignal::new(USUAL_DAYS.to_owned()),
        tried: RwSignal::new(false),
        refused: RwSignal::new(Problems::default()),
        error: RwSignal::new(None),
        lost: RwSignal::new(false),
        busy: RwSignal::new(false),
        fields: [NodeRef::new(), NodeRef::new(), NodeRef::new(), NodeRef::new()],
    };
    let [name_field, email_field, password_field, days_field] = entry.fields;
    let problems = Memo::new(move |_| entry.problems());
    let name_error = Signal::derive(move || {
        problems.with(|problems| problems.no_name.then(|| t_guests().setup_name_missing().to_owned()))
    });
    let email_error = Signal::derive(move || problems.with(|problems| problems.email.map(email_words)));
    let password_error = Signal::derive(move || problems.with(|problems| problems.password.map(broken_words)));
    let days_error = Signal::derive(move || problems.with(|problems| problems.days.map(days_words)));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        entry.submit();
    };
    let days = move || {
        entry.wants_token.get().then(|| {
            view! {
                <Field
                    label=t_guests().setup_days()
                    help=t_guests().setup_days_help()
                    error=days_error
                    width=FieldWidth::Number
                >
                    <TextInput
                        value=entry.days
                        on_input=move |text| entry.type_into(entry.days, text)
                        inputmode="numeric"
                        node_ref=days_field
                    />
                </Field>
            }
            .draw()
        })
    };
    let trouble = move || {
        trouble(entry.error, entry.lost, t_guests().setup_check(), move || {
            entry.work(None);
        })
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true>
            <Field label=t_guests().guest_name() error=name_error>
                <TextInput
                    value=entry.name
                    on_input=move |text| entry.type_into(entry.name, text)
                    autocomplete="name"
                    node_ref=name_field
                />
            </Field>
            <Field label=t_guests().guest_email() help=t_guests().setup_email_help() error=email_error>
                <TextInput
                    value=entry.email
                    on_input=move |text| entry.type_into(entry.email, text)
                    kind="email"
                    autocomplete="username"
                    node_ref=email_field
                />
            </Field>
            <Field label=t_guests().guest_password() error=password_error>
                <PasswordInput
                    value=entry.password
                    on_input=move |text| entry.type_into(entry.password, text)
                    autocomplete="new-password"
                    show_label=t_guests().guest_show_password()
                    node_ref=password_field
                />
            </Field>
            <Rules rules=OF_FIRST_OWNER password=entry.password.into() />
            <div>
                <Checkbox
                    label=t_guests().setup_token()
                    checked=entry.wants_token
                    on_change=move |wanted| entry.wants_token.set(wanted)
                />
                <p class="field-help">{t_guests().setup_token_help()}</p>
            </div>
            {days}
            <div role="alert">{trouble}</div>
            <Button
                label=t_guests().setup_go()
                kind=ButtonKind::Primary
                wide=true
                submit=true
                busy=entry.busy
                busy_label=t_guests().setup_busy()
            />
        </form>
    }
    .draw()
}

fn email_words(problem: EmailProblem) -> String {
    match problem {
        EmailProblem::Empty => t_guests().setup_email_missing().to_owned(),
        EmailProblem::Malformed => t_guests().setup_email_malformed().to_owned(),
    }
}

fn days_words(problem: DaysProblem) -> String {
    match problem {
        DaysProblem::NotWhole => t_guests().setup_days_whole().to_owned(),
        DaysProblem::OutOfRange => t_guests().setup_days_range().to_owned(),
    }
}
