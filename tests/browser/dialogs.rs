//! Dialogs and confirmations: where the focus is, what Escape does, what must be read before something is destroyed.

use leptos::prelude::*;
use roost::ui::confirm::Confirm;
use roost::ui::dialog::Dialog;
use roost::ui::facts::Fact;
use roost::ui::note::Note;
use roost::ui::support::Tone;
use roost::ui::support::drawn::Draw;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;

use super::support::events::fire;
use super::support::mount::{Mounted, mount};
use super::support::query::{all, by_role, clean, description_of, focused_name, has_role};
use super::support::wait::{tick, until};

struct Page {
    view: Mounted,
    open: RwSignal<bool>,
    locked: RwSignal<bool>,
    invoker: RwSignal<bool>,
}

fn page() -> Page {
    let (open, locked, invoker) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(true));
    let view = mount(move || {
        let foot = move || view! { <button type="button">"Cancel"</button> };
        view! {
            <h1 tabindex="-1">"Users"</h1>
            {move || {
                invoker
                    .get()
                    .then(|| {
                        view! {
                            <button type="button" on:click=move |_| open.set(true)>
                                "Invite user"
                            </button>
                        }
                    })
            }}
            <Dialog
                open=open
                on_close=move || open.set(false)
                title="Invite"
                close_label="Close"
                locked=locked
                foot=foot
            >
                <p>"They get a link."</p>
            </Dialog>
        }
        .draw()
    });
    Page {
        view,
        open,
        locked,
        invoker,
    }
}

async fn opened(page: &Page) -> HtmlDialogElement {
    let button = by_role(&page.view, "button", "Invite user");
    button.focus().unwrap();
    button.click();
    until("the dialog is open", || has_role(&page.view, "dialog", "Invite")).await;
    tick().await;
    by_role(&page.view, "dialog", "Invite").dyn_into().unwrap()
}

#[wasm_bindgen_test]
async fn it_opens_as_a_modal_with_the_focus_on_its_title_and_gives_the_focus_back() {
    let page = page();
    let dialog = opened(&page).await;
    assert!(dialog.matches(":modal").unwrap());
    assert!(page_is_still(), "the page behind it keeps its place");
    assert_eq!(focused_name(), "Invite");
    by_role(&dialog, "button", "Close").click();
    until("the focus is back", || focused_name() == "Invite user").await;
    assert!(!has_role(&page.view, "dialog", "Invite"), "its content is gone");
    assert!(!page_is_still());
}

fn page_is_still() -> bool {
    document().document_element().unwrap().has_attribute("data-modal")
}

#[wasm_bindgen_test]
async fn escape_closes_it_unless_it_is_locked() {
    let page = page();
    let dialog = opened(&page).await;
    page.locked.set(true);
    assert!(!fire(&dialog, "cancel"), "the browser must not close it by itself");
    assert!(page.open.get_untracked());
    page.locked.set(false);
    fire(&dialog, "cancel");
    assert!(!page.open.get_untracked());
}

#[wasm_bindgen_test]
async fn a_dialog_that_the_browser_closed_after_all_is_closed_for_the_caller_too() {
    let page = page();
    opened(&page).await.close();
    until("the caller knows", || !page.open.get_untracked()).await;
}

#[wasm_bindgen_test]
async fn the_focus_goes_to_the_heading_when_the_invoker_is_gone() {
    let page = page();
    opened(&page).await;
    page.invoker.set(false);
    tick().await;
    page.open.set(false);
    until("the heading has the focus", || focused_name() == "Users").await;
}

#[wasm_bindgen_test]
async fn a_page_that_goes_away_takes_its_open_dialog_with_it() {
    let mut page = page();
    opened(&page).await;
    page.view.unmount();
    tick().await;
    assert!(all(&document().body().unwrap(), "dialog").is_empty());
    assert!(!page_is_still(), "nothing holds the next page");
}

struct Question {
    view: Mounted,
    open: RwSignal<bool>,
    busy: RwSignal<bool>,
    error: RwSignal<Option<String>>,
    confirmed: RwSignal<u32>,
}

