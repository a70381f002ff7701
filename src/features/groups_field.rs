//! The field of a user's auto groups: by name, with those that are gone marked and new ones made at the save.

use crate::ui::support::drawn::{Draw, Drawn};
use std::sync::Arc;

use leptos::prelude::*;

use crate::domain::group_choice::GroupChoice;
use crate::i18n::{t, t_later};
use crate::state::console::Console;
use crate::ui::support::Choice;
use crate::ui::tag_picker::{Picked, TagPicker, TagPickerTexts};

/// What the program calls a group that is to be made: no id of the server begins like this.
const NEW: &str = "new:";

/// The field.
#[component]
pub fn GroupsField(
    /// What is chosen, in that order.
    #[prop(into)]
    chosen: Signal<Vec<GroupChoice>>,
    /// Called with what is chosen then.
    #[prop(into)]
    on_change: Callback<Vec<GroupChoice>>,
    /// What is typed and not chosen: the form asks about it.
    typed: RwSignal<String>,
    /// Why it may not be changed.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> Drawn {
    let console = Console::get();
    let picked = Signal::derive(move || picked(console, &chosen.get()));
    let options = Signal::derive(move || options(console));
    let add = move |choice: GroupChoice| {
        let mut now = chosen.get_untracked();
        if !now.contains(&choice) {
            now.push(choice);
            on_change.run(now);
        }
    };
    let remove = move |value: String| {
        let mut now = chosen.get_untracked();
        now.retain(|choice| key(choice) != value);
        on_change.run(now);
    };
    let create = Callback::new(move |name: String| {
        let groups = console.groups.get_untracked().unwrap_or_default();
        // One that has the name already is meant.
        if let Some(known) = groups.named(name.trim()) {
            add(GroupChoice::Existing(known.id.clone()));
        } else if let Ok(name) = groups.check_new_name(&name) {
            add(GroupChoice::New(name.to_owned()));
        }
    });
    let disabled_reason = Signal::derive(move || {
        let unknown = || {
            console
                .groups
                .get()
                .is_none()
                .then(|| t_later().groups_not_loaded().to_owned())
        };
        disabled_reason.get().or_else(unknown)
    });
    let texts = TagPickerTexts {
        placeholder: t_later().groups_add().into(),
        remove: Arc::new(|name| t_later().remove_named(name)),
        create: Arc::new(|name| t_later().groups_create(name)),
        none: t_later().groups_none_match().into(),
    };
    view! {
        <TagPicker
            picked=picked
            options=options
            on_add=move |id| add(GroupChoice::Existing(id))
            on_remove=remove
            on_create=create
            texts=texts
            typed=typed
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

fn picked(console: Console, chosen: &[GroupChoice]) -> Vec<Picked> {
    let groups = console.groups.get();
    chosen
        .iter()
        .map(|choice| {
            let (label, problem) = match choice {
                GroupChoice::New(name) => (name.clone(), None),
                GroupChoice::Existing(id) => match groups.as_deref().map(|groups| groups.name(id)) {
                    Some(Some(name)) => (name.to_owned(), None),
                    Some(None) => (t().group_unknown(id), Some(t_later().groups_gone_mark().to_owned())),
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
}

fn options(console: Console) -> Vec<Choice> {
    let groups = console.groups.get();
    groups
        .iter()
        .flat_map(|groups| groups.iter())
        .map(|group| {
            let refused = group.is_all().then(|| t_later().groups_all_refused().to_owned());
            Choice::new(group.id.clone(), group.name.clone()).disabled(refused)
        })
        .collect()
}
