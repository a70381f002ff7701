//! Component tests in a real browser.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected has to fail, and says so best by stopping there"
)]

mod auth;
mod button;
mod decisions;
mod dialogs;
mod directory;
mod display;
mod entries;
mod fake_fetch;
mod fields;
mod frames;
mod later;
mod links;
mod menus;
mod messages;
mod pickers;
mod secrets;
mod sign_in;
mod support;
mod table_ends;
mod transport;
mod virtual_table;
mod writes;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
