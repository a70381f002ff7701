//! Messages: what is said, to whom, and how long it stays.

use leptos::prelude::*;
use roost::ui::button::Button;
use roost::ui::empty::Empty;
use roost::ui::error_view::ErrorView;
use roost::ui::live_region::LiveRegion;
use roost::ui::note::Note;
use roost::ui::strip::{MessageAction, Strip};
use roost::ui::support::Tone;
use roost::ui::support::drawn::Draw;
use roost::ui::toast_region::{Toast, ToastRegion};
use roost::ui::tooltip::TooltipLayer;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::events::{fire, point, press};
use super::support::mount::{Mounted, mount};
use super::support::query::{all, all_by_role, by_role, clean, description_of, has_role};
use super::support::timers::Timers;
use super::support::wait::tick;

fn toasts() -> (Mounted, RwSignal<Vec<Toast>>) {
    let list = RwSignal::new(Vec::new());
    let view = mount(move || {
        let leave = move |id| list.update(|all: &mut Vec<Toast>| all.retain(|one| one.id != id));
        view! { <ToastRegion toasts=list on_leave=leave close_label="Close" /> }.draw()
    });
    (view, list)
}

fn toast(id: u64, tone: Tone) -> Toast {
    Toast {
        id,
        tone,
        text: format!("Message {id}").into(),
        action: None,
    }
}

#[wasm_bindgen_test]
async fn the_regions_are_there_before_anything_is_said_and_errors_interrupt() {
    let (view, list) = toasts();
    let (status, alert) = (&all_by_role(&view, "status")[0], &all_by_role(&view, "alert")[0]);
    assert_eq!(clean(&view), "");
    list.set(vec![toast(1, Tone::Success), toast(2, Tone::Danger)]);
    tick().await;
    assert_eq!(clean(status), "Message 1");
    assert_eq!(clean(alert), "Message 2");
}

#[wasm_bindgen_test]
async fn a_plain_success_leaves_after_six_seconds_unless_somebody_is_at_it() {
    let timers = Timers::hold();
    let (view, list) = toasts();
    list.set(vec![toast(1, Tone::Success)]);
    tick().await;
    let message = &all(&view, ".toast")[0];
    point(message, "pointerenter");
    assert!(!timers.has(6000), "hovering stops the time");
    point(message, "pointerleave");
    fire(message, "focusin");
    assert!(!timers.has(6000), "so does the focus");
    fire(message, "focusout");
    timers.fire(6000);
    assert!(list.get_untracked().is_empty());
}

#[wasm_bindgen_test]
async fn errors_and_what_has_a_button_stay() {
    let timers = Timers::hold();
    let (view, list) = toasts();
    let undone = RwSignal::new(false);
    let action = MessageAction::new("Undo", move || undone.set(true));
    list.set(vec![
        toast(1, Tone::Danger),
        Toast {
            action: Some(action),
            ..toast(2, Tone::Success)
        },
    ]);
    tick().await;
    assert!(!timers.has(6000));
    by_role(&view, "button", "Undo").click();
    assert!(undone.get_untracked());
    assert_eq!(
        list.with_untracked(Vec::len),
        1,
        "an action that was taken closes its message"
    );
    tick().await;
    by_role(&view, "button", "Close").click();
    assert!(list.with_untracked(Vec::is_empty));
}

#[wasm_bindgen_test]
async fn no_more_than_three_show() {
    let (view, list) = toasts();
    list.set((1..=5).map(|id| toast(id, Tone::Danger)).collect());
    tick().await;
    let words: Vec<_> = all(&view, ".toast-text").iter().map(|text| clean(text)).collect();
    assert_eq!(words, ["Message 3", "Message 4", "Message 5"]);
}

#[wasm_bindgen_test]
async fn the_same_announcement_twice_is_two_changes() {
    let message = RwSignal::new(String::new());
    let view = mount(move || view! { <LiveRegion message=message /> }.draw());
    let places = move |view: &Mounted| {
        all(view, "p")
            .iter()
            .map(|one| one.text_content().unwrap())
            .collect::<Vec<_>>()
    };
    tick().await;
    message.set("Copied".to_owned());
    tick().await;
    let first = places(&view);
    message.set("Copied".to_owned());
    tick().await;
    let second = places(&view);
    assert_ne!(first, second, "the words move to the other place");
    assert_eq!(second.concat(), "Copied");
}

