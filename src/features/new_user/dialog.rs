//! The dialog: what the server allows, the fields, and how a try ended.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::form::Form;
use crate::api::error::ApiError;
use crate::browser::{clock, lifecycle};
use crate::domain::action::Action;
use crate::domain::guard::Refusal;
use crate::domain::invite::Invite;
use crate::domain::new_user::{self, Admission, EmailProblem, GroupsProblem, Way};
use crate::domain::role::Role;
use crate::features::groups_field::GroupsField;
use crate::features::life_field::LifeField;
use crate::features::renewing::RenewLink;
use crate::i18n::{describe_error, refusal, role_name, t, t_keys, t_later};
use crate::routes::Route;
use crate::state::console::Console;
use crate::state::new_users::Present;
use crate::state::query::Status;
use crate::ui::button::{Button, ButtonKind, ButtonLink};
use crate::ui::dialog::Dialog;
use crate::ui::field::{Field, FieldWidth};
use crate::ui::icon::glyph;
use crate::ui::note::Note;
use crate::ui::radio_group::RadioGroup;
use crate::ui::select::Select;
use crate::ui::skeleton::SkeletonText;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Choice, Tone, effect, focus};
use crate::ui::text_input::TextInput;

const LINK: &str = "link";
const PASSWORD: &str = "password";

/// What the dialog shows.
#[derive(Clone, PartialEq)]
enum Stage {
    /// Nobody knows yet how this server lets people in.
    Waiting,
    /// The account could not be read.
    Failed(ApiError),
    /// Nobody can be made here.
    Refused(Refusal),
    /// The form.
    Form(Admission),
}

impl Stage {
    fn of(console: Console) -> Self {
        let Some(admission) = console.admission() else {
            return match console.account.status() {
                Status::Failed(error) => Self::Failed(error),
                _ => Self::Waiting,
            };
        };
        match console
            .caller()
            .map(|caller| new_user::may_make(&caller, Some(admission)))
        {
            Some(Err(reason)) => Self::Refused(reason),
            _ => Self::Form(admission),
        }
    }
}

/// The dialog.
#[component]
pub fn NewUserDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> Drawn {
    let console = Console::get();
    let form = Form::new(console, open);
    let stage = Memo::new(move |_| Stage::of(console));
    let renewing = RwSignal::new(None::<Invite>);
    lifecycle::ask_before_leaving(Signal::derive(move || {
        open.get() && form.draft.with(new_user::NewUserDraft::is_touched)
    }));
    effect(move || {
        // Who is invited already is said while the address is typed.
        if open.get() && console.admission().is_some_and(Admission::has_links) {
            console.ask_invites();
        }
    });
    let renew = Callback::new(move |invite: Invite| {
        form.cancel();
        renewing.set(Some(invite));
    });
    let foot = move || {
        let go = move || {
            matches!(stage.get(), Stage::Form(_)).then(|| {
                view! {
                    <Button
                        label=move || go_label(form.way())
                        kind=ButtonKind::Primary
                        busy=form.busy
                        busy_label=t_keys().invite_busy()
                        on_click=move || submit(form)
                    />
                }
            })
        };
        view! {
            <Button label=t_later().cancel() on_click=move || form.cancel() />
            {go}
        }
        .draw()
    };
    let body = move || {
        match stage.get() {
        Stage::Waiting => view! { <SkeletonText label=t_keys().invite_waiting() /> }.draw(),
        Stage::Failed(error) => {
            view! {
                <div role="alert">
                    <Note tone=Tone::Danger lead=t_keys().invite_unknown_title() text=describe_error(&error)>
                        <Button label=t().try_again() small=true icon=glyph::REFRESH on_click=move || console.ask_account() />
                    </Note>
                </div>
            }
            .draw()
        }
        Stage::Refused(reason) => {
            let text = [t_keys().invite_not_made(), &refusal(&reason)].join(" ");
            view! {
                <div role="alert">
                    <Note tone=Tone::Warning text=text />
                </div>
            }
            .draw()
        }
        Stage::Form(admission) => fields(console, form, admission, renew),
    }
    };
    view! {
        <Dialog
            open=open
            on_close=move || form.cancel()
            title=t_keys().invite_title()
            close_label=t().close()
            locked=form.busy
            foot=foot
        >
            {body}
        </Dialog>
        <RenewLink invite=renewing />
    }
    .draw()
}

fn go_label(way: Way) -> &'static str {
    match way {
        Way::Link => t_keys().invite_go_link(),
        Way::Password => t_keys().invite_go_password(),
        Way::Mail => t_keys().invite_go_mail(),
    }
}

/// Sends the form, or goes to the first field that is wrong.
fn submit(form: Form) {
    if form.submit() {
        return;
    }
    spawn_local(async {
        clock::next_frame().await;
        let dialog = leptos::prelude::document()
            .query_selector("dialog[open]")
            .ok()
            .flatten();
        if let Some(wrong) = dialog.and_then(|dialog| focus::find(&dialog, "[aria-invalid=true]")) {
            focus::focus(&wrong);
        }
    });
}

