//! Deleting a user: the question, what goes with them, and what became of it.

use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::tokens;
use crate::domain::guard;
use crate::domain::user::{User, UserId};
use crate::features::faces;
use crate::i18n::{describe_error, refusal, t, t_keys, t_later};
use crate::state::console::Console;
use crate::state::query::Query;
use crate::state::user_writes::{self, Deleted};
use crate::ui::confirm::Confirm;

/// The question. It is open while there is a user to ask about.
#[component]
pub fn DeleteUser(
    /// Whom it is about.
    user: RwSignal<Option<User>>,
    /// Called when they are gone.
    on_deleted: Callback<()>,
) -> Drawn {
    let console = Console::get();
    let busy = RwSignal::new(false);
    let error = RwSignal::new(None::<String>);
    // The words stay while the dialog closes.
    let last = Memo::new(move |before: Option<&Option<User>>| user.get().or_else(|| before.cloned().flatten()));
    let name = move || {
        last.get()
            .map(|user| user.display_name().to_owned())
            .unwrap_or_default()
    };
    let is_service = move || last.with(|user| user.as_ref().is_some_and(|user| user.is_service_user));
    let tokens = Query::default();
    effect(move || {
        if user.with(Option::is_some) {
            error.set(None);
            console.ensure_devices();
        }
    });
    effect(move || count_tokens(console, user.get(), tokens));
    let confirm = move || {
        let (Some(user_now), false) = (user.get_untracked(), busy.get_untracked()) else {
            return;
        };
        run(console, user_now, user, busy, error, on_deleted);
    };
    view! {
        <Confirm
            open=Signal::derive(move || user.with(Option::is_some))
            question=move || t_later().delete_title(&name())
            facts=Signal::derive(move || last.get().map(|user| faces::who(&user)).unwrap_or_default())
            sentence=move || if is_service() { t_keys().delete_text_service() } else { t_later().delete_text() }
            effects=Signal::derive(move || {
                last.get().map(|user| effects(console, &user, tokens)).unwrap_or_default()
            })
            keep_label=move || if is_service() { t_keys().delete_keep_service() } else { t_later().delete_keep() }
            danger_label=move || if is_service() { t_keys().delete_go_service() } else { t_later().delete_go() }
            busy_label=t_later().delete_busy()
            busy=busy
            error=error
            on_keep=move || {
                if !busy.get_untracked() {
                    user.set(None);
                }
            }
            on_confirm=confirm
        />
    }
    .draw()
}

/// Asks how many tokens go with a service user; nobody can see those of another person.
fn count_tokens(console: Console, user: Option<User>, tokens: Query<(UserId, u64)>) {
    let (Some(client), Some(user)) = (console.client(), user.filter(|user| user.is_service_user)) else {
        return;
    };
    tokens.run_here(async move {
        let found = client.send(tokens::list(&user.id)).await?;
        Ok((user.id, u64::try_from(found.len()).unwrap_or_default()))
    });
}

/// What goes with the user, and what stays although one might think otherwise.
fn effects(console: Console, user: &User, tokens: Query<(UserId, u64)>) -> Vec<String> {
    if user.is_service_user {
        let count = tokens.get().filter(|known| known.0 == user.id).map(|known| known.1);
        return vec![match count {
            None => t_keys().delete_tokens_service().to_owned(),
            Some(0) => t_keys().delete_no_tokens().to_owned(),
            Some(count) => t_keys().delete_tokens_count(count),
        }];
    }
    let devices = console.devices.get().map(|devices| devices.of(user.id.as_str()));
    let devices = match devices {
        None => t_later().delete_devices_unknown().to_owned(),
        Some(0) => t_later().delete_no_devices().to_owned(),
        Some(count) => t_later().delete_devices(u64::from(count)),
    };
    let embedded = console.account.get().is_some_and(|account| account.embedded_idp);
    let login = match user.idp_id.as_deref() {
        Some("local") => t_later().delete_login_local(),
        Some(_) if embedded => t_later().delete_login_connector(),
        _ => t_later().delete_login_external(),
    };
    vec![devices, t_later().delete_tokens().to_owned(), login.to_owned()]
}

fn run(
    console: Console,
    user: User,
    asked: RwSignal<Option<User>>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    on_deleted: Callback<()>,
) {
    let (Some(client), Some(caller)) = (console.client(), console.caller_untracked()) else {
        return;
    };
    if let Err(reason) = guard::delete(&caller, &user) {
        return error.set(Some(refusal(&reason)));
    }
    if !console.begin_write(&user.id) {
        return;
    }
    busy.set(true);
    error.set(None);
    spawn_local(async move {
        let ended = user_writes::delete(&client, &user.id).await;
        console.end_write(&user.id);
        busy.try_set(false);
        let name = user.display_name();
        let words = match ended {
            Deleted::Done => t_later().deleted(name),
            Deleted::Already => t_later().deleted_already(name),
            Deleted::Failed(wrong) => {
                let words = [t().delete_failed(), describe_error(&wrong).as_str()].join(" ");
                return console.toasts.error_in(error, words);
            }
            Deleted::Lost => {
                return console
                    .toasts
                    .error_in(error, t_later().delete_outcome_unknown().to_owned());
            }
        };
        console.users.remove(&user.id);
        asked.try_set(None);
        console.toasts.success(words);
        on_deleted.try_run(());
    });
}
