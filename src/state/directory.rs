//! All users of the account in memory, in the reader's order: one list for every page.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use roost_list::{Devices, Filter, Names, News, Row, RowId, Sort, SortStep, Sorter, Store, order_filtered, search};

use crate::api::error::ApiError;
use crate::browser::clock::{self, Slice};
use crate::domain::user::{User, UserId};

/// How the list stands. What was loaded stays there whatever happens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was asked for yet.
    Idle,
    /// The first load: rows show as they come, in the server's order.
    Loading,
    /// Complete and sorted.
    Ready,
    /// Complete, and a newer list is being read aside.
    Refreshing,
}

/// Why the newest list is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// No list came.
    Failed(ApiError),
    /// The list broke off after some rows, which are shown.
    Incomplete {
        /// rows that came
        rows: usize,
        /// what went wrong
        error: ApiError,
    },
}

/// A handle on the list; copies are the same list. Made once, outlives every page.
#[derive(Clone, Copy)]
pub struct Directory {
    pub(super) store: StoredValue<Store, LocalStorage>,
    /// The list before the one that was just swapped in, for as long as pages need to find their place again.
    previous: StoredValue<Option<Store>, LocalStorage>,
    /// Counts the lists that were swapped in.
    edition: StoredValue<u32>,
    names: StoredValue<Names, LocalStorage>,
    devices: StoredValue<Arc<Devices>, LocalStorage>,
    /// What somebody else changed while the reader was here, in the order of the rows.
    pub(super) news: StoredValue<Vec<(RowId, News)>, LocalStorage>,
    /// How many writes there were since the list that is being read was asked for, which may know nothing of them.
    pub(super) written: StoredValue<u32>,
    /// All rows in the order asked for.
    order: StoredValue<Rc<Vec<RowId>>, LocalStorage>,
    sort: StoredValue<Sort>,
    /// Counts every change of what a page may draw: rows, their order, their names.
    pub(super) revision: RwSignal<u32>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) loaded: RwSignal<usize>,
    pub(super) problem: RwSignal<Option<Problem>>,
    /// Milliseconds since 1970.
    pub(super) as_of: RwSignal<Option<f64>>,
    /// The first rows are there and not shown yet.
    pub(super) at_hand: StoredValue<bool>,
    pub(super) generation: StoredValue<u32>,
    sort_generation: StoredValue<u32>,
}

impl Directory {
    /// An empty list, not asked for.
    pub fn new() -> Self {
        Self {
            store: StoredValue::new_local(Store::new()),
            previous: StoredValue::new_local(None),
            edition: StoredValue::new(0),
            names: StoredValue::new_local(Names::new()),
            devices: StoredValue::new_local(Arc::default()),
            news: StoredValue::new_local(Vec::new()),
            written: StoredValue::new(0),
            order: StoredValue::new_local(Rc::new(Vec::new())),
            sort: StoredValue::new(Sort::default()),
            revision: RwSignal::new(0),
            phase: RwSignal::new(Phase::Idle),
            loaded: RwSignal::new(0),
            problem: RwSignal::new(None),
            as_of: RwSignal::new(None),
            at_hand: StoredValue::new(false),
            generation: StoredValue::new(0),
            sort_generation: StoredValue::new(0),
        }
    }

    /// Tracks every change of rows, order and names; the number itself means nothing.
    pub fn track(self) -> u32 {
        self.revision.get()
    }

    /// How the list stands, tracked.
    pub fn phase(self) -> Phase {
        self.phase.get()
    }

    /// How many rows have come in the first load, tracked.
    pub fn loaded(self) -> usize {
        self.loaded.get()
    }

    /// Whether an answer has begun to come of which nothing is shown yet: a page that is drawn after that has its rows at
    /// once.
    pub fn is_at_hand(self) -> bool {
        self.at_hand.try_get_value() == Some(true)
    }

    /// Why the newest list is not there, tracked.
    pub fn problem(self) -> Option<Problem> {
        self.problem.get()
    }

    /// When the list was read, in milliseconds since 1970, tracked.
    pub fn as_of(self) -> Option<f64> {
        self.as_of.get()
    }

    /// Looks at the rows.
    pub fn with<T>(self, look: impl FnOnce(&Store) -> T) -> Option<T> {
        self.store.try_with_value(look)
    }

    /// The user with this id, as the list has it. Tracked: a newer list may say something else.
    pub fn user(self, id: &UserId) -> Option<User> {
        self.revision.track();
        self.user_untracked(id)
    }

    /// The user with this id, not tracked.
    pub fn user_untracked(self, id: &UserId) -> Option<User> {
        self.store.try_with_value(|store| {
            let row = store.row(store.find(id.as_str())?)?;
            Some(User::from(&row.to_user()))
        })?
    }

    /// What the reader asked for, in order. A filter that keeps everything costs nothing but the copy.
    pub fn visible(self, filter: &Filter) -> Vec<RowId> {
        let rows = self.store.try_with_value(|store| {
            self.names.try_with_value(|names| {
                self.order
                    .try_with_value(|order| order_filtered(order, &search(store, filter, names)))
            })
        });
        rows.flatten().flatten().unwrap_or_default()
    }

    /// How many of the users are people, tracked.
    pub fn people(self) -> usize {
        self.count(false)
    }

    /// How many of the users are service users (`true`) or people, tracked.
    pub fn count(self, service: bool) -> usize {
        self.revision.track();
        let wanted = Filter {
            service: Some(service),
            ..Filter::default()
        };
        let count = self
            .store
            .try_with_value(|store| self.names.try_with_value(|names| search(store, &wanted, names).len()));
        count.flatten().unwrap_or_default()
    }

