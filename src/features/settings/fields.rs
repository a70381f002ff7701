//! One field of the settings, drawn from its line of the table.

use std::sync::Arc;

use leptos::prelude::*;

use super::editor::Editor;
use super::search::focus_control;
use crate::domain::settings::{Amount, Field as Setting, Input, Kind, Release, Section, Unit, Value};
use crate::i18n::words_settings::{field_words, group_title, problem_words, release_name, unit_name, warning_words};
use crate::i18n::{t_later, t_settings};
use crate::ui::amount_input::AmountInput;
use crate::ui::field::{Field, FieldWidth};
use crate::ui::note::Note;
use crate::ui::select::Select;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::{Choice, Tone};
use crate::ui::switch::Switch;
use crate::ui::tag_picker::{Picked, TagPicker, TagPickerTexts};
use crate::ui::text_input::TextInput;

/// The fields of a page, under their titles.
pub fn fields(editor: Editor, section: Section) -> Drawn {
    let rows = Setting::of(section).map(|field| {
        let title = group_title(field).map(|title| view! { <h3>{title}</h3> });
        view! {
            {title}
            {setting(editor, field)}
        }
        .draw()
    });
    rows.collect::<Vec<_>>().draw()
}

/// One field: its name and help, what it holds, what is wrong, and the way back.
fn setting(editor: Editor, field: Setting) -> Drawn {
    let (name, help) = field_words(field);
    let kind = field.entry().kind;
    let class = if matches!(kind, Kind::Flag | Kind::Mode) {
        "setting setting-flag"
    } else {
        "setting"
    };
    let changed = Memo::new(move |_| editor.draft.with(|draft| draft.is_edited(field)) || editor.is_half_typed(field));
    let error = Memo::new(move |_| error_words(editor, field));
    let width = match kind {
        Kind::Flag | Kind::Mode => FieldWidth::Full,
        _ => FieldWidth::Text,
    };
    // The select says it itself, and a mode is no control.
    let reason = Signal::derive(move || match kind {
        Kind::Override | Kind::Release | Kind::Mode => None,
        _ => editor.refusal(),
    });
    let warning = move || {
        let warning = editor.warning(field).filter(|_| error.with(Option::is_none))?;
        Some(view! { <Note tone=Tone::Warning text=warning_words(&warning) /> })
    };
    view! {
        <div class=class class:field-changed=changed id=field.name()>
            <Field label=name help=help error=error width=width reason=reason>
                {control(editor, field)}
            </Field>
            <div role="status">{warning}</div>
            {move || changed.get().then(|| way_back(editor, field, name))}
        </div>
    }
    .draw()
}

fn error_words(editor: Editor, field: Setting) -> Option<String> {
    if let Some(problem) = editor.problem(field) {
        return Some(problem_words(field, &problem));
    }
    let typed = editor.typed(field)?.get();
    let typed = typed.trim();
    (!typed.is_empty()).then(|| t_settings().problem_half_typed(typed))
}

/// What was there, and the button that brings it back.
fn way_back(editor: Editor, field: Setting, name: &'static str) -> Drawn {
    let was = move || {
        let before = editor.with(|account| account.get(field).clone()).unwrap_or_default();
        t_settings().was(&editor.words(field, &before))
    };
    let put_back = move |_| {
        // The button is gone then; what it was about is where the reader goes on.
        editor.put_back(field);
        focus_control(field);
    };
    view! {
        <p class="row small muted">
            <span>{was}</span>
            <button
                type="button"
                class="btn btn-quiet btn-link btn-small"
                aria-label=t_settings().put_back_named(name)
                on:click=put_back
            >
                {t_settings().put_back()}
            </button>
        </p>
    }
    .draw()
}

fn control(editor: Editor, field: Setting) -> Drawn {
    // A value that this version cannot read is shown as it is.
    let foreign = Memo::new(move |_| {
        let value = editor.with(|account| account.get(field).clone());
        match value {
            Some(Value::Foreign(text)) => Some(text),
            _ => None,
        }
    });
    (move || match foreign.get() {
        Some(text) => view! {
            <div class="setting-fixed">
                <code class="mono">{text}</code>
                <p class="small muted">{t_settings().foreign_value()}</p>
            </div>
        }
        .draw(),
        None => known(editor, field),
    })
    .draw()
}

