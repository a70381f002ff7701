//! When a read is sent again, and after how long: the policy, without a clock.

use super::error::ApiError;

/// Attempts at most, the first included.
pub const MAX_ATTEMPTS: u32 = 3;
/// The whole of all attempts and waits, in milliseconds.
pub const WHOLE_LIMIT_MS: f64 = 45_000.0;

const BASE_MS: u32 = 300;
const CAP_MS: u32 = 8_000;
const BUDGET: u32 = 10;

/// How long to wait after attempt `attempt` (from 1): full jitter over a doubling span. `random` is in `0.0..1.0`.
pub fn delay_ms(attempt: u32, random: f64) -> u32 {
    let span = BASE_MS
        .saturating_mul(1 << attempt.saturating_sub(1).min(10))
        .min(CAP_MS);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the product lies between 0 and CAP_MS"
    )]
    let wait = (f64::from(span) * random.clamp(0.0, 1.0)) as u32;
    wait
}

/// How long an attempt may take that begins `elapsed_ms` after the first one did: its own limit, within the whole.
pub fn attempt_limit_ms(limit_ms: u32, elapsed_ms: f64) -> u32 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the difference lies between 0 and WHOLE_LIMIT_MS"
    )]
    let left = (WHOLE_LIMIT_MS - elapsed_ms).clamp(0.0, WHOLE_LIMIT_MS) as u32;
    limit_ms.min(left)
}

/// Further attempts that all reads of a page have together: an outage must not multiply the load. Every success
/// gives one back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget(u32);

impl Default for Budget {
    fn default() -> Self {
        Self(BUDGET)
    }
}

impl Budget {
    /// Takes a further attempt out of the budget, if the failure and the attempts so far allow one.
    pub fn take(&mut self, error: &ApiError, attempt: u32) -> bool {
        if !error.is_worth_retrying() || attempt >= MAX_ATTEMPTS || self.0 == 0 {
            return false;
        }
        self.0 -= 1;
        true
    }

    /// Notes a success.
    pub fn give_back(&mut self) {
        self.0 = (self.0 + 1).min(BUDGET);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_cap_and_are_spread() {
        assert_eq!(
            [1, 2, 3, 9].map(|attempt| delay_ms(attempt, 1.0)),
            [300, 600, 1200, 8000]
        );
        assert_eq!(delay_ms(2, 0.5), 300);
        assert_eq!(delay_ms(u32::MAX, 0.0), 0);
    }

    #[test]
    fn a_late_attempt_gets_what_is_left_of_the_whole() {
        assert_eq!(attempt_limit_ms(30_000, 0.0), 30_000);
        assert_eq!(attempt_limit_ms(30_000, 30_300.0), 14_700);
        assert_eq!(attempt_limit_ms(30_000, 50_000.0), 0);
    }

    #[test]
    fn three_attempts_and_only_for_what_may_pass() {
        let mut budget = Budget::default();
        let busy = ApiError::from_answer(503, "");
        assert!(budget.take(&busy, 1) && budget.take(&busy, 2) && !budget.take(&busy, 3));
        for error in [
            ApiError::from_answer(500, ""),
            ApiError::from_answer(422, ""),
            ApiError::aborted(),
        ] {
            assert!(!budget.take(&error, 1), "{error:?}");
        }
    }

    #[test]
    fn an_outage_uses_the_budget_up_and_success_fills_it() {
        let mut budget = Budget::default();
        let down = ApiError::offline("");
        let granted = (0..100).filter(|_| budget.take(&down, 1)).count();
        assert_eq!(granted, BUDGET as usize);
        budget.give_back();
        assert!(budget.take(&down, 1) && !budget.take(&down, 1));
    }
}
