//! Owns the picture of a key. It is hidden where there is no keyboard.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

/// A key or chord, as written on the keyboard. Screen readers hear the shortcut from `aria-keyshortcuts`, not here.
#[component]
pub fn Kbd(
    /// Such as `/` or `Ctrl K`.
    key: &'static str,
) -> Drawn {
    view! { <kbd class="kbd" aria-hidden="true">{key}</kbd> }.draw()
}
