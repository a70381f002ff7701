//! The page itself: its address, history, title, and randomness.

use wasm_bindgen::JsValue;
use web_sys::{Location, ScrollRestoration, VisibilityState};

/// The address that relative ones are resolved against.
pub fn base_uri() -> String {
    document()
        .and_then(|document| document.base_uri().ok().flatten())
        .unwrap_or_default()
}

/// Path and query of the present address.
pub fn path_and_query() -> (String, String) {
    let part =
        |read: fn(&Location) -> Result<String, JsValue>| location().and_then(|at| read(&at).ok()).unwrap_or_default();
    (part(Location::pathname), part(Location::search))
}

/// Takes query and fragment out of the address, in place.
pub fn take_parameters() -> String {
    let read =
        |part: fn(&Location) -> Result<String, JsValue>| location().and_then(|at| part(&at).ok()).unwrap_or_default();
    let taken = [read(Location::search), read(Location::hash)].concat();
    replace_address(&read(Location::pathname));
    taken
}

/// Replaces the address in place: no request, no entry in the history.
pub fn replace_address(address: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(address));
    }
}

/// The address of the program that runs here, as the page names it.
pub fn program() -> String {
    document()
        .and_then(|document| document.query_selector("meta[name=roost-glue]").ok().flatten())
        .and_then(|meta| meta.get_attribute("content"))
        .unwrap_or_default()
}

/// Leaves the page.
pub fn go_to(address: &str) {
    if let Some(location) = location() {
        let _ = location.assign(address);
    }
}

/// Opens an address in a small window. `false` when the browser does not let us.
pub fn open_window(address: &str) -> bool {
    let opened = web_sys::window().and_then(|window| {
        window
            .open_with_url_and_target_and_features(address, "", "popup,width=480,height=680")
            .ok()
    });
    opened.flatten().is_some()
}

/// Closes the window, if a script opened it.
pub fn close() {
    if let Some(window) = web_sys::window() {
        let _ = window.close();
    }
}

/// Whether somebody can see the page.
pub fn is_visible() -> bool {
    document().is_none_or(|document| document.visibility_state() == VisibilityState::Visible)
}

/// Loads the page anew.
pub fn reload() {
    if let Some(location) = location() {
        let _ = location.reload();
    }
}

/// Keeps the browser from scrolling on Back and Forward: it does not know how high a list will be, and would add its own
/// guess to the place that is restored.
pub fn restore_scroll_ourselves() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.set_scroll_restoration(ScrollRestoration::Manual);
    }
}

/// Names the page in the tab and the history.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// What the browser calls itself.
pub fn user_agent() -> String {
    web_sys::window()
        .and_then(|window| window.navigator().user_agent().ok())
        .unwrap_or_default()
}

/// Whether the browser believes that there is a network.
pub fn is_online() -> bool {
    web_sys::window().is_none_or(|window| window.navigator().on_line())
}

/// Bytes nobody can guess. `None` where the browser gives none: nothing secret can be made then.
pub fn random_bytes<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    web_sys::window()?
        .crypto()
        .ok()?
        .get_random_values_with_u8_array(&mut bytes)
        .ok()?;
    Some(bytes)
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

fn location() -> Option<Location> {
    Some(web_sys::window()?.location())
}
