//! The end of a session, before it comes and after: a new one unasked where nothing is lost by it, else at the reader's
//! word.

mod notice;
mod watch;

use leptos::prelude::*;

use crate::browser::chunk::chunk;
use crate::features::later::{Part, opened};
use crate::state::keeper::Keeper;
use crate::ui::support::drawn::{Draw, Drawn};
use notice::Notices;

// Most visits end before their session does.
chunk!(sign_in, load_renewal: fn draw_renewal(keeper: Keeper) -> Drawn {
    view! { <Notices keeper=keeper /> }.draw()
});

/// Where the reader is told. Empty until it is needed.
#[component]
pub fn RenewalPlace(
    /// The session.
    keeper: Keeper,
) -> Drawn {
    // It is needed again at the next look, or the next refusal.
    let missing = Callback::new(move |()| keeper.needed.set(false));
    let part = Part::new(load_renewal, move || draw_renewal(keeper));
    opened(move || keeper.needed.get(), part, missing)
}
