//! The rows to draw: the list in memory, narrowed and ordered as the reader asked.

use crate::ui::support::effect;
use std::sync::Arc;

use leptos::prelude::*;
use roost_list::{Row, RowId};

use super::address::Address;
use crate::state::console::Console;
use crate::state::directory::Phase;

/// A handle on the rows to draw.
#[derive(Clone, Copy)]
pub struct View {
    console: Console,
    rows: Memo<Arc<Vec<RowId>>>,
    total: Memo<usize>,
}

impl View {
    /// Follows the list and the reader's query from now on.
    pub fn follow(console: Console, address: Address) -> Self {
        let service = address.listed().service;
        effect(move || console.users.sort_by(address.query().order()));
        // A memo, not an effect: the rows are right in the very frame of the keystroke. Every change of the list counts
        // as one, also where the places stay the same and a row's content does not.
        let compute = move |_: Option<&Arc<Vec<RowId>>>| {
            console.users.track();
            Arc::new(console.users.visible(&address.query().filter(service)))
        };
        let rows = Memo::new_with_compare(compute, |_, _| true);
        Self {
            console,
            rows,
            total: Memo::new(move |_| console.users.count(service)),
        }
    }

    /// The rows to draw, tracked.
    pub fn rows(self) -> Arc<Vec<RowId>> {
        self.rows.get()
    }

    /// How many rows there are to draw, tracked.
    pub fn len(self) -> usize {
        self.rows.with(|rows| rows.len())
    }

    /// How many there are in all, tracked.
    pub fn total(self) -> usize {
        self.total.get()
    }

    /// Whether the list is complete, tracked.
    pub fn is_complete(self) -> bool {
        matches!(self.console.users.phase(), Phase::Ready | Phase::Refreshing)
    }

    /// Something about the row at a place, tracked.
    pub fn read<T>(self, place: usize, read: impl FnOnce(Row<'_>) -> T) -> Option<T> {
        let row = self.rows.with(|rows| rows.get(place).copied())?;
        self.console.users.with(|store| store.row(row).map(read))?
    }

    /// The same, not tracked.
    pub fn peek<T>(self, place: usize, read: impl FnOnce(Row<'_>) -> T) -> Option<T> {
        let row = self.rows.try_with_untracked(|rows| rows.get(place).copied())??;
        self.console.users.with(|store| store.row(row).map(read))?
    }
}

/// A count, as texts take it.
pub fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
