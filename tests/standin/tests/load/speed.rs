//! How fast it is with 100,000 users, and how much memory it takes.
//!
//! With `STANDIN` it is that program, optimised, and the bounds are the real ones. Without, it is the unoptimised program of
//! the tests: a fifth of the users, ten times the time for the first list, five times for everything else.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::alone;
use crate::program::{Client, Program, optimised};
use crate::support::OWNER_TOKEN;

const LIST: Duration = Duration::from_secs(1);
const WRITE: Duration = Duration::from_millis(10);
const MEMORY: u64 = 400 << 20;

/// How often each write is timed.
const ROUNDS: usize = 15;

fn bound(real: Duration, factor: u32) -> Duration {
    if optimised().is_some() { real } else { real * factor }
}

/// Reads the whole list; gives how many users there are, how many of them are blocked, and how long it took.
fn list(client: &Client) -> (usize, usize, Duration) {
    let begin = Instant::now();
    let (status, bytes) = client.call("GET", "/api/users", None).unwrap();
    let took = begin.elapsed();
    assert_eq!(status, 200);
    let text = String::from_utf8(bytes).unwrap();
    (
        text.matches("\"is_current\":").count(),
        text.matches("\"is_blocked\":true").count(),
        took,
    )
}

/// Times of writes by what they do.
struct Timed<'a> {
    client: &'a Client,
    times: BTreeMap<&'static str, Vec<Duration>>,
}

impl Timed<'_> {
    fn call(&mut self, what: &'static str, method: &str, path: &str, body: Option<&Value>) -> Value {
        let begin = Instant::now();
        let (status, bytes) = self.client.call(method, path, body).unwrap();
        let took = begin.elapsed();
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(status, 200, "{method} {path}: {text}");
        self.times.entry(what).or_default().push(took);
        serde_json::from_slice(&bytes).unwrap()
    }
}

fn id(value: &Value) -> &str {
    value["id"].as_str().unwrap()
}

#[test]
fn many_users_are_quick_to_list_and_to_change() {
    let _alone = alone();
    let all = if optimised().is_some() { 100_000 } else { 20_000 };
    let data = tempfile::tempdir().unwrap();
    let program = Program::start_optimised(data.path(), &format!("users={all}"));
    let client = Client::new(&program.base, OWNER_TOKEN);
    let (users, blocked, first) = list(&client);
    assert_eq!(users, all);
    let team = client.get("/api/groups?name=Team%2007")[0].clone();
    let somebody = client.get("/api/users").as_array().unwrap()[..ROUNDS]
        .iter()
        .map(|user| id(user).to_owned())
        .collect::<Vec<_>>();
    let owner = client.get("/api/users/current");

    let mut lists = Vec::new();
    let mut timed = Timed {
        client: &client,
        times: BTreeMap::new(),
    };
    for (round, person) in somebody.iter().enumerate() {
        let number = round.to_string();
        let body = json!({ "name": number, "role": "user", "is_service_user": true, "auto_groups": [] });
        let service = timed.call("make a user", "POST", "/api/users", Some(&body));
        let path = format!("/api/users/{}", id(&service));
        let body = json!({ "role": "auditor", "auto_groups": [id(&team)], "is_blocked": true });
        timed.call("change a user", "PUT", &path, Some(&body));
        if person != id(&owner) {
            let body = json!({ "role": "auditor", "auto_groups": [id(&team)], "is_blocked": false });
            timed.call("change a person", "PUT", &format!("/api/users/{person}"), Some(&body));
        }
        let body = json!({ "name": "speed", "expires_in": 1 });
        let tokens = format!("{path}/tokens");
        let token = timed.call("make a token", "POST", &tokens, Some(&body))["personal_access_token"].clone();
        timed.call("delete a token", "DELETE", &format!("{tokens}/{}", id(&token)), None);
        let group = timed.call("make a group", "POST", "/api/groups", Some(&json!({ "name": number })));
        let group = format!("/api/groups/{}", id(&group));
        let renamed = json!({ "name": format!("{number} again") });
        timed.call("rename a group", "PUT", &group, Some(&renamed));
        timed.call("delete a group", "DELETE", &group, None);
        if round % 5 == 0 {
            // Each list comes after writes: what was encoded before must not be lost.
            let (count, now_blocked, took) = list(&client);
            assert_eq!(count, all + 1, "the new one is in it");
            assert!(now_blocked.abs_diff(blocked) <= ROUNDS + 1);
            lists.push(took);
        }
        timed.call("delete a user", "DELETE", &path, None);
    }

    println!("first list {first:?}, after writes {lists:?}");
    assert!(first < bound(LIST, 10), "the first list took {first:?}");
    for took in lists {
        assert!(took < bound(LIST, 5), "a list after a write took {took:?}");
    }
    for (what, mut times) in timed.times {
        times.sort_unstable();
        let median = times[times.len() / 2];
        println!("{what}: {median:?}");
        assert!(median < bound(WRITE, 5), "to {what} took {median:?}");
    }
    if let Some(peak) = program.peak_memory() {
        println!("{} MB at most", peak >> 20);
        assert!(peak < MEMORY, "{} MB", peak >> 20);
    }
}