    /// How many people wait for approval, or were let in without one, tracked.
    pub fn waiting(self) -> usize {
        self.revision.track();
        self.with(|store| store.iter().filter(Row::pending_approval).count())
            .unwrap_or_default()
    }

    /// Those people, tracked.
    pub fn waiting_people(self) -> Vec<User> {
        self.revision.track();
        let waiting = self.with(|store| {
            let rows = store.iter().filter(Row::pending_approval);
            rows.map(|row| User::from(&row.to_user())).collect()
        });
        waiting.unwrap_or_default()
    }

    /// Takes the names of groups and roles: search and order go by them from now on.
    pub fn set_names(self, names: Names) {
        self.names.try_set_value(names);
        self.reorder();
    }

    /// Takes the numbers of devices.
    pub fn set_devices(self, devices: Arc<Devices>) {
        self.devices.try_set_value(devices);
        self.reorder();
    }

    /// Puts the list into another order, in slices that do not hold up the page.
    pub fn sort_by(self, sort: Sort) {
        if self.sort.try_with_value(|known| *known == sort) == Some(true) {
            return;
        }
        self.sort.try_set_value(sort);
        self.reorder();
    }

    /// Forgets everything: the session has ended.
    pub fn clear(self) {
        self.next_generation();
        self.store.try_set_value(Store::new());
        self.news.try_set_value(Vec::new());
        self.publish(Rc::new(Vec::new()));
        self.phase.try_set(Phase::Idle);
        self.loaded.try_set(0);
        self.problem.try_set(None);
        self.as_of.try_set(None);
    }

    /// Shows the rows that are there, in the server's order.
    pub(super) fn publish_as_they_come(self) {
        let order = self.store.try_with_value(|store| store.row_ids().collect());
        self.publish(Rc::new(order.unwrap_or_default()));
    }

    /// Puts a whole new list in the place of the old one: the rows, their order and what is news in them at once.
    pub(super) fn swap(self, store: Store, order: Vec<RowId>, news: Vec<(RowId, News)>) {
        self.news.try_set_value(news);
        let old = self.store.try_update_value(|known| std::mem::replace(known, store));
        self.previous.try_set_value(old);
        next(self.edition);
        self.publish(Rc::new(order));
        spawn_local(async move {
            clock::next_frame().await;
            self.previous.try_set_value(None);
        });
    }

    /// Which list this is: rows mean nothing in another one, see [`Directory::row_now`].
    pub fn edition(self) -> u32 {
        self.edition.try_get_value().unwrap_or_default()
    }

    /// The row that a row of this or the last edition has become: the same user, wherever they stand now.
    pub fn row_now(self, before: RowId, edition: u32) -> Option<RowId> {
        if edition == self.edition() {
            return Some(before);
        }
        let id = self
            .previous
            .try_with_value(|previous| Some(previous.as_ref()?.row(before)?.id().to_owned()))??;
        self.store.try_with_value(|store| store.find(&id))?
    }

    pub(super) fn publish(self, order: Rc<Vec<RowId>>) {
        self.order.try_set_value(order);
        self.revision
            .try_update(|revision| *revision = revision.wrapping_add(1));
    }

    pub(super) fn next_generation(self) -> u32 {
        next(self.generation)
    }

    pub(super) fn is_current(self, generation: u32) -> bool {
        self.generation.try_get_value() == Some(generation)
    }

    /// Makes the order anew. A list that is still coming is left in the server's order: it is sorted once, at its end.
    pub(super) fn reorder(self) {
        if self
            .phase
            .try_get_untracked()
            .is_none_or(|phase| matches!(phase, Phase::Idle | Phase::Loading))
        {
            // Names may have changed what a search finds.
            self.revision
                .try_update(|revision| *revision = revision.wrapping_add(1));
            return;
        }
        let generation = next(self.sort_generation);
        // Rows that were removed must not be drawn even once, so what is there is shown again before the sort ends.
        self.revision
            .try_update(|revision| *revision = revision.wrapping_add(1));
        spawn_local(async move {
            if let Some(order) = self.sorted(self.store, generation).await {
                self.publish(Rc::new(order));
            }
        });
    }

    /// Sorts the rows of `store` in slices. `None` when a newer order was asked for meanwhile.
    async fn sorted(self, store: StoredValue<Store, LocalStorage>, generation: u32) -> Option<Vec<RowId>> {
        let mut slice = Slice::begin();
        loop {
            let sort = self.sort.try_get_value()?;
            let mut sorter =
                store.try_with_value(|store| self.names.try_with_value(|names| Sorter::new(store, &sort, names)))??;
            loop {
                let step = store
                    .try_with_value(|store| self.devices.try_with_value(|devices| sorter.step(store, devices)))??;
                match step {
                    SortStep::Done => return Some(sorter.into_order()),
                    SortStep::Stale => break,
                    SortStep::More => {}
                }
                if slice.is_over() {
                    slice = slice.rest().await;
                    if self.sort_generation.try_get_value() != Some(generation) {
                        return None;
                    }
                }
            }
        }
    }

    /// Sorts a list that is not shown yet, by the order asked for at its end.
    pub(super) async fn sort_aside(self, store: StoredValue<Store, LocalStorage>) -> Option<Vec<RowId>> {
        loop {
            let generation = next(self.sort_generation);
            if let Some(order) = self.sorted(store, generation).await {
                return Some(order);
            }
            // Somebody asked for another order while this one was made: begin again with that.
            if store.is_disposed() {
                return None;
            }
        }
    }
}

impl Default for Directory {
    fn default() -> Self {
        Self::new()
    }
}

pub(super) fn next(counter: StoredValue<u32>) -> u32 {
    counter
        .try_update_value(|value| {
            *value = value.wrapping_add(1);
            *value
        })
        .unwrap_or_default()
}
