//! Clicks on links: which of them stay in the page, and where they lead.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// Where a link leads, exactly as it is written: nothing is unescaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The path.
    pub path: String,
    /// The query with its question mark, or nothing.
    pub query: String,
    /// The fragment with its hash, or nothing.
    pub fragment: String,
}

impl Target {
    /// Path and query: what says which page it is.
    pub fn page(&self) -> String {
        [self.path.as_str(), self.query.as_str()].concat()
    }

    /// All of it.
    pub fn address(&self) -> String {
        [self.path.as_str(), self.query.as_str(), self.fragment.as_str()].concat()
    }
}

/// Where a click leads that opens a link of this origin in this tab. `None` where it is somebody else's affair: with a
/// key or another button the browser opens a tab or a window, and what was dealt with is done.
pub fn followed(event: &MouseEvent) -> Option<Target> {
    let with_key = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || with_key {
        return None;
    }
    let clicked = event.target()?.dyn_into::<Element>().ok()?;
    let link = clicked.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    let elsewhere = !link.target().is_empty()
        || link.has_attribute("download")
        || link.rel().split_ascii_whitespace().any(|word| word == "external")
        || link.origin() != web_sys::window()?.location().origin().ok()?;
    (!elsewhere).then(|| Target {
        path: link.pathname(),
        query: link.search(),
        fragment: link.hash(),
    })
}
