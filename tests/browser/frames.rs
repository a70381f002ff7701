//! The frames around pages: landmarks, navigation, the way past it, and who is signed in.

use leptos::prelude::*;
use roost::ui::icon::glyph;
use roost::ui::menu::{MenuItem, MenuPanel};
use roost::ui::public_page::PublicPage;
use roost::ui::shell::{MoreSheet, NavGroup, NavItem, Person, Shell, ShellTexts};
use roost::ui::support::drawn::Draw;
use roost::ui::toolbar::{FilterSheet, Toolbar};
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::mount::{Mounted, mount};
use super::support::query::{all, all_by_role, by_role, clean, focused, has_role};
use super::support::wait::until;

fn item(label: &'static str, current: bool) -> NavItem {
    NavItem {
        href: format!("/{}", label.to_lowercase()),
        label: label.into(),
        short: None,
        glyph: glyph::USERS,
        count: Signal::stored(Some("412".to_owned())),
        badge: Signal::stored(current.then(|| "5".to_owned())),
        badge_label: Some("waiting".into()),
        current: Signal::stored(current),
        in_bar: true,
    }
}

fn shell() -> Mounted {
    mount(|| {
        let nav = Signal::stored(vec![NavGroup {
            title: "People".into(),
            items: vec![item("Users", true), item("Invites", false)],
        }]);
        let person = Person {
            name: Signal::stored("Ines Okafor".to_owned()),
            role: Signal::stored("Owner".to_owned()),
            menu: Arc::new(|place| {
                let items = || vec![MenuItem::new("Sign out", || ())];
                view! { <MenuPanel place=place label="Signed in as Ines" items=items /> }.draw()
            }),
            on_near: (|| ()).into(),
            label: "Signed in as Ines Okafor".into(),
        };
        let texts = ShellTexts {
            skip: "Skip to content".into(),
            nav: "Main".into(),
            more: "More".into(),
            close: "Close".into(),
        };
        let open = RwSignal::new(false);
        let (in_sheet, sheet_texts) = (person.clone(), texts.clone());
        let more = move || view! { <MoreSheet open=open nav=nav person=in_sheet.clone() texts=sheet_texts.clone() /> };
        view! {
            <Shell
                brand="Roost"
                account="example.com"
                home="/"
                nav=nav
                person=person
                texts=texts
                more_open=open
                more=more
            >
                <h1 tabindex="-1">"Users"</h1>
            </Shell>
        }
        .draw()
    })
}

#[wasm_bindgen_test]
async fn there_is_one_main_part_one_navigation_and_a_way_past_it() {
    let view = shell();
    assert_eq!(all(&view, "main").len(), 1);
    assert_eq!(all(&view, "nav").len(), 1);
    assert_eq!(all(&view, "a")[0].text_content().unwrap(), "Skip to content");
    by_role(&view, "link", "Skip to content").click();
    assert_eq!(focused().unwrap().id(), "main");
}

#[wasm_bindgen_test]
async fn the_present_page_is_marked_and_a_badge_has_its_noun() {
    let view = shell();
    let current = all(&view, "nav [aria-current=page]");
    assert_eq!(current.len(), 1);
    assert_eq!(clean(&current[0]), "Users 412 5 waiting");
}

#[wasm_bindgen_test]
async fn signing_out_is_always_reachable() {
    let view = shell();
    by_role(&view, "button", "Signed in as Ines Okafor").click();
    until("the menu is open", || has_role(&view, "menuitem", "Sign out")).await;
}

#[wasm_bindgen_test]
async fn more_opens_all_places_and_closes_with_the_choice() {
    let view = shell();
    by_role(&view, "button", "More").click();
    until("the sheet is open", || has_role(&view, "dialog", "More")).await;
    let sheet = by_role(&view, "dialog", "More");
    let link = by_role(&sheet, "link", "Invites 412");
    by_role(&sheet, "button", "Signed in as Ines Okafor");
    // The address stays: only the click is of interest here.
    let stay = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(|event: web_sys::Event| {
        event.prevent_default();
    });
    window()
        .add_event_listener_with_callback("click", wasm_bindgen::JsCast::unchecked_ref(stay.as_ref()))
        .unwrap();
    link.click();
    window()
        .remove_event_listener_with_callback("click", wasm_bindgen::JsCast::unchecked_ref(stay.as_ref()))
        .unwrap();
    until("the sheet is closed", || !has_role(&view, "dialog", "More")).await;
}

#[wasm_bindgen_test]
async fn a_public_page_has_its_heading_in_its_main_part() {
    let view = mount(|| {
        view! {
            <PublicPage brand="Roost" title="Sign in" lead="At netbird.example.com.">
                <button type="button">"Continue"</button>
            </PublicPage>
        }
        .draw()
    });
    let main = &all(&view, "main")[0];
    assert!(has_role(main, "heading", "Sign in"));
    by_role(main, "button", "Continue");
    assert_eq!(
        all(&view, "svg:not([aria-hidden=true] *):not([aria-hidden=true])").len(),
        0,
        "the birds are silent"
    );
}

#[wasm_bindgen_test]
async fn the_filters_are_in_the_bar_and_in_the_sheet() {
    let view = mount(|| {
        let open = RwSignal::new(false);
        let filters = || view! { <button type="button">"Role"</button> };
        let sheet = move || {
            view! {
                <FilterSheet open=open title="Filters" done_label="Show 31 users">
                    {filters()}
                </FilterSheet>
            }
        };
        view! { <Toolbar filters=filters sheet_label="Filters 2" sheet_open=open sheet=sheet /> }.draw()
    });
    by_role(&view, "button", "Filters 2").click();
    until("the sheet is open", || has_role(&view, "dialog", "Filters")).await;
    let sheet = by_role(&view, "dialog", "Filters");
    by_role(&sheet, "button", "Role");
    by_role(&sheet, "button", "Show 31 users").click();
    until("it is closed", || all_by_role(&view, "dialog").is_empty()).await;
}
