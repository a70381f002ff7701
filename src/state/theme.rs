//! The reader's theme: light, dark, or as the system says. `public/theme.js` applies the same before the first paint.

use leptos::prelude::*;

use crate::browser::storage;

/// The key in the browser's storage.
const STORAGE_KEY: &str = "roost.theme";

/// A choice of theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// light
    Light,
    /// dark
    Dark,
    /// as the system says
    System,
}

impl Theme {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Light, Self::Dark, Self::System];

    /// The name it is stored under.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::System => "system",
        }
    }

    /// Reads a stored name; anything else is the system's choice.
    pub fn parse(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|theme| theme.as_str() == name)
            .unwrap_or(Self::System)
    }

    /// What the page shows: what was chosen, also where the browser keeps nothing.
    pub fn present() -> Self {
        let root = document().document_element();
        root.and_then(|root| root.get_attribute("data-theme"))
            .map_or(Self::System, |name| Self::parse(&name))
    }

    /// Chooses: at once, and for the next time.
    pub fn choose(self) {
        storage::set(storage::browser().as_ref(), STORAGE_KEY, self.as_str());
        let Some(root) = document().document_element() else {
            return;
        };
        let _ = match self {
            Self::System => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen.as_str()),
        };
    }
}
