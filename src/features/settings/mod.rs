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

chunk!(settings, load_page: fn draw_page() -> Drawn {
    view! { <page::Settings /> }.draw()
});

/// The pages of the settings.
#[component]
pub fn SettingsPage() -> Drawn {
    later(Frame::Shell, Part::new(load_page, draw_page))
}
