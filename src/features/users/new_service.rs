//! The dialog of a new service user, and straight on to its first token.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde_json::Value;

use crate::api::kept_forms::KeptForm;
use crate::api::kept_forms::new::KeptService;
use crate::domain::group_choice;
use crate::domain::groups::Group;
use crate::domain::guard;
use crate::domain::role::Role;
use crate::domain::service_user::{self, ServiceDraft};
use crate::domain::user::User;
use crate::features::form_foot::{Doing, form_foot};
use crate::features::groups_field::GroupsField;
use crate::features::keeping;
use crate::features::new_token::NewToken;
use crate::i18n::{describe_error, refusal, role_name, t, t_keys, t_later};
use crate::routes::Route;
use crate::state::console::Console;
use crate::state::drafts;
use crate::state::service_writes::{self, Made};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Field, FieldWidth};
use crate::ui::note::Note;
use crate::ui::select::Select;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Choice, Tone, effect, focus, next_id};
use crate::ui::text_input::TextInput;

/// What the dialog holds.
#[derive(Clone, Copy)]
struct Form {
    console: Console,
    open: RwSignal<bool>,
    draft: RwSignal<ServiceDraft>,
    /// What is typed into the groups field and not chosen.
    typed: RwSignal<String>,
    /// Whether somebody has tried: what is missing is said from then on.
    tried: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    /// The one that was made, whose first token is next.
    made: RwSignal<Option<User>>,
}

/// The dialog.
#[component]
pub fn NewService(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> Drawn {
    let form = Form {
        console: Console::get(),
        open,
        draft: RwSignal::new(ServiceDraft::default()),
        typed: RwSignal::new(String::new()),
        tried: RwSignal::new(false),
        busy: RwSignal::new(false),
        error: RwSignal::new(None),
        made: RwSignal::new(None),
    };
    keeping::keep(
        form.console,
        move || open.get().then_some(KeptForm::NewService),
        move || KeptService(form.draft.get(), form.typed.get()).write(),
        move |left| form.begin(left.as_ref()),
    );
    reopen(form);
    // The page of the new one follows when its first token is saved, or when none is wanted yet.
    let last = StoredValue::new(None::<String>);
    effect(move || {
        if let Some(user) = form.made.get() {
            last.set_value(Some(form.console.href(&Route::User(user.id))));
        }
    });
    let navigate = use_navigate();
    let to_page = Callback::new(move |()| {
        let Some(address) = last.try_update_value(Option::take).flatten() else {
            return;
        };
        let options = NavigateOptions {
            resolve: false,
            ..NavigateOptions::default()
        };
        navigate(&address, options);
    });
    let id = next_id();
    let doing = Doing {
        label: t_keys().service_make().into(),
        busy_label: t_keys().service_making().into(),
    };
    let foot = form_foot(id.clone(), doing, form.busy, move || form.close());
    view! {
        <Dialog
            open=open
            on_close=move || form.close()
            title=t_keys().service_new()
            close_label=t().close()
            locked=form.busy
            foot=foot
        >
            <Fields form=form id=id.clone() />
        </Dialog>
        <NewToken user=form.made on_change=Callback::new(|()| ()) on_end=to_page />
    }
    .draw()
}

#[component]
fn Fields(form: Form, id: String) -> Drawn {
    let name_field = NodeRef::<html::Input>::new();
    let nameless = move || form.draft.with(|draft| draft.name.trim().is_empty());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        form.make();
        if let Some(field) = name_field.get_untracked()
            && untrack(nameless)
        {
            focus::focus(&field);
        }
    };
    let name_error =
        Signal::derive(move || (form.tried.get() && nameless()).then(|| t_keys().service_name_empty().to_owned()));
    let roles: Vec<Choice> = service_user::roles()
        .map(|role| Choice::new(role.as_str(), role_name(&role)))
        .collect();
    view! {
        <form class="stack" id=id on:submit=submit novalidate=true>
            <Field label=t_keys().service_name() help=t_keys().service_name_help() error=name_error>
                <TextInput
                    value=Signal::derive(move || form.draft.with(|draft| draft.name.clone()))
                    on_input=move |name| form.draft.update(|draft| draft.name = name)
                    autofocus=true
                    node_ref=name_field
                />
            </Field>
            <Field label=t_later().field_role() width=FieldWidth::Choice>
                <Select
                    options=Signal::stored(roles)
                    value=Signal::derive(move || form.draft.with(|draft| draft.role.as_str().to_owned()))
                    on_change=move |name: String| form.draft.update(|draft| draft.role = Role::parse(&name))
                />
            </Field>
            <Field label=t_later().field_groups() help=t_keys().field_groups_help_service()>
                <GroupsField
                    chosen=Signal::derive(move || form.draft.with(|draft| draft.groups.clone()))
                    on_change=move |groups| form.draft.update(|draft| draft.groups = groups)
                    typed=form.typed
                />
            </Field>
            <div role="alert">
                {move || form.error.get().map(|text| view! { <Note tone=Tone::Danger text=text /> })}
            </div>
        </form>
    }
    .draw()
}

