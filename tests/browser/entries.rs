//! The short list of things with badges, facts and buttons.

use std::sync::Arc;

use leptos::prelude::*;
use roost::ui::badge::{BadgeFace, BadgeLook};
use roost::ui::button::Button;
use roost::ui::entry_list::{Entry, EntryList};
use roost::ui::facts::Fact;
use roost::ui::icon::glyph;
use roost::ui::support::drawn::Draw;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::mount::mount;
use super::support::query::{all, all_by_role, by_role, clean};
use super::support::wait::tick;

fn entry(key: &str, used: RwSignal<String>, pressed: RwSignal<u32>) -> Entry {
    let name = key.to_owned();
    let actions = move || {
        let label = format!("Revoke {name}");
        view! { <Button label=label on_click=move || pressed.update(|times| *times += 1) /> }
    };
    Entry {
        key: key.to_owned(),
        name: key.to_owned(),
        badge: Arc::new(|| {
            Some(BadgeFace {
                look: BadgeLook::Danger,
                glyph: glyph::BAN,
                text: "Expired".into(),
                short: None,
            })
        }),
        facts: Arc::new(move || vec![Fact::name("Last used", used.get())]),
        actions: actions.into(),
    }
}

#[wasm_bindgen_test]
async fn each_thing_says_how_it_stands_and_what_can_be_done() {
    let (used, pressed) = (RwSignal::new("yesterday".to_owned()), RwSignal::new(0));
    let entries = RwSignal::new(vec![entry("<b>deploy</b>", used, pressed)]);
    let view = mount(move || view! { <EntryList label="Tokens" entries=entries /> }.draw());
    by_role(&view, "list", "Tokens");
    assert_eq!(all_by_role(&view, "listitem").len(), 1);
    assert!(all(&view, "b").is_empty(), "a name is text");
    let text = clean(&view);
    for part in ["<b>deploy</b>", "Expired", "Last used", "yesterday"] {
        assert!(text.contains(part), "{part} in {text}");
    }
    by_role(&view, "button", "Revoke <b>deploy</b>").click();
    assert_eq!(pressed.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn what_stays_keeps_its_elements_and_follows_its_facts() {
    let (used, pressed) = (RwSignal::new("yesterday".to_owned()), RwSignal::new(0));
    let keys = RwSignal::new(vec!["a", "b"]);
    // Made anew at each change, as callers do it: what an entry of before holds must outlive that.
    let entries = Signal::derive(move || {
        let keys = keys.get().into_iter();
        keys.map(|key| entry(key, used, pressed)).collect::<Vec<_>>()
    });
    let view = mount(move || view! { <EntryList label="Tokens" entries=entries /> }.draw());
    let second = all(&view, "li")[1].clone();
    keys.set(vec!["b", "c"]);
    tick().await;
    used.set("today".to_owned());
    tick().await;
    assert_eq!(all(&view, "li").len(), 2);
    assert!(all(&view, "li")[0].is_same_node(Some(&second)), "it is the same line");
    assert!(clean(&second).contains("today"));
}
