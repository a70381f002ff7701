//! Component tests in a real browser.
#![cfg(target_arch = "wasm32")]

mod auth;
mod fake_fetch;
mod transport;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
