//! Changing one's own password: the server's rules as one types, and what its refusals are about.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::error::{ApiError, ErrorKind};
use crate::api::users;
use crate::domain::password::{self, MOST_BYTES, NoPassword, Problem, RefusedField, Rule};
use crate::domain::user::{User, UserId};
use crate::features::rule_list::rule_list;
use crate::i18n::{describe_error, t, t_later};
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::field::Field;
use crate::ui::note::Note;
use crate::ui::password_input::PasswordInput;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Tone, focus};

/// The section of the caller's own page.
#[component]
pub fn PasswordSection(
    /// The caller.
    me: User,
) -> Drawn {
    let console = Console::get();
    let can = Memo::new({
        let me = me.clone();
        move |_| {
            let embedded = console.account.get().map(|account| account.embedded_idp);
            password::can_change(&me, embedded)
        }
    });
    let body = move || match can.get() {
        Ok(()) => view! { <PasswordForm me=me.clone() /> }.draw(),
        Err(why) => {
            let words = match why {
                NoPassword::Service => t_later().password_service(),
                NoPassword::Elsewhere => t_later().password_elsewhere(),
            };
            view! { <p class="muted">{words}</p> }.draw()
        }
    };
    view! {
        <section class="stack" aria-labelledby="password-title">
            <h2 id="password-title">{t_later().password_title()}</h2>
            {body}
        </section>
    }
    .draw()
}

/// What the form holds. The passwords leave it when they are changed, and with the page.
#[derive(Clone, Copy)]
struct Form {
    console: Console,
    old: RwSignal<String>,
    new: RwSignal<String>,
    old_error: RwSignal<Option<String>>,
    new_error: RwSignal<Option<String>>,
    error: RwSignal<Option<String>>,
    done: RwSignal<bool>,
    busy: RwSignal<bool>,
    old_node: NodeRef<html::Input>,
    new_node: NodeRef<html::Input>,
}

#[component]
fn PasswordForm(me: User) -> Drawn {
    let form = Form {
        console: Console::get(),
        old: RwSignal::new(String::new()),
        new: RwSignal::new(String::new()),
        old_error: RwSignal::new(None),
        new_error: RwSignal::new(None),
        error: RwSignal::new(None),
        done: RwSignal::new(false),
        busy: RwSignal::new(false),
        old_node: NodeRef::new(),
        new_node: NodeRef::new(),
    };
    let username = if me.email.is_empty() {
        me.id.0.clone()
    } else {
        me.email.clone()
    };
    let id = me.id;
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.submit(&id);
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true aria-labelledby="password-title">
            // For password managers: whose password it is.
            <input type="text" name="username" autocomplete="username" value=username readonly=true hidden=true />
            <Field label=t_later().password_old() error=form.old_error>
                <PasswordInput
                    value=form.old
                    on_input=move |text| form.type_into(form.old, form.old_error, text)
                    autocomplete="current-password"
                    show_label=t_later().password_show_old()
                    node_ref=form.old_node
                />
            </Field>
            <Field label=t_later().password_new() error=form.new_error>
                <PasswordInput
                    value=form.new
                    on_input=move |text| form.type_into(form.new, form.new_error, text)
                    autocomplete="new-password"
                    show_label=t_later().password_show_new()
                    node_ref=form.new_node
                />
            </Field>
            {rules(form)}
            <div role="alert">
                {move || form.error.get().map(|text| view! { <Note tone=Tone::Danger text=text /> })}
            </div>
            <div class="row">
                <Button
                    label=t_later().password_go()
                    kind=ButtonKind::Primary
                    submit=true
                    busy=form.busy
                    busy_label=t_later().password_busy()
                />
            </div>
            <div role="status">
                {move || form.done.get().then(|| view! { <Note tone=Tone::Success text=t_later().password_done() /> })}
            </div>
        </form>
    }
    .draw()
}

/// What the server asks of the new password.
fn rules(form: Form) -> Drawn {
    rule_list(move || {
        let (old, new) = (form.old.get(), form.new.get());
        // Of nothing there is nothing good to say yet.
        let line = |rule: Rule| (rule_words(rule), !new.is_empty() && rule.is_kept(&old, &new));
        Rule::ALL.into_iter().map(line).collect()
    })
}

fn rule_words(rule: Rule) -> String {
    match rule {
        Rule::NotEmpty => t_later().password_rule_empty().to_owned(),
        Rule::Another => t_later().password_rule_another().to_owned(),
        Rule::Fits => t_later().password_rule_fits(&MOST_BYTES.to_string()),
    }
}

fn wrong_words(rule: Rule) -> String {
    match rule {
        Rule::NotEmpty => t_later().password_new_missing().to_owned(),
        Rule::Another => t_later().password_same().to_owned(),
        Rule::Fits => t_later().password_long(&MOST_BYTES.to_string()),
    }
}

impl Form {
    fn type_into(self, value: RwSignal<String>, error: RwSignal<Option<String>>, text: String) {
        if self.busy.get_untracked() {
            return;
        }
        error.set(None);
        self.error.set(None);
        self.done.set(false);
        value.set(text);
    }

    /// Puts an error at the present password, and the focus there.
    fn blame_old(self, words: &str) {
        self.old_error.try_set(Some(words.to_owned()));
        focus_on(self.old_node);
    }

    /// The same at the new one.
    fn blame_new(self, rule: Rule) {
        self.new_error.try_set(Some(wrong_words(rule)));
        focus_on(self.new_node);
    }

    fn submit(self, me: &UserId) {
        let Some(client) = self.console.client() else { return };
        if self.busy.get_untracked() {
            return;
        }
        let request = {
            let (old, new) = (self.old.read_untracked(), self.new.read_untracked());
            match password::check(&old, &new) {
                Err(Problem::NoOld) => return self.blame_old(t_later().password_old_missing()),
                Err(Problem::New(rule)) => return self.blame_new(rule),
                Ok(()) => users::change_password(me, &old, &new),
            }
        };
        self.busy.set(true);
        self.error.set(None);
        self.done.set(false);
        spawn_local(async move {
            let ended = client.send(request).await;
            self.busy.try_set(false);
            match ended {
                Ok(()) => {
                    self.old.try_set(String::new());
                    self.new.try_set(String::new());
                    // Who has left the page hears of it all the same.
                    if self.done.try_set(true).is_some() {
                        self.console.toasts.success(t_later().password_done().to_owned());
                    }
                }
                Err(error) => self.tell(&error),
            }
        });
    }

    fn tell(self, error: &ApiError) {
        let field = (error.kind == ErrorKind::Invalid)
            .then(|| password::refused_field(&error.message))
            .flatten();
        match field {
            Some(RefusedField::Old) => return self.blame_old(t_later().password_old_wrong()),
            Some(RefusedField::New(rule)) => return self.blame_new(rule),
            None => {}
        }
        let words = if error.is_ambiguous() {
            // Nothing can be read again that would tell; the next try does.
            t_later().password_lost().to_owned()
        } else {
            [
                t_later().password_failed(),
                describe_error(error).as_str(),
                t().error_nothing_changed(),
            ]
            .join(" ")
        };
        if self.error.try_set(Some(words.clone())).is_some() {
            self.console.toasts.error(words);
        }
    }
}

fn focus_on(node: NodeRef<html::Input>) {
    if let Some(input) = node.try_get_untracked().flatten() {
        focus::focus(&input);
    }
}
