//! Waiting after too many tries: until when, and the seconds as they go by.

use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

use crate::api::error::ApiError;
use crate::browser::clock;
use crate::domain::invite_link;
use crate::ui::support::effect;

/// From when on the next try counts, in milliseconds since 1970.
pub fn until(error: &ApiError) -> u64 {
    let wait = invite_link::wait_s(error.retry_after_s);
    now_ms() + u64::from(wait) * 1_000
}

fn now_ms() -> u64 {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "milliseconds since 1970"
    )]
    let now = clock::now_ms() as u64;
    now
}

/// Counts the seconds down that are left until `end` says; `then` follows.
pub fn count_down(end: impl Fn() -> Option<u64> + 'static, left: RwSignal<u64>, then: impl Fn() + Clone + 'static) {
    effect(move || {
        let Some(end) = end() else {
            return left.set(0);
        };
        let then = then.clone();
        left.set(end.saturating_sub(now_ms()).div_ceil(1_000));
        spawn_local_scoped_with_cancellation(async move {
            while left.try_get_untracked().is_some_and(|left| left > 0) {
                clock::sleep_ms(1_000).await;
                left.try_set(end.saturating_sub(now_ms()).div_ceil(1_000));
            }
            then();
        });
    });
}
