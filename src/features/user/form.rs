//! The form: role, groups, blocked; Save and Discard.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use super::conflict::ConflictDialog;
use super::editor::Editor;
use crate::browser::lifecycle;
use crate::domain::guard::{self, Caller, Refusal};
use crate::domain::role::Role;
use crate::domain::user::User;
use crate::domain::user_edit::EditField;
use crate::features::groups_field::GroupsField;
use crate::i18n::{p, refusal, role_name, t};
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::checkbox::Checkbox;
use crate::ui::field::{Field, FieldWidth};
use crate::ui::note::Note;
use crate::ui::select::Select;
use crate::ui::support::{Choice, Tone};

/// The form of one user.
#[component]
pub fn UserForm(
    /// Its state.
    editor: Editor,
) -> Drawn {
    let console = Console::get();
    let unsaved = Signal::derive(move || !editor.changed().is_empty());
    lifecycle::ask_before_leaving(unsaved);
    let roles = Signal::derive(move || roles(console, editor));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        editor.save();
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true aria-labelledby="user-form-title">
            <h2 id="user-form-title">{p().user_form_title()}</h2>
            <Field
                label=p().field_role()
                width=FieldWidth::Choice
                changed=Signal::derive(move || editor.is_changed(EditField::Role))
            >
                <Select
                    options=roles
                    value=Signal::derive(move || editor.draft.with(|draft| draft.role.as_str().to_owned()))
                    on_change=move |name: String| editor.edit(|draft| draft.role = Role::parse(&name))
                    disabled_reason=rule(console, editor, guard::change_role)
                />
            </Field>
            <Field
                label=p().field_groups()
                help=move || groups_help(console)
                changed=Signal::derive(move || editor.is_changed(EditField::Groups))
            >
                <GroupsField
                    chosen=Signal::derive(move || editor.draft.with(|draft| draft.groups.clone()))
                    on_change=move |groups| editor.edit(|draft| draft.groups = groups)
                    typed=editor.typed
                    disabled_reason=rule(console, editor, guard::change_groups)
                />
            </Field>
            <Field
                label=p().field_status()
                help=p().field_blocked_help()
                changed=Signal::derive(move || editor.is_changed(EditField::Blocked))
            >
                <Checkbox
                    label=p().field_blocked()
                    checked=Signal::derive(move || editor.draft.with(|draft| draft.blocked))
                    on_change=move |value| editor.edit(|draft| draft.blocked = value)
                    disabled_reason=rule(console, editor, guard::toggle_block)
                />
            </Field>
            <div role="alert">
                {move || editor.error.get().map(|text| view! { <Note tone=Tone::Danger text=text /> })}
            </div>
            <div class="row">
                <Button
                    label=t().save()
                    kind=ButtonKind::Primary
                    submit=true
                    busy=editor.busy
                    busy_label=p().saving()
                    disabled_reason=Signal::derive(move || editor.save_refusal())
                />
                <Button
                    label=p().discard()
                    disabled_reason=Signal::derive(move || {
                        (!unsaved.get()).then(|| p().nothing_to_save().to_owned())
                    })
                    on_click=move || editor.discard()
                />
                <span class="muted" role="status">
                    {move || {
                        let count = editor.changed().len();
                        (count > 0).then(|| p().unsaved_changes(u64::try_from(count).unwrap_or_default()))
                    }}
                </span>
            </div>
        </form>
        <ConflictDialog editor=editor />
    }
    .draw()
}

type Rule = fn(&Caller, &User) -> Result<(), Refusal>;

/// Why a field may not be changed, in words.
fn rule(console: Console, editor: Editor, rule: Rule) -> Signal<Option<String>> {
    Signal::derive(move || {
        let Some(me) = console.me() else {
            return Some(t().refused_unknown_caller().to_owned());
        };
        editor
            .base
            .with(|user| rule(&me.caller(), user).err().map(|reason| refusal(&reason)))
    })
}

/// Whether a change of groups reaches devices that are there already depends on the account.
fn groups_help(console: Console) -> String {
    match console.account.get() {
        Some(account) if account.groups_propagation => p().field_groups_help_all().to_owned(),
        _ => p().field_groups_help().to_owned(),
    }
}

fn roles(console: Console, editor: Editor) -> Vec<Choice> {
    let me = console.me();
    Role::ASSIGNABLE
        .into_iter()
        .map(|role| {
            let refused = me.as_ref().and_then(|me| {
                editor
                    .base
                    .with(|user| guard::give_role(&me.caller(), user, &role).err())
            });
            Choice::new(role.as_str(), role_name(&role)).disabled(refused.map(|reason| refusal(&reason)))
        })
        .collect()
}