async fn question() -> Question {
    let (open, busy) = (RwSignal::new(true), RwSignal::new(false));
    let (error, confirmed) = (RwSignal::new(None::<String>), RwSignal::new(0));
    let view = mount(move || {
        let facts = Signal::stored(vec![
            Fact::name("Name", "Jonas"),
            Fact::id("User id", "google-oauth2|1"),
        ]);
        let effects = Signal::stored(vec!["4 devices leave the network".to_owned()]);
        view! {
            <Confirm
                open=open
                question="Delete Jonas?"
                facts=facts
                effects=effects
                keep_label="Keep user"
                danger_label="Delete user"
                busy_label="Deleting…"
                busy=busy
                error=error
                on_keep=move || open.set(false)
                on_confirm=move || confirmed.update(|n| *n += 1)
            />
        }
        .draw()
    });
    until("the question is there", || {
        has_role(&view, "alertdialog", "Delete Jonas?")
    })
    .await;
    tick().await;
    Question {
        view,
        open,
        busy,
        error,
        confirmed,
    }
}

#[wasm_bindgen_test]
async fn a_confirmation_names_its_victim_and_focuses_the_safe_answer() {
    let question = question().await;
    let dialog = by_role(&question.view, "alertdialog", "Delete Jonas?");
    let words = description_of(&dialog);
    for part in ["Jonas", "google-oauth2|1", "4 devices leave the network"] {
        assert!(words.contains(part), "{part} is not in {words}");
    }
    assert_eq!(focused_name(), "Keep user");
    by_role(&dialog, "button", "Delete user").click();
    assert_eq!(question.confirmed.get_untracked(), 1);
    assert!(question.open.get_untracked(), "the caller closes it when it is done");
}

#[wasm_bindgen_test]
async fn while_it_is_carried_out_neither_answer_nor_escape_counts() {
    let question = question().await;
    let dialog = by_role(&question.view, "alertdialog", "Delete Jonas?");
    question.busy.set(true);
    tick().await;
    by_role(&dialog, "button", "Delete user").click();
    by_role(&dialog, "button", "Keep user").click();
    fire(&dialog, "cancel");
    assert_eq!(question.confirmed.get_untracked(), 0);
    assert!(question.open.get_untracked());
}

#[wasm_bindgen_test]
async fn a_failure_is_announced_inside_it() {
    let question = question().await;
    question
        .error
        .set(Some("The server answered 500. Nothing was deleted.".to_owned()));
    tick().await;
    let region = &all(&question.view, "[aria-live=assertive]")[0];
    assert_eq!(clean(region), "The server answered 500. Nothing was deleted.");
}

#[wasm_bindgen_test]
async fn what_went_wrong_is_scrolled_into_view_in_a_long_dialog_and_the_focus_stays() {
    let error = RwSignal::new(None::<&'static str>);
    let view = mount(move || {
        let lines = || (0..80).map(|at| view! { <p>{format!("Line {at}")}</p> }).collect_view();
        let foot = move || view! { <button type="button">"Save"</button> };
        view! {
            <Dialog open=true on_close=|| () title="Invite" foot=foot>
                {lines()}
                <div role="alert">{move || error.get().map(|text| view! { <Note tone=Tone::Danger text=text /> })}</div>
            </Dialog>
        }
        .draw()
    });
    until("the dialog is open", || has_role(&view, "dialog", "Invite")).await;
    tick().await;
    let body = all(&view, ".dialog-body")[0].clone();
    assert_eq!(body.scroll_top(), 0, "it opens at its beginning");
    by_role(&view, "button", "Save").focus().unwrap();
    error.set(Some("Nothing was saved."));
    until("it is in view", || {
        let note = all(&view, ".note");
        note.first().is_some_and(|note| {
            let (note, body) = (note.get_bounding_client_rect(), body.get_bounding_client_rect());
            note.top() >= body.top() && note.bottom() <= body.bottom()
        })
    })
    .await;
    assert_eq!(focused_name(), "Save");
}
