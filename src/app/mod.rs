//! The shell around all pages: start, providers, navigation, router, guards.

mod announcer;
mod entrance;
pub mod links;
mod opening;
mod pages;
mod session;
mod shell;

use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlElement;

use crate::auth::flow;
use crate::browser::{boot, clock, page};
use crate::config::RunConfig;
use crate::routes::Route;
use opening::{ConfigProblem, Opening};

/// Starts the console: configuration, session, then the first page. The static page stays until there is something to
/// put in its place.
pub fn run() {
    // After a panic the program cannot go on: the page of last resort is all there is. A release stops without calling
    // this, and boot.mjs notices (docs/size-budget.md).
    std::panic::set_hook(Box::new(|info| boot::fatal(&info.to_string())));
    // The browser's own queue: Leptos has one only once something is mounted.
    spawn_local(async {
        let opening = match configuration().await {
            Ok(config) => match entrance::find(&config).await {
                Some(page) => Opening::for_guest(config, page),
                None => {
                    let start = flow::start(&config).await;
                    settle_address(&config, &start);
                    Opening::new(config, start)
                }
            },
            Err(problem) => Opening::broken(problem),
        };
        // What follows is compiled by the browser as it runs: two turns of its event loop hold nobody up.
        clock::yield_now().await;
        mount(opening);
    });
}

async fn configuration() -> Result<RunConfig, ConfigProblem> {
    let Some((200, text)) = boot::answer(boot::CONFIG).await else {
        return Err(ConfigProblem::Missing);
    };
    RunConfig::parse(&text, &page::base_uri()).map_err(ConfigProblem::Wrong)
}

/// Puts the address right before the first page reads it: the start page is the list, and who is signed in has no
/// business on the sign-in page.
fn settle_address(config: &RunConfig, start: &flow::Start) {
    let here = flow::here(config);
    let route = Route::parse(&here);
    let target = match start {
        flow::Start::SignedIn(_)
            if matches!(route, Some(Route::SignIn | Route::Callback)) || here.starts_with("/?") || here == "/" =>
        {
            Route::users()
        }
        flow::Start::SignIn(_) if route != Some(Route::SignIn) => Route::SignIn,
        _ => return,
    };
    page::replace_address(&target.href(config.base_path()));
}

fn mount(opening: Opening) {
    let Some(root) = document()
        .get_element_by_id("app")
        .and_then(|root| root.dyn_into::<HtmlElement>().ok())
    else {
        return boot::fatal("the page has no #app");
    };
    root.replace_children_with_node_0();
    mount_to(root, move || opening.view()).forget();
}
