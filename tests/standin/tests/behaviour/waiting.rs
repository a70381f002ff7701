//! Waiting for what the server does a little later.

use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::Server;

/// How long something asynchronous may take.
pub const PATIENCE: Duration = Duration::from_secs(10);

impl Server {
    /// The audit events, newest first, as soon as they fulfil a condition.
    pub fn events_when(&self, authorization: &str, fulfilled: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let events = self.get("/api/events/audit", authorization).json();
            let events = events.as_array().unwrap();
            if fulfilled(events) {
                return events.clone();
            }
            assert!(Instant::now() < deadline, "the events never came: {events:?}");
            std::thread::yield_now();
        }
    }

    /// The newest event, once one of that code is the newest.
    pub fn newest_event(&self, authorization: &str, code: &str) -> Value {
        let is_newest = |events: &[Value]| events.first().is_some_and(|event| event["activity_code"] == code);
        self.events_when(authorization, is_newest).swap_remove(0)
    }
}
