//! Owns the icons and the mark. They are decoration: a name always stands beside them or on their button.

pub use super::support::glyph::{self, Glyph};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

/// How large an icon is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IconSize {
    /// 12 px: sort heads and tags.
    Small,
    /// 16 px: controls and rows.
    #[default]
    Normal,
    /// 20 px: the bottom bar and states of failure.
    Large,
}

/// One icon, hidden from screen readers.
#[component]
pub fn Icon(
    /// What to draw; may change.
    #[prop(into)]
    glyph: Signal<Glyph>,
    /// How large.
    #[prop(optional)]
    size: IconSize,
) -> Drawn {
    let class = move || match (size, glyph.get().mirrors) {
        (IconSize::Small, false) => "icon icon-small",
        (IconSize::Small, true) => "icon icon-small icon-mirrors",
        (IconSize::Normal, false) => "icon",
        (IconSize::Normal, true) => "icon icon-mirrors",
        (IconSize::Large, false) => "icon icon-large",
        (IconSize::Large, true) => "icon icon-large icon-mirrors",
    };
    view! {
        <svg class=class viewBox="0 0 16 16" aria-hidden="true" focusable="false">
            <path d=move || glyph.get().path></path>
        </svg>
    }
    .draw()
}

/// The bird of the mark and of the ornament, on a grid of 24.
pub const BIRD: &str = "M21.5 7.4 18.6 6a4.1 4.1 0 0 0-7.9 1.4c0 2.6-1.2 4.2-3.3 5.9L2 17.5h8.2a8.6 8.6 0 0 0 8.6-8.6z";

/// The mark: a bird on a wire, 24 px, in the accent colour.
#[component]
pub fn Mark() -> Drawn {
    view! {
        <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=BIRD></path>
            <path class="mark-line" d="M2 20.75h20"></path>
        </svg>
    }
    .draw()
}
