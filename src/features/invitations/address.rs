//! Search and sort as the address says them: it follows what is typed after a pause, and the reader follows it on Back.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::domain::invite::{InviteColumn, InviteQuery};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::support::effect;

/// Browsers limit how often an address may change.
const PAUSE: Duration = Duration::from_millis(300);

/// A handle on search and sort.
#[derive(Clone, Copy)]
pub struct Address {
    console: Console,
    stored: Memo<InviteQuery>,
    /// What the search box holds: ahead of the address while somebody types.
    pub text: RwSignal<String>,
    timer: StoredValue<Option<TimeoutHandle>>,
    go: Callback<(String, bool)>,
}

impl Address {
    /// Reads the present address and follows it from now on.
    pub fn follow(console: Console) -> Self {
        let location = use_location();
        let navigate = use_navigate();
        let stored = Memo::new(move |_| InviteQuery::parse(&location.search.get()));
        let go = Callback::new(move |(href, replace): (String, bool)| {
            let options = NavigateOptions {
                resolve: false,
                replace,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(&href, options);
        });
        let address = Self {
            console,
            stored,
            text: RwSignal::new(stored.get_untracked().text),
            timer: StoredValue::new(None),
            go,
        };
        effect(move || {
            let stored = address.stored.get().text;
            if address.text.get_untracked() != stored {
                address.stop();
                address.text.set(stored);
            }
        });
        on_cleanup(move || address.stop());
        address
    }

    /// What to show, tracked.
    pub fn query(self) -> InviteQuery {
        InviteQuery {
            text: self.text.get(),
            ..self.stored.get()
        }
    }

    /// Takes what was typed: at once for the list, after a pause for the address.
    pub fn type_text(self, text: String) {
        self.stop();
        self.text.set(text);
        let later = set_timeout_with_handle(move || self.settle(), PAUSE).ok();
        self.timer.set_value(later);
    }

    /// Brings the address up to what was typed.
    pub fn settle(self) {
        self.stop();
        let (Some(text), Some(stored)) = (self.text.try_get_untracked(), self.stored.try_get_untracked()) else {
            return;
        };
        if stored.text != text {
            self.go(&InviteQuery { text, ..stored }, true);
        }
    }

    /// Sorts by a column, or turns round: a step that Back takes back.
    pub fn sort_by(self, column: InviteColumn) {
        self.settle();
        let query = untrack(|| self.query()).sorted_by(column);
        self.go(&query, false);
    }

    fn go(self, query: &InviteQuery, replace: bool) {
        let href = self.console.href(&Route::Invitations(query.to_query()));
        self.go.try_run((href, replace));
    }

    fn stop(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}
