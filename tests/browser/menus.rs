//! The menu button, as the ARIA practices describe it.

use leptos::prelude::*;
use roost::ui::menu::{MenuButton, MenuItem, MenuPanel};
use roost::ui::menu_button::{MenuOpener, MenuPlace};
use roost::ui::support::drawn::Draw;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use super::support::events::{Complaints, fire, press};
use super::support::mount::{Mounted, mount};
use super::support::query::{all, all_by_role, by_role, clean, focused, focused_name, has_role};
use super::support::wait::{tick, until};

fn menu() -> (Mounted, RwSignal<Vec<&'static str>>) {
    let picked = RwSignal::new(Vec::new());
    let view = mount(move || {
        let items = move || {
            let pick = move |what: &'static str| move || picked.update(|all| all.push(what));
            vec![
                MenuItem::link("Open", "/users/1"),
                MenuItem::new("Block", pick("block")),
                MenuItem::new("Set role", pick("role")).disabled(Some("Only an owner can".to_owned())),
                MenuItem::new("Delete…", pick("delete")).danger().after_line(),
            ]
        };
        view! { <MenuButton label="Actions for Jonas" items=items /> }.draw()
    });
    (view, picked)
}

async fn opened_with(view: &Mounted, key: &str) -> HtmlElement {
    let button = by_role(view, "button", "Actions for Jonas");
    button.focus().unwrap();
    press(key);
    until("the menu is open", || {
        focused().is_some_and(|one| one.get_attribute("role").as_deref() == Some("menuitem"))
    })
    .await;
    button
}

#[wasm_bindgen_test]
async fn a_closed_menu_is_one_button() {
    let (view, _) = menu();
    assert_eq!(all(&view, "button").len(), 1);
    assert!(!has_role(&view, "menu", "Actions for Jonas"));
    let button = by_role(&view, "button", "Actions for Jonas");
    assert_eq!(button.get_attribute("aria-haspopup").as_deref(), Some("menu"));
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("false"));
}

#[wasm_bindgen_test]
fn the_focus_may_come_back_after_the_end_of_who_is_told() {
    let owner = Owner::new();
    let told = StoredValue::new(0);
    let on_near = owner.with(|| Callback::new(move |()| told.update_value(|told| *told += 1)));
    let place = MenuPlace::new();
    let view = mount(move || {
        view! { <MenuOpener label="Actions for Jonas" place=place panel=|| ().draw() on_near=on_near /> }.draw()
    });
    let complaints = Complaints::watch();
    let button = by_role(&view, "button", "Actions for Jonas");
    button.focus().unwrap();
    assert_eq!(told.get_value(), 1);
    button.blur().unwrap();
    // The page ends in parts; a dialog that is one of the last gives the focus back.
    owner.cleanup();
    button.focus().unwrap();
    assert_eq!(told.get_value(), 1);
    assert_eq!(complaints.count(), 0);
}

#[wasm_bindgen_test]
async fn drawn_anew_while_it_is_open_it_begins_where_it_began() {
    let devices = RwSignal::new(1);
    let view = mount(move || {
        let items = move || {
            devices.track();
            vec![
                MenuItem::link("Open", "/users/1"),
                MenuItem::new("Delete…", || ()).danger(),
            ]
        };
        view! { <MenuButton label="Actions for Jonas" items=items /> }.draw()
    });
    opened_with(&view, "ArrowUp").await;
    assert_eq!(focused_name(), "Delete…");
    devices.set(2);
    tick().await;
    until("the last line has the focus again", || {
        focused().is_some() && focused_name() == "Delete…"
    })
    .await;
    by_role(&view, "button", "Actions for Jonas").click();
    until("it is closed", || !has_role(&view, "menu", "Actions for Jonas")).await;
}

#[wasm_bindgen_test]
async fn down_opens_on_the_first_up_on_the_last() {
    let (view, _) = menu();
    let button = opened_with(&view, "ArrowDown").await;
    assert_eq!(focused_name(), "Open");
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("true"));
    press("Escape");
    until("it is closed", || !has_role(&view, "menu", "Actions for Jonas")).await;
    assert_eq!(focused_name(), "Actions for Jonas", "the focus is back");
    opened_with(&view, "ArrowUp").await;
    assert_eq!(focused_name(), "Delete…");
}

#[wasm_bindgen_test]
async fn arrows_go_round_and_letters_jump() {
    let (view, _) = menu();
    opened_with(&view, "ArrowDown").await;
    press("ArrowUp");
    assert_eq!(focused_name(), "Delete…");
    press("ArrowDown");
    assert_eq!(focused_name(), "Open");
    press("End");
    assert_eq!(focused_name(), "Delete…");
    press("Home");
    assert_eq!(focused_name(), "Open");
    press("b");
    assert_eq!(focused_name(), "Block");
    press("x");
    assert_eq!(focused_name(), "Block", "nothing begins with it");
}

