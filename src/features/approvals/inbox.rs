//! The page's state: who waits, in order, since when, whom one looks at, and where a decision leads.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate};

use crate::api::events;
use crate::browser::{clock, media};
use crate::domain::action::Action;
use crate::domain::approval::{self, Joins};
use crate::domain::user::{User, UserId};
use crate::routes::Route;
use crate::state::console::Console;
use crate::state::query::{Query, Status};
use crate::ui::support::{effect, focus};

type Go = Box<dyn Fn(&str)>;

/// As long as a double click may take.
const TWICE_MS: f64 = 500.0;

/// Whom one looks at. Nobody else takes their place while one looks: a key may be on its way that decides about them.
#[derive(Clone, Default, PartialEq)]
struct LookedAt {
    who: Option<UserId>,
    is_named: bool,
    turned: u32,
}

/// A handle on it; copies are the same page.
#[derive(Clone, Copy)]
pub struct Inbox {
    console: Console,
    joins: Query<Joins>,
    people: Memo<Vec<User>>,
    /// Whom the address names.
    named: Memo<Option<UserId>>,
    /// Whom one looks at.
    looked_at: Memo<LookedAt>,
    /// Counts how often whom one looks at was done with.
    turned: RwSignal<u32>,
    /// Who was decided about last, and is not looked at again.
    decided: StoredValue<Option<UserId>>,
    /// The key that was pressed last, and when by the page's clock, in milliseconds.
    pressed: StoredValue<Option<(String, f64)>>,
    /// Whether there is room for the list and one person beside it.
    narrow: ReadSignal<bool>,
    go: StoredValue<Go, LocalStorage>,
}

impl Inbox {
    /// Follows the list and the address from now on.
    pub fn follow(console: Console) -> Self {
        let joins = Query::<Joins>::default();
        let asked = Memo::new(move |_| console.may(Action::SeeEvents) == Some(true));
        effect(move || {
            // Again with every newer list: who came since is in a newer log.
            console.users.as_of();
            if asked.get()
                && let Some(client) = console.client()
            {
                joins.run_here(async move { client.send(events::joins()).await });
            }
        });
        let people = Memo::new(move |_| {
            let mut people = console.users.waiting_people();
            let known = joins.get();
            approval::order(&mut people, known.as_deref().unwrap_or(&Joins::default()));
            people
        });
        let location = use_location();
        let named = Memo::new(move |_| {
            let query = location.search.get();
            let address = [&location.pathname.get(), "?", query.trim_start_matches('?')].concat();
            match console.route(&address) {
                Some(Route::Approvals(id)) => id,
                _ => None,
            }
        });
        // Who has waited longest is not known before that.
        let in_order = Memo::new(move |_| {
            let answered = joins.get().is_some() || matches!(joins.status(), Status::Failed(_));
            answered || console.may(Action::SeeEvents) == Some(false)
        });
        let narrow = media::matches("(width < 48rem)");
        let turned = RwSignal::new(0_u32);
        let decided = StoredValue::new(None);
        let looked_at = Memo::new(move |before: Option<&LookedAt>| {
            let (named, turned) = (named.get(), turned.get());
            let is_named = named.is_some();
            let who = named.or_else(|| {
                if narrow.get() || !in_order.get() {
                    return None;
                }
                let still = before.filter(|before| !before.is_named && before.turned == turned);
                still.and_then(|before| before.who.clone()).or_else(|| {
                    let first = |people: &Vec<User>| {
                        let mut others = people.iter().map(|user| &user.id);
                        others
                            .find(|id| decided.with_value(|decided| decided.as_ref() != Some(*id)))
                            .cloned()
                    };
                    people.with(first)
                })
            });
            LookedAt { who, is_named, turned }
        });
        let navigate = use_navigate();
        let go: Go = Box::new(move |href| {
            let options = NavigateOptions {
                resolve: false,
                replace: true,
                scroll: false,
                ..NavigateOptions::default()
            };
            navigate(href, options);
        });
        Self {
            console,
            joins,
            people,
            named,
            looked_at,
            turned,
            decided,
            pressed: StoredValue::new(None),
            narrow,
            go: StoredValue::new_local(go),
        }
    }

    /// Who waits, in order, tracked.
    pub fn people(self) -> Vec<User> {
        self.people.get()
    }

    /// How many wait, tracked.
    pub fn count(self) -> usize {
        self.people.with(Vec::len)
    }

    /// Since when somebody waits, in seconds since 1970, tracked; `None` where nobody knows.
    pub fn since(self, id: &UserId) -> Option<i64> {
        self.joins.get()?.of(id)
    }

    /// Whether the log could not be read, tracked.
    pub fn since_failed(self) -> bool {
        matches!(self.joins.status(), Status::Failed(_)) && self.joins.get().is_none()
    }

    /// Whether list and person take turns, tracked.
    pub fn is_narrow(self) -> bool {
        self.narrow.get()
    }

    /// Whom the address names, tracked, waiting or not.
    pub fn named(self) -> Option<UserId> {
        self.named.get()
    }

    /// Whom one looks at, tracked: whom the address names, or who was the first where there is room for both. They stay
    /// until the reader turns to somebody else, also when somebody comes before them, or decides about them elsewhere.
    pub fn current(self) -> Option<UserId> {
        self.looked_at.with(|looked_at| looked_at.who.clone())
    }

    /// Whether a key was pressed again so soon that the reader cannot have seen what it would decide now.
    pub fn is_pressed_twice(self, key: &str) -> bool {
        let now = clock::ticks_ms();
        let before = self
            .pressed
            .try_update_value(|pressed| pressed.replace((key.to_owned(), now)));
        let before = before.flatten();
        before.is_some_and(|(last, at)| last == key && now - at < TWICE_MS)
    }

    /// The reader is done with whom they look at.
    pub fn turn(self) {
        self.turned.update(|turned| *turned = turned.wrapping_add(1));
    }

    /// The address of somebody, or of the list.
    pub fn href(self, id: Option<&UserId>) -> String {
        self.console.href(&Route::Approvals(id.cloned()))
    }

    /// Goes on after a decision, unless the reader looks at somebody else by now. To be called while the list still has
    /// them.
    pub fn go_on(self, decided: &UserId) {
        if untrack(|| self.current()).as_ref() != Some(decided) {
            return;
        }
        let next = self
            .people
            .try_with_untracked(|people| approval::next(people, decided).cloned())
            .flatten();
        let href = self.href(next.as_ref());
        self.decided.set_value(Some(decided.clone()));
        self.turn();
        self.go.try_with_value(|go| go(&href));
        focus_later(if next.is_some() { "#case-title" } else { "h1" });
    }
}

/// Moves the focus to a heading that is about to be drawn.
pub fn focus_later(selector: &'static str) {
    spawn_local(async move {
        clock::next_frame().await;
        if let Some(root) = document().document_element()
            && let Some(heading) = focus::find(&root, selector)
        {
            focus::focus(&heading);
        }
    });
}
