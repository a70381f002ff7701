//! Where the focus is, and where it goes when what had it is gone.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

/// The element that has the focus; none when that is the page itself.
pub fn active() -> Option<HtmlElement> {
    let element = document().active_element()?.dyn_into::<HtmlElement>().ok()?;
    (element.tag_name() != "BODY").then_some(element)
}

/// Gives the focus to `element`. A detached element takes none: nothing happens then.
pub fn focus(element: &HtmlElement) {
    let _ = element.focus();
}

/// As [`focus`], without scrolling to it.
pub fn focus_in_place(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}

/// Scrolls no further than it takes to see all of `element`.
pub fn bring_into_view(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The first element within `root` that matches a selector.
pub fn find(root: &Element, selector: &str) -> Option<HtmlElement> {
    root.query_selector(selector).ok()??.dyn_into().ok()
}

/// All elements within `root` that match a selector, in the order of the document.
pub fn find_all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(list) = root.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..list.length())
        .filter_map(|at| list.item(at)?.dyn_into().ok())
        .collect()
}

/// Waits for the frame in which the page has settled, then makes sure that something has the focus: what had it
/// before if it is still there, else the heading of the page, else the main part.
pub fn return_to(invoker: Option<HtmlElement>) {
    request_animation_frame(move || {
        if active().is_some() {
            return;
        }
        if let Some(invoker) = invoker.filter(|element| element.is_connected()) {
            focus(&invoker);
        }
        if active().is_none()
            && let Some(root) = document().document_element()
            && let Some(place) = find(&root, "h1[tabindex]").or_else(|| find(&root, "main"))
        {
            focus(&place);
        }
    });
}

/// Whether somebody is typing: single-key shortcuts must be silent then.
pub fn is_typing() -> bool {
    active().is_some_and(|element| {
        element.is_content_editable()
            || matches!(element.tag_name().as_str(), "TEXTAREA" | "SELECT")
            || (element.tag_name() == "INPUT"
                && !matches!(
                    element.get_attribute("type").as_deref(),
                    Some("checkbox" | "radio" | "button")
                ))
    })
}

/// Whether a modal dialog is open: shortcuts of the page behind it are silent then.
pub fn dialog_is_open() -> bool {
    document()
        .query_selector("dialog[open]")
        .is_ok_and(|found| found.is_some())
}
