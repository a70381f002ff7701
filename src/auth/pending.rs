//! Sign-ins that were begun in this tab and wait for their callback: each good for one.

use serde::{Deserialize, Serialize};

/// The key in the tab's storage.
pub const STORAGE_KEY: &str = "roost.pending";
/// So many can wait at a time; the oldest gives way.
const MOST: usize = 5;
/// Seconds after which one is forgotten: the provider's own limit for a login is shorter or a day at most.
const LIFETIME_S: i64 = 24 * 3600;

/// One sign-in on its way.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    /// sent, and expected back
    pub state: String,
    /// proves that the code is ours
    pub verifier: String,
    /// expected in the ID token
    pub nonce: String,
    /// where to land
    pub return_to: String,
    /// begun at, in seconds since 1970
    pub begun_at: i64,
    /// a renewal, for which the provider was to ask nothing
    #[serde(default)]
    pub silent: bool,
}

/// Adds one to the stored text.
pub fn add(stored: Option<&str>, pending: Pending) -> String {
    let mut all = read(stored, pending.begun_at);
    all.push(pending);
    let surplus = all.len().saturating_sub(MOST);
    all.drain(..surplus);
    serde_json::to_string(&all).unwrap_or_default()
}

/// Takes the one with this state out: what is left to store, and the one. A state is good for one time.
pub fn take(stored: Option<&str>, state: &str, now: i64) -> (String, Option<Pending>) {
    let mut all = read(stored, now);
    let found = all
        .iter()
        .position(|pending| pending.state == state)
        .map(|at| all.remove(at));
    (serde_json::to_string(&all).unwrap_or_default(), found)
}

fn read(stored: Option<&str>, now: i64) -> Vec<Pending> {
    let mut all: Vec<Pending> = stored
        .and_then(|text| serde_json::from_slice(text.as_bytes()).ok())
        .unwrap_or_default();
    all.retain(|pending| now.saturating_sub(pending.begun_at) < LIFETIME_S && !pending.state.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pending(state: &str, begun_at: i64) -> Pending {
        Pending {
            state: state.into(),
            verifier: "v".into(),
            nonce: "n".into(),
            return_to: "/users".into(),
            begun_at,
            silent: false,
        }
    }

    #[test]
    fn a_state_is_good_for_one_callback() {
        let stored = add(Some(&add(None, pending("a", 1))), pending("b", 2));
        let (stored, found) = take(Some(&stored), "a", 3);
        assert!(found == Some(pending("a", 1)));
        assert!(take(Some(&stored), "a", 3).1.is_none(), "replayed");
        assert!(take(Some(&stored), "b", 3).1.is_some());
    }

    #[test]
    fn unknown_empty_old_and_garbled_ones_are_none() {
        let stored = add(None, pending("a", 0));
        for state in ["", "b"] {
            assert!(take(Some(&stored), state, 0).1.is_none());
        }
        assert!(take(Some(&stored), "a", LIFETIME_S).1.is_none());
        assert!(take(Some("garbage"), "a", 0).1.is_none());
        assert!(take(None, "a", 0).1.is_none());
    }

    #[test]
    fn no_more_than_a_few_wait() {
        let mut stored = None;
        for number in 0..20 {
            stored = Some(add(stored.as_deref(), pending(&number.to_string(), 0)));
        }
        assert!(take(stored.as_deref(), "14", 0).1.is_none());
        assert!(take(stored.as_deref(), "15", 0).1.is_some());
    }
}
