//! Picking from many: groups as tags, values of a filter.

use roost::ui::support::drawn::Draw;
use std::sync::Arc;

use leptos::prelude::*;
use roost::ui::filter_chip::{FilterChip, PanelPlace};
use roost::ui::filter_panel::FilterPanel;
use roost::ui::icon::glyph;
use roost::ui::panel_button::PanelButton;
use roost::ui::support::Choice;
use roost::ui::tag_picker::{Picked, TagPicker, TagPickerTexts};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use super::support::events::{fire, press, type_into};
use super::support::mount::{Mounted, mount};
use super::support::query::{all, all_by_role, by_role, clean, focused_name, has_role, input, name_of};
use super::support::wait::{tick, until};

struct Picker {
    view: Mounted,
    picked: RwSignal<Vec<Picked>>,
    created: RwSignal<Vec<String>>,
    typed: RwSignal<String>,
}

fn tag(name: &str) -> Picked {
    Picked {
        value: name.to_lowercase(),
        label: name.to_owned(),
        ..Picked::default()
    }
}

fn picker() -> Picker {
    let picked = RwSignal::new(vec![tag("Support")]);
    let (created, typed) = (RwSignal::new(Vec::new()), RwSignal::new(String::new()));
    let view = mount(move || {
        let options = Signal::stored(vec![
            Choice::new("all", "All").disabled(Some("Everybody is in it".to_owned())),
            Choice::new("engineering", "Engineering"),
            Choice::new("on-call", "On call"),
            Choice::new("support", "Support"),
        ]);
        let texts = TagPickerTexts {
            placeholder: "Add group".into(),
            remove: Arc::new(|name| format!("Remove {name}")),
            create: Arc::new(|name| format!("Create group “{name}”")),
            none: "No group matches".into(),
        };
        view! {
            <TagPicker
                name="Groups"
                picked=picked
                options=options
                on_add=move |value: String| picked.update(|all| all.push(tag(&value)))
                on_remove=move |value: String| picked.update(|all| all.retain(|one| one.value != value))
                on_create=move |name: String| created.update(|all| all.push(name))
                texts=texts
                typed=typed
            />
        }
        .draw()
    });
    Picker {
        view,
        picked,
        created,
        typed,
    }
}

impl Picker {
    fn input(&self) -> HtmlInputElement {
        let input: HtmlInputElement = by_role(&self.view, "combobox", "Groups").dyn_into().unwrap();
        input.focus().unwrap();
        input
    }

    fn options(&self) -> Vec<String> {
        all_by_role(&self.view, "option")
            .iter()
            .map(|option| clean(option))
            .collect()
    }

    fn active(&self) -> String {
        let id = self.input().get_attribute("aria-activedescendant").unwrap_or_default();
        document()
            .get_element_by_id(&id)
            .map(|option| clean(&option))
            .unwrap_or_default()
    }

    fn values(&self) -> Vec<String> {
        self.picked.get_untracked().into_iter().map(|one| one.value).collect()
    }
}

#[wasm_bindgen_test]
async fn arrows_choose_enter_adds_and_the_focus_stays_in_the_input() {
    let picker = picker();
    let input = picker.input();
    press("ArrowDown");
    tick().await;
    assert_eq!(input.get_attribute("aria-expanded").as_deref(), Some("true"));
    assert_eq!(
        picker.options(),
        ["All Everybody is in it", "Engineering", "On call"],
        "what is picked is left out"
    );
    press("ArrowDown");
    tick().await;
    assert_eq!(picker.active(), "Engineering");
    assert!(!press("Enter"), "Enter does not submit the form");
    tick().await;
    assert_eq!(picker.values(), ["support", "engineering"]);
    assert_eq!(focused_name(), "Groups");
}

#[wasm_bindgen_test]
async fn what_cannot_be_picked_says_why_and_stays_out() {
    let picker = picker();
    picker.input();
    press("ArrowDown");
    tick().await;
    assert_eq!(picker.active(), "All Everybody is in it");
    press("Enter");
    assert_eq!(picker.values(), ["support"]);
}

#[wasm_bindgen_test]
async fn typing_narrows_and_an_unknown_name_can_be_created_last() {
    let picker = picker();
    type_into(&picker.input(), "on");
    tick().await;
    assert_eq!(picker.options(), ["On call", "Create group “on”"]);
    type_into(&picker.input(), "Lisbon");
    tick().await;
    assert_eq!(picker.options(), ["Create group “Lisbon”"]);
    press("Enter");
    assert_eq!(picker.created.get_untracked(), ["Lisbon"]);
    assert_eq!(picker.typed.get_untracked(), "");
}

#[wasm_bindgen_test]
async fn a_name_that_exists_cannot_be_created_again() {
    let picker = picker();
    for name in ["Engineering", "Support"] {
        type_into(&picker.input(), name);
        tick().await;
        assert!(
            !picker.options().iter().any(|option| option.starts_with("Create")),
            "{name}"
        );
    }
    assert_eq!(clean(&all_by_role(&picker.view, "listbox")[0]), "No group matches");
}

#[wasm_bindgen_test]
async fn escape_closes_first_and_clears_then() {
    let picker = picker();
    type_into(&picker.input(), "eng");
    tick().await;
    press("Escape");
    tick().await;
    assert!(all_by_role(&picker.view, "listbox").is_empty());
    assert_eq!(picker.typed.get_untracked(), "eng", "half a word is not lost");
    press("Escape");
    assert_eq!(picker.typed.get_untracked(), "");
    assert!(press("Escape"), "the next one is for the dialog around it");
}

