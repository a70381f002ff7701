//! Owns the choices of a filter, or of columns: a popover beside its button, with a box to narrow them when they are many.

use super::checkbox::Checkbox;
use super::filter_chip::PanelPlace;
use super::search_input::SearchInput;
use super::support::floating::{self, Align};
use super::support::{Choice, effect, focus, say};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::keyed::keyed;
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// From so many choices on there is a box to narrow them.
const MANY: usize = 9;
/// No more are drawn at once: nobody reads a thousand groups, they type.
const MOST: usize = 100;

/// The choices of one filter. Several mean "any of these". A change applies at once and moves no focus.
#[component]
pub fn FilterPanel(
    /// Where its chip is, and whether it is open.
    place: PanelPlace,
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
    /// The name and placeholder of the box that narrows many choices: "Find a group".
    #[prop(into)]
    find_label: TextProp,
    /// The name of the × in that box.
    #[prop(into)]
    clear_label: TextProp,
    /// Which edges of button and panel line up.
    #[prop(default = Align::Start)]
    align: Align,
) -> Drawn {
    (move || {
        place.open.get().then(|| {
            view! {
                <Opened
                    place=place
                    name=name.clone()
                    choices=choices
                    picked=picked
                    on_change=on_change
                    find_label=find_label.clone()
                    clear_label=clear_label.clone()
                    align=align
                />
            }
        })
    })
    .draw()
}

#[component]
fn Opened(
    place: PanelPlace,
    name: TextProp,
    choices: Signal<Vec<Choice>>,
    picked: Signal<Vec<String>>,
    on_change: Callback<Vec<String>>,
    find_label: TextProp,
    clear_label: TextProp,
    align: Align,
) -> Drawn {
    let PanelPlace { open, anchor, id } = place;
    let panel = NodeRef::<html::Div>::new();
    let shown = StoredValue::new(false);
    effect(move || {
        let (Some(panel), Some(anchor)) = (panel.get(), anchor.get_untracked()) else {
            return;
        };
        if !shown.get_value() {
            shown.set_value(true);
            floating::show(&anchor, &panel, align);
            if let Some(first) = focus::find(&panel, "input") {
                focus::focus_in_place(&first);
            }
        }
    });
    // It stays beside its button when the page moves or gets another size. Without the button it goes.
    let follow = move || match (panel.try_get_untracked(), anchor.try_get_untracked()) {
        (Some(Some(panel)), Some(Some(anchor))) if floating::is_shown(&anchor) => {
            floating::place(&anchor, &panel, align);
        }
        (Some(_), Some(_)) => {
            let _ = open.try_set(false);
        }
        _ => {}
    };
    let on_scroll = window_event_listener(leptos::ev::scroll, move |_| follow());
    on_cleanup(move || on_scroll.remove());
    floating::on_resize(follow);

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
            class="float filter-panel"
            popover="auto"
            role="dialog"
            id=id.get_value()
            aria-label=move || name.get()
            node_ref=panel
            on:toggle=move |_| {
                let is_shown = panel
                    .try_get_untracked()
                    .flatten()
                    .is_some_and(|panel| panel.matches(":popover-open").unwrap_or(false));
                // The event comes a moment late, perhaps after the end of the panel.
                if !is_shown && shown.try_get_value() == Some(true) {
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
            <fieldset class="filter-choices">
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
