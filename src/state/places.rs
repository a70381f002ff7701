//! Where the reader was in a list, for Back and Forward: each entry of the history has its own place.

use leptos::ev;
use leptos::prelude::*;

use crate::browser::page;

/// So many places are kept: further back than anybody goes.
const MOST: usize = 100;

/// A place in a list: a row, and how much of it is scrolled away.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// The row's position.
    pub index: usize,
    /// Pixels.
    pub offset: f64,
}

/// A handle on the places.
#[derive(Clone, Copy)]
pub struct Places {
    /// By address, the one that was left last at the end.
    left: StoredValue<Vec<(String, Place)>>,
    /// Whether the present page was come to through the history.
    by_history: StoredValue<bool>,
}

impl Places {
    /// No places; follows the history from now on.
    pub fn new() -> Self {
        let places = Self {
            left: StoredValue::new(Vec::new()),
            by_history: StoredValue::new(false),
        };
        page::restore_scroll_ourselves();
        let back = window_event_listener(ev::popstate, move |_| {
            places.by_history.try_set_value(true);
        });
        let ahead = window_event_listener(ev::click, move |_| {
            places.by_history.try_set_value(false);
        });
        on_cleanup(move || {
            back.remove();
            ahead.remove();
        });
        places
    }

    /// Keeps the place of a list that is about to go; `None` = its top.
    pub fn remember(self, address: &str, place: Option<Place>) {
        self.left.try_update_value(|places| {
            places.retain(|(known, _)| known != address);
            places.extend(place.map(|place| (address.to_owned(), place)));
            let surplus = places.len().saturating_sub(MOST);
            places.drain(..surplus);
        });
    }

    /// The place that the list of the present address had, if the reader came back to it.
    pub fn to_restore(self) -> Option<Place> {
        if self.by_history.try_get_value() != Some(true) {
            return None;
        }
        let (path, query) = page::path_and_query();
        let here = [path, query].concat();
        self.left.try_with_value(|places| {
            let found = places.iter().find(|(address, _)| *address == here);
            found.map(|(_, place)| *place)
        })?
    }
}

impl Default for Places {
    fn default() -> Self {
        Self::new()
    }
}
