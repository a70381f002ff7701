//! The sign-in page: after a sign-out, after an error, and where there is no other way in.

use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::auth::access_token::TokenProblem;
use crate::auth::flow::{self, AuthError, Reason};
use crate::auth::session::Session;
use crate::config::{AuthMode, RunConfig, StorageKind};
use crate::features::auth_words::auth_words;
use crate::features::reaching::diagnostics_link;
use crate::features::title::use_title;
use crate::i18n::{t, t_guests, t_later, t_session};
use crate::routes::Route;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::checkbox::Checkbox;
use crate::ui::field::Field;
use crate::ui::icon::glyph;
use crate::ui::note::Note;
use crate::ui::public_page::PublicPage;
use crate::ui::support::Tone;
use crate::ui::text_input::TextInput;

/// The page.
#[component]
pub fn SignInPage(
    /// The deployment.
    config: RunConfig,
    /// Why it shows.
    reason: Reason,
    /// Called with a session that needs no provider.
    signed_in: Callback<Session>,
) -> Drawn {
    let behind_proxy = config.auth.mode == AuthMode::Proxy;
    let title = match reason {
        Reason::SignedOut | Reason::SignedOutElsewhere if behind_proxy => t_guests().proxy_left_title(),
        Reason::SignedOut | Reason::SignedOutElsewhere | Reason::SignedOutOnlyHere | Reason::AccountDeleted(_) => {
            t_later().signed_out_title()
        }
        Reason::Failed(AuthError::HandedOn) => t_session().auth_handed_on_title(),
        Reason::Failed(AuthError::Denied(_)) if reason_is_mild(&reason) => t_later().sign_in_title(),
        Reason::Failed(_) => t_later().auth_failed_title(),
        _ => t_later().sign_in_title(),
    };
    use_title(title.to_owned());
    let has_left = matches!(reason, Reason::SignedOut | Reason::SignedOutElsewhere);
    let offers_provider = config.auth.mode == AuthMode::Oidc;
    let problem = RwSignal::new(reason_words(&config, &reason));
    let by_token = RwSignal::new(!offers_provider || reason == Reason::TokenRefused);
    let lead = t_later().sign_in_lead(config.api_host());
    let foot = diagnostics_link(&config);
    let config = StoredValue::new(config);
    let handed_on = reason == Reason::Failed(AuthError::HandedOn);
    let again = if has_left {
        t_guests().proxy_enter()
    } else {
        t().try_again()
    };
    let form = move || {
        if handed_on {
            // A window of another tab: there is nothing to do here.
            ().draw()
        } else if behind_proxy {
            // The proxy signs in, not this page: all it can do is ask again.
            view! { <Button label=again icon=glyph::REFRESH wide=true on_click=crate::browser::page::reload /> }.draw()
        } else if by_token.get() {
            let back = Callback::new(move |()| by_token.set(false));
            let back = offers_provider.then_some(back);
            view! { <TokenForm config=config.get_value() signed_in=signed_in back=back problem=problem /> }.draw()
        } else {
            view! { <ProviderForm config=config.get_value() problem=problem by_token=by_token /> }.draw()
        }
    };
    view! {
        <PublicPage brand=t().app_name() title=title lead=lead foot=foot>
            {move || problem.get().map(Problem::view)}
            {form}
        </PublicPage>
    }
    .draw()
}

/// What stands above the form: how serious, and the words.
#[derive(Clone)]
struct Problem {
    tone: Tone,
    text: String,
}

impl Problem {
    fn view(self) -> Drawn {
        let role = if self.tone == Tone::Danger { "alert" } else { "status" };
        view! { <div role=role><Note tone=self.tone text=self.text /></div> }.draw()
    }
}

#[component]
fn ProviderForm(config: RunConfig, problem: RwSignal<Option<Problem>>, by_token: RwSignal<bool>) -> Drawn {
    let busy = RwSignal::new(false);
    let go = move || {
        if !busy.get_untracked() {
            problem.set(None);
            busy.set(true);
        }
    };
    effect(move || {
        if !busy.get() {
            return;
        }
        let config = config.clone();
        // The question belongs to this form and goes with it: a late answer must not lead away who has signed in by a
        // token meanwhile.
        spawn_local_scoped_with_cancellation(async move {
            // On success the browser leaves, and the button stays busy until it has.
            if let Err(error) = flow::begin_by_hand(&config, &Route::users().to_path()).await {
                problem.try_set(Some(Problem {
                    tone: Tone::Danger,
                    text: auth_words(&config, &error),
                }));
                busy.try_set(false);
            }
        });
    });
    view! {
        <Button
            label=t_later().sign_in_sso()
            kind=ButtonKind::Primary
            wide=true
            busy=busy
            busy_label=t_later().sign_in_sso_busy()
            on_click=go
        />
        <p class="or">{t_later().sign_in_or()}</p>
        <Button
            label=t_later().sign_in_token()
            wide=true
            icon=glyph::TOKEN
            on_click=move || {
                problem.set(None);
                by_token.set(true);
            }
        />
        <p class="field-help">{t_later().sign_in_token_note()}</p>
    }
    .draw()
}

