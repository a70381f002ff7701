//! The dialog of a new token: its name, how long it lasts, and what became of it. Its secret is shown by `secret`.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::api::kept_forms::KeptForm;
use crate::api::kept_forms::new::KeptToken;
use crate::api::tokens::CreatedToken;
use crate::browser::chunk::chunk;
use crate::browser::clock;
use crate::domain::guard;
use crate::domain::permission::Operation;
use crate::domain::secret::{Secret, SecretKind};
use crate::domain::time::Moment;
use crate::domain::token::{self, DaysProblem, NewToken as Wanted, Token};
use crate::domain::user::User;
use crate::features::form_foot::{Doing, form_foot};
use crate::features::later::{Part, opened};
use crate::features::{faces, keeping, secret};
use crate::i18n::{describe_error, refusal, t, t_keys};
use crate::state::console::Console;
use crate::state::token_writes::{self, Made};
use crate::state::user_writes::Deleted;
use crate::ui::dialog::Dialog;
use crate::ui::field::{Field, FieldWidth};
use crate::ui::note::Note;
use crate::ui::select::Select;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Choice, Tone, focus, next_id};
use crate::ui::text_input::TextInput;

/// The days that are offered; the last choice asks for another number.
const PRESETS: [u16; 5] = [7, 30, 90, 180, token::MOST_DAYS];
/// What is chosen when the dialog opens.
const USUAL: u16 = 90;
/// The last choice, as the program calls it.
const OTHER: &str = "other";

chunk!(user, load_new_token: fn draw_new_token(
    user: RwSignal<Option<User>>,
    on_change: Callback<()>,
    on_end: Callback<()>
) -> Drawn {
    view! { <NewTokenDialog user=user on_change=on_change on_end=on_end /> }.draw()
});

/// The dialog. It is open while there is a user to make a token for.
#[component]
pub fn NewToken(
    /// For whom.
    user: RwSignal<Option<User>>,
    /// Called when the user's tokens are others than before.
    on_change: Callback<()>,
    /// Called when it has been closed, and the secret has been saved if there was one.
    on_end: Callback<()>,
) -> Drawn {
    let console = Console::get();
    let part = Part::new(load_new_token, move || draw_new_token(user, on_change, on_end));
    let missing = Callback::new(move |()| {
        user.set(None);
        console.toasts.error(t().part_failed_text().to_owned());
        on_end.run(());
    });
    opened(move || user.with(Option::is_some), part, missing)
}

/// What the dialog holds.
#[derive(Clone, Copy)]
struct Form {
    console: Console,
    user: RwSignal<Option<User>>,
    on_change: Callback<()>,
    on_end: Callback<()>,
    name: RwSignal<String>,
    /// One of the presets, or [`OTHER`].
    lasts: RwSignal<String>,
    /// Another number of days, as it was typed.
    typed: RwSignal<String>,
    /// Whether somebody has tried: what is missing is said from then on.
    tried: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    /// A token that was made and whose secret is lost.
    lost: RwSignal<Option<Token>>,
}

/// What the dialog opens with.
fn usual() -> KeptToken {
    KeptToken {
        name: String::new(),
        lasts: USUAL.to_string(),
        days: String::new(),
    }
}

fn is_choice(lasts: &str) -> bool {
    lasts == OTHER || PRESETS.iter().any(|days| days.to_string() == lasts)
}

impl Form {
    /// Begins anew, or with what was left.
    fn begin(self, left: Option<&Value>) {
        let left = left.and_then(KeptToken::read).filter(|left| is_choice(&left.lasts));
        let KeptToken { name, lasts, days } = left.unwrap_or_else(usual);
        self.name.set(name);
        self.lasts.set(lasts);
        self.typed.set(days);
        self.tried.set(false);
        self.error.set(None);
        self.lost.set(None);
    }

    /// What would be lost with the page, tracked.
    fn held(self) -> Option<Value> {
        let held = KeptToken {
            name: self.name.get(),
            lasts: self.lasts.get(),
            days: self.typed.get(),
        };
        (held != usual()).then(|| held.write())
    }

    /// Tracked.
    fn days(self) -> Result<u16, DaysProblem> {
        match self.lasts.get() {
            lasts if lasts == OTHER => token::check_days(&self.typed.get()),
            lasts => token::check_days(&lasts),
        }
    }

