//! Owns faults: which calls go wrong and how, as they are switched on, found and used up.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::Method;
use serde::{Deserialize, Serialize};

use super::kind::Kind;
use super::meanwhile::Change;

/// One fault, as it is switched on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The beginning of the path, e.g. `/api/users`.
    pub path: String,
    /// Only exactly that path.
    #[serde(default)]
    pub exact: bool,
    /// Only this method; without it every method but `OPTIONS`, and of kind `change` only `GET`.
    #[serde(default)]
    pub method: Option<String>,
    /// How many calls; 0 = until it is switched off.
    #[serde(default = "once")]
    pub times: u32,
    pub kind: Kind,
    /// Of kind `status`; 500 without it.
    #[serde(default)]
    pub status: Option<u16>,
    /// Of kind `status`: the seconds of a `Retry-After`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u32>,
    /// Of kinds `status` and `garbage`, instead of their own.
    #[serde(default)]
    pub body: Option<String>,
    /// Of the kinds that change an answer: only fields of that name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Of kind `change`: what somebody else does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<Change>,
    /// Milliseconds to wait first, with any kind.
    #[serde(default)]
    pub delay_ms: u64,
    /// At most so many milliseconds more, drawn for each call.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub jitter_ms: u64,
    /// Which sequence the jitter is drawn from.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub seed: u64,
}

fn once() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u64) -> bool {
    *number == 0
}

/// A fault that is on.
#[derive(Debug, Clone, Serialize)]
pub struct On {
    /// Counts from 1 since the start; what it is switched off by.
    pub n: u64,
    #[serde(flatten)]
    pub fault: Fault,
    #[serde(skip)]
    rng: fastrand::Rng,
}

/// What a call meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    pub fault: Fault,
    /// How long it takes first.
    pub wait: Duration,
}

/// The faults that are on, oldest first.
#[derive(Default)]
pub struct Faults(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    count: u64,
    on: Vec<On>,
}

impl Faults {
    pub fn add(&self, fault: Fault) {
        let mut kept = self.kept();
        kept.count += 1;
        let (n, rng) = (kept.count, fastrand::Rng::with_seed(fault.seed));
        kept.on.push(On { n, fault, rng });
    }

    pub fn list(&self) -> Vec<On> {
        self.kept().on.clone()
    }

    /// Switches one off; says whether it was on.
    pub fn remove(&self, n: u64) -> bool {
        let mut kept = self.kept();
        let before = kept.on.len();
        kept.on.retain(|on| on.n != n);
        kept.on.len() < before
    }

    pub fn clear(&self) {
        self.kept().on.clear();
    }

    /// The oldest fault for this call, used up by one. A delay that is on until it is switched off is a slow line: it goes
    /// with whatever else there is.
    ///
    /// On a connection that `had_a_call` a reset is not used up and nothing is done: the browser repeats the call by
    /// itself, in the end over a connection of its own, and only that one it gives up.
    pub fn take(&self, method: &Method, path: &str, had_a_call: bool) -> Option<Taken> {
        let mut kept = self.kept();
        let mut wait = Duration::ZERO;
        let mut taken = None;
        for on in kept.on.iter_mut().filter(|on| on.fault.is_for(method, path)) {
            let is_slow_line = on.fault.kind == Kind::Delay && on.fault.times == 0;
            if taken.is_some() && !is_slow_line {
                continue;
            }
            wait += on.fault.wait(&mut on.rng);
            if !is_slow_line {
                taken = Some((on.n, on.fault.clone()));
            }
        }
        let Some((n, mut fault)) = taken else {
            return (!wait.is_zero()).then(|| Taken {
                fault: Fault::new(Kind::Delay),
                wait,
            });
        };
        if had_a_call && fault.kind.is_reset() {
            fault.kind = Kind::ResetBefore;
        } else {
            kept.use_up(n);
        }
        Some(Taken { fault, wait })
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn use_up(&mut self, n: u64) {
        self.on.retain_mut(|on| {
            if on.n != n || on.fault.times == 0 {
                return true;
            }
            on.fault.times -= 1;
            on.fault.times > 0
        });
    }
}

impl Fault {
    /// The next call anywhere.
    pub fn new(kind: Kind) -> Self {
        Self {
            path: "/".to_owned(),
            exact: false,
            method: None,
            times: 1,
            kind,
            status: None,
            retry_after: None,
            body: None,
            field: None,
            change: None,
            delay_ms: 0,
            jitter_ms: 0,
            seed: 0,
        }
    }

    /// Why it cannot be switched on, in one sentence.
    pub fn refusal(&self) -> Option<String> {
        if !self.path.starts_with('/') {
            return Some(format!("path begins with a slash, {} does not", self.path));
        }
        if self.status.is_some_and(|status| !(200..600).contains(&status)) {
            return Some("status is from 200 to 599".to_owned());
        }
        if (self.kind == Kind::Change) != self.change.is_some() {
            return Some("change goes with the kind change, and only with that".to_owned());
        }
        None
    }

    /// What it is, for the log and the page.
    pub fn words(&self) -> String {
        let name = self.kind.name();
        match self.kind {
            Kind::Status => format!("{name} {}", self.status.unwrap_or(500)),
            Kind::Delay if self.delay_ms > 0 => format!("{name} {} ms", self.delay_ms),
            _ => name,
        }
    }