/// Opens what was open when the page was left for the provider: the dialog itself, or that of the first token.
fn reopen(form: Form) {
    let console = form.console;
    keeping::reopen(console, move |me| {
        if drafts::from_tab(me, &KeptForm::NewService).is_some() {
            form.open.set(true);
            return true;
        }
        let owners = drafts::token_owners(me);
        let mut users = owners.iter().filter_map(|id| console.users.user(id));
        let owner = users.find(|user| user.is_service_user);
        let is_found = owner.is_some();
        if is_found {
            form.made.set(owner);
        }
        is_found || owners.is_empty()
    });
}

impl Form {
    /// Begins anew, or with what was left.
    fn begin(self, left: Option<&Value>) {
        let KeptService(draft, typed) = left
            .and_then(KeptService::read)
            .unwrap_or_else(|| KeptService(ServiceDraft::default(), String::new()));
        self.draft.set(draft);
        self.typed.set(typed);
        self.tried.set(false);
        self.error.set(None);
    }

    fn close(self) {
        if !self.busy.get_untracked() {
            self.open.set(false);
        }
    }

    /// Makes the service user: once, however often it is called while it works.
    fn make(self) {
        self.tried.set(true);
        let console = self.console;
        let draft = self.draft.get_untracked();
        if draft.name.trim().is_empty() || self.busy.get_untracked() {
            return;
        }
        let typed = self.typed.get_untracked();
        if !typed.trim().is_empty() {
            return self.error.set(Some(t_later().groups_half_typed(typed.trim())));
        }
        let (Some(client), Some(caller)) = (console.client(), console.caller_untracked()) else {
            return;
        };
        if let Err(reason) = guard::edit(&caller) {
            return self.error.set(Some(refusal(&reason)));
        }
        self.busy.set(true);
        self.error.set(None);
        let groups = console.groups.get_untracked().unwrap_or_default();
        spawn_local(async move {
            let kept = StoredValue::new(Vec::<String>::new());
            let group_made = move |name: &str, group: Group| {
                kept.try_update_value(|kept| kept.push(name.to_owned()));
                self.draft
                    .try_update(|draft| group_choice::made(&mut draft.groups, name, &group.id));
                console.group_made(group);
            };
            let ended = service_writes::make(&client, &draft, &groups, &group_made).await;
            self.busy.try_set(false);
            self.tell(ended, &kept.try_get_value().unwrap_or_default());
            kept.dispose();
        });
    }

    fn tell(self, ended: Made, kept: &[String]) {
        let console = self.console;
        let words = match ended {
            Made::Done { user, confirmed } => {
                keeping::done(console, &KeptForm::NewService);
                console.users.put(&user);
                let name = user.display_name();
                console.toasts.success(if confirmed {
                    t_keys().service_made_confirmed(name)
                } else {
                    t_keys().service_made(name)
                });
                self.open.try_set(false);
                self.made.try_set(Some(user));
                return;
            }
            Made::GroupGone(now) => {
                console.groups.set(now);
                [t_keys().service_not_made(), t_later().groups_drop_unknown()].join(" ")
            }
            Made::GroupFailed(group, error) => [
                t_keys().service_not_made(),
                &t_later().group_failed(&group),
                &describe_error(&error),
            ]
            .join(" "),
            Made::Failed(error) => [t_keys().service_not_made(), &describe_error(&error)].join(" "),
            Made::Lost => t_keys().service_unknown().to_owned(),
        };
        let mut all = vec![words];
        all.extend(kept.iter().map(|group| t_keys().service_group_kept(group)));
        console.toasts.error_in(self.error, all.join(" "));
    }
}
