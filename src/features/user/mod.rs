//! One person. The page is a part of the program of its own: whoever looks at the list alone never downloads it.

mod danger;
mod details;
mod devices;
mod form;
mod page;
mod waiting;

use leptos::prelude::*;

use crate::browser::chunk::chunk;
use crate::features::later::{Frame, Part, later};
use crate::ui::support::drawn::{Draw, Drawn};

chunk!(user, load_user: fn draw_user() -> Drawn {
    view! { <page::UserPage /> }.draw()
});

/// The page about one person.
#[component]
pub fn UserPage() -> Drawn {
    later(Frame::Shell, Part::new(load_user, draw_user))
}