    /// What else was said about it, for the page.
    pub fn details(&self) -> String {
        let mut details = Vec::new();
        if self.delay_ms > 0 && self.kind != Kind::Delay {
            details.push(format!("after {} ms", self.delay_ms));
        }
        if self.jitter_ms > 0 {
            details.push(format!("up to {} ms more, seed {}", self.jitter_ms, self.seed));
        }
        if let Some(seconds) = self.retry_after {
            details.push(format!("Retry-After {seconds}"));
        }
        if let Some(field) = &self.field {
            details.push(format!("only {field}"));
        }
        if let Some(change) = self
            .change
            .as_ref()
            .and_then(|change| serde_json::to_string(change).ok())
        {
            details.push(change);
        }
        details.join(", ")
    }

    fn wait(&self, rng: &mut fastrand::Rng) -> Duration {
        Duration::from_millis(self.delay_ms.saturating_add(rng.u64(0..=self.jitter_ms)))
    }

    fn is_for(&self, method: &Method, path: &str) -> bool {
        let right_method = match &self.method {
            Some(wanted) => wanted.eq_ignore_ascii_case(method.as_str()),
            None if self.kind == Kind::Change => method == Method::GET,
            None => method != Method::OPTIONS,
        };
        right_method
            && if self.exact {
                path == self.path
            } else {
                path.starts_with(&self.path)
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(json: &str) -> Fault {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn a_fault_is_used_up() {
        let faults = Faults::default();
        faults.add(fault(r#"{"path":"/api/users","kind":"status","status":503,"times":2}"#));
        faults.add(fault(
            r#"{"path":"/api/users","kind":"hang","exact":true,"method":"put"}"#,
        ));
        faults.add(fault(r#"{"path":"/api/groups","kind":"garbage","times":0}"#));
        let take = |method: Method, path: &str| faults.take(&method, path, false).map(|taken| taken.fault.kind);
        assert_eq!(take(Method::OPTIONS, "/api/users"), None);
        assert_eq!(take(Method::GET, "/api/peers"), None);
        assert_eq!(take(Method::GET, "/api/users/current"), Some(Kind::Status));
        assert_eq!(take(Method::GET, "/api/users"), Some(Kind::Status));
        assert_eq!(take(Method::GET, "/api/users"), None);
        assert_eq!(take(Method::PUT, "/api/users/x"), None);
        assert_eq!(take(Method::PUT, "/api/users"), Some(Kind::Hang));
        for _ in 0..3 {
            assert_eq!(take(Method::GET, "/api/groups"), Some(Kind::Garbage));
        }
        let n = faults.list()[0].n;
        assert!(faults.remove(n) && !faults.remove(n));
        assert_eq!(take(Method::GET, "/api/groups"), None);
        faults.add(fault(r#"{"path":"/","kind":"hang"}"#));
        faults.clear();
        assert_eq!(take(Method::GET, "/api/groups"), None);
    }

    #[test]
    fn a_slow_line_goes_with_everything_else() {
        let faults = Faults::default();
        faults.add(fault(r#"{"path":"/api","kind":"delay","delay_ms":100,"times":0}"#));
        faults.add(fault(r#"{"path":"/api","kind":"status","delay_ms":20}"#));
        faults.add(fault(r#"{"path":"/api","kind":"html"}"#));
        let take = || {
            let taken = faults.take(&Method::GET, "/api/users", false).unwrap();
            (taken.fault.kind, taken.wait.as_millis())
        };
        assert_eq!(take(), (Kind::Status, 120));
        assert_eq!(take(), (Kind::Html, 100));
        assert_eq!(take(), (Kind::Delay, 100));
    }

    #[test]
    fn jitter_comes_from_its_seed() {
        let waits = |seed: u64| {
            let faults = Faults::default();
            faults.add(fault(&format!(
                r#"{{"path":"/","kind":"delay","delay_ms":50,"jitter_ms":100,"seed":{seed},"times":0}}"#
            )));
            let take = |_| faults.take(&Method::GET, "/", false).unwrap().wait.as_millis();
            (0..50).map(take).collect::<Vec<_>>()
        };
        let first = waits(1);
        assert!(first.iter().all(|wait| (50..=150).contains(wait)));
        assert!(first.iter().min() != first.iter().max());
        assert_eq!(first, waits(1));
        assert_ne!(first, waits(2));
    }

    #[test]
    fn a_call_that_the_browser_repeats_by_itself_does_not_use_up_a_reset() {
        let faults = Faults::default();
        faults.add(fault(r#"{"path":"/","kind":"reset_after"}"#));
        let take = |had_a_call| faults.take(&Method::PUT, "/", had_a_call).map(|taken| taken.fault.kind);
        assert_eq!(take(true), Some(Kind::ResetBefore), "nothing may be done twice");
        assert_eq!(take(true), Some(Kind::ResetBefore));
        assert_eq!(take(false), Some(Kind::ResetAfter));
        assert_eq!(take(false), None);
    }

    #[test]
    fn a_fault_that_cannot_be_is_refused() {
        for wrong in [
            r#"{"path":"/api","kind":"status","state":500}"#,
            r#"{"path":"/api","kind":"explode"}"#,
            r#"{"kind":"hang"}"#,
        ] {
            assert!(serde_json::from_str::<Fault>(wrong).is_err(), "{wrong}");
        }
        for wrong in [
            r#"{"path":"api","kind":"hang"}"#,
            r#"{"path":"/","kind":"status","status":99}"#,
            r#"{"path":"/","kind":"change"}"#,
            r#"{"path":"/","kind":"hang","change":{"what":"user_deleted","user":"u"}}"#,
        ] {
            assert!(fault(wrong).refusal().is_some(), "{wrong}");
        }
        assert_eq!(fault(r#"{"path":"/","kind":"hang"}"#).refusal(), None);
    }
}
