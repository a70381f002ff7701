//! Owns the status badge: always an icon and a word, coloured only where somebody should look.

use super::icon::{Glyph, IconSize, IconSpot, glyph};
use super::support::written::{element, element_in, set_attribute, set_text, still, text_in, written};
use crate::ui::support::drawn::Drawn;
use leptos::prelude::*;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Text};

/// How a status looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeLook {
    /// All is well: green icon, muted text, no fill.
    Well,
    /// Neither well nor bad.
    #[default]
    Muted,
    /// Warning text without a fill.
    Caution,
    /// Somebody is waiting, something runs out.
    Warning,
    /// In progress.
    Info,
    /// Blocked, expired, failed.
    Danger,
}

impl BadgeLook {
    fn class(self) -> &'static str {
        match self {
            Self::Well => "badge badge-success",
            Self::Muted => "badge",
            Self::Caution => "badge badge-warn-text",
            Self::Warning => "badge badge-fill badge-warning",
            Self::Info => "badge badge-fill badge-info",
            Self::Danger => "badge badge-fill badge-danger",
        }
    }
}

/// What a badge shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadgeFace {
    /// Its colours.
    pub look: BadgeLook,
    /// Its icon.
    pub glyph: Glyph,
    /// Its words.
    pub text: String,
    /// Fewer words for pages narrower than 768 px; screen readers still hear all.
    pub short: Option<String>,
}

/// A status.
#[component]
pub fn Badge(
    /// What it shows; may change, and may be absent.
    #[prop(into)]
    face: Signal<Option<BadgeFace>>,
) -> Drawn {
    let mut spot = BadgeSpot::new();
    written(still(spot.badge.clone()), move || {
        face.with(|face| spot.write(face.as_ref()));
    })
}

/// A badge whose parts are written, so that a recycled row rebuilds nothing.
pub struct BadgeSpot {
    /// The element.
    pub badge: Element,
    icon: IconSpot,
    long: Text,
    short: Option<Element>,
    shown: Option<BadgeFace>,
}

impl BadgeSpot {
    /// A badge that shows nothing yet.
    pub fn new() -> Self {
        let badge = element("span", "badge");
        set_attribute(&badge, "hidden", Some(""));
        let icon = IconSpot::new(glyph::HELP, IconSize::Normal);
        Rndr::insert_node(&badge, &icon.svg, None);
        let long = text_in(&element_in(&badge, "span", "badge-long"));
        Self {
            badge,
            icon,
            long,
            short: None,
            shown: None,
        }
    }

    /// Shows a status, or none.
    pub fn write(&mut self, face: Option<&BadgeFace>) {
        if self.shown.as_ref() == face {
            return;
        }
        if self.shown.is_some() != face.is_some() {
            set_attribute(&self.badge, "hidden", face.is_none().then_some(""));
        }
        self.shown = face.cloned();
        let text = face.map_or("", |face| face.text.as_str());
        set_text(&self.long, text);
        if let Some(short) = self.short.take() {
            short.remove();
        }
        let Some(face) = face else { return };
        self.badge.set_class_name(face.look.class());
        self.icon.write(face.glyph);
        if let Some(text) = &face.short {
            let short = element_in(&self.badge, "span", "badge-short");
            set_attribute(&short, "aria-hidden", Some("true"));
            set_text(&text_in(&short), text);
            self.short = Some(short);
        }
    }
}

impl Default for BadgeSpot {
    fn default() -> Self {
        Self::new()
    }
}
