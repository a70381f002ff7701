//! A client that writes at random and remembers what was acknowledged.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::{Value, json};

use crate::program::Client;

/// What all clients know.
#[derive(Default)]
pub struct Shared {
    /// Groups of all clients; some are gone already.
    groups: Mutex<Vec<String>>,
    acknowledged: AtomicUsize,
    refused: AtomicUsize,
}

impl Shared {
    /// How many writes were acknowledged so far.
    pub fn acknowledged(&self) -> usize {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// How many were refused, because of what another client did.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }

    fn some_group(&self, rng: &mut fastrand::Rng) -> Option<String> {
        rng.choice(self.groups.lock().unwrap().iter()).cloned()
    }
}

/// What a user was last said to be.
#[derive(Debug, Clone, PartialEq, Eq)]
struct User {
    role: &'static str,
    blocked: bool,
    groups: Vec<String>,
    is_service: bool,
}

const ROLES: [&str; 4] = ["user", "auditor", "network_admin", "admin"];

/// One client. What it does to a thing of its own is first forgotten and remembered when it is acknowledged: of what was
/// under way when the server died nothing is known.
pub struct Writer {
    client: Client,
    name: String,
    rng: fastrand::Rng,
    count: usize,
    users: BTreeMap<String, User>,
    /// By id: whose, and the secret.
    tokens: BTreeMap<String, (String, String)>,
    groups: BTreeMap<String, String>,
    gone: BTreeSet<String>,
    /// Secrets of tokens that are gone.
    dead_tokens: Vec<String>,
}

/// The answer to a write: its body, or that it was refused; `Err` when there was none.
type Outcome = Result<Option<Value>, ()>;

impl Writer {
    pub fn new(base: &str, authorization: &str, number: usize) -> Self {
        Self {
            client: Client::new(base, authorization),
            name: format!("load {number}"),
            rng: fastrand::Rng::with_seed(number as u64),
            count: 0,
            users: BTreeMap::new(),
            tokens: BTreeMap::new(),
            groups: BTreeMap::new(),
            gone: BTreeSet::new(),
            dead_tokens: Vec::new(),
        }
    }

    /// Writes something; says whether there was an answer.
    pub fn write(&mut self, shared: &Shared) -> bool {
        self.count += 1;
        let outcome = match self.rng.u8(..20) {
            0..=2 => self.make_user(true),
            // A password is hashed for each: a tenth of a second.
            3 if self.count.is_multiple_of(8) => self.make_user(false),
            3..=8 => self.change_user(shared),
            9 => self.delete_user(),
            10..=12 => self.make_token(),
            13 => self.delete_token(),
            14..=15 => self.make_group(shared),
            16..=17 => self.rename_group(),
            _ => self.delete_group(),
        };
        match outcome {
            Ok(Some(_)) => shared.acknowledged.fetch_add(1, Ordering::Relaxed),
            Ok(None) => shared.refused.fetch_add(1, Ordering::Relaxed),
            Err(()) => return false,
        };
        true
    }

