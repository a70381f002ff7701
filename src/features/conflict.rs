//! The question when the same field was edited on both sides: mine or theirs, field by field.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use crate::domain::group_choice::GroupChoice;
use crate::domain::user_edit::{EditField, Resolution, Side, UserDraft};
use crate::features::editor::{Conflict, Editor, field_name};
use crate::i18n::{list_words, role_name, t, t_later};
use crate::state::console::Console;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::dialog::Dialog;
use crate::ui::radio_group::RadioGroup;
use crate::ui::support::Choice;

const MINE: &str = "mine";
const THEIRS: &str = "theirs";

/// The dialog; open while there is a conflict.
#[component]
pub fn ConflictDialog(
    /// The form.
    editor: Editor,
    /// Called when every question has its answer.
    #[prop(into)]
    on_save: Callback<()>,
) -> Drawn {
    let console = Console::get();
    let close = Callback::new(move |()| {
        editor.conflict.set(None);
        editor.answers.set(Resolution::default());
    });
    let unanswered = Signal::derive(move || {
        let open = editor.conflict.with(|conflict| {
            let fields = conflict
                .as_ref()
                .map(|conflict| conflict.fields.clone())
                .unwrap_or_default();
            editor
                .answers
                .with(|answers| fields.iter().any(|field| answers.get(*field).is_none()))
        });
        open.then(|| t_later().conflict_unanswered().to_owned())
    });
    let save = move || {
        editor.conflict.set(None);
        on_save.run(());
    };
    let foot = move || {
        view! {
            <Button label=t_later().cancel() on_click=close />
            <Button label=t_later().save() kind=ButtonKind::Primary disabled_reason=unanswered on_click=save />
        }
        .draw()
    };
    view! {
        <Dialog
            open=Signal::derive(move || editor.conflict.with(Option::is_some))
            on_close=close
            title=t_later().conflict_title()
            close_label=t().close()
            foot=foot
        >
            <div class="stack">
                <p>{move || t_later().conflict_text(editor.base.with(|user| user.display_name().to_owned()).as_str())}</p>
                {move || editor.conflict.get().map(|conflict| questions(console, editor, &conflict))}
            </div>
        </Dialog>
    }
    .draw()
}

fn questions(console: Console, editor: Editor, conflict: &Conflict) -> Drawn {
    let theirs = UserDraft::of(&conflict.theirs);
    conflict
        .fields
        .iter()
        .map(|field| {
            let field = *field;
            let mine = editor.draft.with_untracked(|draft| value_words(console, draft, field));
            let choices = vec![
                Choice::new(MINE, t_later().conflict_mine(&mine)),
                Choice::new(THEIRS, t_later().conflict_theirs(&value_words(console, &theirs, field))),
            ];
            let value = Signal::derive(move || {
                editor.answers.with(|answers| match answers.get(field) {
                    Some(Side::Mine) => MINE.to_owned(),
                    Some(Side::Theirs) => THEIRS.to_owned(),
                    None => String::new(),
                })
            });
            let answer = move |chosen: String| {
                let side = if chosen == MINE { Side::Mine } else { Side::Theirs };
                editor.answers.update(|answers| answers.set(field, side));
            };
            view! { <RadioGroup legend=field_name(field) choices=Signal::stored(choices) value=value on_change=answer /> }
                .draw()
        })
        .collect_view()
        .draw()
}

/// A field's value in words.
fn value_words(console: Console, draft: &UserDraft, field: EditField) -> String {
    match field {
        EditField::Role => role_name(&draft.role),
        EditField::Blocked if draft.blocked => t_later().value_blocked().to_owned(),
        EditField::Blocked => t_later().value_not_blocked().to_owned(),
        EditField::Groups if draft.groups.is_empty() => t_later().value_no_groups().to_owned(),
        EditField::Groups => {
            let groups = console.groups.get_untracked();
            let names: Vec<String> = draft
                .groups
                .iter()
                .map(|choice| match choice {
                    GroupChoice::New(name) => name.clone(),
                    GroupChoice::Existing(id) => groups
                        .as_deref()
                        .and_then(|groups| groups.name(id))
                        .map_or_else(|| t().group_unknown(id), str::to_owned),
                })
                .collect();
            list_words(&names)
        }
    }
}
