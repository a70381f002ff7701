//! What a change of page means to somebody who does not see it: title, focus, an announcement.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;
use wasm_bindgen::JsCast;
use web_sys::{FocusOptions, HtmlElement};

use crate::browser::clock;
use crate::ui::live_region::LiveRegion;
use crate::ui::support::effect;

/// Announces every new page by its title and moves the focus to its heading; not the first page, and not a change
/// within one (search, filters, sort).
#[component]
pub fn Announcer() -> Drawn {
    let location = use_location();
    let message = RwSignal::new(String::new());
    let mut before = None::<String>;
    effect(move || {
        let path = location.pathname.get();
        if before.as_ref().is_some_and(|before| *before != path) {
            let (pathname, here) = (location.pathname, path.clone());
            spawn_local(async move {
                let Some(heading) = heading_of(pathname, &here).await else {
                    return;
                };
                // In place: who comes back by the history is where they were in the page.
                let options = FocusOptions::new();
                options.set_prevent_scroll(true);
                let _ = heading.focus_with_options(&options);
                message.try_set(document().title());
            });
        }
        before = Some(path);
    });
    view! { <LiveRegion message=message /> }.draw()
}

/// The heading of the page at an address, as soon as there is one: the page draws itself and names itself first, and its
/// part of the program may still be on its way. `None` when the reader has gone on meanwhile.
async fn heading_of(pathname: Memo<String>, path: &str) -> Option<HtmlElement> {
    loop {
        clock::next_frame().await;
        if pathname.try_with_untracked(|now| now == path) != Some(true) {
            return None;
        }
        let heading = document().query_selector("#main h1").ok().flatten();
        if let Some(heading) = heading {
            return heading.dyn_into::<HtmlElement>().ok();
        }
    }
}
