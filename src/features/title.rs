//! The title of the page in the tab and the history.

use crate::ui::support::effect;
use leptos::prelude::*;

use crate::browser::page;
use crate::i18n::t;

/// Names the page for as long as it is there.
pub fn use_title(title: impl Into<Signal<String>>) {
    let title = title.into();
    effect(move || {
        let title = title.get();
        page::set_title(&if title.is_empty() {
            t().app_name().to_owned()
        } else {
            t().title_of(&title)
        });
    });
}
