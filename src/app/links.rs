//! Clicks on links to pages of the console: followed here, because the router would change their addresses.
//!
//! `leptos_router` 0.8 draws the right page, but writes its path into the history by `decodeURI`: `%25` becomes `%` and
//! `%5C` a backslash, so the address of an id that holds one is another's, and a reload shows it. Its `navigate` writes
//! a path as it is. The router leaves a click alone whose default was prevented, so ours has to hear of it first.

use leptos::ev;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use crate::browser::links;
use crate::state::console::Console;
use crate::ui::support::drawn::{Draw, Drawn};

type Go = Box<dyn Fn(&str)>;

/// Hears of clicks on links. Made before the router, whose navigation it gets from [`FollowLinks`].
#[derive(Clone, Copy)]
pub struct Links(StoredValue<Option<Go>, LocalStorage>);

impl Links {
    /// Listens from now on. What is no page of the console is left to the browser.
    pub fn listen(console: Console) -> Self {
        let go = StoredValue::new_local(None::<Go>);
        let listener = window_event_listener(ev::click, move |event| {
            let Some(target) = links::followed(&event) else { return };
            if console.route(&target.page()).is_none() {
                return;
            }
            go.try_with_value(|go| {
                if let Some(go) = go {
                    event.prevent_default();
                    go(&target.address());
                }
            });
        });
        on_cleanup(move || listener.remove());
        Self(go)
    }
}

/// Lends the router's navigation to `links`; inside the router, and nothing to see.
#[component]
pub fn FollowLinks(
    /// What hears of clicks.
    links: Links,
) -> Drawn {
    let navigate = use_navigate();
    let go: Go = Box::new(move |address| {
        let options = NavigateOptions {
            resolve: false,
            ..NavigateOptions::default()
        };
        navigate(address, options);
    });
    links.0.set_value(Some(go));
    ().draw()
}