    /// What is to be made, tracked; `None` while something is missing.
    fn wanted(self) -> Option<Wanted> {
        let name = self.name.get().trim().to_owned();
        let days = self.days().ok()?;
        (!name.is_empty()).then_some(Wanted { name, days })
    }

    fn close(self) {
        if !self.busy.get_untracked() {
            self.user.set(None);
            self.on_end.run(());
        }
    }

    /// Makes the token: once, however often it is called while it works.
    fn make(self) {
        self.tried.set(true);
        let (Some(user), Some(wanted), false) = (
            self.user.get_untracked(),
            untrack(|| self.wanted()),
            self.busy.get_untracked(),
        ) else {
            return;
        };
        let (Some(client), Some(caller)) = (self.console.client(), self.console.caller_untracked()) else {
            return;
        };
        if let Err(reason) = guard::tokens(&caller, &user, Operation::Create) {
            return self.error.set(Some(refusal(&reason)));
        }
        if !self.console.begin_write(&user.id) {
            return;
        }
        self.busy.set(true);
        self.error.set(None);
        let lost = self.lost.get_untracked();
        spawn_local(async move {
            if secret::ready().await {
                // The one whose secret nobody has goes first.
                let ended = match lost {
                    None => Deleted::Done,
                    Some(lost) => token_writes::revoke(&client, &user.id, &lost.id).await,
                };
                match ended {
                    Deleted::Done | Deleted::Already => {
                        self.lost.try_set(None);
                        self.tell(&user, token_writes::make(&client, &user.id, &wanted).await);
                    }
                    Deleted::Failed(error) => self.fail(&[t_keys().revoke_failed(), describe_error(&error).as_str()]),
                    Deleted::Lost => self.fail(&[t_keys().revoke_unknown()]),
                }
            } else {
                self.fail(&[t_keys().secret_not_ready()]);
            }
            self.console.end_write(&user.id);
            self.busy.try_set(false);
        });
    }

    fn tell(self, user: &User, ended: Made) {
        match ended {
            Made::Done(created) => {
                keeping::done(self.console, &KeptForm::NewToken(user.id.clone()));
                let after = self.on_end;
                self.show(user, created, after);
                self.user.try_set(None);
                self.on_change.try_run(());
            }
            Made::SecretLost(token) => {
                self.on_change.try_run(());
                let words = t_keys().token_lost(&token.name);
                if self.lost.try_set(Some(token)).is_some() {
                    self.console.toasts.error(words);
                }
            }
            Made::Failed(error) => self.fail(&[t_keys().token_not_made(), describe_error(&error).as_str()]),
            Made::Lost => {
                self.on_change.try_run(());
                self.fail(&[t_keys().token_unknown()]);
            }
        }
    }

    fn show(self, user: &User, created: CreatedToken, after: Callback<()>) {
        let CreatedToken { token, secret } = created;
        let subject = if user.is_service_user {
            t_keys().token_of(&token.name, user.display_name())
        } else {
            token.name
        };
        let ends = match token.expires_at {
            Moment::At(_) => Some(t_keys().token_secret_ends(&faces::moment_date(token.expires_at).text)),
            Moment::Never | Moment::Unreadable => None,
        };
        let secret: Zeroizing<String> = secret;
        self.console
            .secrets
            .show(Secret::new(SecretKind::Token, subject, secret).until(ends), Some(after));
    }

    /// Says it in the dialog; who has left the page hears of it all the same.
    fn fail(self, words: &[&str]) {
        self.console.toasts.error_in(self.error, words.join(" "));
    }
}

