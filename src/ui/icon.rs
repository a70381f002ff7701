//! Owns the icons and the mark. They are decoration: a name always stands beside them or on their button.

pub use super::support::glyph::{self, Glyph};
use super::support::written::still;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::Element;

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

impl IconSize {
    fn class(self, mirrors: bool) -> &'static str {
        match (self, mirrors) {
            (Self::Small, false) => "icon icon-small",
            (Self::Small, true) => "icon icon-small icon-mirrors",
            (Self::Normal, false) => "icon",
            (Self::Normal, true) => "icon icon-mirrors",
            (Self::Large, false) => "icon icon-large",
            (Self::Large, true) => "icon icon-large icon-mirrors",
        }
    }
}

/// One icon, hidden from screen readers.
#[component]
pub fn Icon(
    /// What to draw.
    glyph: Glyph,
    /// How large.
    #[prop(optional)]
    size: IconSize,
) -> Drawn {
    still(IconSpot::new(glyph, size).svg)
}

const SVG: Option<&str> = Some("http://www.w3.org/2000/svg");

/// An icon that can become another one.
pub struct IconSpot {
    /// The element.
    pub svg: Element,
    path: Element,
    size: IconSize,
    shown: Glyph,
}

impl IconSpot {
    /// Draws an icon.
    pub fn new(glyph: Glyph, size: IconSize) -> Self {
        let svg = Rndr::create_element("svg", SVG);
        for (name, value) in [
            ("viewBox", "0 0 16 16"),
            ("aria-hidden", "true"),
            ("focusable", "false"),
        ] {
            Rndr::set_attribute(&svg, name, value);
        }
        let path = Rndr::create_element("path", SVG);
        Rndr::insert_node(&svg, &path, None);
        let spot = Self {
            svg,
            path,
            size,
            shown: glyph,
        };
        spot.draw();
        spot
    }

    /// Draws another one in its place.
    pub fn write(&mut self, glyph: Glyph) {
        if self.shown != glyph {
            self.shown = glyph;
            self.draw();
        }
    }

    fn draw(&self) {
        Rndr::set_attribute(&self.svg, "class", self.size.class(self.shown.mirrors));
        Rndr::set_attribute(&self.path, "d", self.shown.path);
    }
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
