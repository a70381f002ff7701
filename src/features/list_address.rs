//! A list's address and what was typed: the address follows the reader, and the reader follows it on Back.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::domain::invite::InviteQuery;
use crate::domain::list_query::ListQuery;
use crate::ui::support::effect;

/// Typing reaches the address after so long a pause: browsers limit how often it may change.
const PAUSE: Duration = Duration::from_millis(300);

/// What a list shows, as its address says it.
pub trait Shown: Clone + PartialEq + Send + Sync + 'static {
    /// Reads it from the query of an address.
    fn of(query: &str) -> Self;
    /// What is searched for.
    fn text(&self) -> &String;
    /// The same with something else searched for.
    #[must_use]
    fn searching(self, text: String) -> Self;
}

macro_rules! shown {
    ($($query:ty),+) => {
        $(impl Shown for $query {
            fn of(query: &str) -> Self {
                Self::parse(query)
            }

            fn text(&self) -> &String {
                &self.text
            }

            fn searching(self, text: String) -> Self {
                Self { text, ..self }
            }
        })+
    };
}

shown!(ListQuery, InviteQuery);

/// Search, filters and sort, as the reader has them now.
pub struct ListAddress<Q: Shown> {
    /// What the address says.
    stored: Memo<Q>,
    /// What the search box holds: ahead of the address while somebody types.
    pub text: RwSignal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
    go: StoredValue<Go<Q>, LocalStorage>,
}

type Go<Q> = Box<dyn Fn(&Q, bool)>;

#[expect(
    clippy::expl_impl_clone_on_copy,
    reason = "a derived one would ask as much of the query"
)]
impl<Q: Shown> Clone for ListAddress<Q> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<Q: Shown> Copy for ListAddress<Q> {}

impl<Q: Shown> ListAddress<Q> {
    /// Reads the present address and follows it from now on; `href` makes the address of a view.
    pub fn follow(href: impl Fn(&Q) -> String + 'static) -> Self {
        let location = use_location();
        let navigate = use_navigate();
        let stored = Memo::new(move |_| Q::of(&location.search.get()));
        let go: Go<Q> = Box::new(move |query: &Q, replace: bool| {
            navigate(
                &href(query),
                NavigateOptions {
                    resolve: false,
                    replace,
                    scroll: false,
                    ..NavigateOptions::default()
                },
            );
        });
        let address = Self {
            stored,
            text: RwSignal::new(stored.get_untracked().text().clone()),
            timer: StoredValue::new(None),
            go: StoredValue::new_local(go),
        };
        effect(move || {
            let stored = address.stored.get().text().clone();
            // Back and Forward, a link, a cleared search: the box shows what the address says.
            if address.text.get_untracked() != stored {
                address.stop();
                address.text.set(stored);
            }
        });
        on_cleanup(move || address.stop());
        address
    }

    /// What to show, tracked.
    pub fn query(self) -> Q {
        self.stored.get().searching(self.text.get())
    }

    /// What to show, not tracked.
    pub fn query_untracked(self) -> Q {
        self.stored.get_untracked().searching(self.text.get_untracked())
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
        if self.stored.try_with_untracked(|stored| *stored.text() != text) == Some(true) {
            self.go(&self.query_untracked(), true);
        }
    }

    /// Goes to another view of the list: a step that Back takes back.
    pub fn change(self, change: impl FnOnce(&mut Q)) {
        self.settle();
        let mut query = self.query_untracked();
        change(&mut query);
        if query != self.stored.get_untracked() {
            self.go(&query, false);
        }
    }

    fn go(self, query: &Q, replace: bool) {
        self.go.try_with_value(|go| go(query, replace));
    }

    fn stop(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}
