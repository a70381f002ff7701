//! Owns the tooltip: one for the whole page, for whatever carries `data-tip` (the text) or `data-tip-cut` (its own
//! text, while that or one of the parts it names by a selector is cut off). A tooltip per cell would cost a component per
//! cell.

use super::support::floating::{self, Align};
use super::support::{focus, next_id};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::ev;
use leptos::prelude::*;
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element, EventTarget, HtmlElement, Node, PointerEvent};

/// Hovering shorter than this shows nothing.
const DELAY: Duration = Duration::from_millis(400);
/// Time to move the pointer from the anchor onto the tooltip.
const GRACE: Duration = Duration::from_millis(120);
/// So often a tooltip looks whether its anchor is still there.
const LOOK: Duration = Duration::from_millis(100);
/// An anchor that has moved further, in pixels, has gone away; what comes in with a motion moves less.
const NEAR: f64 = 8.0;

/// Makes `data-tip` and `data-tip-cut` work on the whole page. Draw it once.
///
/// After 400 ms of hovering, at once on keyboard focus; it goes on Escape, and stays while the pointer is on it
/// (WCAG 1.4.13). It describes its anchor unless that is described already. It repeats what is reachable otherwise.
#[component]
pub fn TooltipLayer() -> Drawn {
    let Some(tip) = create() else { return ().draw() };
    let layer = Layer {
        tip: StoredValue::new_local(tip),
        shown: StoredValue::new_local(None),
        pointed: StoredValue::new_local(None),
        timer: StoredValue::new(None),
    };
    let listeners = [
        // Not `pointerover`: a link that is stretched over a row is one element for all cells beneath it.
        window_event_listener(ev::pointermove, move |event| layer.point(&event)),
        window_event_listener(ev::focusin, move |event| {
            if let Some(anchor) = anchor_of(event.target())
                && is_keyboard_focus(&anchor)
            {
                layer.show(&anchor);
            } else {
                layer.hide();
            }
        }),
        window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" {
                layer.hide();
            }
        }),
        window_event_listener(ev::pointerdown, move |_| layer.hide()),
        window_event_listener(ev::scroll, move |_| layer.hide()),
        window_event_listener(ev::resize, move |_| layer.hide()),
    ];
    on_cleanup(move || {
        for listener in listeners {
            listener.remove();
        }
        layer.hide();
        if let Some(tip) = layer.tip.try_get_value() {
            tip.remove();
        }
    });
    ().draw()
}

fn create() -> Option<HtmlElement> {
    let tip: HtmlElement = document().create_element("div").ok()?.dyn_into().ok()?;
    for (name, value) in [
        ("class", "tooltip"),
        ("role", "tooltip"),
        ("popover", "manual"),
        ("id", &next_id()),
    ] {
        tip.set_attribute(name, value).ok()?;
    }
    Some(tip)
}

fn anchor_of(target: Option<EventTarget>) -> Option<Element> {
    target?
        .dyn_into::<Element>()
        .ok()?
        .closest("[data-tip],[data-tip-cut]")
        .ok()?
}

/// What the pointer is at. The link of a row lies over its cells: there it is what lies beneath.
fn anchor_at(event: &PointerEvent) -> Option<Element> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    if !target.matches(".row-link").ok()? {
        return anchor_of(Some(target.into()));
    }
    #[expect(clippy::cast_precision_loss, reason = "no screen is that wide")]
    let (x, y) = (event.client_x() as f32, event.client_y() as f32);
    let stack = document().elements_from_point(x, y);
    stack
        .iter()
        .skip(1)
        .find_map(|element| anchor_of(element.dyn_into().ok()))
}

fn is_keyboard_focus(anchor: &Element) -> bool {
    anchor.matches(":focus-visible").unwrap_or(false) || anchor.matches(":has(:focus-visible)").unwrap_or(false)
}

/// What to say about an anchor now, and whether that is news: its own text, cut off, is not.
fn text_of(anchor: &Element) -> Option<(String, bool)> {
    if let Some(text) = anchor.get_attribute("data-tip") {
        return Some((text, true)).filter(|(text, _)| !text.is_empty());
    }
    // The attribute may name the parts that can be cut off.
    let anchor = anchor.dyn_ref::<HtmlElement>()?;
    let parts = match anchor.get_attribute("data-tip-cut")?.as_str() {
        "" => vec![anchor.clone()],
        parts => focus::find_all(anchor, parts),
    };
    let is_cut = |part: &HtmlElement| part.scroll_width() > part.client_width();
    parts.iter().any(is_cut).then(|| (anchor.inner_text(), false))
}

