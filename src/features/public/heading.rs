//! The heading of a guest's page: it takes the focus whenever another state of the page has taken the place of one.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::browser::clock;
use crate::ui::support::effect;
use crate::ui::support::focus::{find, focus};

/// Gives the focus to the heading each time `state` says something else; not at first, when the page has just come.
pub fn follow(state: impl Fn() -> u32 + 'static) {
    let mut before = None;
    effect(move || {
        let now = state();
        if before.is_some_and(|before| before != now) {
            spawn_local(async {
                clock::next_frame().await;
                if let Some(root) = document().document_element()
                    && let Some(heading) = find(&root, "#main h1")
                {
                    focus(&heading);
                }
            });
        }
        before = Some(now);
    });
}
