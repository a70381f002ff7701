//! Buttons: what works, what is busy, what may not be used and says why.

use leptos::prelude::*;
use roost::ui::button::{Button, ButtonKind, ButtonLink};
use roost::ui::icon::glyph;
use roost::ui::support::drawn::Draw;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::mount::mount;
use super::support::query::{by_role, clean, description_of};
use super::support::timers::Timers;
use super::support::wait::tick;

#[wasm_bindgen_test]
async fn a_click_runs_it_once() {
    let clicks = RwSignal::new(0);
    let page = mount(move || view! { <Button label="Block" on_click=move || clicks.update(|n| *n += 1) /> }.draw());
    by_role(&page, "button", "Block").click();
    assert_eq!(clicks.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn what_may_not_be_used_takes_the_focus_says_why_and_does_nothing() {
    let clicks = RwSignal::new(0);
    let reason = RwSignal::new(Some("You cannot block yourself".to_owned()));
    let page = mount(move || {
        view! { <Button label="Block" disabled_reason=reason on_click=move || clicks.update(|n| *n += 1) /> }.draw()
    });
    let button = by_role(&page, "button", "Block");
    tick().await;
    assert_eq!(button.get_attribute("aria-disabled").as_deref(), Some("true"));
    assert!(!button.has_attribute("disabled"));
    assert_eq!(description_of(&button), "You cannot block yourself");
    button.click();
    assert_eq!(clicks.get_untracked(), 0);

    reason.set(None);
    tick().await;
    assert_eq!(button.get_attribute("aria-disabled"), None);
    assert_eq!(description_of(&button), "");
    button.click();
    assert_eq!(clicks.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn busy_ignores_clicks_at_once_and_says_so_after_400_ms() {
    let timers = Timers::hold();
    let (busy, clicks) = (RwSignal::new(false), RwSignal::new(0));
    let page = mount(move || {
        view! {
            <Button label="Save" busy=busy busy_label="Saving…" on_click=move || {
                clicks.update(|n| *n += 1);
                busy.set(true);
            } />
        }
        .draw()
    });
    let button = by_role(&page, "button", "Save");
    let width = button.get_bounding_client_rect().width();
    button.click();
    button.click();
    assert_eq!(clicks.get_untracked(), 1);
    tick().await;
    assert_eq!(clean(&button), "Save");
    assert_eq!(button.get_attribute("aria-busy").as_deref(), Some("true"));
    timers.fire(400);
    tick().await;
    assert!(shown(&button).contains("Saving…"), "{}", shown(&button));
    assert!(
        (button.get_bounding_client_rect().width() - width).abs() < 0.5,
        "its width stays"
    );
    busy.set(false);
    tick().await;
    assert!(!shown(&button).contains("Saving…"));
}

/// Only the label that is not switched off.
fn shown(button: &web_sys::HtmlElement) -> String {
    super::support::query::all(button, "span:not([data-off]):not(.btn-labels)")
        .iter()
        .map(|span| span.text_content().unwrap_or_default())
        .collect()
}

#[wasm_bindgen_test]
async fn quick_work_never_shows_the_second_label() {
    let timers = Timers::hold();
    let busy = RwSignal::new(true);
    let _page = mount(move || view! { <Button label="Save" busy=busy busy_label="Saving…" /> }.draw());
    tick().await;
    assert!(timers.has(400));
    busy.set(false);
    tick().await;
    assert!(!timers.has(400));
}

#[wasm_bindgen_test]
async fn an_icon_alone_still_has_its_name() {
    let page = mount(|| view! { <Button label="Close" icon=glyph::CLOSE icon_only=true /> }.draw());
    let button = by_role(&page, "button", "Close");
    assert_eq!(button.get_attribute("data-tip").as_deref(), Some("Close"));
}

#[wasm_bindgen_test]
async fn a_link_leads_somewhere() {
    let page = mount(|| view! { <ButtonLink label="All users" href="/users" kind=ButtonKind::Primary /> }.draw());
    assert_eq!(
        by_role(&page, "link", "All users").get_attribute("href").as_deref(),
        Some("/users")
    );
}
