//! The address of a list of users: which list it is, beside what it shows.

use std::ops::Deref;

use super::listed::Listed;
use crate::domain::list_query::ListQuery;
use crate::features::list_address::ListAddress;
use crate::state::console::Console;

/// Which list, and its search, filters and sort as the reader has them now.
#[derive(Clone, Copy)]
pub struct Address {
    console: Console,
    listed: Listed,
    shown: ListAddress<ListQuery>,
}

impl Deref for Address {
    type Target = ListAddress<ListQuery>;

    fn deref(&self) -> &Self::Target {
        &self.shown
    }
}

impl Address {
    /// Reads the present address and follows it from now on.
    pub fn follow(console: Console, listed: Listed) -> Self {
        Self {
            console,
            listed,
            shown: ListAddress::follow(move |query| href(console, listed, query)),
        }
    }

    /// Which users the list shows.
    pub fn listed(self) -> Listed {
        self.listed
    }

    /// The address of the list with a query.
    pub fn href(self, query: &ListQuery) -> String {
        href(self.console, self.listed, query)
    }
}

fn href(console: Console, listed: Listed, query: &ListQuery) -> String {
    console.href(&listed.route(query.clone()))
}
