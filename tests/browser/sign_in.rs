//! The sign-in page: what it asks the provider, and what becomes of the question when the reader turns away.

use leptos::prelude::*;
use roost::auth::flow::Reason;
use roost::features::sign_in::SignInPage;
use roost::i18n::t_later;
use roost::ui::support::drawn::Draw;
use wasm_bindgen_test::wasm_bindgen_test;

use super::auth::config;
use super::fake_fetch::{Answer, FakeFetch};
use super::support::mount::{Mounted, mount};
use super::support::query::{all, by_role, clean, has_role};
use super::support::wait::until;

async fn open() -> Mounted {
    let config = config("");
    let signed_in = Callback::new(|_| ());
    let page = mount(move || view! { <SignInPage config=config reason=Reason::Asked signed_in=signed_in /> }.draw());
    until("the page is there", || {
        has_role(&page, "button", t_later().sign_in_sso())
    })
    .await;
    page
}

#[wasm_bindgen_test]
async fn who_turns_to_the_token_form_is_not_led_away_by_a_late_answer() {
    let fetch = FakeFetch::new(|_, _| Answer::Silence);
    let page = open().await;
    by_role(&page, "button", t_later().sign_in_sso()).click();
    until("the provider is asked", || fetch.calls().len() == 1).await;
    assert!(!fetch.calls()[0].signal.aborted());
    by_role(&page, "button", t_later().sign_in_token()).click();
    until("the question is given up", || fetch.calls()[0].signal.aborted()).await;
    // Nothing of it is left: the way back begins anew.
    by_role(&page, "button", t_later().sign_in_back()).click();
    until("the button is back", || {
        has_role(&page, "button", t_later().sign_in_sso())
    })
    .await;
    by_role(&page, "button", t_later().sign_in_sso()).click();
    until("the provider is asked again", || fetch.calls().len() == 2).await;
    drop(page);
    until("leaving the page gives it up, too", || {
        fetch.calls()[1].signal.aborted()
    })
    .await;
}

#[wasm_bindgen_test]
async fn who_stays_hears_why_it_did_not_work_and_may_try_again() {
    let fetch = FakeFetch::new(|_, _| Answer::Broken);
    let page = open().await;
    for round in 1..=2 {
        by_role(&page, "button", t_later().sign_in_sso()).click();
        until("the provider was asked", || fetch.calls().len() == round).await;
        until("the reason is shown", || {
            all(&page, "[role=alert]")
                .first()
                .is_some_and(|alert| clean(alert).contains("id.example.com"))
        })
        .await;
    }
}
