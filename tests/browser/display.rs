//! What only shows: names that cannot deceive, states with words, heads of pages.

use leptos::prelude::*;
use roost::ui::badge::{Badge, BadgeFace, BadgeLook};
use roost::ui::breadcrumb::{Breadcrumb, Crumb};
use roost::ui::facts::{Fact, Facts};
use roost::ui::icon::{Icon, glyph};
use roost::ui::kbd::Kbd;
use roost::ui::name_text::{BreakableText, NameText};
use roost::ui::page_header::PageHeader;
use roost::ui::result_bar::ResultBar;
use roost::ui::skeleton::SkeletonRows;
use roost::ui::support::drawn::Draw;
use roost::ui::tag::{Tag, TagList};
use roost::ui::time_text::{TimeFace, TimeSpot, TimeText, tip_on_demand};
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::mount::mount;
use super::support::query::{all, all_by_role, by_role, clean, has_role};
use super::support::wait::tick;

#[wasm_bindgen_test]
async fn a_hostile_name_is_text_and_its_invisible_characters_show() {
    let name = RwSignal::new("<img src=x onerror=alert(1)>".to_owned());
    let view = mount(move || view! { <NameText name=name /> }.draw());
    assert!(all(&view, "img").is_empty());
    assert_eq!(clean(&view), "<img src=x onerror=alert(1)>");
    assert_eq!(all(&view, "bdi[dir=auto]").len(), 1);
    name.set("gpj.\u{202E}exe".to_owned());
    tick().await;
    assert_eq!(clean(&view), "gpj.U+202Eexe");
}

#[wasm_bindgen_test]
async fn an_address_may_break_after_its_separators_only() {
    let view = mount(|| view! { <BreakableText text="google-oauth2|1@x" /> }.draw());
    assert_eq!(view.text_content().unwrap(), "google-oauth2|1@x");
    assert_eq!(all(&view, "wbr").len(), 3);
}

fn blocked() -> BadgeFace {
    BadgeFace {
        look: BadgeLook::Danger,
        glyph: glyph::BAN,
        text: "Blocked by an admin".into(),
        short: Some("Blocked".into()),
    }
}

#[wasm_bindgen_test]
async fn a_status_has_a_word_and_follows_its_row() {
    let face = RwSignal::new(Some(blocked()));
    let view = mount(move || view! { <Badge face=face /> }.draw());
    assert_eq!(
        all(&view, ".badge-long")[0].text_content().unwrap(),
        "Blocked by an admin"
    );
    assert_eq!(
        all(&view, ".badge-short")[0].get_attribute("aria-hidden").as_deref(),
        Some("true")
    );
    face.set(Some(BadgeFace {
        look: BadgeLook::Well,
        glyph: glyph::CHECK_CIRCLE,
        text: "Active".into(),
        short: None,
    }));
    tick().await;
    assert_eq!(clean(&view), "Active");
    face.set(None);
    tick().await;
    assert_eq!(clean(&view), "");
}

#[wasm_bindgen_test]
async fn tags_name_their_button_and_what_is_wrong_with_them() {
    let removed = RwSignal::new(false);
    let view = mount(move || {
        let problem = "No group has this id any more".to_owned();
        view! { <Tag label="ch8i" problem=problem remove_label="Remove ch8i" on_remove=move || removed.set(true) /> }
            .draw()
    });
    assert_eq!(
        all(&view, "[data-tip]")[0].get_attribute("data-tip").unwrap(),
        "No group has this id any more"
    );
    by_role(&view, "button", "Remove ch8i").click();
    assert!(removed.get_untracked());
}

#[wasm_bindgen_test]
async fn a_list_of_tags_counts_what_it_leaves_out() {
    let labels = RwSignal::new(vec!["A".to_owned(), "B".to_owned(), "C".to_owned()]);
    let view = mount(move || view! { <TagList labels=labels none="None" /> }.draw());
    assert_eq!(clean(&view), "A B +1");
    labels.set(Vec::new());
    tick().await;
    assert_eq!(clean(&view), "None");
}

