//! Links under the real router: addresses as they are written, the history, and clicks that are the browser's affair.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use leptos_router::components::{FlatRoutes, Route as RouteView, Router};
use leptos_router::hooks::use_location;
use leptos_router::path;
use roost::app::links::{FollowLinks, Links};
use roost::browser::page;
use roost::config::RunConfig;
use roost::domain::user::UserId;
use roost::routes::Route;
use roost::state::console::Console;
use roost::transport::Client;
use roost::transport::fake::FakeTransport;
use roost::ui::support::drawn::{Draw, Drawn};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{MouseEvent, MouseEventInit};

use super::support::mount::{Mounted, mount};
use super::support::query::{by_role, has_role};
use super::support::wait::until;

/// Ids, each with the segment of a path that it has to have.
const IDS: [(&str, &str); 5] = [
    ("%2e%2e", "%252e%252e"),
    ("x%2Fy", "x%252Fy"),
    ("x\\y", "x%5Cy"),
    ("google-oauth2|1", "google-oauth2%7C1"),
    ("ключ", "%D0%BA%D0%BB%D1%8E%D1%87"),
];

/// A page that says which address it was drawn for.
#[component]
fn Here() -> Drawn {
    let location = use_location();
    view! { <h1>{move || location.pathname.get()}</h1> }.draw()
}

fn console(base: &str) -> Console {
    let config = RunConfig::parse(
        r#"{"auth":{"issuer":"https://id.example.com","client_id":"roost"}}"#,
        &["https://console.example.com", base].concat(),
    );
    Console::new(Client::new(FakeTransport::default(), |_| (), || ()), &config.unwrap())
}

/// A console of links below `base`, opened at its list. [`close`] it: the first router of a program keeps its owner for
/// good, and what listens goes only when somebody cleans up, as the console does at the end of a session.
fn open(base: &'static str) -> (Mounted, Owner) {
    page::replace_address(&[base, "users"].concat());
    let owner = Owner::new();
    let inside = owner.clone();
    let draw = move || {
        let console = console(base);
        let links = Links::listen(console);
        let list = console.href(&Route::users());
        let to = IDS.map(|(id, _)| {
            let href = console.href(&Route::User(UserId(id.to_owned())));
            view! { <a href=href>{id}</a> }.draw()
        });
        view! {
            <Router base=base.trim_end_matches('/')>
                <FollowLinks links=links />
                <a href=list>"List"</a>
                {to.into_iter().collect::<Vec<_>>()}
                <a href="#part">"Part"</a>
                <a href=[base, "config.json"].concat()>"File"</a>
                <FlatRoutes fallback=Here>
                    <RouteView path=path!("/users") view=Here />
                    <RouteView path=path!("/users/:id") view=Here />
                </FlatRoutes>
            </Router>
        }
        .draw()
    };
    (mount(move || inside.with(draw)), owner)
}

fn close((page, owner): (Mounted, Owner)) {
    owner.cleanup();
    drop(page);
    page::replace_address("/");
}

async fn until_at(page: &Mounted, path: &str) {
    until(&["the address is ", path].concat(), || page::path_and_query().0 == path).await;
    until("the page is drawn for it", || has_role(page, "heading", path)).await;
}

#[wasm_bindgen_test]
async fn a_link_leads_to_the_address_it_names_and_the_history_back() {
    for base in ["/", "/admin/"] {
        let opened = open(base);
        let page = &opened.0;
        let list = [base, "users"].concat();
        for (id, segment) in IDS {
            by_role(page, "link", id).click();
            let one = [base, "users/", segment].concat();
            until_at(page, &one).await;
            window().history().unwrap().back().unwrap();
            until_at(page, &list).await;
            window().history().unwrap().forward().unwrap();
            until_at(page, &one).await;
            by_role(page, "link", "List").click();
            until_at(page, &list).await;
        }
        close(opened);
    }
}

#[wasm_bindgen_test]
async fn other_buttons_keys_and_addresses_are_left_to_the_browser() {
    let opened = open("/admin/");
    let page = &opened.0;
    let taken = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&taken);
    // The last to hear of a click notes whether somebody took it, and keeps the browser from opening anything.
    let listener = window_event_listener(ev::click, move |event| {
        seen.borrow_mut().push(event.default_prevented());
        event.prevent_default();
    });
    let click = |name: &str, set: fn(&MouseEventInit)| {
        let init = MouseEventInit::new();
        init.set_bubbles(true);
        init.set_cancelable(true);
        set(&init);
        let event = MouseEvent::new_with_mouse_event_init_dict("click", &init).unwrap();
        by_role(page, "link", name).dispatch_event(&event).unwrap();
    };
    let (id, _) = IDS[0];
    click(id, |init| init.set_ctrl_key(true));
    click(id, |init| init.set_meta_key(true));
    click(id, |init| init.set_shift_key(true));
    click(id, |init| init.set_button(1));
    assert_eq!(*taken.borrow(), [false; 4]);
    assert_eq!(page::path_and_query().0, "/admin/users");
    click(id, |_| ());
    assert_eq!(taken.borrow().last(), Some(&true));
    until_at(page, "/admin/users/%252e%252e").await;
    listener.remove();
    close(opened);
}
