//! Invitations by link. The page is a part of the program of its own: a first visit to the list does without it.

mod address;
mod cells;
mod page;
mod states;
mod taking_back;

use leptos::prelude::*;

use crate::browser::chunk::chunk;
use crate::features::later::{Frame, Part, later};
use crate::ui::support::drawn::{Draw, Drawn};

chunk!(user, load_page: fn draw_page() -> Drawn {
    view! { <page::Invitations /> }.draw()
});

/// The list of invitations.
#[component]
pub fn InvitationsPage() -> Drawn {
    later(Frame::Shell, Part::new(load_page, draw_page))
}
