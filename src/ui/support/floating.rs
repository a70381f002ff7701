//! Places what floats (menus, lists, tooltips) beside its button, through two custom properties: the content security
//! policy forbids style attributes, and CSS anchors are not in every browser yet.

use super::px;
use leptos::ev;
use leptos::prelude::*;
use web_sys::{Element, HtmlElement};

/// Which edge of the anchor the floating element lines up with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    /// Both start at the same edge.
    #[default]
    Start,
    /// Both end at the same edge.
    End,
    /// Both have the same middle.
    Middle,
}

/// Free space kept towards the edges of the window, px.
const MARGIN: f64 = 8.0;
/// Space between anchor and floating element, px.
const GAP: f64 = 4.0;

/// Puts `float`, which must be shown already, under `anchor`, or above it where there is more room.
pub fn place(anchor: &Element, float: &HtmlElement, align: Align) {
    let Some(root) = document().document_element() else {
        return;
    };
    let (wide, high) = (f64::from(root.client_width()), f64::from(root.client_height()));
    let style = float.style();
    let set = |name, value: f64| drop(style.set_property(name, &px(value)));
    let _ = style.remove_property("--float-room");

    let from = anchor.get_bounding_client_rect();
    let size = float.get_bounding_client_rect();
    let mirrored = root.get_attribute("dir").as_deref() == Some("rtl");
    let x = match align {
        Align::Middle => from.left() + (from.width() - size.width()) / 2.0,
        Align::Start if !mirrored => from.left(),
        Align::End if mirrored => from.left(),
        _ => from.right() - size.width(),
    };
    let x = x.min(wide - size.width() - MARGIN).max(MARGIN);
    // From the edge at which lines start, as the style sheet counts.
    set("--float-x", if mirrored { wide - x - size.width() } else { x });

    let below = high - from.bottom() - GAP - MARGIN;
    let above = from.top() - GAP - MARGIN;
    if size.height() <= below || below >= above {
        set("--float-y", from.bottom() + GAP);
        set("--float-room", below);
    } else {
        set("--float-y", from.top() - GAP - size.height().min(above));
        set("--float-room", above);
    }
}

/// Shows a popover and places it. Nothing happens when it is not in the page.
pub fn show(anchor: &Element, float: &HtmlElement, align: Align) {
    if float.show_popover().is_ok() {
        place(anchor, float, align);
    }
}

/// Whether there is something to stand beside: a page of another width may not show the anchor any more.
pub fn is_shown(anchor: &Element) -> bool {
    anchor.get_bounding_client_rect().width() > 0.0
}

/// Calls `place` when the window has got another size: at once, and again when the page has answered to it. Ends with
/// its owner, but for the frame under way.
pub fn on_resize(place: impl Fn() + Copy + 'static) {
    let listener = window_event_listener(ev::resize, move |_| {
        place();
        request_animation_frame(place);
    });
    on_cleanup(move || listener.remove());
}
