//! Audit events: late but in order, not lost, and the people in them known by name.

use serde_json::{Value, json};
use standin::{EventLag, Mode, Seed};

use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

/// A server whose events show up so many milliseconds late.
fn with_lag(lag: EventLag) -> Server {
    Server::with(Seed::Demo, |options| {
        if let Mode::StandIn(settings) = &mut options.mode {
            settings.event_lag = lag;
        }
    })
}

fn make_group(server: &Server, name: &str) {
    let made = server.call("POST", "/api/groups", OWNER_TOKEN, Some(json!({ "name": name })));
    assert_eq!(made.status, 200, "{}", made.text());
}

fn names(events: &[Value]) -> Vec<&str> {
    let made = events.iter().filter(|event| event["activity_code"] == "group.add");
    made.map(|event| event["meta"]["name"].as_str().unwrap()).collect()
}

#[test]
fn an_event_is_not_there_when_the_call_is_answered_and_not_lost_when_the_server_stops() {
    let hour = 3_600_000;
    let mut server = with_lag(EventLag {
        least: hour,
        most: hour,
        seed: None,
    });
    // However far the server's own clock is ahead: the wait is the machine's.
    server.forward(30 * 86_400);
    let before = server.get("/api/events/audit", OWNER_TOKEN).json();
    make_group(&server, "Late");
    assert_eq!(server.get("/api/events/audit", OWNER_TOKEN).json(), before);

    server.restart();
    let after = server.get("/api/events/audit", OWNER_TOKEN).json();
    assert_eq!(after[0]["meta"]["name"], "Late");
    assert_eq!(after.as_array().unwrap()[1..], before.as_array().unwrap()[..]);
}

#[test]
fn events_become_visible_in_the_order_they_happened() {
    let server = with_lag(EventLag {
        least: 0,
        most: 60,
        seed: Some(3),
    });
    let wanted: Vec<String> = (0..12).map(|n| format!("Group {n}")).collect();
    for name in &wanted {
        make_group(&server, name);
        // Whatever is visible so far is what happened first.
        let events = server.get("/api/events/audit", OWNER_TOKEN).json();
        let mut seen = names(events.as_array().unwrap());
        seen.retain(|name| name.starts_with("Group "));
        seen.reverse();
        assert_eq!(seen, wanted[..seen.len()]);
    }
    let events = server.events_when(OWNER_TOKEN, |events| events[0]["meta"]["name"] == "Group 11");
    let numbers: Vec<i64> = events[..12]
        .iter()
        .map(|event| event["id"].as_str().unwrap().parse().unwrap())
        .collect();
    assert!(numbers.is_sorted_by(|newer, older| newer > older), "{numbers:?}");
}

#[test]
fn a_refused_call_writes_no_event() {
    let server = Server::start(Seed::Demo);
    let taken = server.call("POST", "/api/groups", OWNER_TOKEN, Some(json!({ "name": "Sales" })));
    assert_eq!(taken.status, 409);
    make_group(&server, "New");
    let events = server.events_when(OWNER_TOKEN, |events| events[0]["meta"]["name"] == "New");
    assert_ne!(events[1]["meta"]["name"], "Sales");
    assert_eq!(events.len(), 201);
}

#[test]
fn who_reads_events_gets_them_under_both_addresses_with_names_of_the_people() {
    let server = Server::start(Seed::Demo);
    let uma = server.person("uma.sato@example.com")["id"].as_str().unwrap().to_owned();
    let change = json!({ "role": "auditor", "auto_groups": [], "is_blocked": false });
    let path = format!("/api/users/{uma}");
    assert_eq!(server.call("PUT", &path, OWNER_TOKEN, Some(change)).status, 200);
    // The change of the role, and the group that went.
    let events = server.events_when(OWNER_TOKEN, |events| events.len() == 202);
    let event = events
        .iter()
        .find(|event| event["activity_code"] == "user.role.update")
        .unwrap();
    assert_eq!(event["activity"], "User role updated");
    assert_eq!(event["initiator_name"], "Olivia Marsh");
    assert_eq!(event["initiator_email"], "olivia.marsh@example.com");
    assert_eq!(
        event["meta"],
        json!({ "role": "auditor", "username": "Uma Sato", "email": "uma.sato@example.com" })
    );
    assert_eq!(
        server.get("/api/events", OWNER_TOKEN).json(),
        server.get("/api/events/audit", OWNER_TOKEN).json()
    );
    for (person, status) in [("agnes.novak", 200), ("nils.lindqvist", 200), ("victor.hansen", 403)] {
        let header = bearer(&server, &format!("{person}@example.com"), PASSWORD);
        assert_eq!(server.get("/api/events/audit", &header).status, status, "{person}");
    }
}
