//! The recorded scenarios: every step of a scenario against a fresh server, every difference printed.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::Value;
use standin::Seed;

use crate::shapes::{Kept, differences, fill, fill_all, point};
use crate::support::{Answer, Server, bearer, recorded};

/// How long something asynchronous may take.
const PATIENCE: Duration = Duration::from_secs(5);

struct Replay {
    server: Server,
    kept: Kept,
    /// Who → their `Authorization` header.
    credentials: HashMap<String, String>,
}

#[test]
fn setup() {
    replay("setup.json");
}

#[test]
fn authentication() {
    replay("authentication.json");
}

#[test]
fn people() {
    replay("people.json");
}

#[test]
fn groups() {
    replay("groups.json");
}

/// More than this part needs: service users and their tokens are all there.
#[test]
fn service_users() {
    replay("service-users.json");
}

#[test]
fn passwords() {
    replay("passwords.json");
}

#[test]
fn invites() {
    replay("invites.json");
}

fn replay(file: &str) {
    let scenario = recorded(file);
    let mut replay = Replay {
        server: Server::start(Seed::Empty),
        kept: Kept::new(),
        credentials: HashMap::new(),
    };
    let mut wrong = Vec::new();
    let steps = scenario["steps"].as_array().unwrap();
    for (n, step) in steps.iter().enumerate() {
        let title = format!(
            "{file} step {n} ({} {} {})",
            text(step, "as"),
            text(step, "method"),
            text(step, "path")
        );
        wrong.extend(
            replay
                .step(step)
                .into_iter()
                .map(|difference| format!("{title}: {difference}")),
        );
    }
    assert!(!steps.is_empty());
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

impl Replay {
    fn step(&mut self, step: &Value) -> Vec<String> {
        let who = text(step, "as");
        if let Some(login) = step.get("login") {
            let password = fill(text(login, "password"), &self.kept);
            let header = bearer(&self.server, text(login, "email"), &password);
            self.credentials.insert(who.to_owned(), header);
            return Vec::new();
        }
        // What was waited for in reality: the limiter counts by the server's clock, the rest comes by itself.
        if let Some(seconds) = step["sleep"].as_u64() {
            self.server.forward(seconds);
        }
        let deadline = Instant::now()
            + if step["sleep"].is_null() {
                Duration::ZERO
            } else {
                PATIENCE
            };
        loop {
            let answer = self.send(step, who);
            let differences = self.compare(step, &answer);
            if differences.is_empty() || Instant::now() > deadline {
                return differences;
            }
            std::thread::yield_now();
        }
    }

    fn send(&self, step: &Value, who: &str) -> Answer {
        let mut headers: Vec<(&str, String)> = Vec::new();
        for (name, value) in step["headers"].as_object().into_iter().flatten() {
            headers.push((name, fill(value.as_str().unwrap(), &self.kept)));
        }
        if who != "nobody" {
            headers.push(("authorization", self.credentials[who].clone()));
        }
        let body = match (step.get("body"), step.get("raw")) {
            (Some(body), _) => Some(fill_all(body, &self.kept).to_string()),
            (None, Some(raw)) => raw.as_str().map(str::to_owned),
            (None, None) => None,
        };
        if body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        let path = fill(text(step, "path"), &self.kept);
        self.server.send(text(step, "method"), &path, &headers, body.as_deref())
    }

    fn compare(&mut self, step: &Value, answer: &Answer) -> Vec<String> {
        let recorded = &step["answer"];
        let mut wrong = Vec::new();
        if Some(u64::from(answer.status)) != recorded["status"].as_u64() {
            wrong.push(format!(
                "status {}, recorded {}: {}",
                answer.status,
                recorded["status"],
                answer.text()
            ));
            return wrong;
        }
        for (name, value) in recorded["headers"].as_object().into_iter().flatten() {
            let value = value.as_str().unwrap();
            if !answer.headers.get_all(name).iter().any(|actual| actual == value) {
                wrong.push(format!(
                    "header {name} is {:?}, recorded {value:?}",
                    answer.headers.get(name)
                ));
            }
        }
        if let Some(expected) = recorded["text"].as_str() {
            if answer.text() != expected {
                wrong.push(format!("body {:?}, recorded {expected:?}", answer.text()));
            }
            return wrong;
        }
        let actual = answer.json();
        for (name, pointer) in step["keep"].as_object().into_iter().flatten() {
            match point(&actual, pointer.as_str().unwrap()).and_then(Value::as_str) {
                Some(value) => drop(self.kept.insert(name.clone(), value.to_owned())),
                None => wrong.push(format!("nothing at {pointer} to keep as {name}")),
            }
        }
        for (who, name) in step["credential"].as_object().into_iter().flatten() {
            let token = &self.kept[name.as_str().unwrap()];
            self.credentials.insert(who.clone(), format!("Token {token}"));
        }
        let expected = fill_all(&recorded["json"], &self.kept);
        wrong.extend(differences("", &expected, &actual, step["unordered"] == true));
        wrong
    }
}
