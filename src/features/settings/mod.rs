//! The account's settings. The pages are a part of the program of their own: a first visit to the list does without
//! them.

mod bar;
mod danger;
mod deletion;
mod editor;
mod fields;
mod leaving;
mod page;
mod review;
mod saving;
mod search;
mod watching;

use leptos::prelude::*;

use crate::browser::chunk::chunk;
use crate::features::later::{Frame, Part, later};
use crate::ui::support::drawn::{Draw, Drawn};

/// What the page of the danger zone needs from the session, given by context.
#[derive(Clone, Copy)]
pub struct AccountEnd {
    /// Whether the server can be asked what became of a deletion: not with a sign-in, which would make a new account.
    pub can_ask: bool,
    /// Ends the session because the account is gone; `false` = nobody knows whether it is.
    pub run: Callback<bool>,
}

chunk!(settings, load_page: fn draw_page() -> Drawn {
    view! { <page::Settings /> }.draw()
});

/// The pages of the settings.
#[component]
pub fn SettingsPage() -> Drawn {
    later(Frame::Shell, Part::new(load_page, draw_page))
}
