//! Fields and what stands in them: names, descriptions, errors, and values that are the caller's to decide.

use leptos::prelude::*;
use roost::ui::amount_input::AmountInput;
use roost::ui::checkbox::Checkbox;
use roost::ui::field::Field;
use roost::ui::radio_group::RadioGroup;
use roost::ui::search_input::SearchInput;
use roost::ui::segmented::{Segment, Segmented};
use roost::ui::select::Select;
use roost::ui::support::Choice;
use roost::ui::support::drawn::Draw;
use roost::ui::switch::Switch;
use roost::ui::text_input::TextInput;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlSelectElement;

use super::support::events::{choose, press, type_into};
use super::support::mount::mount;
use super::support::query::{all_by_role, by_role, description_of, focused_name, has_role, input};
use super::support::wait::tick;

#[wasm_bindgen_test]
async fn a_field_names_and_describes_its_control_and_an_error_takes_the_place_of_the_help() {
    let (text, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let page = mount(move || {
        view! {
            <Field label="E-mail" help="Where the link goes." error=error>
                <TextInput value=text on_input=move |new| text.set(new) />
            </Field>
        }
        .draw()
    });
    let control = input(&page, "textbox", "E-mail");
    assert_eq!(description_of(&control), "Where the link goes.");
    type_into(&control, "jonas");
    assert_eq!(text.get_untracked(), "jonas");

    error.set(Some("Write an address such as name@example.com.".to_owned()));
    tick().await;
    assert_eq!(control.get_attribute("aria-invalid").as_deref(), Some("true"));
    assert_eq!(description_of(&control), "Write an address such as name@example.com.");
    error.set(None);
    tick().await;
    assert_eq!(control.get_attribute("aria-invalid"), None);
    assert_eq!(description_of(&control), "Where the link goes.");
}

#[wasm_bindgen_test]
async fn fields_side_by_side_do_not_share_their_ids() {
    let page = mount(|| {
        view! {
            <Field label="Name">
                <TextInput value="a" on_input=|_| () />
            </Field>
            <Field label="E-mail">
                <TextInput value="b" on_input=|_| () />
            </Field>
        }
        .draw()
    });
    tick().await;
    assert_eq!(input(&page, "textbox", "Name").value(), "a");
    assert_eq!(input(&page, "textbox", "E-mail").value(), "b");
}

#[wasm_bindgen_test]
async fn a_number_and_its_unit_are_two_controls_of_one_field() {
    let (number, unit) = (RwSignal::new("3".to_owned()), RwSignal::new("days".to_owned()));
    let error = RwSignal::new(None::<String>);
    let page = mount(move || {
        let units = Signal::stored(vec![Choice::new("hours", "hours"), Choice::new("days", "days")]);
        view! {
            <Field label="The link works for" help="Until tomorrow." error=error>
                <AmountInput
                    value=number
                    on_input=move |new| number.set(new)
                    units=units
                    unit=unit
                    on_unit=move |new| unit.set(new)
                    unit_name="Unit"
                />
            </Field>
        }
        .draw()
    });
    tick().await;
    let amount = input(&page, "textbox", "The link works for");
    let select: HtmlSelectElement = by_role(&page, "combobox", "Unit").dyn_into().unwrap();
    assert_ne!(amount.id(), select.id(), "the label belongs to the number alone");
    assert_eq!((amount.value(), select.value()), ("3".to_owned(), "days".to_owned()));
    type_into(&amount, "12");
    choose(&select, "hours");
    tick().await;
    assert_eq!(
        (number.get_untracked(), unit.get_untracked()),
        ("12".to_owned(), "hours".to_owned())
    );
    assert_eq!(description_of(&amount), "Until tomorrow.");
    error.set(Some("Write a whole number.".to_owned()));
    tick().await;
    assert_eq!(description_of(&amount), "Write a whole number.");
    assert_eq!(amount.get_attribute("aria-invalid").as_deref(), Some("true"));
}

#[wasm_bindgen_test]
async fn a_field_says_why_the_control_in_it_may_not_be_changed() {
    let reason = RwSignal::new(Some("Your role lacks it.".to_owned()));
    let changes = RwSignal::new(0);
    let page = mount(move || {
        let units = Signal::stored(vec![Choice::new("hours", "hours"), Choice::new("days", "days")]);
        view! {
            <Field label="Sign in again after" help="From 1 hour." reason=reason>
                <AmountInput
                    value=Signal::stored("3".to_owned())
                    on_input=move |_| changes.update(|count| *count += 1)
                    units=units
                    unit=Signal::stored("days".to_owned())
                    on_unit=move |_| changes.update(|count| *count += 1)
                    unit_name="Unit"
                    disabled_reason=reason
                />
            </Field>
        }
        .draw()
    });
    tick().await;
    let amount = input(&page, "textbox", "Sign in again after");
    let select = by_role(&page, "combobox", "Unit");
    assert!(amount.read_only());
    assert_eq!(select.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert_eq!(description_of(&amount), "From 1 hour. Your role lacks it.");
    reason.set(None);
    tick().await;
    assert!(!amount.read_only());
    assert_eq!(select.get_attribute("aria-disabled"), None);
    assert_eq!(description_of(&amount), "From 1 hour.");
    assert_eq!(changes.get_untracked(), 0);
}

fn roles() -> Vec<Choice> {
    vec![Choice::new("admin", "Admin"), Choice::new("user", "User")]
}

#[wasm_bindgen_test]
async fn a_select_shows_its_value_when_the_options_come_later() {
    let (options, value) = (RwSignal::new(Vec::new()), RwSignal::new("user".to_owned()));
    let page = mount(move || {
        view! { <Select name="Role" options=options value=value on_change=move |new| value.set(new) /> }.draw()
    });
    let select: HtmlSelectElement = by_role(&page, "combobox", "Role").dyn_into().unwrap();
    assert_eq!(select.value(), "user", "a value nobody knows yet is shown as it is");
    options.set(roles());
    tick().await;
    assert_eq!(select.value(), "user");
    choose(&select, "admin");
    tick().await;
    assert_eq!(value.get_untracked(), "admin");
    value.set("user".to_owned());
    tick().await;
    assert_eq!(select.value(), "user");
}

#[wasm_bindgen_test]
async fn a_select_that_may_not_be_changed_says_why_and_answers_no_key() {
    let page = mount(|| {
        let reason = Signal::stored(Some("Only an owner can change this".to_owned()));
        view! {
            <Select name="Role" options=Signal::stored(roles()) value="user" on_change=|_| () disabled_reason=reason />
        }
        .draw()
    });
    let select = by_role(&page, "combobox", "Role");
    assert!(description_of(&select).contains("Only an owner can change this"));
    select.focus().unwrap();
    assert!(!press("ArrowDown"));
    assert!(press("Tab"), "the keyboard is not trapped");
}

#[wasm_bindgen_test]
async fn a_checkbox_shows_what_the_caller_decides() {
    let checked = RwSignal::new(false);
    let accept = RwSignal::new(false);
    let page = mount(move || {
        view! {
            <Checkbox label="Engineering" checked=checked on_change=move |new| {
                if accept.get_untracked() {
                    checked.set(new);
                }
            } />
        }
        .draw()
    });
    let control = input(&page, "checkbox", "Engineering");
    control.click();
    tick().await;
    assert!(!control.checked(), "a change that was not taken over does not show");
    accept.set(true);
    control.click();
    tick().await;
    assert!(control.checked());
}

#[wasm_bindgen_test]
async fn a_disabled_checkbox_and_switch_answer_neither_mouse_nor_keyboard() {
    let calls = RwSignal::new(0);
    let count = move |_| calls.update(|calls| *calls += 1);
    let page = mount(move || {
        let reason = Signal::stored(Some("Set by the identity provider".to_owned()));
        view! {
            <Checkbox label="A" checked=true disabled_reason=reason on_change=count />
            <Switch label="B" checked=true disabled_reason=reason on_change=count />
        }
        .draw()
    });
    for (role, name) in [("checkbox", "A"), ("switch", "B")] {
        let control = input(&page, role, name);
        control.click();
        assert!(control.checked(), "{role}");
        assert_eq!(description_of(&control), "Set by the identity provider");
    }
    assert_eq!(calls.get_untracked(), 0);
}

#[wasm_bindgen_test]
async fn a_switch_keeps_its_label_and_changes_its_state() {
    let on = RwSignal::new(false);
    let page =
        mount(move || view! { <Switch label="Session expiry" checked=on on_change=move |new| on.set(new) /> }.draw());
    let control = input(&page, "switch", "Session expiry");
    control.click();
    tick().await;
    assert!(on.get_untracked() && control.checked());
    assert!(has_role(&page, "switch", "Session expiry"));
}

#[wasm_bindgen_test]
async fn a_mixed_checkbox_says_so() {
    let page = mount(|| view! { <Checkbox label="All" bare=true checked=false mixed=true on_change=|_| () /> }.draw());
    assert!(input(&page, "checkbox", "All").indeterminate());
}

#[wasm_bindgen_test]
async fn radio_buttons_report_the_answer() {
    let value = RwSignal::new(String::new());
    let page = mount(move || {
        let choices = Signal::stored(vec![
            Choice::new("mine", "Mine").help("admin"),
            Choice::new("theirs", "Theirs"),
        ]);
        view! { <RadioGroup legend="Role changed twice" choices=choices value=value on_change=move |new| value.set(new) /> }
            .draw()
    });
    assert_eq!(all_by_role(&page, "group").len(), 1);
    input(&page, "radio", "Theirs").click();
    tick().await;
    assert_eq!(value.get_untracked(), "theirs");
    assert!(input(&page, "radio", "Theirs").checked());
    assert!(!input(&page, "radio", "Mine admin").checked());
}

#[wasm_bindgen_test]
async fn a_segmented_choice_is_a_group_of_radio_buttons() {
    let value = RwSignal::new("system".to_owned());
    let page = mount(move || {
        let segments = vec![
            Segment {
                value: "light",
                label: "Light".into(),
                glyph: None,
            },
            Segment {
                value: "system",
                label: "System".into(),
                glyph: None,
            },
        ];
        let change = move |new: &'static str| value.set(new.to_owned());
        view! { <Segmented label="Theme" segments=segments value=value on_change=change /> }.draw()
    });
    by_role(&page, "radiogroup", "Theme");
    assert!(input(&page, "radio", "System").checked());
    input(&page, "radio", "Light").click();
    tick().await;
    assert_eq!(value.get_untracked(), "light");
}

#[wasm_bindgen_test]
async fn a_search_box_is_reached_with_slash_and_cleared_with_escape() {
    let (value, slash) = (RwSignal::new("ann".to_owned()), RwSignal::new(true));
    let page = mount(move || {
        view! {
            <SearchInput
                value=value
                on_input=move |new| value.set(new)
                label="Search users"
                placeholder="Name"
                clear_label="Clear search"
                slash=slash
            />
            <button type="button">"Elsewhere"</button>
        }
        .draw()
    });
    by_role(&page, "button", "Elsewhere").focus().unwrap();
    assert!(!press("/"), "the key does not reach the page");
    assert_eq!(focused_name(), "Search users");
    assert!(press("/"), "it is a character while one types");
    press("Escape");
    tick().await;
    assert_eq!(value.get_untracked(), "");
    assert!(!has_role(&page, "button", "Clear search"));

    slash.set(false);
    by_role(&page, "button", "Elsewhere").focus().unwrap();
    assert!(press("/"));
    assert_eq!(focused_name(), "Elsewhere", "shortcuts can be switched off");
}
