//! Owns the two rate limits of the API (contract 1.6). They count by the server's own clock.

use std::hash::Hash;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use governor::middleware::NoOpMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};

use crate::clock::Clock;
use crate::errors::ApiError;

/// Calls at once, and so many more each minute.
const TOKENS: (u32, u32) = (500, 6);
const PUBLIC: (u32, u32) = (5, 10);

/// What the limiters keep.
pub struct Limits {
    tokens: Option<Limit<String>>,
    public: Limit<IpAddr>,
}

type Limiter<K> = RateLimiter<K, HashMapStateStore<K>, Clock, NoOpMiddleware<Duration>>;

struct Limit<K: Hash + Eq + Clone> {
    quota: Quota,
    clock: Clock,
    limiter: RwLock<Limiter<K>>,
}

impl Limits {
    /// `of_tokens`: whether calls with access tokens are limited at all.
    pub fn new(clock: &Clock, of_tokens: bool) -> Self {
        Self {
            tokens: of_tokens.then(|| Limit::new(TOKENS, clock)),
            public: Limit::new(PUBLIC, clock),
        }
    }

    /// Counts a call with an access token, known or not. Terraform may call as often as it likes.
    pub fn count_token(&self, token: &str, user_agent: &str) -> Result<(), ApiError> {
        let is_free = user_agent.to_lowercase().contains("terraform");
        match &self.tokens {
            Some(limit) if !is_free && !limit.allows(&token.to_owned()) => {
                Err(ApiError::handler(429, "too many requests"))
            }
            _ => Ok(()),
        }
    }

    /// Counts a call of the invite end points that need no authentication.
    pub fn count_public(&self, address: IpAddr) -> Result<(), ApiError> {
        if self.public.allows(&address) {
            return Ok(());
        }
        Err(ApiError::handler(429, "rate limit exceeded, please try again later"))
    }

    /// Forgets every call so far.
    pub fn forget(&self) {
        self.public.forget();
        self.tokens.iter().for_each(Limit::forget);
    }
}

impl<K: Hash + Eq + Clone> Limit<K> {
    fn new((burst, per_minute): (u32, u32), clock: &Clock) -> Self {
        let number = |number| NonZeroU32::new(number).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_minute(number(per_minute)).allow_burst(number(burst));
        Self {
            quota,
            clock: clock.clone(),
            limiter: RwLock::new(Limiter::hashmap_with_clock(quota, clock.clone())),
        }
    }

    fn allows(&self, key: &K) -> bool {
        let limiter = self.limiter.read().unwrap_or_else(PoisonError::into_inner);
        limiter.check_key(key).is_ok()
    }

    fn forget(&self) {
        *self.limiter.write().unwrap_or_else(PoisonError::into_inner) =
            Limiter::hashmap_with_clock(self.quota, self.clock.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::{HOUR, SECOND};

    fn allowed(mut call: impl FnMut() -> Result<(), ApiError>) -> usize {
        (0..1_000).take_while(|_| call().is_ok()).count()
    }

    fn forward(clock: &Clock, seconds: i64) {
        clock.set_ahead(clock.is_ahead() + seconds * SECOND);
    }

    #[test]
    fn public_calls_five_at_once_then_one_each_six_seconds() {
        let clock = Clock::default();
        let limits = Limits::new(&clock, false);
        let [here, there] = [[10, 0, 0, 1], [10, 0, 0, 2]].map(IpAddr::from);
        let calls = |address| allowed(|| limits.count_public(address));
        assert_eq!((calls(here), calls(there)), (5, 5), "each address on its own");
        forward(&clock, 5);
        assert_eq!(calls(here), 0);
        forward(&clock, 1);
        assert_eq!(calls(here), 1);
        forward(&clock, 19);
        assert_eq!(calls(here), 3);
        clock.set_ahead(clock.is_ahead() + HOUR);
        assert_eq!(calls(here), 5, "never more than five");
        limits.forget();
        assert_eq!(calls(here), 5);
        assert_eq!(
            limits.count_public(here).map_err(|error| (error.status, error.message)),
            Err((429, "rate limit exceeded, please try again later".to_owned()))
        );
    }

    #[test]
    fn tokens_only_when_asked_for_and_never_terraform() {
        let clock = Clock::default();
        let off = Limits::new(&clock, false);
        assert_eq!(allowed(|| off.count_token("a", "")), 1_000);
        let on = Limits::new(&clock, true);
        let calls = |token: &str, agent: &str| allowed(|| on.count_token(token, agent));
        assert_eq!(
            (calls("a", "curl/8"), calls("b", "")),
            (500, 500),
            "each token on its own"
        );
        assert_eq!(calls("a", "go-Terraform-provider/1.0"), 1_000);
        forward(&clock, 9);
        assert_eq!(calls("a", ""), 0);
        forward(&clock, 1);
        assert_eq!(calls("a", ""), 1);
        on.forget();
        assert_eq!(calls("a", ""), 500);
    }
}