fn known(editor: Editor, field: Setting) -> Drawn {
    let refused = Signal::derive(move || editor.refusal());
    match field.entry().kind {
        Kind::Mode => {
            let words = move || {
                let is_on = editor.with(|account| account.get(field).is_on()) == Some(true);
                if is_on {
                    t_settings().mode_yes()
                } else {
                    t_settings().mode_no()
                }
            };
            view! { <span class="setting-fixed strong">{words}</span> }.draw()
        }
        Kind::Flag => {
            let checked = Signal::derive(move || editor.input(field) == Input::Flag(true));
            let set = move |on| editor.set(field, Input::Flag(on));
            view! { <Switch checked=checked on_change=set disabled_reason=refused /> }.draw()
        }
        Kind::Override => choice(editor, field, refused),
        Kind::Duration(_) => duration(editor, field, refused),
        Kind::Text | Kind::Cidr(_) | Kind::Domain => {
            let value = Signal::derive(move || match editor.input(field) {
                Input::Text(text) => text,
                _ => String::new(),
            });
            let set = move |text| editor.set(field, Input::Text(text));
            let read_only = Signal::derive(move || refused.with(Option::is_some));
            view! { <TextInput value=value on_input=set mono=true read_only=read_only /> }.draw()
        }
        Kind::Release => release(editor, field, refused),
        Kind::Groups => groups(editor, field, refused),
        Kind::GroupNames => group_names(editor, field, refused),
    }
}

/// On, off, or no choice at all.
fn choice(editor: Editor, field: Setting, refused: Signal<Option<String>>) -> Drawn {
    const NAMES: [(&str, Option<bool>); 3] = [("default", None), ("on", Some(true)), ("off", Some(false))];
    let options = NAMES.map(|(name, on)| {
        let words = match on {
            None => t_settings().override_default(),
            Some(true) => t_settings().override_on(),
            Some(false) => t_settings().override_off(),
        };
        Choice::new(name, words)
    });
    let chosen = Signal::derive(move || {
        let input = editor.input(field);
        let known = NAMES.iter().find(|(_, on)| input == Input::Override(*on));
        known.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
    });
    let set = move |chosen: String| {
        let on = NAMES.iter().find(|(name, _)| *name == chosen).and_then(|(_, on)| *on);
        editor.set(field, Input::Override(on));
    };
    view! { <Select options=Signal::stored(options.to_vec()) value=chosen on_change=set disabled_reason=refused /> }
        .draw()
}

fn duration(editor: Editor, field: Setting, refused: Signal<Option<String>>) -> Drawn {
    let amount = Memo::new(move |_| match editor.input(field) {
        Input::Amount(amount) => amount,
        _ => Amount::of(0),
    });
    let units = Unit::ALL
        .map(|unit| Choice::new(unit.as_str(), unit_name(unit)))
        .to_vec();
    let set = move |change: &dyn Fn(&mut Amount)| {
        let mut now = amount.get_untracked();
        change(&mut now);
        editor.set(field, Input::Amount(now));
    };
    view! {
        <AmountInput
            value=Signal::derive(move || amount.get().text)
            on_input=move |text: String| set(&|amount| amount.text.clone_from(&text))
            units=Signal::stored(units)
            unit=Signal::derive(move || amount.get().unit.as_str().to_owned())
            on_unit=move |unit: String| set(&|amount| amount.unit = Unit::parse(&unit))
            unit_name=t_settings().unit()
            disabled_reason=refused
        />
    }
    .draw()
}

fn release(editor: Editor, field: Setting, refused: Signal<Option<String>>) -> Drawn {
    let chosen = Memo::new(move |_| match editor.input(field) {
        Input::Release(release, version) => (release, version),
        _ => (Release::Unset, String::new()),
    });
    let options = Signal::derive(move || {
        // What nobody ever chose cannot be chosen again.
        let unset = (chosen.get().0 == Release::Unset).then_some(Release::Unset);
        let all = unset.into_iter().chain(Release::CHOICES);
        all.map(|release| Choice::new(release.as_str(), release_name(release)))
            .collect::<Vec<_>>()
    });
    let version = Signal::derive(move || chosen.get().1);
    let number = move || {
        let set = move |text| editor.set(field, Input::Release(Release::Version, text));
        let read_only = Signal::derive(move || refused.with(Option::is_some));
        (chosen.get().0 == Release::Version).then(|| {
            view! {
                <Field label=t_settings().release_number() width=FieldWidth::Choice>
                    <TextInput value=version on_input=set mono=true read_only=read_only />
                </Field>
            }
        })
    };
    let number = {
        let is_shown = Memo::new(move |_| chosen.get().0 == Release::Version);
        move || is_shown.get().then(|| untrack(number))
    };
    view! {
        <div class="stack">
            <Select
                options=options
                value=Signal::derive(move || chosen.get().0.as_str().to_owned())
                on_change=move |name: String| {
                    editor.set(field, Input::Release(Release::parse(&name), chosen.get_untracked().1));
                }
                disabled_reason=refused
            />
            {number}
        </div>
    }
    .draw()
}

