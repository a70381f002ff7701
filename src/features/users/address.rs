//! The list's address and what was typed: the address follows the reader, and the reader follows it on Back.

use crate::ui::support::effect;
use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use super::listed::Listed;
use crate::domain::list_query::ListQuery;
use crate::state::console::Console;

/// Typing reaches the address after so long a pause: browsers limit how often it may change.
const PAUSE: Duration = Duration::from_millis(300);

/// Search, filters and sort, as the reader has them now.
#[derive(Clone, Copy)]
pub struct Address {
    console: Console,
    listed: Listed,
    /// What the address says.
    stored: Memo<ListQuery>,
    /// What the search box holds: ahead of the address while somebody types.
    text: RwSignal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
    go: StoredValue<Go, LocalStorage>,
}

type Go = Box<dyn Fn(&str, bool)>;

impl Address {
    /// Reads the present address and follows it from now on.
    pub fn follow(console: Console, listed: Listed) -> Self {
        let location = use_location();
        let navigate = use_navigate();
        let stored = Memo::new(move |_| ListQuery::parse(&location.search.get()));
        let go: Go = Box::new(move |href: &str, replace: bool| {
            navigate(
                href,
                NavigateOptions {
                    resolve: false,
                    replace,
                    scroll: false,
                    ..NavigateOptions::default()
                },
            );
        });
        let address = Self {
            console,
            listed,
            stored,
            text: RwSignal::new(stored.get_untracked().text),
            timer: StoredValue::new(None),
            go: StoredValue::new_local(go),
        };
        effect(move || {
            let stored = address.stored.get().text;
            // Back and Forward, a link, a cleared search: the box shows what the address says.
            if address.text.get_untracked() != stored {
                address.stop();
                address.text.set(stored);
            }
        });
        on_cleanup(move || address.stop());
        address
    }

    /// Which users the list shows.
    pub fn listed(self) -> Listed {
        self.listed
    }

    /// The address of the list with a query.
    pub fn href(self, query: &ListQuery) -> String {
        self.console.href(&self.listed.route(query.clone()))
    }

    /// What to show, tracked.
    pub fn query(self) -> ListQuery {
        ListQuery {
            text: self.text.get(),
            ..self.stored.get()
        }
    }

    /// What to show, not tracked.
    pub fn query_untracked(self) -> ListQuery {
        ListQuery {
            text: self.text.get_untracked(),
            ..self.stored.get_untracked()
        }
    }

    /// What the search box holds.
    pub fn text(self) -> Signal<String> {
        self.text.into()
    }

    /// Takes what was typed: at once for the list, after a pause for the address.
    pub fn type_text(self, text: String) {
        self.stop();
        self.text.set(text);
        let later = set_timeout_with_handle(move || self.settle(), PAUSE).ok();
        self.timer.set_value(later);
    }

    /// Brings the address up to what was typed: the reader leaves the box, or the list.
    pub fn settle(self) {
        self.stop();
        let Some(text) = self.text.try_get_untracked() else {
            return;
        };
        if self.stored.try_with_untracked(|stored| stored.text != text) == Some(true) {
            let query = self.query_untracked();
            self.go(&query, true);
        }
    }

    /// Goes to another view of the list: a step that Back takes back.
    pub fn change(self, change: impl FnOnce(&mut ListQuery)) {
        self.settle();
        let mut query = self.query_untracked();
        change(&mut query);
        if query != self.stored.get_untracked() {
            self.go(&query, false);
        }
    }

    fn go(self, query: &ListQuery, replace: bool) {
        let href = self.href(query);
        self.go.try_with_value(|go| go(&href, replace));
    }

    fn stop(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}