#[wasm_bindgen_test]
async fn tags_go_by_their_button_and_by_backspace() {
    let picker = picker();
    picker.input();
    press("ArrowDown");
    press("ArrowDown");
    press("Enter");
    tick().await;
    by_role(&picker.view, "button", "Remove Support").click();
    tick().await;
    assert_eq!(picker.values(), ["engineering"]);
    assert_eq!(focused_name(), "Groups");
    press("Backspace");
    assert!(picker.values().is_empty());
}

struct Filter {
    view: Mounted,
    picked: RwSignal<Vec<String>>,
    near: RwSignal<u32>,
}

fn filter(count: usize) -> Filter {
    let (picked, near) = (RwSignal::new(Vec::<String>::new()), RwSignal::new(0));
    let view = mount(move || {
        let place = PanelPlace::new();
        let choices: Vec<_> = (0..count)
            .map(|n| Choice::new(n.to_string(), format!("Group {n}")))
            .collect();
        let choices = Signal::stored(choices);
        let panel = move || {
            view! {
                <FilterPanel
                    place=place
                    name="Group"
                    choices=choices
                    picked=picked
                    on_change=move |new| picked.set(new)
                    find_label="Find a group"
                    clear_label="Remove the filter by group"
                />
            }
        };
        view! {
            <FilterChip
                name="Group"
                value=Signal::derive(move || picked.get().join(", "))
                on_clear=move || picked.set(Vec::new())
                clear_label="Remove the filter by group"
                place=place
                panel=panel
                on_near=move || near.update(|times| *times += 1)
            />
        }
        .draw()
    });
    Filter { view, picked, near }
}

#[wasm_bindgen_test]
async fn a_filter_shows_its_values_and_is_taken_off_at_once() {
    let filter = filter(3);
    by_role(&filter.view, "button", "Group").click();
    until("the choices are there", || has_role(&filter.view, "dialog", "Group")).await;
    input(&filter.view, "checkbox", "Group 1").click();
    input(&filter.view, "checkbox", "Group 2").click();
    tick().await;
    assert_eq!(filter.picked.get_untracked(), ["1", "2"]);
    let button = &all(&filter.view, ".chip-button")[0];
    assert_eq!(name_of(button), "Group: 1, 2");
    assert!(has_role(&filter.view, "dialog", "Group"), "choosing moves nothing");

    by_role(&filter.view, "button", "Remove the filter by group").click();
    tick().await;
    assert!(filter.picked.get_untracked().is_empty());
    assert!(!input(&filter.view, "checkbox", "Group 1").checked());
}

#[wasm_bindgen_test]
async fn a_window_of_another_size_moves_the_choices_with_their_button() {
    let filter = filter(3);
    let button = by_role(&filter.view, "button", "Group");
    button.click();
    until("the choices are there", || has_role(&filter.view, "dialog", "Group")).await;
    let panel = by_role(&filter.view, "dialog", "Group");
    let gap = || panel.get_bounding_client_rect().top() - button.get_bounding_client_rect().bottom();
    let before = gap();
    filter.view.style().set_property("padding-block-start", "50px").unwrap();
    assert!((gap() - before).abs() > 40.0);
    fire(&window(), "resize");
    assert!((gap() - before).abs() < 0.5, "they stand beside it");
    button.style().set_property("display", "none").unwrap();
    fire(&window(), "resize");
    until("without it they are closed", || {
        !has_role(&filter.view, "dialog", "Group")
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_chip_says_when_the_reader_comes_near() {
    let filter = filter(2);
    by_role(&filter.view, "button", "Group").focus().unwrap();
    assert_eq!(filter.near.get_untracked(), 1, "what it opens can be fetched meanwhile");
}

#[wasm_bindgen_test]
async fn many_choices_can_be_narrowed() {
    let filter = filter(1000);
    by_role(&filter.view, "button", "Group").click();
    until("the choices are there", || {
        has_role(&filter.view, "searchbox", "Find a group")
    })
    .await;
    assert_eq!(
        all_by_role(&filter.view, "checkbox").len(),
        100,
        "no more are drawn at once"
    );
    type_into(&input(&filter.view, "searchbox", "Find a group"), "group 99");
    tick().await;
    assert_eq!(all_by_role(&filter.view, "checkbox").len(), 11);
}

#[wasm_bindgen_test]
async fn the_button_of_a_bar_opens_its_panel_and_says_so() {
    let picked = RwSignal::new(vec!["role".to_owned()]);
    let near = RwSignal::new(0);
    let view = mount(move || {
        let place = PanelPlace::new();
        let choices = Signal::stored(vec![Choice::new("role", "Role"), Choice::new("id", "Id")]);
        let panel = move || {
            view! {
                <FilterPanel
                    place=place
                    name="Columns"
                    choices=choices
                    picked=picked
                    on_change=move |new| picked.set(new)
                    find_label=""
                    clear_label=""
                />
            }
        };
        view! {
            <PanelButton
                label="Columns"
                icon=glyph::COLUMNS
                place=place
                panel=panel
                on_near=move || near.update(|times| *times += 1)
            />
        }
        .draw()
    });
    let button = by_role(&view, "button", "Columns");
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
    button.focus().unwrap();
    assert_eq!(near.get_untracked(), 1, "what it opens can be fetched beforehand");
    button.click();
    until("the panel is there", || has_role(&view, "dialog", "Columns")).await;
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("true"));
    assert_eq!(
        button.get_attribute("aria-controls"),
        Some(by_role(&view, "dialog", "Columns").id())
    );
    input(&view, "checkbox", "Id").click();
    tick().await;
    assert_eq!(picked.get_untracked(), ["role", "id"]);
}
