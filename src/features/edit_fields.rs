//! The fields of a user that two pages edit: role and auto groups, each with the rule that speaks against it.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use crate::domain::guard::{self, Caller, Refusal};
use crate::domain::role::Role;
use crate::domain::user::User;
use crate::domain::user_edit::EditField;
use crate::features::editor::Editor;
use crate::features::groups_field::GroupsField;
use crate::i18n::{refusal, role_name, t, t_keys, t_later};
use crate::state::console::Console;
use crate::ui::field::{Field, FieldWidth};
use crate::ui::select::Select;
use crate::ui::support::Choice;

/// The field of the role: those that can be given, and for the others why not.
#[component]
pub fn RoleField(
    /// The form.
    editor: Editor,
) -> Drawn {
    let console = Console::get();
    view! {
        <Field
            label=t_later().field_role()
            width=FieldWidth::Choice
            changed=Signal::derive(move || editor.is_changed(EditField::Role))
        >
            <Select
                options=Signal::derive(move || roles(console, editor))
                value=Signal::derive(move || editor.draft.with(|draft| draft.role.as_str().to_owned()))
                on_change=move |name: String| editor.edit(|draft| draft.role = Role::parse(&name))
                disabled_reason=rule(console, editor, guard::change_role)
            />
        </Field>
    }
    .draw()
}

/// The field of the groups.
#[component]
pub fn AutoGroupsField(
    /// The form.
    editor: Editor,
) -> Drawn {
    let console = Console::get();
    view! {
        <Field
            label=t_later().field_groups()
            help=move || groups_help(console, editor)
            changed=Signal::derive(move || editor.is_changed(EditField::Groups))
        >
            <GroupsField
                chosen=Signal::derive(move || editor.draft.with(|draft| draft.groups.clone()))
                on_change=move |groups| editor.edit(|draft| draft.groups = groups)
                typed=editor.typed
                disabled_reason=rule(console, editor, guard::change_groups)
            />
        </Field>
    }
    .draw()
}

/// A rule about a user.
pub type Rule = fn(&Caller, &User) -> Result<(), Refusal>;

/// Why a field may not be changed, in words.
pub fn rule(console: Console, editor: Editor, rule: Rule) -> Signal<Option<String>> {
    refused(console, Signal::derive(move || editor.base.get()), rule)
}

/// Why something may not be done to a user, in words. While nobody knows who is signed in, that is the reason.
pub fn refused(console: Console, user: Signal<User>, rule: Rule) -> Signal<Option<String>> {
    Signal::derive(move || {
        let Some(me) = console.me() else {
            return Some(t().refused_unknown_caller().to_owned());
        };
        user.with(|user| rule(&me.caller(), user).err().map(|reason| refusal(&reason)))
    })
}

/// Whether a change of groups reaches devices that are there already depends on the account.
fn groups_help(console: Console, editor: Editor) -> &'static str {
    match console.account.get() {
        _ if editor.base.with(|user| user.is_service_user) => t_keys().field_groups_help_service(),
        Some(account) if account.groups_propagation => t_later().field_groups_help_all(),
        _ => t_later().field_groups_help(),
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
