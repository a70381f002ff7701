//! Owns the request log: what was asked and how it ended, never a credential.

use std::collections::VecDeque;
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::clock;

/// How many requests are remembered.
const AT_MOST: usize = 10_000;

/// One request.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Counts from 1 since the start.
    n: u64,
    /// When it came.
    at: String,
    pub method: String,
    pub path: String,
    /// The query of API calls; those of the provider carry codes and tokens and are left out.
    query: String,
    /// The scheme of its `Authorization`, in lower case.
    authorization: Option<String>,
    /// `null` while there is no answer.
    pub status: Option<u16>,
    /// What was made to go wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub played: Option<String>,
}

/// The latest requests, oldest first.
#[derive(Default)]
pub struct RequestLog(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    count: u64,
    entries: VecDeque<Entry>,
}

impl RequestLog {
    /// Notes a request before it is answered; gives its number.
    pub fn begin(&self, method: &str, path: &str, query: Option<&str>, authorization: Option<String>) -> u64 {
        let mut kept = self.kept();
        kept.count += 1;
        let n = kept.count;
        let query = query.filter(|_| path.starts_with("/api/")).unwrap_or_default();
        if kept.entries.len() == AT_MOST {
            kept.entries.pop_front();
        }
        kept.entries.push_back(Entry {
            n,
            at: clock::text(clock::now()),
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            authorization,
            status: None,
            played: None,
        });
        n
    }

    /// Notes how a request ended and what was made to go wrong with it, and prints it if asked to.
    pub fn finish(&self, n: u64, status: Option<u16>, played: Option<String>, print: bool) {
        let mut kept = self.kept();
        let Some(entry) = kept.entries.iter_mut().rev().find(|entry| entry.n == n) else {
            return;
        };
        entry.status = status;
        entry.played = played;
        if print {
            let status = status.map_or_else(|| "---".to_owned(), |status| status.to_string());
            let played = entry
                .played
                .as_ref()
                .map_or_else(String::new, |words| format!(" ({words})"));
            // A closed stdout leaves nobody to tell.
            let _ = writeln!(std::io::stdout(), "{status} {} {}{played}", entry.method, entry.path);
        }
    }

    pub fn list(&self) -> Vec<Entry> {
        self.kept().entries.iter().cloned().collect()
    }

    /// The last so many, oldest first.
    pub fn latest(&self, count: usize) -> Vec<Entry> {
        let kept = self.kept();
        let skipped = kept.entries.len().saturating_sub(count);
        kept.entries.iter().skip(skipped).cloned().collect()
    }

    pub fn clear(&self) {
        self.kept().entries.clear();
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