#[component]
fn TokenForm(
    config: RunConfig,
    signed_in: Callback<Session>,
    back: Option<Callback<()>>,
    problem: RwSignal<Option<Problem>>,
) -> Drawn {
    let token = RwSignal::new(String::new());
    let remember = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    let may_remember = config.auth.storage == StorageKind::Session;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        problem.set(None);
        match flow::with_access_token(&config, &token.get_untracked(), remember.get_untracked()) {
            Ok(session) => {
                let landing = [config.base_path().trim_end_matches('/'), flow::landing().as_str()].concat();
                crate::browser::page::replace_address(&landing);
                signed_in.run(session);
            }
            Err(wrong) => error.set(Some(token_words(wrong))),
        }
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true>
            <Field label=t_later().sign_in_token_label() help=t_later().sign_in_token_help() error=error>
                <TextInput
                    value=token
                    on_input=move |text| {
                        error.set(None);
                        token.set(text);
                    }
                    kind="password"
                    mono=true
                    autofocus=true
                />
            </Field>
            {may_remember
                .then(|| {
                    view! {
                        <Checkbox
                            label=t_later().sign_in_token_remember()
                            checked=remember
                            on_change=move |value| remember.set(value)
                        />
                    }
                })}
            <Button label=t_later().sign_in_token_submit() kind=ButtonKind::Primary wide=true submit=true />
            {back
                .map(|back| {
                    view! { <Button label=t_later().sign_in_back() kind=ButtonKind::Quiet wide=true on_click=back /> }
                })}
        </form>
        <p class="field-help">{t_later().sign_in_token_note()}</p>
    }
    .draw()
}

fn reason_words(config: &RunConfig, reason: &Reason) -> Option<Problem> {
    let info = |text: &str| {
        Some(Problem {
            tone: Tone::Info,
            text: text.to_owned(),
        })
    };
    match reason {
        Reason::SignedOut | Reason::SignedOutElsewhere if config.auth.mode == AuthMode::Proxy => {
            info(t_guests().proxy_left_text())
        }
        _ if config.auth.mode == AuthMode::Proxy => Some(Problem {
            tone: Tone::Danger,
            text: t_later().proxy_refused().to_owned(),
        }),
        Reason::Asked => None,
        Reason::AccountDeleted(true) => info(t_later().account_deleted()),
        Reason::AccountDeleted(false) => Some(Problem {
            tone: Tone::Warning,
            text: t_later().account_deletion_unknown().to_owned(),
        }),
        Reason::SignedOut => info(t_later().signed_out_text()),
        Reason::SignedOutElsewhere => info(t_later().signed_out_elsewhere()),
        Reason::SignedOutOnlyHere => Some(Problem {
            tone: Tone::Warning,
            text: t_session().session_only_here().to_owned(),
        }),
        Reason::Expired => info(t_later().session_expired()),
        Reason::Failed(error) if reason_is_mild(reason) => info(&auth_words(config, error)),
        Reason::TokenRefused => Some(Problem {
            tone: Tone::Danger,
            text: t_later().token_refused().to_owned(),
        }),
        Reason::Failed(error) => Some(Problem {
            tone: Tone::Danger,
            text: auth_words(config, error),
        }),
    }
}

/// Whether nothing went wrong, although nobody is signed in.
fn reason_is_mild(reason: &Reason) -> bool {
    match reason {
        Reason::Failed(AuthError::HandedOn) => true,
        Reason::Failed(AuthError::Denied(word)) => word == "login_required",
        _ => false,
    }
}

fn token_words(problem: TokenProblem) -> String {
    match problem {
        TokenProblem::Empty => t_later().token_empty().to_owned(),
        TokenProblem::Length(count) => t_later().token_length(&count.to_string()),
        TokenProblem::Prefix => t_later().token_prefix().to_owned(),
        TokenProblem::Checksum => t_later().token_checksum().to_owned(),
    }
}