fn chosen(editor: Editor, field: Setting) -> Vec<String> {
    match editor.input(field) {
        Input::List(items) => items,
        _ => Vec::new(),
    }
}

/// Adding and dropping, for both kinds of lists.
fn changers(editor: Editor, field: Setting) -> (Callback<String>, Callback<String>) {
    let change = move |change: &dyn Fn(&mut Vec<String>)| {
        let mut now = untrack(|| chosen(editor, field));
        change(&mut now);
        editor.set(field, Input::List(now));
    };
    let add = move |item: String| {
        change(&|now| {
            if !now.contains(&item) {
                now.push(item.clone());
            }
        });
    };
    let remove = move |item: String| change(&|now| now.retain(|known| *known != item));
    (Callback::new(add), Callback::new(remove))
}

fn texts() -> TagPickerTexts {
    TagPickerTexts {
        placeholder: t_settings().names_add().into(),
        remove: Arc::new(|name| t_later().remove_named(name)),
        create: Arc::new(|name| t_settings().names_new(name)),
        none: t_later().groups_none_match().into(),
    }
}

fn groups(editor: Editor, field: Setting, refused: Signal<Option<String>>) -> Drawn {
    let console = editor.console;
    let picked = Signal::derive(move || {
        let groups = console.groups.get();
        let one = |id: String| {
            let gone = groups.as_deref().is_some_and(|groups| groups.get(&id).is_none());
            Picked {
                label: editor.words(field, &Value::List(vec![id.clone()])),
                value: id,
                problem: gone.then(|| t_later().groups_gone_mark().to_owned()),
                is_new: false,
            }
        };
        chosen(editor, field).into_iter().map(one).collect::<Vec<_>>()
    });
    let options = Signal::derive(move || {
        let groups = console.groups.get();
        let all = groups.iter().flat_map(|groups| groups.iter());
        all.map(|group| Choice::new(group.id.clone(), group.name.clone()))
            .collect::<Vec<_>>()
    });
    let refused = Signal::derive(move || {
        let unknown = || {
            console
                .groups
                .get()
                .is_none()
                .then(|| t_later().groups_not_loaded().to_owned())
        };
        refused.get().or_else(unknown)
    });
    let (add, remove) = changers(editor, field);
    let typed = editor.typed(field).unwrap_or_default();
    view! {
        <TagPicker
            picked=picked
            options=options
            on_add=add
            on_remove=remove
            texts=texts()
            typed=typed
            disabled_reason=refused
        />
    }
    .draw()
}

/// Groups by name: the names of those there are, and of any other, because a group comes to be with a sign-in.
fn group_names(editor: Editor, field: Setting, refused: Signal<Option<String>>) -> Drawn {
    let console = editor.console;
    let picked = Signal::derive(move || {
        let one = |name: String| Picked {
            value: name.clone(),
            label: name,
            problem: None,
            is_new: false,
        };
        chosen(editor, field).into_iter().map(one).collect::<Vec<_>>()
    });
    let options = Signal::derive(move || {
        let groups = console.groups.get();
        let all = groups.iter().flat_map(|groups| groups.iter());
        all.map(|group| Choice::new(group.name.clone(), group.name.clone()))
            .collect::<Vec<_>>()
    });
    let (add, remove) = changers(editor, field);
    let typed = editor.typed(field).unwrap_or_default();
    view! {
        <TagPicker
            picked=picked
            options=options
            on_add=add
            on_remove=remove
            on_create=add
            texts=texts()
            typed=typed
            disabled_reason=refused
        />
    }
    .draw()
}
