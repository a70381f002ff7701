//! What the caller describes: columns, sort keys, and the cells of a slot.

use crate::ui::support::drawn::{ContentFn, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::sync::Arc;

/// From which width of the page on a column is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Breakpoint {
    /// Always.
    #[default]
    Always,
    /// From 768 px.
    Medium,
    /// From 1024 px.
    Large,
    /// From 1360 px.
    Largest,
}

impl Breakpoint {
    /// The media query that is true where such a column shows, for callers that load its data only then.
    pub fn query(self) -> &'static str {
        match self {
            Self::Always => "all",
            Self::Medium => "(width >= 48rem)",
            Self::Large => "(width >= 64rem)",
            Self::Largest => "(width >= 85rem)",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Always => "",
            Self::Medium => " from-m",
            Self::Large => " from-l",
            Self::Largest => " from-xl",
        }
    }
}

/// One row element of the pool. It outlives the rows it shows.
#[derive(Clone, Copy)]
pub struct RowSlot {
    /// The position in the caller's order that it shows now; `None` while it shows nothing.
    pub index: RwSignal<Option<usize>>,
}

impl RowSlot {
    /// What `read` says about the row it shows now; `T::default()` while it shows none.
    pub fn read<T: Default>(self, read: impl FnOnce(usize) -> T) -> T {
        self.index.get().map_or_else(T::default, read)
    }

    /// The position it shows, for handlers: it does not subscribe, and it is `None` once the table is gone.
    pub fn now(self) -> Option<usize> {
        self.index.try_get_untracked().flatten()
    }
}

/// Draws the contents of a slot's cells, one for each column. All at once, so that what a row shows is read once.
#[derive(Clone)]
pub struct RowCells(Arc<dyn Fn(RowSlot) -> Vec<Drawn> + Send + Sync>);

impl RowCells {
    pub(super) fn draw(&self, slot: RowSlot) -> Vec<Drawn> {
        (self.0)(slot)
    }
}

impl<F> From<F> for RowCells
where
    F: Fn(RowSlot) -> Vec<Drawn> + Send + Sync + 'static,
{
    fn from(cells: F) -> Self {
        Self(Arc::new(cells))
    }
}

/// A column.
#[derive(Clone)]
pub struct Column {
    /// What the program calls it.
    pub key: &'static str,
    /// What people call it; heard only, where `head` draws something else.
    pub title: TextProp,
    /// Drawn in the head instead of the title: a checkbox for all.
    pub head: Option<ContentFn>,
    /// Its grid track: `minmax(0, 2fr)`. Without `0` as the least width a long text would push the page sideways.
    pub track: &'static str,
    /// Numbers, and only numbers: at the end, like their head.
    pub at_end: bool,
    /// Its head is a button that sorts.
    pub sortable: bool,
    /// From which width of the page on it is shown.
    pub from: Breakpoint,
}

impl Column {
    /// A column that is always shown, at the start, not sortable.
    pub fn new(key: &'static str, title: impl Into<TextProp>, track: &'static str) -> Self {
        Self {
            key,
            title: title.into(),
            head: None,
            track,
            at_end: false,
            sortable: false,
            from: Breakpoint::Always,
        }
    }

    /// With a head that sorts.
    pub fn sortable(mut self) -> Self {
        self.sortable = true;
        self
    }

    /// Shown from this width on.
    pub fn from(mut self, from: Breakpoint) -> Self {
        self.from = from;
        self
    }

    /// Holds numbers.
    pub fn at_end(mut self) -> Self {
        self.at_end = true;
        self
    }

    /// With something else than its title in the head.
    pub fn head(mut self, head: impl Into<ContentFn>) -> Self {
        self.head = Some(head.into());
        self
    }

    /// The class of its cells and of its head.
    pub(super) fn class(&self) -> String {
        let mut class = String::from("vt-cell");
        class.push_str(self.from.class());
        if self.at_end {
            class.push_str(" vt-end");
        }
        class
    }
}

/// One key of a sort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// The column.
    pub column: &'static str,
    /// From the end.
    pub descending: bool,
}

/// The grid tracks of the columns that are shown at each width.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tracks {
    pub small: String,
    pub medium: String,
    pub large: String,
    pub largest: String,
}

impl Tracks {
    pub(super) fn of(columns: &[Column]) -> Self {
        let up_to = |limit: Breakpoint| {
            let tracks: Vec<_> = columns
                .iter()
                .filter(|column| column.from <= limit)
                .map(|column| column.track)
                .collect();
            tracks.join(" ")
        };
        Self {
            small: up_to(Breakpoint::Always),
            medium: up_to(Breakpoint::Medium),
            large: up_to(Breakpoint::Large),
            largest: up_to(Breakpoint::Largest),
        }
    }
}