#[wasm_bindgen_test]
async fn enter_picks_closes_and_returns_the_focus() {
    let (view, picked) = menu();
    opened_with(&view, "ArrowDown").await;
    press("ArrowDown");
    press("Enter");
    assert_eq!(picked.get_untracked(), ["block"]);
    until("it is closed", || !has_role(&view, "menu", "Actions for Jonas")).await;
    assert_eq!(focused_name(), "Actions for Jonas");
}

#[wasm_bindgen_test]
async fn what_may_not_be_used_can_be_reached_says_why_and_does_nothing() {
    let (view, picked) = menu();
    opened_with(&view, "ArrowDown").await;
    press("s");
    let item = focused().unwrap();
    assert_eq!(clean(&item), "Set role Only an owner can");
    assert_eq!(item.get_attribute("aria-disabled").as_deref(), Some("true"));
    press("Enter");
    tick().await;
    assert!(picked.get_untracked().is_empty());
    assert!(has_role(&view, "menu", "Actions for Jonas"), "it stays open");
}

#[wasm_bindgen_test]
async fn tab_leaves_and_closes() {
    let (view, _) = menu();
    opened_with(&view, "ArrowDown").await;
    assert!(press("Tab"), "the browser moves the focus on");
    until("it is closed", || !has_role(&view, "menu", "Actions for Jonas")).await;
}

#[wasm_bindgen_test]
async fn a_scroll_under_it_closes_it() {
    let (view, _) = menu();
    opened_with(&view, "ArrowDown").await;
    // A button that stays where it is, in a sidebar, keeps its menu.
    let scroll = || {
        window()
            .dispatch_event(&web_sys::Event::new("scroll").unwrap())
            .unwrap()
    };
    scroll();
    assert!(has_role(&view, "menu", "Actions for Jonas"));
    let button = by_role(&view, "button", "Actions for Jonas");
    button.style().set_property("margin-block-start", "50px").unwrap();
    scroll();
    until("it is closed", || !has_role(&view, "menu", "Actions for Jonas")).await;
}

#[wasm_bindgen_test]
async fn a_window_of_another_size_places_it_anew() {
    let (view, _) = menu();
    let button = opened_with(&view, "ArrowDown").await;
    let menu = by_role(&view, "menu", "Actions for Jonas");
    let gap = || menu.get_bounding_client_rect().top() - button.get_bounding_client_rect().bottom();
    let before = gap();
    // The page has answered to it by other places for what is in it.
    button.style().set_property("margin-block-start", "50px").unwrap();
    assert!((gap() - before).abs() > 40.0);
    fire(&window(), "resize");
    assert!((gap() - before).abs() < 0.5, "it stands beside its button");
    // Where it stands now, a scroll that moves nothing keeps it.
    fire(&window(), "scroll");
    assert!(has_role(&view, "menu", "Actions for Jonas"));
    button.style().set_property("display", "none").unwrap();
    fire(&window(), "resize");
    until("without its button it is closed", || {
        !has_role(&view, "menu", "Actions for Jonas")
    })
    .await;
}

#[wasm_bindgen_test]
async fn states_are_marked_as_such() {
    let view = mount(|| {
        let items = || {
            vec![
                MenuItem::new("Light", || ()).checked(true),
                MenuItem::new("Dark", || ()).checked(false),
            ]
        };
        view! { <MenuButton label="Theme" items=items /> }.draw()
    });
    by_role(&view, "button", "Theme").click();
    until("it is open", || !all_by_role(&view, "menuitemradio").is_empty()).await;
    let states: Vec<_> = all_by_role(&view, "menuitemradio")
        .iter()
        .map(|one| one.get_attribute("aria-checked").unwrap())
        .collect();
    assert_eq!(states, ["true", "false"]);
}

#[wasm_bindgen_test]
async fn a_menu_may_come_later_than_its_button() {
    let (here, near) = (RwSignal::new(false), RwSignal::new(0));
    let view = mount(move || {
        let place = MenuPlace::new();
        let panel = move || {
            (move || {
                here.get().then(|| {
                    let items = || vec![MenuItem::link("Open", "/users/1")];
                    view! { <MenuPanel place=place label="Actions for Jonas" items=items /> }
                })
            })
            .draw()
        };
        view! {
            <MenuOpener
                label="Actions for Jonas"
                place=place
                panel=panel
                on_near=move || near.update(|times| *times += 1)
            />
        }
        .draw()
    });
    let button = by_role(&view, "button", "Actions for Jonas");
    button.focus().unwrap();
    assert_eq!(near.get_untracked(), 1);
    button.click();
    tick().await;
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("true"));
    assert!(!has_role(&view, "menu", "Actions for Jonas"));
    // Who presses once more before it has come wants it, and not the contrary.
    button.click();
    tick().await;
    assert_eq!(button.get_attribute("aria-expanded").as_deref(), Some("true"));
    here.set(true);
    until("the menu is open, with the focus on its first line", || {
        focused().is_some_and(|one| one.get_attribute("role").as_deref() == Some("menuitem"))
    })
    .await;
    press("Escape");
    until("it is closed", || !has_role(&view, "menu", "Actions for Jonas")).await;
    assert_eq!(focused_name(), "Actions for Jonas");
}
