//! Why a guest's form did not work, with a way to look again where nobody knows what became of it.

use leptos::prelude::*;

use crate::ui::button::Button;
use crate::ui::note::Note;
use crate::ui::support::Tone;
use crate::ui::support::drawn::{Draw, Drawn};

/// The note; nothing while there is no trouble.
pub fn trouble(
    error: RwSignal<Option<String>>,
    lost: RwSignal<bool>,
    check_label: &'static str,
    check: impl Fn() + Copy + Send + Sync + 'static,
) -> Drawn {
    (move || {
        error.get().map(|text| {
            let tone = if lost.get() { Tone::Warning } else { Tone::Danger };
            let button = move || {
                lost.get()
                    .then(|| view! { <Button label=check_label small=true on_click=check /> }.draw())
            };
            view! { <Note tone=tone text=text>{button}</Note> }.draw()
        })
    })
    .draw()
}
