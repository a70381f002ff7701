//! Pages whose part of the program comes later: on its way, here, and not to be had.

use std::cell::Cell;

use leptos::html;
use leptos::prelude::*;
use roost::browser::chunk::NotLoaded;
use roost::features::later::{Frame, Part, later};
use roost::i18n::t;
use roost::ui::support::drawn::{Draw, Drawn};
use roost::ui::support::effect;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::mount::mount;
use super::support::query::{all, by_role, clean, has_role};
use super::support::wait::{tick, until};

thread_local! {
    static REFUSALS: Cell<u32> = const { Cell::new(0) };
    static ASKED: Cell<bool> = const { Cell::new(false) };
    static LOADED: Cell<bool> = const { Cell::new(false) };
    static WAS_IN_PLACE: Cell<bool> = const { Cell::new(false) };
}

/// Cannot be had as often as [`REFUSALS`] says.
async fn load() -> Result<(), NotLoaded> {
    ASKED.set(true);
    tick().await;
    let left = REFUSALS.get();
    REFUSALS.set(left.saturating_sub(1));
    LOADED.set(left == 0);
    if left == 0 { Ok(()) } else { Err(NotLoaded) }
}

/// A page whose effect wants to find it in the document, as a dialog's does.
async fn page() -> Result<Drawn, NotLoaded> {
    if !LOADED.get() {
        return Err(NotLoaded);
    }
    let node = NodeRef::<html::P>::new();
    effect(move || {
        if let Some(element) = node.get() {
            WAS_IN_PLACE.set(element.is_connected());
        }
    });
    Ok(view! { <p class="here" node_ref=node>"Here"</p> }.draw())
}

fn open(frame: Frame, refusals: u32) -> super::support::mount::Mounted {
    REFUSALS.set(refusals);
    LOADED.set(false);
    ASKED.set(false);
    mount(move || later(frame, Part::new(load, page)))
}

#[wasm_bindgen_test]
async fn a_part_is_waited_for_and_then_drawn_in_its_place() {
    let page = open(Frame::Shell, 0);
    let is_waiting = || {
        all(&page, "[role=status]")
            .iter()
            .any(|status| clean(status) == t().part_loading())
    };
    assert!(is_waiting());
    // The first heading is the page's own: whoever hears of a new page is taken there.
    assert!(all(&page, "h1").is_empty());
    until("the page is there", || !all(&page, ".here").is_empty()).await;
    assert!(!is_waiting());
    until("its effect has run", || WAS_IN_PLACE.get()).await;
}

#[wasm_bindgen_test]
async fn a_part_that_cannot_be_had_says_so_and_can_be_asked_for_again() {
    for frame in [Frame::Shell, Frame::Alone] {
        let page = open(frame, 2);
        for _ in 0..2 {
            until("it says so", || has_role(&page, "heading", t().part_failed_title())).await;
            by_role(&page, "button", t().try_again()).click();
            until("it is asked for again", || {
                !has_role(&page, "heading", t().part_failed_title())
            })
            .await;
        }
        until("the page is there", || !all(&page, ".here").is_empty()).await;
    }
}

#[wasm_bindgen_test]
async fn a_part_that_comes_after_its_reader_has_gone_is_not_drawn() {
    let page = open(Frame::Shell, 0);
    until("the part is asked for", || ASKED.get()).await;
    drop(page);
    until("the part is here", || LOADED.get()).await;
    tick().await;
    assert!(all(&document().body().unwrap(), ".here").is_empty());
}
