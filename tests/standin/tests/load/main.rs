//! The stand-in under load: consistent, nothing lost, quick. Apart from the behaviour, whose tests would disturb it.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    reason = "a test that cannot go on has to fail, and what was measured is to be read"
)]

mod consistency;
#[path = "../behaviour/pages.rs"]
#[allow(dead_code, reason = "shared with the behaviour, which uses all of it")]
mod pages;
mod program;
mod speed;
#[path = "../behaviour/support.rs"]
#[allow(dead_code, reason = "shared with the behaviour, which uses all of it")]
mod support;
mod writers;

use std::sync::{Mutex, MutexGuard, PoisonError};

static ALONE: Mutex<()> = Mutex::new(());

/// One of these at a time: each wants the whole machine.
fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}