fn fields(console: Console, form: Form, admission: Admission, renew: Callback<Invite>) -> Drawn {
    let way = Signal::derive(move || form.way());
    let by_link = Memo::new(move |_| way.get() == Way::Link);
    let name_error = Signal::derive(move || {
        form.problems()
            .no_name
            .then(|| t_keys().invite_name_missing().to_owned())
    });
    let role_error = Signal::derive(move || form.problems().role.map(|reason| refusal(&reason)));
    let how = if admission == Admission::Embedded {
        view! { <Ways form=form /> }.draw()
    } else {
        view! { <Note text=t_keys().invite_by_mail() /> }.draw()
    };
    view! {
        <form
            class="stack"
            novalidate=true
            on:submit=move |event| {
                event.prevent_default();
                submit(form);
            }
        >
            <Field label=t_keys().invite_name() error=name_error>
                <TextInput
                    value=Signal::derive(move || form.draft.with(|draft| draft.name.clone()))
                    on_input=move |text| form.edit(|draft| draft.name = text)
                    autofocus=true
                />
            </Field>
            <Field label=t_keys().invite_email() error=Signal::derive(move || email_error(form))>
                <TextInput
                    value=Signal::derive(move || form.draft.with(|draft| draft.email.clone()))
                    on_input=move |text| form.edit(|draft| draft.email = text)
                    inputmode="email"
                />
            </Field>
            {move || form.taken.get().filter(|_| form.ended.with(Option::is_none)).map(|present| way_on(console, present, renew))}
            <Field label=t_later().field_role() width=FieldWidth::Choice error=role_error>
                <Select
                    options=Signal::stored(roles())
                    value=Signal::derive(move || form.draft.with(|draft| draft.role.as_str().to_owned()))
                    on_change=move |name: String| form.edit(|draft| draft.role = Role::parse(&name))
                />
            </Field>
            <Field
                label=t_later().field_groups()
                help=t_keys().invite_groups_help()
                error=Signal::derive(move || groups_error(form))
            >
                <GroupsField
                    chosen=Signal::derive(move || form.draft.with(|draft| draft.groups.clone()))
                    on_change=move |groups| form.edit(|draft| draft.groups = groups)
                    typed=form.typed
                />
            </Field>
            {how}
            {move || {
                by_link
                    .get()
                    .then(|| {
                        view! {
                            <LifeField
                                life=Signal::derive(move || form.draft.with(|draft| draft.life.clone()))
                                on_life=move |life| form.edit(|draft| draft.life = life)
                                unit=Signal::derive(move || form.draft.with(|draft| draft.unit))
                                on_unit=move |unit| form.edit(|draft| draft.unit = unit)
                            />
                        }
                    })
            }}
            // Enter in a field sends the form; the button for the pointer stands in the foot.
            <input type="submit" hidden=true />
        </form>
        <div role="alert">
            {move || {
                form.ended
                    .get()
                    .map(|ended| {
                        let on = ended.made.map(|present| way_on(console, present, renew));
                        view! { <Note tone=Tone::Danger text=ended.text>{on}</Note> }
                    })
            }}
        </div>
    }
    .draw()
}

/// The choice that the embedded provider gives.
#[component]
fn Ways(form: Form) -> Drawn {
    let choices = vec![
        Choice::new(LINK, t_keys().invite_way_link()).help(t_keys().invite_way_link_help()),
        Choice::new(PASSWORD, t_keys().invite_way_password()).help(t_keys().invite_way_password_help()),
    ];
    let value = Signal::derive(move || {
        let name = if form.way() == Way::Password { PASSWORD } else { LINK };
        name.to_owned()
    });
    let choose = move |name: String| {
        let way = if name == PASSWORD { Way::Password } else { Way::Link };
        form.edit(|draft| draft.way = way);
    };
    view! { <RadioGroup legend=t_keys().invite_way() choices=Signal::stored(choices) value=value on_change=choose /> }
        .draw()
}

fn email_error(form: Form) -> Option<String> {
    // Somebody who was made a moment ago is told of below, once.
    if form.ended.with(Option::is_some) {
        return None;
    }
    if let Some(present) = form.taken.get() {
        return Some(match &present {
            Present::User(user) => t_keys().invite_taken_user(user.display_name()),
            Present::Invite(invite) if invite.is_over(clock::now_s()) => {
                t_keys().invite_taken_over(invite.display_name())
            }
            Present::Invite(invite) => t_keys().invite_taken_open(invite.display_name()),
        });
    }
    let words = match form.problems().email? {
        EmailProblem::Empty => t_keys().invite_email_missing(),
        EmailProblem::Malformed => t_keys().invite_email_malformed(),
    };
    Some(words.to_owned())
}

fn groups_error(form: Form) -> Option<String> {
    let typed = form.typed.get();
    if form.tried.get() && !typed.trim().is_empty() {
        return Some(t_later().groups_half_typed(typed.trim()));
    }
    Some(match form.problems().groups? {
        GroupsProblem::All => t_keys().invite_group_all().to_owned(),
        GroupsProblem::Unknown(id) => t_keys().invite_group_unknown(&id),
    })
}

fn roles() -> Vec<Choice> {
    Role::ASSIGNABLE
        .into_iter()
        .map(|role| {
            let refused = new_user::give_role(&role).err();
            Choice::new(role.as_str(), role_name(&role)).disabled(refused.map(|reason| refusal(&reason)))
        })
        .collect()
}

/// What can be done about an address that somebody has.
fn way_on(console: Console, present: Present, renew: Callback<Invite>) -> Drawn {
    match present {
        Present::User(user) => {
            let href = console.href(&Route::User(user.id));
            view! { <ButtonLink label=t_keys().invite_open_user() href=href small=true icon=glyph::USER /> }.draw()
        }
        Present::Invite(invite) => {
            let refused = Signal::derive(move || {
                let renew = Action::RenewInvitation;
                (console.may(renew) != Some(true)).then(|| refusal(&renew.refusal()))
            });
            view! {
                <Button
                    label=t_keys().invite_new_link()
                    small=true
                    icon=glyph::REFRESH
                    disabled_reason=refused
                    on_click=move || renew.run(invite.clone())
                />
            }
            .draw()
        }
    }
}
