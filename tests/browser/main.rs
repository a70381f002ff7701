#![cfg(target_arch = "wasm32")]
//! Component tests in a real browser.
