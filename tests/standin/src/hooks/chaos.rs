//! Owns chaos: a share of all calls goes wrong, each time in the same order for the same seed.

use std::sync::{Mutex, PoisonError};

use axum::http::Method;
use serde::{Deserialize, Serialize};

use super::faults::Fault;
use super::kind::Kind;

/// What can happen to a call, each as often as the others.
const TROUBLES: u32 = 5;

/// Milliseconds of the shortest and the longest delay.
const DELAYS: std::ops::Range<u64> = 100..2_000;

/// Chaos as it is switched on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Which sequence of troubles.
    pub seed: u64,
    /// How many of all calls meet one of the five troubles: 0.05 each makes a quarter in all.
    #[serde(default = "usual_share")]
    pub share: f64,
    /// The beginning of the path of the calls that count.
    #[serde(default = "usual_path")]
    pub path: String,
}

fn usual_share() -> f64 {
    0.05
}

fn usual_path() -> String {
    "/api/".to_owned()
}

/// Chaos, if it is on.
#[derive(Default)]
pub struct Chaos(Mutex<Option<Running>>);

struct Running {
    settings: Settings,
    rng: fastrand::Rng,
}

impl Settings {
    /// Why these cannot be, in one sentence.
    pub fn refusal(&self) -> Option<String> {
        let most = 1.0 / f64::from(TROUBLES);
        (!(0.0..=most).contains(&self.share))
            .then(|| format!("share is from 0 to {most}, of each of the five troubles"))
    }
}

impl Chaos {
    /// Begins, or begins again from the first of the sequence.
    pub fn begin(&self, settings: Settings) {
        let rng = fastrand::Rng::with_seed(settings.seed);
        *self.kept() = Some(Running { settings, rng });
    }

    pub fn end(&self) {
        *self.kept() = None;
    }

    pub fn settings(&self) -> Option<Settings> {
        self.kept().as_ref().map(|running| running.settings.clone())
    }

    /// What happens to the next call of the sequence.
    pub fn take(&self, method: &Method, path: &str) -> Option<Fault> {
        let mut kept = self.kept();
        let running = kept
            .as_mut()
            .filter(|running| method != Method::OPTIONS && path.starts_with(&running.settings.path))?;
        // Always as many draws a call: the sequence must not depend on what happened before.
        let (luck, detail) = (running.rng.f64(), running.rng.u64(DELAYS));
        let limits = (1..=TROUBLES).map(|number| f64::from(number) * running.settings.share);
        let number = limits.take_while(|limit| luck >= *limit).count();
        match number {
            0 => Some(Fault {
                delay_ms: detail,
                ..Fault::new(Kind::Delay)
            }),
            1 | 2 => Some(Fault {
                status: Some(if number == 1 { 500 } else { 429 }),
                ..Fault::new(Kind::Status)
            }),
            3 if detail % 2 == 0 => Some(Fault::new(Kind::ResetBefore)),
            3 => Some(Fault::new(Kind::ResetAfter)),
            4 => Some(Fault::new(Kind::Garbage)),
            _ => None,
        }
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<Running>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(settings: &str, calls: usize) -> Vec<String> {
        let chaos = Chaos::default();
        chaos.begin(serde_json::from_str(settings).unwrap());
        (0..calls)
            .map(|_| {
                chaos
                    .take(&Method::GET, "/api/users")
                    .map_or_else(String::new, |fault| fault.words())
            })
            .collect()
    }

    #[test]
    fn the_same_seed_is_the_same_sequence() {
        let first = sequence(r#"{"seed":7}"#, 400);
        assert_eq!(first, sequence(r#"{"seed":7}"#, 400));
        assert_ne!(first, sequence(r#"{"seed":8}"#, 400));
    }

    #[test]
    fn each_trouble_has_its_share() {
        let drawn = sequence(r#"{"seed":1,"share":0.05}"#, 20_000);
        for beginning in ["delay", "status 500", "status 429", "reset", "garbage"] {
            let count = drawn.iter().filter(|words| words.starts_with(beginning)).count();
            assert!((850..1_150).contains(&count), "{beginning}: {count} of 20,000");
        }
        assert!(
            sequence(r#"{"seed":1,"share":0.2}"#, 500)
                .iter()
                .all(|words| !words.is_empty())
        );
        assert!(
            sequence(r#"{"seed":1,"share":0}"#, 500)
                .iter()
                .all(std::string::String::is_empty)
        );
    }

    #[test]
    fn only_calls_below_the_path_count_and_no_preflights() {
        let chaos = Chaos::default();
        assert!(chaos.take(&Method::GET, "/api/users").is_none());
        chaos.begin(serde_json::from_str(r#"{"seed":1,"share":0.2}"#).unwrap());
        assert!(chaos.take(&Method::GET, "/users").is_none());
        assert!(chaos.take(&Method::OPTIONS, "/api/users").is_none());
        assert!(chaos.take(&Method::GET, "/api/users").is_some());
        chaos.end();
        assert!(chaos.take(&Method::GET, "/api/users").is_none());
    }

    #[test]
    fn a_share_that_cannot_be_is_refused() {
        let refusal = |text: &str| serde_json::from_str::<Settings>(text).unwrap().refusal();
        assert_eq!(refusal(r#"{"seed":1}"#), None);
        for share in ["0.21", "-0.1", "20"] {
            let settings = format!(r#"{{"seed":1,"share":{share}}}"#);
            assert!(refusal(&settings).is_some(), "{share}");
        }
        assert!(serde_json::from_str::<Settings>(r#"{"seed":1,"chance":1}"#).is_err());
    }
}
