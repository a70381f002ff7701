//! Owns the audit log as the API sends it (contract 2.14).

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;

use crate::api::{Call, Outcome};
use crate::clock::{self, MILLISECOND, Nanos};
use crate::http;
use crate::permissions::{self, Operation};
use crate::store::events::{self, Event};

const JOIN: &str = "user.join";

#[derive(Serialize)]
struct EventOut<'a> {
    activity: &'a str,
    activity_code: &'a str,
    id: String,
    initiator_email: &'a str,
    initiator_id: &'a str,
    initiator_name: &'a str,
    meta: BTreeMap<&'a str, &'a str>,
    target_id: &'a str,
    timestamp: String,
}

/// `GET /events/audit`, newest first.
pub fn list(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::EVENTS, Operation::Read)?;
    let late = Nanos::from(call.backend.conditions.now().events_late_ms) * MILLISECOND;
    let events = events::list(call.db, &call.caller.account, clock::now() - late)?;
    // Who was rejected and came back has joined once, the last time.
    let mut joined = HashSet::new();
    let mut shown: Vec<EventOut<'_>> = Vec::with_capacity(events.len());
    for event in &events {
        if event.code != JOIN || joined.insert((&event.initiator, &event.target)) {
            shown.push(out(event));
        }
    }
    Ok(http::json(200, &shown))
}

fn out(event: &Event) -> EventOut<'_> {
    let mut meta: BTreeMap<&str, &str> = event
        .meta
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    if let Some(target) = &event.target_person {
        meta.insert("username", &target.name);
        meta.insert("email", &target.email);
    }
    EventOut {
        activity: events::activity(&event.code),
        activity_code: &event.code,
        id: event.n.to_string(),
        initiator_email: event.initiator_person.as_ref().map_or("", |person| &person.email),
        initiator_id: &event.initiator,
        initiator_name: event.initiator_person.as_ref().map_or("", |person| &person.name),
        meta,
        target_id: &event.target,
        timestamp: clock::text(event.at),
    }
}
