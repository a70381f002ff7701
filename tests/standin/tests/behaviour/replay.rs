//! The recorded scenarios: every step of a scenario against a fresh server, every difference printed.

use std::collections::HashMap;
use std::time::{Duration, Instant};

use serde_json::Value;
use standin::Seed;

use crate::pages::bearer_outside;
use crate::shapes::{Kept, differences, fill, fill_all, point};
use crate::support::{Answer, Server, bearer, recorded};
use crate::waiting::PATIENCE;

/// Every scenario with the number of its recorded answers. `oidc.json` is no scenario: `oidc_recorded` plays it.
const SCENARIOS: &[(&str, usize)] = &[
    ("setup.json", 21),
    ("authentication.json", 22),
    ("people.json", 77),
    ("groups.json", 21),
    ("service-users.json", 40),
    ("account.json", 47),
    ("approvals.json", 34),
    ("passwords.json", 16),
    ("invites.json", 36),
];

/// The answers of all of them together.
const ANSWERS: usize = 314;

struct Replay {
    server: Server,
    kept: Kept,
    /// Who → their `Authorization` header.
    credentials: HashMap<String, String>,
    /// How many answers were compared.
    compared: usize,
}

#[test]
fn every_recorded_scenario() {
    let (mut wrong, mut compared) = (Vec::new(), 0);
    for (file, answers) in SCENARIOS {
        let replay = replay(file, &mut wrong);
        assert_eq!(replay.compared, *answers, "answers compared in {file}");
        compared += replay.compared;
    }
    println!("{compared} recorded answers compared, {} differences", wrong.len());
    assert!(wrong.is_empty(), "{} differences\n{}", wrong.len(), wrong.join("\n"));
    assert_eq!(compared, ANSWERS);
}

/// Plays a scenario on a server of its own and adds what differed.
fn replay(file: &str, wrong: &mut Vec<String>) -> Replay {
    let scenario = recorded(file);
    let mut replay = Replay {
        server: Server::start(Seed::Empty),
        kept: Kept::new(),
        credentials: HashMap::new(),
        compared: 0,
    };
    for (n, step) in scenario["steps"].as_array().unwrap().iter().enumerate() {
        let title = format!(
            "{file} step {n} ({} {} {})",
            text(step, "as"),
            text(step, "method"),
            text(step, "path")
        );
        let differences = replay.step(step);
        wrong.extend(
            differences
                .into_iter()
                .map(|difference| format!("{title}: {difference}")),
        );
    }
    replay
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

impl Replay {
    fn step(&mut self, step: &Value) -> Vec<String> {
        let who = text(step, "as");
        if let Some(login) = step.get("login") {
            let email = text(login, "email");
            let header = match login["connector"].as_str() {
                Some(provider) => bearer_outside(&self.server, provider, email),
                None => bearer(&self.server, email, &fill(text(login, "password"), &self.kept)),
            };
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
        self.compared += 1;
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
