//! The groups of a user: by name, with those that are gone marked and new ones made at the save.

use crate::ui::support::drawn::{Draw, Drawn};
use std::sync::Arc;

use leptos::prelude::*;

use super::editor::Editor;
use crate::domain::user_edit::GroupChoice;
use crate::i18n::{p, t};
use crate::state::console::Console;
use crate::ui::support::Choice;
use crate::ui::tag_picker::{Picked, TagPicker, TagPickerTexts};

/// What the program calls a group that is to be made: no id of the server begins like this.
const NEW: &str = "new:";

/// The field.
#[component]
pub fn GroupsField(
    /// The form.
    editor: Editor,
    /// Why it may not be changed.
    #[prop(into)]
    disabled_reason: Signal<Option<String>>,
) -> Drawn {
    let console = Console::get();
    let picked = Signal::derive(move || picked(console, editor));
    let options = Signal::derive(move || options(console));
    let add = move |id: String| editor.add_group(id);
    let remove = move |value: String| {
        editor.edit(|draft| draft.groups.retain(|choice| key(choice) != value));
    };
    let create = Callback::new(move |name: String| editor.add_new_group(&name));
    let texts = TagPickerTexts {
        placeholder: p().groups_add().into(),
        remove: Arc::new(|name| p().remove_named(name)),
        create: Arc::new(|name| p().groups_create(name)),
        none: p().groups_none_match().into(),
    };
    view! {
        <TagPicker
            picked=picked
            options=options
            on_add=add
            on_remove=remove
            on_create=create
            texts=texts
            typed=editor.typed
            disabled_reason=disabled_reason
        />
    }
    .draw()
}

fn key(choice: &GroupChoice) -> String {
    match choice {
        GroupChoice::Existing(id) => id.clone(),
        GroupChoice::New(name) => [NEW, name].concat(),
    }
}

fn picked(console: Console, editor: Editor) -> Vec<Picked> {
    let groups = console.groups.get();
    editor.draft.with(|draft| {
        draft
            .groups
            .iter()
            .map(|choice| {
                let (label, problem) = match choice {
                    GroupChoice::New(name) => (name.clone(), None),
                    GroupChoice::Existing(id) => match groups.as_deref().map(|groups| groups.name(id)) {
                        Some(Some(name)) => (name.to_owned(), None),
                        Some(None) => (t().group_unknown(id), Some(p().groups_gone_mark().to_owned())),
                        None => (id.clone(), None),
                    },
                };
                Picked {
                    value: key(choice),
                    label,
                    problem,
                    is_new: matches!(choice, GroupChoice::New(_)),
                }
            })
            .collect()
    })
}

fn options(console: Console) -> Vec<Choice> {
    let groups = console.groups.get();
    groups
        .iter()
        .flat_map(|groups| groups.iter())
        .map(|group| {
            let refused = group.is_all().then(|| p().groups_all_refused().to_owned());
            Choice::new(group.id.clone(), group.name.clone()).disabled(refused)
        })
        .collect()
}
