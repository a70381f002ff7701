//! Owns the status badge: always an icon and a word, coloured only where somebody should look.

use super::icon::{Glyph, Icon};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

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

/// A status. One element whose parts follow `face`, so that a recycled row rebuilds nothing.
#[component]
pub fn Badge(
    /// What it shows; may change, and may be absent.
    #[prop(into)]
    face: Signal<Option<BadgeFace>>,
) -> Drawn {
    let face = Memo::new(move |_| face.get());
    let glyph = Signal::derive(move || face.with(|face| face.as_ref().map_or(super::icon::glyph::HELP, |f| f.glyph)));
    let short = move || face.with(|face| face.as_ref().and_then(|face| face.short.clone()));
    view! {
        <span
            class=move || face.with(|face| face.as_ref().map_or("badge", |face| face.look.class()))
            hidden=move || face.with(Option::is_none)
        >
            <Icon glyph=glyph />
            <span class="badge-long">
                {move || face.with(|face| face.as_ref().map(|face| face.text.clone()))}
            </span>
            {move || short().map(|short| view! { <span class="badge-short" aria-hidden="true">{short}</span> })}
        </span>
    }
    .draw()
}
