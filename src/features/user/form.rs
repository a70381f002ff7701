//! The form: role, groups, blocked; Save and Discard.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use crate::browser::lifecycle;
use crate::domain::guard;
use crate::domain::user_edit::EditField;
use crate::features::conflict::ConflictDialog;
use crate::features::edit_fields::{AutoGroupsField, RoleField, rule};
use crate::features::editor::Editor;
use crate::i18n::{t_keys, t_later};
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::checkbox::Checkbox;
use crate::ui::field::Field;
use crate::ui::note::Note;
use crate::ui::support::Tone;

/// The form of one user.
#[component]
pub fn UserForm(
    /// Its state.
    editor: Editor,
) -> Drawn {
    let console = Console::get();
    let unsaved = Signal::derive(move || !editor.changed().is_empty());
    lifecycle::ask_before_leaving(unsaved);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        editor.save();
    };
    view! {
        <form class="stack" on:submit=submit novalidate=true aria-labelledby="user-form-title">
            <h2 id="user-form-title">{t_later().user_form_title()}</h2>
            <RoleField editor=editor />
            <AutoGroupsField editor=editor />
            <Field
                label=t_later().field_status()
                help=move || blocked_help(editor)
                changed=Signal::derive(move || editor.is_changed(EditField::Blocked))
            >
                <Checkbox
                    label=t_later().field_blocked()
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
                    label=t_later().save()
                    kind=ButtonKind::Primary
                    submit=true
                    busy=editor.busy
                    busy_label=t_later().saving()
                    disabled_reason=Signal::derive(move || editor.save_refusal())
                />
                <Button
                    label=t_later().discard()
                    disabled_reason=Signal::derive(move || {
                        (!unsaved.get()).then(|| t_later().nothing_to_save().to_owned())
                    })
                    on_click=move || editor.discard()
                />
                <span class="muted" role="status">
                    {move || {
                        let count = editor.changed().len();
                        (count > 0).then(|| t_later().unsaved_changes(u64::try_from(count).unwrap_or_default()))
                    }}
                </span>
            </div>
        </form>
        <ConflictDialog editor=editor on_save=move || editor.save() />
    }
    .draw()
}

/// What blocking does: a person cannot sign in, a service user has only its tokens.
fn blocked_help(editor: Editor) -> &'static str {
    if editor.base.with(|user| user.is_service_user) {
        t_keys().field_blocked_help_service()
    } else {
        t_later().field_blocked_help()
    }
}