#[derive(Clone, Copy)]
struct Layer {
    tip: StoredValue<HtmlElement, LocalStorage>,
    shown: StoredValue<Option<(Element, bool)>, LocalStorage>,
    /// What the pointer is at: an anchor, or the tooltip.
    pointed: StoredValue<Option<Element>, LocalStorage>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Layer {
    fn point(self, event: &PointerEvent) {
        if event.pointer_type() == "touch" {
            return;
        }
        let Some(tip) = self.tip.try_get_value() else { return };
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        let on_tip = tip.contains(target.as_ref());
        let at = if on_tip { Some(tip.into()) } else { anchor_at(event) };
        let before = self
            .pointed
            .try_update_value(|pointed| std::mem::replace(pointed, at.clone()));
        if before.is_none_or(|before| before == at) {
            return;
        }
        self.stop_timer();
        match at {
            _ if on_tip => {}
            Some(anchor) if self.is_shown_for(&anchor) => {}
            Some(anchor) => {
                self.hide_soon();
                let anchor = StoredValue::new_local(anchor);
                self.later(DELAY, move || {
                    if let Some(anchor) = anchor.try_get_value() {
                        self.show(&anchor);
                    }
                    anchor.dispose();
                });
            }
            None => self.hide_soon(),
        }
    }

    fn is_shown_for(self, anchor: &Element) -> bool {
        self.shown
            .try_with_value(|shown| shown.as_ref().is_some_and(|(shown, _)| shown == anchor))
            == Some(true)
    }

    fn hide_soon(self) {
        if self.shown.try_with_value(Option::is_some) == Some(true) {
            self.later(GRACE, move || self.hide());
        }
    }

    fn show(self, anchor: &Element) {
        self.hide();
        let Some((text, is_news)) = text_of(anchor).filter(|_| anchor.is_connected()) else {
            return;
        };
        let Some(tip) = self.tip.try_get_value() else { return };
        tip.set_text_content(Some(&text));
        // Everything outside an open modal is inert: a tooltip of its own belongs into it.
        let home = anchor
            .closest("dialog")
            .ok()
            .flatten()
            .or_else(|| document().body().map(Into::into));
        let Some(home) = home else { return };
        if home.append_child(&tip).is_err() {
            return;
        }
        floating::show(anchor, &tip, Align::Middle);
        let describes = is_news
            && !anchor.has_attribute("aria-describedby")
            && anchor.get_attribute("aria-label").is_none_or(|name| name != text)
            && anchor.set_attribute("aria-describedby", &tip.id()).is_ok();
        self.shown.set_value(Some((anchor.clone(), describes)));
        self.watch(anchor.clone(), text, anchor.get_bounding_client_rect());
    }

    /// Looks now and then whether what is said is still there: rows go, scroll and take other texts under a pointer that
    /// rests, and tell nobody.
    fn watch(self, anchor: Element, text: String, place: DomRect) {
        let look = move || {
            if !self.is_shown_for(&anchor) {
                return;
            }
            let now = anchor.get_bounding_client_rect();
            let moved = (now.left() - place.left()).abs() + (now.top() - place.top()).abs();
            if moved <= NEAR && anchor.is_connected() && text_of(&anchor).is_some_and(|(now, _)| now == text) {
                self.watch(anchor, text, place);
            } else {
                // The pointer may be at what has taken its place: its next move says so.
                self.pointed.set_value(None);
                self.hide();
            }
        };
        after(LOOK, Box::new(look));
    }

    fn hide(self) {
        self.stop_timer();
        if let Some((anchor, describes)) = self.shown.try_update_value(Option::take).flatten() {
            if describes {
                let _ = anchor.remove_attribute("aria-describedby");
            }
            if let Some(tip) = self.tip.try_get_value() {
                let _ = tip.hide_popover();
            }
        }
    }

    fn later(self, delay: Duration, run: impl FnOnce() + 'static) {
        self.stop_timer();
        let _ = self
            .timer
            .try_update_value(|timer| *timer = after(delay, Box::new(run)));
    }

    fn stop_timer(self) {
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    }
}

/// Boxed: compiled once.
fn after(delay: Duration, run: Box<dyn FnOnce()>) -> Option<TimeoutHandle> {
    set_timeout_with_handle(run, delay).ok()
}