#[wasm_bindgen_test]
async fn a_strip_says_what_was_kept_and_offers_the_way_on() {
    let tried = RwSignal::new(0);
    let view = mount(move || {
        let action = MessageAction::new("Try again", move || tried.update(|n| *n += 1));
        view! { <Strip tone=Tone::Danger lead="Could not refresh." text="This is the list as of 14:05." action=action /> }
            .draw()
    });
    assert_eq!(
        clean(&all_by_role(&view, "alert")[0]),
        "Could not refresh. This is the list as of 14:05."
    );
    by_role(&view, "button", "Try again").click();
    assert_eq!(tried.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_note_has_text_and_what_to_do_about_it() {
    let view = mount(|| {
        view! {
            <Note tone=Tone::Warning lead="All 214 peers move." text="Connections drop.">
                <Button label="Tell them" />
            </Note>
        }
        .draw()
    });
    assert_eq!(clean(&all(&view, "p")[0]), "All 214 peers move. Connections drop.");
    by_role(&view, "button", "Tell them");
}

#[wasm_bindgen_test]
async fn a_failed_page_says_what_failed_and_is_no_dead_end() {
    let tried = RwSignal::new(0);
    let view = mount(move || {
        let retry = MessageAction::new("Try again", move || tried.update(|n| *n += 1));
        view! {
            <ErrorView
                title="The list did not load"
                text="Nothing was changed."
                retry=retry
                details_label="Show details"
                details="503 Service Unavailable"
            >
                <Button label="Sign out" />
            </ErrorView>
        }
        .draw()
    });
    assert!(has_role(&view, "heading", "The list did not load"));
    by_role(&view, "button", "Try again").click();
    assert_eq!(tried.get_untracked(), 1);
    by_role(&view, "button", "Sign out");
    assert!(!clean(&view).contains("503"), "details are for whoever asks");
    all(&view, "summary")[0].click();
    tick().await;
    assert!(clean(&view).contains("503 Service Unavailable"));
}

#[wasm_bindgen_test]
async fn an_empty_state_has_a_title_a_sentence_and_a_way_on() {
    let view = mount(|| {
        view! {
            <Empty title="No user matches “x”" text="One filter is on.">
                <Button label="Clear search" />
            </Empty>
        }
        .draw()
    });
    assert!(has_role(&view, "heading", "No user matches “x”"));
    by_role(&view, "button", "Clear search");
    assert_eq!(all(&view, "svg:not([aria-hidden=true])").len(), 0);
}

fn tips() -> Vec<String> {
    all(&document().body().unwrap(), "[role=tooltip]:popover-open")
        .iter()
        .map(|tip| clean(tip))
        .collect()
}

fn tipped() -> Mounted {
    mount(|| {
        view! {
            <TooltipLayer />
            <button type="button" data-tip="Monday at 14:05">
                "Today"
            </button>
            <p>"Elsewhere"</p>
        }
        .draw()
    })
}

#[wasm_bindgen_test]
async fn a_tooltip_comes_after_400_ms_of_hovering_and_goes_on_escape() {
    let timers = Timers::hold();
    let view = tipped();
    let anchor = by_role(&view, "button", "Today");
    point(&anchor, "pointermove");
    assert!(tips().is_empty());
    // Who moves on within it does not wait anew.
    point(&anchor, "pointermove");
    timers.fire(400);
    assert_eq!(tips(), ["Monday at 14:05"]);
    assert_eq!(description_of(&anchor), "Monday at 14:05");
    press("Escape");
    assert!(tips().is_empty());
    assert_eq!(anchor.get_attribute("aria-describedby"), None);
}

#[wasm_bindgen_test]
async fn the_pointer_may_move_onto_a_tooltip() {
    let timers = Timers::hold();
    let view = tipped();
    point(&by_role(&view, "button", "Today"), "pointermove");
    timers.fire(400);
    point(&all(&view, "p")[0], "pointermove");
    let tip = all(&document().body().unwrap(), "[role=tooltip]")[0].clone();
    point(&tip, "pointermove");
    timers.fire(120);
    assert_eq!(tips().len(), 1, "it stays under the pointer");
    point(&all(&view, "p")[0], "pointermove");
    timers.fire(120);
    assert!(tips().is_empty());
}

/// A row with a tooltip over it while the pointer rests, below one that may come or go and in a box that scrolls.
struct Resting {
    timers: Timers,
    view: Mounted,
    above: RwSignal<bool>,
    there: RwSignal<bool>,
    tip: RwSignal<&'static str>,
}

fn resting() -> Resting {
    let timers = Timers::hold();
    let (above, there, tip) = (RwSignal::new(false), RwSignal::new(true), RwSignal::new("Ada Lovelace"));
    let view = mount(move || {
        view! {
            <TooltipLayer />
            <div class="nav" tabindex="0">
                {move || above.get().then(|| view! { <p>"Above"</p> })}
                {move || there.get().then(|| view! { <button type="button" data-tip=move || tip.get()>"Ada"</button> })}
                <p>"Below"</p>
            </div>
        }
        .draw()
    });
    all(&view, ".nav")[0]
        .style()
        .set_property("block-size", "1rem")
        .unwrap();
    point(&by_role(&view, "button", "Ada"), "pointermove");
    timers.fire(400);
    timers.fire(100);
    assert_eq!(tips(), ["Ada Lovelace"], "it stays while nothing happens");
    Resting {
        timers,
        view,
        above,
        there,
        tip,
    }
}

#[wasm_bindgen_test]
async fn a_tooltip_goes_with_its_row_although_the_pointer_rests() {
    let page = resting();
    page.there.set(false);
    tick().await;
    page.timers.fire(100);
    assert!(tips().is_empty());
}

#[wasm_bindgen_test]
async fn a_tooltip_goes_when_its_row_moves_and_comes_again_with_the_pointer() {
    let page = resting();
    page.above.set(true);
    tick().await;
    page.timers.fire(100);
    assert!(tips().is_empty());
    point(&by_role(&page.view, "button", "Ada"), "pointermove");
    page.timers.fire(400);
    assert_eq!(tips(), ["Ada Lovelace"]);
}

#[wasm_bindgen_test]
async fn a_tooltip_goes_when_what_its_row_is_in_scrolls() {
    let page = resting();
    all(&page.view, ".nav")[0].set_scroll_top(20);
    tick().await;
    page.timers.fire(100);
    assert!(tips().is_empty());
}

#[wasm_bindgen_test]
async fn a_tooltip_goes_when_its_row_is_of_somebody_else_now() {
    let page = resting();
    page.tip.set("Grace Hopper");
    tick().await;
    page.timers.fire(100);
    assert!(tips().is_empty());
}

#[wasm_bindgen_test]
async fn a_page_that_goes_away_leaves_no_tooltip_behind() {
    let timers = Timers::hold();
    let mut view = tipped();
    point(&by_role(&view, "button", "Today"), "pointermove");
    timers.fire(400);
    view.unmount();
    assert!(all(&document().body().unwrap(), "[role=tooltip]").is_empty());
}
