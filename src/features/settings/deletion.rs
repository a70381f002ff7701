//! Deleting the account: what goes with it, a fresh sign-in, its name typed, and what became of it.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::editor::Editor;
use crate::domain::account_deletion::{may_delete, names_account};
use crate::domain::settings::Account;
use crate::features::step_up::StepUp;
use crate::i18n::{describe_error, t, t_session, t_settings};
use crate::state::account_deletion::{self, Deletion};
use crate::state::keeper::InUse;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Dialog;
use crate::ui::facts::Facts;
use crate::ui::field::Field;
use crate::ui::note::Note;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, effect, focus, next_id};
use crate::ui::text_input::TextInput;

/// The dialog's state.
#[derive(Clone, Copy)]
struct Form {
    /// The settings' state; a handle of one word.
    editor: StoredValue<Editor>,
    session: InUse,
    step_up: StepUp,
    open: RwSignal<bool>,
    typed: RwSignal<String>,
    /// Somebody tried with another name.
    tried: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
}

/// The section, with the button that asks.
pub fn deletion(editor: Editor) -> Drawn {
    let open = RwSignal::new(false);
    let form = Form {
        editor: StoredValue::new(editor),
        session: expect_context::<InUse>(),
        step_up: StepUp::before(open.into()),
        open,
        typed: RwSignal::new(String::new()),
        tried: RwSignal::new(false),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
    };
    effect(move || {
        if form.open.get() {
            form.typed.set(String::new());
            form.tried.set(false);
            form.error.set(None);
            untrack(|| {
                if editor.peers().is_idle() {
                    editor.ask_peers();
                }
            });
        }
    });
    let refused = Signal::derive(move || match editor.console.caller() {
        None => Some(t().refused_unknown_caller().to_owned()),
        Some(caller) => (!may_delete(&caller)).then(|| t_settings().account_owner_only().to_owned()),
    });
    view! {
        <section class="stack" aria-labelledby="delete-account">
            <h3 id="delete-account">{t_settings().account_delete_title()}</h3>
            <p>{t_settings().account_delete_text()}</p>
            <div class="row">
                <Button
                    label=t_settings().account_delete_ask()
                    disabled_reason=refused
                    on_click=move || form.open.set(true)
                />
            </div>
        </section>
        {dialog(form)}
    }
    .draw()
}

fn dialog(form: Form) -> Drawn {
    let id = next_id();
    let refused = Signal::derive(move || form.step_up.refusal());
    let foot = {
        let id = id.clone();
        move || {
            view! {
                <Button label=t_settings().account_delete_keep() autofocus=true on_click=move || form.close() />
                <Button
                    label=t_settings().account_delete_go()
                    kind=ButtonKind::Danger
                    submit=true
                    form=id.clone()
                    busy=form.busy
                    busy_label=t_settings().account_delete_busy()
                    disabled_reason=refused
                />
            }
            .draw()
        }
    };
    view! {
        <Dialog
            open=form.open
            on_close=move || form.close()
            title=move || t_settings().account_delete_question(&form.name())
            locked=form.busy
            alert=true
            foot=foot
        >
            {content(form, id.clone())}
        </Dialog>
    }
    .draw()
}

fn content(form: Form, id: String) -> Drawn {
    let field = NodeRef::<html::Input>::new();
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if !form.run()
            && let Some(field) = field.get_untracked()
        {
            focus::focus(&field);
        }
    };
    let mismatch = Signal::derive(move || {
        (form.tried.get() && !form.is_named()).then(|| t_settings().account_delete_mismatch().to_owned())
    });
    let facts = Signal::derive(move || form.editor().with(super::danger::facts).unwrap_or_default());
    view! {
        <form class="stack" id=id on:submit=submit novalidate=true>
            <Facts facts=facts />
            <p>{t_settings().account_delete_text()}</p>
            <ul class="confirm-effects">{move || effects(form.editor())}</ul>
            <Field label=t_settings().account_delete_type(&untrack(|| form.name())) help=t_settings().account_delete_type_help() error=mismatch>
                <TextInput
                    value=form.typed
                    on_input=move |text| form.typed.set(text)
                    autocomplete="off"
                    node_ref=field
                />
            </Field>
            {form.step_up.view(t_session().step_up_delete())}
            <div role="alert">
                {move || form.error.get().map(|text| view! { <Note tone=Tone::Danger text=text /> })}
            </div>
        </form>
    }
    .draw()
}

/// What goes with the account, counted where it is known. Tracked.
fn effects(editor: Editor) -> Vec<Drawn> {
    let console = editor.console;
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    let mut lines = Vec::new();
    if console.users.as_of().is_some() {
        lines.push(t_settings().account_delete_users(number(console.users.count(false))));
        lines.push(t_settings().account_delete_services(number(console.users.count(true))));
    }
    lines.push(t_settings().account_delete_tokens().to_owned());
    lines.push(match editor.peers().get() {
        Some(peers) => t_settings().account_delete_devices(number(peers.len())),
        None => t_settings().account_delete_devices_unknown().to_owned(),
    });
    lines.push(match console.groups.get() {
        Some(groups) => t_settings().account_delete_groups(number(groups.iter().count())),
        None => t_settings().account_delete_groups_unknown().to_owned(),
    });
    if console.account.get().is_some_and(|account| account.embedded_idp) {
        lines.push(t_settings().account_delete_logins().to_owned());
    }
    lines.into_iter().map(|line| view! { <li>{line}</li> }.draw()).collect()
}

impl Form {
    fn editor(self) -> Editor {
        self.editor.get_value()
    }

    /// What the account is called: its domain, or its id where it has none. Tracked.
    fn name(self) -> String {
        let name = |account: &Account| {
            if account.domain.is_empty() {
                account.id.clone()
            } else {
                account.domain.clone()
            }
        };
        self.editor().with(name).unwrap_or_default()
    }

    fn is_named(self) -> bool {
        let is_it = |account: &Account| {
            self.typed
                .with(|typed| names_account(typed, &account.domain, &account.id))
        };
        self.editor().with(is_it) == Some(true)
    }

    fn close(self) {
        if !self.busy.get_untracked() {
            self.open.set(false);
        }
    }

    /// Deletes the account, once. `false` while it is not named.
    fn run(self) -> bool {
        self.tried.set(true);
        if !untrack(|| self.is_named()) {
            return false;
        }
        let id = untrack(|| self.editor().with(|account| account.id.clone()));
        let (Some(client), Some(id)) = (self.editor().console.client(), id) else {
            return false;
        };
        let may = self
            .editor()
            .console
            .caller_untracked()
            .is_some_and(|caller| may_delete(&caller));
        if !may || self.busy.get_untracked() || !self.step_up.is_done() {
            return may;
        }
        self.busy.set(true);
        self.error.set(None);
        let InUse { keeper, account_gone } = self.session;
        // Not with a sign-in, which would make a new account.
        let can_ask = keeper.session().is_some_and(|session| !session.is_from_provider());
        spawn_local(async move {
            match account_deletion::delete(&client, &id, can_ask).await {
                Deletion::Done => account_gone.run(true),
                Deletion::Unknown => account_gone.run(false),
                Deletion::Failed(error) => {
                    self.busy.try_set(false);
                    let words = [t_settings().account_delete_failed(), describe_error(&error).as_str()].join(" ");
                    self.error.try_set(Some(words));
                }
            }
        });
        true
    }
}