#[component]
fn NewTokenDialog(user: RwSignal<Option<User>>, on_change: Callback<()>, on_end: Callback<()>) -> Drawn {
    let form = Form {
        console: Console::get(),
        user,
        on_change,
        on_end,
        name: RwSignal::new(String::new()),
        lasts: RwSignal::new(USUAL.to_string()),
        typed: RwSignal::new(String::new()),
        tried: RwSignal::new(false),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        lost: RwSignal::new(None),
    };
    keeping::keep(
        form.console,
        move || user.with(|user| user.as_ref().map(|user| KeptForm::NewToken(user.id.clone()))),
        move || form.held(),
        move |left| form.begin(left.as_ref()),
    );
    // The words stay while the dialog closes.
    let owner = Memo::new(move |before: Option<&String>| {
        let name = user.with(|user| user.as_ref().map(|user| user.display_name().to_owned()));
        name.or_else(|| before.cloned()).unwrap_or_default()
    });
    let id = next_id();
    let make_label = move || {
        if form.lost.with(Option::is_some) {
            t_keys().token_make_again()
        } else {
            t_keys().token_make()
        }
    };
    let doing = Doing {
        label: make_label.into(),
        busy_label: t_keys().token_making().into(),
    };
    let foot = form_foot(id.clone(), doing, form.busy, move || form.close());
    view! {
        <Dialog
            open=Signal::derive(move || user.with(Option::is_some))
            on_close=move || form.close()
            title=move || t_keys().token_for(&owner.get())
            close_label=t().close()
            locked=form.busy
            foot=foot
        >
            <Fields form=form id=id.clone() />
        </Dialog>
    }
    .draw()
}

#[component]
fn Fields(form: Form, id: String) -> Drawn {
    let (name_field, days_field) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.make();
        // To the first thing that is missing.
        let missing = if form.name.with_untracked(|name| name.trim().is_empty()) {
            name_field.get_untracked()
        } else if untrack(|| form.days().is_err()) {
            days_field.get_untracked()
        } else {
            None
        };
        if let Some(field) = missing {
            focus::focus(&field);
        }
    };
    let name_error = Signal::derive(move || {
        (form.tried.get() && form.name.with(|name| name.trim().is_empty()))
            .then(|| t_keys().token_name_empty().to_owned())
    });
    let presets = Signal::derive(move || {
        let preset = |days: u16| Choice::new(days.to_string(), t_keys().token_days(days.into()));
        let mut choices: Vec<Choice> = PRESETS.into_iter().map(preset).collect();
        choices.push(Choice::new(OTHER, t_keys().token_days_other()));
        choices
    });
    let ends = move || match form.days() {
        Ok(days) => {
            #[allow(clippy::cast_precision_loss, reason = "exact for some million years")]
            let end = token::end(clock::now_s(), days) as f64 * 1000.0;
            t_keys().token_ends_on(&faces::date(end))
        }
        Err(_) => t_keys().token_days_range().to_owned(),
    };
    let is_other = Memo::new(move |_| form.lasts.with(|lasts| lasts == OTHER));
    let other = move || {
        is_other.get().then(|| {
            let error = Signal::derive(move || {
                let problem = form.days().err().filter(|_| form.tried.get())?;
                Some(match problem {
                    DaysProblem::NotWhole => t_keys().token_days_whole().to_owned(),
                    DaysProblem::OutOfRange => t_keys().token_days_range().to_owned(),
                })
            });
            view! {
                <Field label=t_keys().token_days_label() help=ends error=error width=FieldWidth::Number>
                    <TextInput
                        value=form.typed
                        on_input=move |text| form.typed.set(text)
                        inputmode="numeric"
                        node_ref=days_field
                    />
                </Field>
            }
            .draw()
        })
    };
    let lasts_help = move || {
        // The field of the days says it.
        if is_other.get() { String::new() } else { ends() }
    };
    let trouble = move || {
        let lost = form
            .lost
            .with(|lost| lost.as_ref().map(|token| t_keys().token_lost(&token.name)));
        let lost = lost.map(|text| view! { <Note tone=Tone::Warning text=text /> }.draw());
        let error = form
            .error
            .get()
            .map(|text| view! { <Note tone=Tone::Danger text=text /> }.draw());
        [lost, error].into_iter().flatten().collect::<Vec<_>>()
    };
    view! {
        <form class="stack" id=id on:submit=submit novalidate=true>
            <Field label=t_keys().token_name() help=t_keys().token_name_help() error=name_error>
                <TextInput
                    value=form.name
                    on_input=move |text| form.name.set(text)
                    autofocus=true
                    node_ref=name_field
                />
            </Field>
            <Field label=t_keys().token_lasts() help=lasts_help width=FieldWidth::Choice>
                <Select options=presets value=form.lasts on_change=move |lasts| form.lasts.set(lasts) />
            </Field>
            {other}
            <div role="alert">{trouble}</div>
        </form>
    }
    .draw()
}
