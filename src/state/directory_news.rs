//! What somebody else changed in the list while the reader was here: marks on rows, until they were seen.

use leptos::prelude::*;
use roost_list::{News, Row, RowId, Store};

use super::directory::Directory;
use crate::domain::user::UserId;

impl Directory {
    /// What somebody else has done to a row, not tracked: ask beside something that is.
    pub fn news_of(self, row: RowId) -> Option<News> {
        self.news.try_with_value(|news| {
            let place = news.binary_search_by_key(&row, |(row, _)| *row).ok()?;
            news.get(place).map(|(_, news)| *news)
        })?
    }

    /// How many rows of service users (`true`) or people somebody else has changed or added, tracked.
    pub fn news_count(self, service: bool) -> usize {
        self.revision.track();
        let count = |store: &Store, news: &[(RowId, News)]| {
            let is_counted = |row: &Row<'_>| row.is_service_user() == service;
            news.iter()
                .filter(|(row, _)| store.row(*row).as_ref().is_some_and(is_counted))
                .count()
        };
        let counted = self
            .news
            .try_with_value(|news| self.store.try_with_value(|store| count(store, news)));
        counted.flatten().unwrap_or_default()
    }

    /// The reader has seen somebody: what was news about them is none any more.
    pub fn seen(self, id: &UserId) {
        let row = self.store.try_with_value(|store| store.find(id.as_str())).flatten();
        let dropped = self.news.try_update_value(|news| {
            let before = news.len();
            news.retain(|(other, _)| Some(*other) != row);
            news.len() != before
        });
        if dropped == Some(true) {
            self.revision
                .try_update(|revision| *revision = revision.wrapping_add(1));
        }
    }

    /// The reader asks for the list anew: what was news to them is none any more.
    pub fn all_seen(self) {
        self.news.try_set_value(Vec::new());
    }
}