    /// Sends a write; `may` are the statuses of refusals that another client can cause.
    fn send(&self, method: &str, path: &str, body: Option<Value>, may: &[u16]) -> Outcome {
        let (status, bytes) = self.client.call(method, path, body.as_ref()).ok_or(())?;
        if may.contains(&status) {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(status, 200, "{method} {path} {body:?}: {text}");
        Ok(Some(serde_json::from_slice(&bytes).unwrap()))
    }

    fn make_user(&mut self, is_service: bool) -> Outcome {
        let role = self.rng.choice(ROLES).unwrap();
        let name = format!("{} {}", self.name, self.count);
        let email = format!("{}@example.com", name.replace(' ', "."));
        let body = json!({ "name": name, "email": email, "role": role, "is_service_user": is_service });
        let answer = self.send("POST", "/api/users", Some(body), &[])?.unwrap();
        let user = User {
            role,
            blocked: false,
            groups: Vec::new(),
            is_service,
        };
        self.users.insert(text(&answer["id"]), user);
        Ok(Some(answer))
    }

    fn change_user(&mut self, shared: &Shared) -> Outcome {
        let Some((id, before)) = self.take_user(|_| true) else {
            return self.make_user(true);
        };
        let after = User {
            role: self.rng.choice(ROLES).unwrap(),
            blocked: self.rng.bool(),
            groups: shared.some_group(&mut self.rng).into_iter().collect(),
            ..before.clone()
        };
        let body = json!({ "role": after.role, "is_blocked": after.blocked, "auto_groups": after.groups });
        // The group may be gone by now.
        let answer = self.send("PUT", &format!("/api/users/{id}"), Some(body), &[422])?;
        self.users.insert(id, if answer.is_some() { after } else { before });
        Ok(answer)
    }

    fn delete_user(&mut self) -> Outcome {
        let Some((id, _)) = self.take_user(|_| true) else {
            return self.make_user(true);
        };
        let (theirs, others) = std::mem::take(&mut self.tokens)
            .into_iter()
            .partition(|(_, (user, _))| *user == id);
        self.tokens = others;
        let answer = self.send("DELETE", &format!("/api/users/{id}"), None, &[])?;
        let theirs: BTreeMap<String, (String, String)> = theirs;
        self.dead_tokens.extend(theirs.into_values().map(|(_, plain)| plain));
        self.gone.insert(id);
        Ok(answer)
    }

    fn take_user(&mut self, fits: impl Fn(&User) -> bool) -> Option<(String, User)> {
        let fitting = self.users.iter().filter(|(_, user)| fits(user)).map(|(id, _)| id);
        let id = self.rng.choice(fitting.collect::<Vec<_>>())?.clone();
        self.users.remove_entry(&id)
    }

    fn make_token(&mut self) -> Outcome {
        let services = self.users.iter().filter(|(_, user)| user.is_service).map(|(id, _)| id);
        let Some(user) = self.rng.choice(services.collect::<Vec<_>>()).cloned() else {
            return self.make_user(true);
        };
        let body = json!({ "name": format!("load {}", self.count), "expires_in": 30 });
        let answer = self
            .send("POST", &format!("/api/users/{user}/tokens"), Some(body), &[])?
            .unwrap();
        let id = text(&answer["personal_access_token"]["id"]);
        self.tokens.insert(id, (user, text(&answer["plain_token"])));
        Ok(Some(answer))
    }

    fn delete_token(&mut self) -> Outcome {
        let Some(id) = self.rng.choice(self.tokens.keys().collect::<Vec<_>>()).cloned() else {
            return self.make_user(true);
        };
        let (user, plain) = self.tokens.remove(&id).unwrap();
        let answer = self.send("DELETE", &format!("/api/users/{user}/tokens/{id}"), None, &[])?;
        self.dead_tokens.push(plain);
        Ok(answer)
    }

    fn make_group(&mut self, shared: &Shared) -> Outcome {
        let name = format!("{} {}", self.name, self.count);
        let answer = self
            .send("POST", "/api/groups", Some(json!({ "name": name })), &[])?
            .unwrap();
        let id = text(&answer["id"]);
        shared.groups.lock().unwrap().push(id.clone());
        self.groups.insert(id, name);
        Ok(Some(answer))
    }

    fn rename_group(&mut self) -> Outcome {
        let Some(id) = self.rng.choice(self.groups.keys().collect::<Vec<_>>()).cloned() else {
            return self.make_user(true);
        };
        self.groups.remove(&id);
        let name = format!("{} {} again", self.name, self.count);
        let answer = self.send("PUT", &format!("/api/groups/{id}"), Some(json!({ "name": name })), &[])?;
        self.groups.insert(id, name);
        Ok(answer)
    }

    fn delete_group(&mut self) -> Outcome {
        let Some(id) = self.rng.choice(self.groups.keys().collect::<Vec<_>>()).cloned() else {
            return self.make_user(true);
        };
        let name = self.groups.remove(&id).unwrap();
        // Somebody may have it automatically.
        let answer = self.send("DELETE", &format!("/api/groups/{id}"), None, &[400])?;
        if answer.is_some() {
            self.gone.insert(id);
        } else {
            self.groups.insert(id, name);
        }
        Ok(answer)
    }

    /// Compares what was acknowledged with what is; gives how many facts there were.
    pub fn check(&self, users: &Value, groups: &Value, base: &str) -> usize {
        let row = |list: &Value, id: &str| {
            let list = list.as_array().unwrap();
            list.iter().find(|row| row["id"] == id).cloned()
        };
        for (id, user) in &self.users {
            let found = row(users, id).unwrap_or_else(|| panic!("user {id} is lost"));
            let fields = [&found["role"], &found["is_blocked"], &found["auto_groups"]];
            assert_eq!(
                fields,
                [&json!(user.role), &json!(user.blocked), &json!(user.groups)],
                "user {id}"
            );
        }
        for (id, name) in &self.groups {
            let found = row(groups, id).unwrap_or_else(|| panic!("group {id} is lost"));
            assert_eq!(found["name"], *name);
        }
        for id in &self.gone {
            assert!(row(users, id).is_none() && row(groups, id).is_none(), "{id} is back");
        }
        let status = |plain: &str| {
            let client = Client::new(base, &format!("Token {plain}"));
            client.call("GET", "/api/instance/version", None).unwrap().0
        };
        for (id, (_, plain)) in &self.tokens {
            assert_eq!(status(plain), 200, "token {id}");
        }
        for plain in &self.dead_tokens {
            assert_eq!(status(plain), 404, "a token is back");
        }
        self.users.len() + self.groups.len() + self.gone.len() + self.tokens.len() + self.dead_tokens.len()
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}
