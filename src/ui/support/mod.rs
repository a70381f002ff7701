//! What several components share: drawing and writing, ids, choices, focus, placing what floats.

pub mod drawn;
pub mod floating;
pub mod focus;
pub mod glyph;
pub mod keyed;
pub mod written;

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::{Callable, Callback};
use leptos::text_prop::TextProp;
use std::sync::atomic::{AtomicU32, Ordering};

/// Draws a text. One concrete view for all of them, which keeps the bundle small.
pub fn say(text: TextProp) -> Drawn {
    (move || text.get()).draw()
}

/// Runs `run` after the views are drawn, and again whenever a signal it read has changed. One concrete effect for all:
/// a generic one for each place would be compiled with its own copy of the machine that waits.
pub fn effect(run: impl FnMut() + 'static) {
    let run: Box<dyn FnMut()> = Box::new(run);
    leptos::prelude::Effect::new(run);
}

/// Runs a callback, unless its owner is gone. A dialog that ends gives the focus back, also while its whole page ends: what
/// hears of the focus is then told after its time.
pub fn run_if_alive(callback: Callback<()>) {
    let _ = callback.try_run(());
}

/// An id that no other element of the page has.
pub fn next_id() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let mut id = String::from("r");
    id.push_str(&NEXT.fetch_add(1, Ordering::Relaxed).to_string());
    id
}

/// Whole pixels as a CSS length.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a page is never near 2 thousand million pixels long"
)]
pub fn px(length: f64) -> String {
    let mut text = (length.round() as i32).to_string();
    text.push_str("px");
    text
}

/// Something to pick from a list: a role, a group, a status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What the program calls it.
    pub value: String,
    /// What people call it.
    pub label: String,
    /// One sentence about it, where there is room.
    pub help: Option<String>,
    /// Why it cannot be picked. It stays in the list.
    pub disabled_reason: Option<String>,
}

impl Choice {
    /// A choice that can be picked and needs no explanation.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            help: None,
            disabled_reason: None,
        }
    }

    /// The same, not to be picked for this reason.
    pub fn disabled(mut self, reason: Option<String>) -> Self {
        self.disabled_reason = reason;
        self
    }

    /// The same with a sentence about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// How serious a message is: its colour and its icon.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    #[default]
    Info,
    /// It worked.
    Success,
    /// Look at it soon.
    Warning,
    /// It failed, or it destroys something.
    Danger,
}

impl Tone {
    /// The class that sets the two colours of the tone.
    pub fn class(self) -> &'static str {
        match self {
            Self::Info => "tone-info",
            Self::Success => "tone-success",
            Self::Warning => "tone-warning",
            Self::Danger => "tone-danger",
        }
    }

    /// The icon that says the same without colour.
    pub fn glyph(self) -> glyph::Glyph {
        match self {
            Self::Info => glyph::INFO,
            Self::Success => glyph::CHECK_CIRCLE,
            Self::Warning => glyph::TRIANGLE,
            Self::Danger => glyph::ALERT,
        }
    }
}
