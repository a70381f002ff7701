//! Owns the picker of many named things (groups): tags inside the field, a combobox behind them, creation at the end.

use super::field::FieldIds;
use super::icon::{Icon, glyph};
use super::name_text::NameText;
use super::support::effect;
use super::support::floating::{self, Align};
use super::support::{Choice, focus, next_id};
use super::tag::Tag;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::sync::Arc;
use web_sys::KeyboardEvent;

/// No more options are drawn at once; typing narrows them.
const MOST: usize = 50;

/// A thing that was picked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picked {
    /// What the program calls it.
    pub value: String,
    /// What people call it.
    pub label: String,
    /// What is wrong with it ("No group has this id any more"); it must be dropped before a save.
    pub problem: Option<String>,
    /// It exists only after the save.
    pub is_new: bool,
}

/// A text made from a name.
pub type Wording = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// The words of a picker.
#[derive(Clone)]
pub struct TagPickerTexts {
    /// Where one types: "Add group".
    pub placeholder: TextProp,
    /// The name of a tag's ×: "Remove Engineering".
    pub remove: Wording,
    /// The last option: "Create group “Lisbon”".
    pub create: Wording,
    /// There is nothing to pick: "No group matches".
    pub none: TextProp,
}

/// Tags with × and a combobox in one field. The options float under it; the focus stays in the input.
///
/// What was typed and not picked stays in `typed`, so that the form can ask about it instead of dropping it.
#[component]
pub fn TagPicker(
    /// In the order they were picked.
    #[prop(into)]
    picked: Signal<Vec<Picked>>,
    /// All that can be picked; those that are picked are left out by the picker.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// Called with the value of the option that was picked.
    #[prop(into)]
    on_add: Callback<String>,
    /// Called with the value of the tag to drop.
    #[prop(into)]
    on_remove: Callback<String>,
    /// Called with the name to create; without it nothing can be created.
    #[prop(optional, into)]
    on_create: Option<Callback<String>>,
    /// Its words.
    texts: TagPickerTexts,
    /// What stands in the input.
    #[prop(optional)]
    typed: RwSignal<String>,
    /// The accessible name where no field is around it.
    #[prop(optional, into)]
    name: Option<TextProp>,
    /// Why it may not be changed; it stays focusable.
    #[prop(optional, into)]
    disabled_reason: Signal<Option<String>>,
) -> Drawn {
    let ids = FieldIds::around();
    let list_id = StoredValue::new(next_id());
    let input = NodeRef::<html::Input>::new();
    let field = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let active = RwSignal::new(0_usize);
    let is_off = Signal::derive(move || disabled_reason.with(Option::is_some));
    let can_create = on_create.is_some();

    let offers = Memo::new(move |_| {
        let typed = typed.get();
        options.with(|options| picked.with(|picked| offers(options, picked, typed.trim(), can_create)))
    });
    let accept = move |at: usize| {
        let offer = offers.with_untracked(|offers| offers.get(at).cloned());
        match offer {
            Some(Offer::Pick(choice)) if choice.disabled_reason.is_none() => on_add.run(choice.value),
            Some(Offer::Create(name)) => {
                if let Some(on_create) = on_create {
                    on_create.run(name);
                }
            }
            _ => return,
        }
        typed.set(String::new());
        active.set(0);
        if let Some(input) = input.get_untracked() {
            focus::focus(&input);
        }
        // The list would lie over what comes after the field; typing, a click or Down opens it again.
        open.set(false);
    };
    let remove = move |value: String| {
        on_remove.run(value);
        if let Some(input) = input.get_untracked() {
            focus::focus(&input);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if is_off.get_untracked() || event.is_composing() {
            return;
        }
        let count = offers.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" if !open.get_untracked() => open.set(true),
            "ArrowDown" => active.update(|at| *at = if *at + 1 < count { *at + 1 } else { 0 }),
            "ArrowUp" if open.get_untracked() => {
                active.update(|at| *at = at.checked_sub(1).unwrap_or(count.saturating_sub(1)));
            }
            // Never submits the form while there is something to pick.
            "Enter" if open.get_untracked() && count > 0 => accept(active.get_untracked()),
            "Escape" if open.get_untracked() => open.set(false),
            "Escape" if !typed.with_untracked(String::is_empty) => typed.set(String::new()),
            "Backspace" if typed.with_untracked(String::is_empty) => {
                if let Some(last) = picked.with_untracked(|picked| picked.last().cloned()) {
                    remove(last.value);
                }
                return;
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let TagPickerTexts {
        placeholder,
        remove: remove_words,
        create,
        none,
    } = texts;
    let tags = move || {
        let remove_words = remove_words.clone();
        picked
            .get()
            .into_iter()
            .map(move |tag| {
                let name = remove_words(&tag.label);
                let value = tag.value;
                let drop = move || remove(value.clone());
                let view = match (is_off.get(), tag.problem) {
                    (true, None) => view! { <Tag label=tag.label is_new=tag.is_new /> },
                    (true, Some(problem)) => view! { <Tag label=tag.label problem=problem /> },
                    (false, None) => {
                        view! { <Tag label=tag.label is_new=tag.is_new remove_label=name on_remove=drop /> }
                    }
                    (false, Some(problem)) => {
                        view! { <Tag label=tag.label problem=problem remove_label=name on_remove=drop /> }
                    }
                };
                view! { <li>{view}</li> }.draw()
            })
            .collect::<Vec<_>>()
    };
    let invalid = ids.invalid;
    let wrong = ids.wrong();
    let described = ids.described();
    let (control, field_label) = (ids.control, ids.label);
    let list = move || {
        open.get().then(|| {
            view! {
                <Options
                    id=list_id.get_value()
                    anchor=field
                    offers=offers
                    active=active
                    create=create.clone()
                    none=none.clone()
                    label=field_label.clone()
                    on_accept=accept
                />
            }
        })
    };
    view! {
        <div
            class="tags-box"
            data-invalid=move || invalid.get().then_some("")
            data-tip=move || disabled_reason.get()
            aria-disabled=move || is_off.get().then_some("true")
            node_ref=field
            on:click=move |event| {
                if event.target() == event.current_target() && let Some(input) = input.get_untracked() {
                    focus::focus(&input);
                }
            }
        >
            <ul>{tags}</ul>
            <input
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                id=control
                placeholder=move || placeholder.get()
                readonly=move || is_off.get()
                aria-label=move || name.as_ref().map(TextProp::get)
                aria-autocomplete="list"
                aria-expanded=move || if open.get() { "true" } else { "false" }
                aria-controls=move || open.get().then(|| list_id.get_value())
                aria-activedescendant=move || {
                    (open.get() && offers.with(|offers| active.get() < offers.len()))
                        .then(|| option_id(&list_id.get_value(), active.get()))
                }
                // Why nothing can be chosen comes first: of both, browsers give only what is referred to.
                aria-describedby=move || if disabled_reason.get().is_none() { described() } else { None }
                aria-description=move || disabled_reason.get()
                aria-invalid=wrong
                prop:value=move || typed.get()
                node_ref=input
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    active.set(0);
                    open.set(true);
                }
                on:keydown=on_key
                on:click=move |_| {
                    if !is_off.get_untracked() {
                        open.set(true);
                    }
                }
                on:blur=move |_| open.set(false)
            />
            {list}
        </div>
    }
    .draw()
}

/// What the list offers.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Offer {
    Pick(Choice),
    Create(String),
}

fn offers(options: &[Choice], picked: &[Picked], typed: &str, can_create: bool) -> Vec<Offer> {
    let wanted = typed.to_lowercase();
    let mut found: Vec<_> = options
        .iter()
        .filter(|option| !picked.iter().any(|tag| tag.value == option.value))
        .filter(|option| wanted.is_empty() || option.label.to_lowercase().contains(&wanted))
        .take(MOST)
        .cloned()
        .map(Offer::Pick)
        .collect();
    // The very name exists already, or was picked: a second one of that name would only confuse.
    let exists = options.iter().any(|option| option.label == typed) || picked.iter().any(|tag| tag.label == typed);
    if can_create && !typed.is_empty() && !exists {
        found.push(Offer::Create(typed.to_owned()));
    }
    found
}

fn option_id(list: &str, at: usize) -> String {
    let mut id = String::from(list);
    id.push('-');
    id.push_str(&at.to_string());
    id
}

#[component]
fn Options(
    id: String,
    anchor: NodeRef<html::Div>,
    offers: Memo<Vec<Offer>>,
    active: RwSignal<usize>,
    create: Wording,
    none: TextProp,
    label: String,
    on_accept: impl Fn(usize) + Copy + Send + Sync + 'static,
) -> Drawn {
    let list = NodeRef::<html::Div>::new();
    effect(move || {
        // The tags may have pushed the field down, and the list has another height.
        offers.track();
        let (Some(list), Some(anchor)) = (list.get(), anchor.get_untracked()) else {
            return;
        };
        if list.matches(":popover-open").unwrap_or(false) {
            floating::place(&anchor, &list, Align::Start);
        } else {
            floating::show(&anchor, &list, Align::Start);
        }
    });
    let follow = move || {
        if let (Some(Some(list)), Some(Some(anchor))) = (list.try_get_untracked(), anchor.try_get_untracked()) {
            floating::place(&anchor, &list, Align::Start);
        }
    };
    let on_scroll = window_event_listener(leptos::ev::scroll, move |_| follow());
    on_cleanup(move || on_scroll.remove());
    floating::on_resize(follow);
    effect(move || {
        let at = active.get();
        if let Some(list) = list.get()
            && let Some(option) = focus::find_all(&list, "[role=option]").get(at)
        {
            focus::bring_into_view(option);
        }
    });
    let list_id = id.clone();
    let rows = move || {
        let all = offers.get();
        if all.is_empty() {
            return view! { <div class="option-none">{none.get()}</div> }.draw();
        }
        all.into_iter()
            .enumerate()
            .map(|(at, offer)| {
                let (content, reason) = match offer {
                    Offer::Pick(choice) => {
                        let reason = choice.disabled_reason;
                        let second = reason.clone().or(choice.help);
                        let content = view! {
                            <span class="menu-text">
                                <NameText name=choice.label />
                                {second.map(|text| view! { <span class="menu-reason">{text}</span> })}
                            </span>
                        };
                        (content.draw(), reason)
                    }
                    Offer::Create(name) => {
                        let content = view! {
                            <Icon glyph=glyph::PLUS />
                            <span>{create(&name)}</span>
                        };
                        (content.draw(), None)
                    }
                };
                view! {
                    <div
                        class="option"
                        role="option"
                        id=option_id(&list_id, at)
                        aria-selected=move || if active.get() == at { "true" } else { "false" }
                        aria-disabled=reason.is_some().then_some("true")
                        on:click=move |_| on_accept(at)
                    >
                        {content}
                    </div>
                }
                .draw()
            })
            .collect::<Vec<_>>()
            .draw()
    };
    view! {
        // A press on the list must not take the focus out of the input.
        <div
            class="float options"
            popover="manual"
            role="listbox"
            id=id
            aria-labelledby=Some(label).filter(|label| !label.is_empty())
            node_ref=list
            on:mousedown=move |event| event.prevent_default()
        >
            {rows}
        </div>
    }
    .draw()
}
