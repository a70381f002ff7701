//! The dialog of a one-time secret: what does not close it, what does, and that nothing is left of it.

use leptos::prelude::*;
use roost::domain::secret::{Secret, SecretKind};
use roost::features::secret::SecretDialog;
use roost::state::secrets::Secrets;
use roost::ui::secret_box::SecretBox;
use roost::ui::support::drawn::Draw;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;
use zeroize::Zeroizing;

use super::support::events::press;
use super::support::mount::{Mounted, mount};
use super::support::query::{all, by_role, clean, has_role};
use super::support::wait::{tick, until};

const TEXT: &str = "nbp_TheSecretOfTheTest";

struct Page {
    view: Mounted,
    secrets: Secrets,
    after: RwSignal<u32>,
}

async fn shown() -> Page {
    let after = RwSignal::new(0);
    let secrets = Secrets::new();
    let view = mount(move || view! { <SecretDialog secrets=secrets /> }.draw());
    secrets.show(
        Secret::new(SecretKind::Token, "deploy", Zeroizing::new(TEXT.to_owned()))
            .until(Some("Ends tomorrow".to_owned())),
        Some(Callback::new(move |()| after.update(|times| *times += 1))),
    );
    until("the dialog is open", || has_role(&view, "dialog", "Token “deploy”")).await;
    tick().await;
    Page { view, secrets, after }
}

fn dialog(page: &Page) -> HtmlDialogElement {
    by_role(&page.view, "dialog", "Token “deploy”").dyn_into().unwrap()
}

#[wasm_bindgen_test]
async fn it_is_masked_until_the_reader_wants_to_see_it() {
    let page = shown().await;
    assert!(!clean(&page.view).contains(TEXT));
    assert!(clean(&page.view).contains("Ends tomorrow"));
    by_role(&page.view, "button", "Show").click();
    tick().await;
    assert!(clean(&page.view).contains(TEXT));
    by_role(&page.view, "button", "Hide").click();
    tick().await;
    assert!(!clean(&page.view).contains(TEXT));
}

#[wasm_bindgen_test]
async fn escape_and_a_forced_close_do_not_lose_it() {
    let page = shown().await;
    assert_eq!(dialog(&page).get_attribute("closedby").as_deref(), Some("none"));
    for _ in 0..5 {
        assert!(!press("Escape"), "Escape is taken from the browser");
    }
    // What a browser does that knows no `closedby`, at the second Escape.
    dialog(&page).close();
    until("it is open again", || dialog(&page).open()).await;
    assert_eq!(page.after.get_untracked(), 0);
    assert_eq!(
        page.secrets.with(|secret| secret.text().to_owned()).as_deref(),
        Some(TEXT)
    );
}

#[wasm_bindgen_test]
async fn a_second_one_waits_until_the_first_is_saved() {
    let page = shown().await;
    let second = Secret::new(SecretKind::Token, "backup", Zeroizing::new("nbp_TheSecond".to_owned()));
    page.secrets.show(second, None);
    tick().await;
    assert!(has_role(&page.view, "dialog", "Token “deploy”"), "the first stays");
    by_role(&page.view, "button", "I have saved it").click();
    until("the second shows", || has_role(&page.view, "dialog", "Token “backup”")).await;
    tick().await;
    assert_eq!(page.after.get_untracked(), 1);
    by_role(&page.view, "button", "Show").click();
    tick().await;
    assert!(clean(&page.view).contains("nbp_TheSecond"));
    assert!(!clean(&page.view).contains(TEXT));
    by_role(&page.view, "button", "I have saved it").click();
    until("nothing is left", || all(&page.view, "dialog").is_empty()).await;
}

#[wasm_bindgen_test]
async fn after_it_is_saved_nothing_is_left() {
    let page = shown().await;
    by_role(&page.view, "button", "Show").click();
    tick().await;
    let place = all(&page.view, "output")[0].clone();
    by_role(&page.view, "button", "I have saved it").click();
    until("it is closed", || !has_role(&page.view, "dialog", "Token “deploy”")).await;
    assert_eq!(
        place.text_content().as_deref(),
        Some(""),
        "the element that showed it is empty"
    );
    assert!(page.secrets.with(|_| ()).is_none());
    assert_eq!(page.after.get_untracked(), 1);
}

#[wasm_bindgen_test]
async fn a_refused_clipboard_selects_it_and_says_so() {
    let page = shown().await;
    // The page of these tests has no focus, which every browser takes for a refusal.
    by_role(&page.view, "button", "Copy token").click();
    until("it says so", || {
        let text = clean(&page.view);
        text.contains("The text is selected") || text.contains("Copied to the clipboard")
    })
    .await;
    if clean(&page.view).contains("The text is selected") {
        let selected = || String::from(window().get_selection().unwrap().unwrap().to_string());
        until("it is selected", || selected() == TEXT).await;
        by_role(&page.view, "button", "I have saved it");
    } else {
        by_role(&page.view, "button", "Close");
    }
}

#[wasm_bindgen_test]
async fn a_box_holds_nothing_but_what_is_shown() {
    let shown = RwSignal::new(false);
    let view = mount(move || {
        view! {
            <SecretBox
                label="Password"
                write=|place: &web_sys::Node| place.set_text_content(Some(TEXT))
                masked=Secret::masked()
                shown=shown
                node=NodeRef::new()
                show_label="Show"
                hide_label="Hide"
            />
        }
        .draw()
    });
    tick().await;
    let place = all(&view, "output")[0].clone();
    assert_eq!(place.text_content().as_deref(), Some(Secret::masked()));
    assert_eq!(place.get_attribute("aria-label").as_deref(), Some("Password"));
    assert_eq!(place.get_attribute("translate").as_deref(), Some("no"));
    shown.set(true);
    tick().await;
    assert_eq!(place.text_content().as_deref(), Some(TEXT));
}
