//! Owns which call is a browser's own repetition of the one before, whose connection broke.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::{Method, Uri};

/// A browser repeats at once; a person, or a page that looks first, does not.
const AT_ONCE: Duration = Duration::from_millis(300);

/// The last call whose connection was reset.
///
/// A browser repeats a call by itself not only over a connection that had one before ([`crate::wire::Handle`]): also over
/// one that it opened beforehand and that the server cannot tell from a new one. What it repeats is then the very next
/// call, and the fault has to meet that one, too: else a call would be done twice that was made once.
#[derive(Default)]
pub struct Repeats(Mutex<Option<(Method, Uri, Instant)>>);

impl Repeats {
    /// A call comes in; says whether it is the last one again.
    pub fn is_one(&self, method: &Method, uri: &Uri) -> bool {
        // A question before a call from another origin is none.
        if method == Method::OPTIONS {
            return false;
        }
        // Reads are done again by pages themselves, and twice does no harm.
        self.kept().take().is_some_and(|(of, at, since)| {
            of == method && method != Method::GET && at == *uri && since.elapsed() < AT_ONCE
        })
    }

    /// Somebody uses the switches: what comes now is no repetition.
    pub fn none(&self) {
        *self.kept() = None;
    }

    /// A call's connection is reset.
    pub fn after_reset(&self, method: Method, uri: Uri) {
        *self.kept() = Some((method, uri, Instant::now()));
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<(Method, Uri, Instant)>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_write_right_after_is_a_repetition() {
        let repeats = Repeats::default();
        let (users, groups) = (Uri::from_static("/api/users"), Uri::from_static("/api/groups"));
        assert!(!repeats.is_one(&Method::POST, &users));
        repeats.after_reset(Method::POST, users.clone());
        assert!(!repeats.is_one(&Method::OPTIONS, &users), "a question before it");
        assert!(repeats.is_one(&Method::POST, &users));
        assert!(!repeats.is_one(&Method::POST, &users), "unless that was reset, too");
        repeats.after_reset(Method::POST, users.clone());
        assert!(!repeats.is_one(&Method::GET, &groups));
        assert!(!repeats.is_one(&Method::POST, &users), "somebody looked first");
        repeats.after_reset(Method::POST, users.clone());
        repeats.none();
        assert!(!repeats.is_one(&Method::POST, &users), "somebody looked at the log");
        repeats.after_reset(Method::GET, users.clone());
        assert!(!repeats.is_one(&Method::GET, &users));
        repeats.after_reset(Method::DELETE, users);
        assert!(!repeats.is_one(&Method::DELETE, &groups));
    }
}
