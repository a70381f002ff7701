//! Who waits for approval: all of them beside one of them. A part of the program of its own, with the page of one person.

mod case;
mod inbox;
mod list;
mod page;

use leptos::prelude::*;

use crate::browser::chunk::chunk;
use crate::features::later::{Frame, Part, later};
use crate::ui::support::drawn::{Draw, Drawn};

chunk!(user, load_approvals: fn draw_approvals() -> Drawn {
    view! { <page::Approvals /> }.draw()
});

/// The page.
#[component]
pub fn ApprovalsPage() -> Drawn {
    later(Frame::Shell, Part::new(load_approvals, draw_approvals))
}