#[wasm_bindgen_test]
async fn a_time_keeps_its_full_form_at_hand() {
    let face = TimeFace {
        text: "4 minutes ago".into(),
        machine: Some("2026-11-23T14:01:00Z".into()),
        full: Some("Monday at 14:01".into()),
        muted: false,
    };
    let view = mount(move || view! { <TimeText face=Signal::stored(face) focusable=true /> }.draw());
    let time = &all(&view, "time")[0];
    assert_eq!(time.get_attribute("datetime").as_deref(), Some("2026-11-23T14:01:00Z"));
    assert_eq!(time.get_attribute("tabindex").as_deref(), Some("0"));
    let never = TimeFace {
        text: "Never".into(),
        muted: true,
        ..TimeFace::default()
    };
    let view = mount(move || view! { <TimeText face=Signal::stored(never) focusable=true /> }.draw());
    assert_eq!(
        all(&view, "time")[0].get_attribute("tabindex"),
        None,
        "there is nothing more to read"
    );
}

#[wasm_bindgen_test]
fn a_tip_on_demand_is_that_of_the_moment_that_shows() {
    let mut spot = TimeSpot::new();
    let time = spot.time.clone();
    let _tip = tip_on_demand(&time, || Some("Monday at 14:01".into()));
    assert_eq!(time.get_attribute("data-tip"), None, "nobody has asked yet");
    time.dispatch_event(&web_sys::Event::new("pointerover").unwrap())
        .unwrap();
    assert_eq!(time.get_attribute("data-tip").as_deref(), Some("Monday at 14:01"));
    spot.write(&TimeFace {
        text: "now".into(),
        machine: Some("2026-11-23T14:05:00Z".into()),
        ..TimeFace::default()
    });
    assert_eq!(time.get_attribute("data-tip"), None, "that was another moment's");
}

#[wasm_bindgen_test]
async fn icons_and_keys_are_silent() {
    let view = mount(|| view! { <Icon glyph=glyph::UNDO /> <Kbd key="/" /> }.draw());
    assert!(
        all(&view, "svg, kbd")
            .iter()
            .all(|one| one.get_attribute("aria-hidden").as_deref() == Some("true"))
    );
    assert!(
        all(&view, ".icon-mirrors").len() == 1,
        "undo points the other way in right-to-left text"
    );
}

#[wasm_bindgen_test]
async fn facts_are_terms_and_values() {
    let facts = Signal::stored(vec![
        Fact::text("Signs in with", "Google"),
        Fact::address("E-mail", "a@b.c"),
    ]);
    let view = mount(move || view! { <Facts facts=facts /> }.draw());
    let words = |selector| all(&view, selector).iter().map(|one| clean(one)).collect::<Vec<_>>();
    assert_eq!(words("dt"), ["Signs in with", "E-mail"]);
    assert_eq!(words("dd"), ["Google", "a@b.c"]);
}

#[wasm_bindgen_test]
async fn a_page_head_can_take_the_focus() {
    let view = mount(|| {
        view! {
            <Breadcrumb
                label="Breadcrumb"
                crumbs=vec![Crumb { label: "Users".into(), href: "/users?q=a".into() }]
                here="Jonas"
            />
            <PageHeader title="Jonas" count="412">
                <button type="button">"Block"</button>
            </PageHeader>
        }
        .draw()
    });
    let crumbs = by_role(&view, "link", "Users");
    assert_eq!(crumbs.get_attribute("href").as_deref(), Some("/users?q=a"));
    assert_eq!(clean(&all(&view, "[aria-current=page]")[0]), "Jonas");
    by_role(&view, "heading", "Jonas").focus().unwrap();
    assert_eq!(super::support::query::focused_name(), "Jonas");
    by_role(&view, "button", "Block");
}

#[wasm_bindgen_test]
async fn the_number_of_results_is_a_status() {
    let count = RwSignal::new("412 users".to_owned());
    let view = mount(move || view! { <ResultBar count=count as_of="As of 14:05" /> }.draw());
    count.set("31 of 412 users".to_owned());
    tick().await;
    assert_eq!(clean(&all_by_role(&view, "status")[0]), "31 of 412 users");
}

#[wasm_bindgen_test]
async fn a_skeleton_says_that_something_is_on_its_way() {
    let view = mount(|| view! { <SkeletonRows label="Loading users" rows=3 /> }.draw());
    assert_eq!(clean(&all_by_role(&view, "status")[0]), "Loading users");
    assert_eq!(all(&view, "[aria-hidden=true] .skeleton-row").len(), 3);
    assert!(!has_role(&view, "progressbar", ""));
}
