//! The password field, the plain table, and the third answer of a question.

use leptos::prelude::*;
use roost::ui::confirm::{Confirm, OtherWay};
use roost::ui::field::Field;
use roost::ui::password_input::PasswordInput;
use roost::ui::short_table::{ShortColumn, ShortTable};
use roost::ui::support::drawn::Draw;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::events::type_into;
use super::support::mount::mount;
use super::support::query::{all, all_by_role, by_role, clean, description_of, has_role};
use super::support::wait::{tick, until};

#[wasm_bindgen_test]
async fn a_password_is_masked_until_its_button_shows_it_and_stays_what_was_typed() {
    let (text, error) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let page = mount(move || {
        view! {
            <Field label="New password" error=error>
                <PasswordInput
                    value=text
                    on_input=move |new| text.set(new)
                    autocomplete="new-password"
                    show_label="Show new password"
                />
            </Field>
        }
        .draw()
    });
    let input: web_sys::HtmlInputElement = wasm_bindgen::JsCast::dyn_into(all(&page, "input")[0].clone()).unwrap();
    assert_eq!(
        (input.type_().as_str(), input.autocomplete().as_str()),
        ("password", "new-password")
    );
    assert_eq!(
        input.labels().map(|labels| labels.length()),
        Some(1),
        "the field names it"
    );
    type_into(&input, "s3cret");
    assert_eq!(text.get_untracked(), "s3cret");

    let button = by_role(&page, "button", "Show new password");
    assert_eq!(button.get_attribute("aria-pressed").as_deref(), Some("false"));
    button.click();
    tick().await;
    assert_eq!((input.type_().as_str(), input.value().as_str()), ("text", "s3cret"));
    assert_eq!(button.get_attribute("aria-pressed").as_deref(), Some("true"));
    button.click();
    tick().await;
    assert_eq!(input.type_(), "password");

    error.set(Some("Type a new password.".to_owned()));
    tick().await;
    assert_eq!(description_of(&input), "Type a new password.");
}

#[wasm_bindgen_test]
async fn a_short_table_has_native_heads_and_follows_its_rows() {
    let names = RwSignal::new(vec!["laptop", "phone"]);
    let page = mount(move || {
        let rows = move || {
            names
                .get()
                .into_iter()
                .map(|name| {
                    (
                        name.to_owned(),
                        (move || view! { <tr><td>{name}</td><td>"Online"</td></tr> }).into(),
                    )
                })
                .collect()
        };
        let columns = vec![ShortColumn::new("Name"), ShortColumn::new("Address").wide_only()];
        view! {
            <h2 id="devices">"Devices"</h2>
            <ShortTable labelled_by="devices" columns=columns rows=rows />
        }
        .draw()
    });
    let table = by_role(&page, "table", "Devices");
    let heads: Vec<_> = all(&table, "th[scope=col]").iter().map(|head| clean(head)).collect();
    assert_eq!(heads, ["Name", "Address"]);
    assert_eq!(all(&table, "th.short-wide").len(), 1);
    assert_eq!(all(&table, "tbody tr").len(), 2);
    let phone = all(&table, "tbody tr")[1].clone();
    names.set(vec!["phone"]);
    tick().await;
    assert_eq!(all(&table, "tbody tr"), [phone], "a row that stays is the same element");
    assert_eq!(all_by_role(&page, "table").len(), 1);
}

#[wasm_bindgen_test]
async fn a_third_answer_is_one_of_three_and_only_one_is_carried_out() {
    let (open, busy) = (RwSignal::new(true), RwSignal::new(false));
    let (kept, confirmed, other) = (RwSignal::new(0), RwSignal::new(0), RwSignal::new(0));
    let reason = RwSignal::new(None::<String>);
    let page = mount(move || {
        let way = OtherWay {
            label: "Block instead".into(),
            busy: busy.into(),
            busy_label: "Blocking…".into(),
            disabled_reason: reason.into(),
            run: Callback::new(move |()| other.update(|times| *times += 1)),
        };
        view! {
            <Confirm
                open=open
                question="Reject Petra?"
                keep_label="Keep waiting"
                danger_label="Reject user"
                busy_label="Rejecting…"
                other=way
                on_keep=move || kept.update(|times| *times += 1)
                on_confirm=move || confirmed.update(|times| *times += 1)
            />
        }
        .draw()
    });
    until("the question is there", || {
        has_role(&page, "alertdialog", "Reject Petra?")
    })
    .await;
    // It is drawn, and opened a moment later.
    tick().await;
    let answers: Vec<_> = all_by_role(&page, "button")
        .iter()
        .map(|button| clean(button))
        .collect();
    assert_eq!(answers.len(), 3);
    by_role(&page, "button", "Block instead").click();
    assert_eq!(other.get_untracked(), 1);

    busy.set(true);
    tick().await;
    for name in ["Keep waiting", "Reject user"] {
        by_role(&page, "button", name).click();
    }
    assert_eq!(
        (kept.get_untracked(), confirmed.get_untracked()),
        (0, 0),
        "one at a time"
    );

    busy.set(false);
    reason.set(Some("You cannot block yourself.".to_owned()));
    tick().await;
    let button = by_role(&page, "button", "Block instead");
    button.click();
    assert_eq!(other.get_untracked(), 1);
    assert_eq!(description_of(&button), "You cannot block yourself.");
}
