//! Owns the filter: dashed "+ Role" while it is off, solid "Role: admin ×" while it is on, its choices in a popover.

use super::checkbox::Checkbox;
use super::icon::{Icon, glyph};
use super::search_input::SearchInput;
use super::support::effect;
use super::support::floating::{self, Align};
use super::support::{Choice, focus, next_id, say};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::keyed::keyed;
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// From so many choices on there is a box to narrow them.
const MANY: usize = 9;
/// No more are drawn at once: nobody reads a thousand groups, they type.
const MOST: usize = 100;

/// One filter of a list. Several choices mean "any of these". A change applies at once and moves no focus.
#[component]
pub fn FilterChip(
    /// What it filters by: "Role".
    #[prop(into)]
    name: TextProp,
    /// What one can choose.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// The values chosen.
    #[prop(into)]
    picked: Signal<Vec<String>>,
    /// Called with all values that are chosen now.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
    /// The name of the ×: "Remove the filter by role".
    #[prop(into)]
    clear_label: TextProp,
    /// The name and placeholder of the box that narrows many choices: "Find a group".
    #[prop(into)]
    find_label: TextProp,
) -> Drawn {
    let open = RwSignal::new(false);
    let button = NodeRef::<html::Button>::new();
    let panel_id = StoredValue::new(next_id());
    let is_on = Memo::new(move |_| picked.with(|picked| !picked.is_empty()));
    // A value that no choice knows (an old address) still shows, so that it can be taken off.
    let value = move || {
        picked.with(|picked| {
            choices.with(|choices| {
                let labels: Vec<_> = picked
                    .iter()
                    .map(|value| {
                        choices
                            .iter()
                            .find(|choice| choice.value == *value)
                            .map_or(value.as_str(), |choice| choice.label.as_str())
                    })
                    .collect();
                labels.join(", ")
            })
        })
    };
    let face = name.clone();
    let clear = move || {
        on_change.run(Vec::new());
        if let Some(button) = button.get_untracked() {
            focus::focus(&button);
        }
    };
    let clear_name = clear_label.clone();
    let panel = move || {
        open.get().then(|| {
            view! {
                <Panel
                    open=open
                    anchor=button
                    id=panel_id.get_value()
                    name=name.clone()
                    choices=choices
                    picked=picked
                    on_change=on_change
                    find_label=find_label.clone()
                    clear_label=clear_label.clone()
                />
            }
        })
    };
    view! {
        <div class="chip" class:chip-on=move || is_on.get()>
            <button
                type="button"
                class="chip-button"
                aria-haspopup="dialog"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=move || open.get().then(|| panel_id.get_value())
                node_ref=button
                on:click=move |_| open.update(|open| *open = !*open)
            >
                {move || (!is_on.get()).then(|| view! { <Icon glyph=glyph::PLUS /> })}
                <span>{say(face)} {move || is_on.get().then_some(":")}</span>
                {move || is_on.get().then(|| view! { <span class="chip-value">{value}</span> })}
            </button>
            {move || {
                let label = clear_name.clone();
                is_on
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="chip-clear"
                                aria-label=move || label.get()
                                on:click=move |_| clear()
                            >
                                <Icon glyph=glyph::CLOSE />
                            </button>
                        }
                    })
            }}
            {panel}
        </div>
    }
    .draw()
}

#[component]
fn Panel(
    open: RwSignal<bool>,
    anchor: NodeRef<html::Button>,
    id: String,
    name: TextProp,
    choices: Signal<Vec<Choice>>,
    picked: Signal<Vec<String>>,
    on_change: Callback<Vec<String>>,
    find_label: TextProp,
    clear_label: TextProp,
) -> Drawn {
    let panel = NodeRef::<html::Div>::new();
    let shown = StoredValue::new(false);
    effect(move || {
        let (Some(panel), Some(anchor)) = (panel.get(), anchor.get_untracked()) else {
            return;
        };
        if !shown.get_value() {
            shown.set_value(true);
            floating::show(&anchor, &panel, Align::Start);
            if let Some(first) = focus::find(&panel, "input") {
                focus::focus_in_place(&first);
            }
        }
    });
    // It stays beside its button when the page moves, and when the choices that remain change its size.
    let follow = move || {
        if let (Some(Some(panel)), Some(Some(anchor))) = (panel.try_get_untracked(), anchor.try_get_untracked()) {
            floating::place(&anchor, &panel, Align::Start);
        }
    };
    let on_scroll = window_event_listener(leptos::ev::scroll, move |_| follow());
    on_cleanup(move || on_scroll.remove());

    let wanted = RwSignal::new(String::new());
    let many = Memo::new(move |_| choices.with(|choices| choices.len() >= MANY));
    let shown_choices = Memo::new(move |_| {
        let wanted = wanted.get().to_lowercase();
        choices.with(|choices| {
            choices
                .iter()
                .filter(|choice| wanted.is_empty() || choice.label.to_lowercase().contains(&wanted))
                .take(MOST)
                .cloned()
                .collect::<Vec<_>>()
        })
    });
    let lines = keyed(move || {
        let line = |choice: Choice| {
            // A renamed group is another line.
            let key = [choice.value.as_str(), "\n", &choice.label].concat();
            let line = move || view! { <Line choice=choice.clone() picked=picked on_change=on_change /> };
            (key, line.into())
        };
        shown_choices.get().into_iter().map(line).collect()
    });
    let (label, placeholder, legend) = (find_label.clone(), find_label, name.clone());
    view! {
        <div
            class="float chip-panel"
            popover="auto"
            role="dialog"
            id=id
            aria-label=move || name.get()
            node_ref=panel
            on:toggle=move |_| {
                let is_shown = panel.get_untracked().is_some_and(|panel| panel.matches(":popover-open").unwrap_or(false));
                if !is_shown && shown.get_value() {
                    let _ = open.try_set(false);
                }
            }
        >
            {move || {
                many.get()
                    .then(|| {
                        view! {
                            <SearchInput
                                value=wanted
                                on_input=move |text| wanted.set(text)
                                label=label.clone()
                                placeholder=placeholder.clone()
                                clear_label=clear_label.clone()
                            />
                        }
                    })
            }}
            <fieldset class="chip-choices">
                <legend>{say(legend)}</legend>
                {lines}
            </fieldset>
        </div>
    }
    .draw()
}

#[component]
fn Line(choice: Choice, picked: Signal<Vec<String>>, on_change: Callback<Vec<String>>) -> Drawn {
    let (value, this) = (choice.value.clone(), choice.value);
    let change = move |wanted: bool| {
        let mut all = picked.get_untracked();
        all.retain(|other| *other != value);
        if wanted {
            all.push(value.clone());
        }
        on_change.run(all);
    };
    view! {
        <Checkbox label=choice.label checked=move || picked.with(|picked| picked.contains(&this)) on_change=change />
    }
    .draw()
}
