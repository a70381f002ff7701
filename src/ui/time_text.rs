//! Owns the display of a moment: short words, the machine's form, and the full local time on demand.

use super::support::written::{element, set_attribute, set_text, still, text_in, written};
use crate::ui::support::drawn::Drawn;
use leptos::prelude::*;
use leptos::tachys::renderer::types::{Element, Text};
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};

/// A moment in the words of the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimeFace {
    /// "4 minutes ago", "12 Mar 2026", "Never".
    pub text: String,
    /// RFC 3339; absent when there is no moment ("Never").
    pub machine: Option<String>,
    /// The full local time, as a tooltip.
    pub full: Option<String>,
    /// Less important than its neighbours: "Never".
    pub muted: bool,
}

/// A moment. Inside a row it adds no tab stop; elsewhere its full form is reachable with the keyboard.
#[component]
pub fn TimeText(
    /// What it shows; may change.
    #[prop(into)]
    face: Signal<TimeFace>,
    /// Reachable with Tab, so that the tooltip is.
    #[prop(optional)]
    focusable: bool,
) -> Drawn {
    let mut spot = TimeSpot::new();
    let time = spot.time.clone();
    let element = time.clone();
    written(still(time), move || {
        face.with(|face| {
            spot.write(face);
            if focusable {
                set_attribute(&element, "tabindex", face.full.is_some().then_some("0"));
            }
        });
    })
}

/// A moment that is written, in a row that is recycled.
pub struct TimeSpot {
    /// The element.
    pub time: Element,
    text: Text,
    shown: TimeFace,
}

impl TimeSpot {
    /// A moment that is not known yet.
    pub fn new() -> Self {
        let time = element("time", "time above-link");
        Self {
            text: text_in(&time),
            time,
            shown: TimeFace::default(),
        }
    }

    /// Shows a moment.
    pub fn write(&mut self, face: &TimeFace) {
        if self.shown.text != face.text {
            set_text(&self.text, &face.text);
        }
        if self.shown.machine != face.machine {
            set_attribute(&self.time, "datetime", face.machine.as_deref());
        }
        // Of an older moment the full form may have been asked for meanwhile.
        if self.shown.full != face.full || self.shown.machine != face.machine {
            set_attribute(&self.time, "data-tip", face.full.as_deref());
        }
        if self.shown.muted != face.muted {
            let class = if face.muted {
                "time above-link muted"
            } else {
                "time above-link"
            };
            self.time.set_class_name(class);
        }
        self.shown.clone_from(face);
    }
}

/// Gives an element the tooltip that `tip` says, as soon as somebody points at it and no sooner.
pub fn tip_on_demand(element: &Element, tip: impl Fn() -> Option<String> + 'static) -> RemoveEventHandler<Element> {
    let target = element.clone();
    let ask = move |_| set_attribute(&target, "data-tip", tip().as_deref());
    Rndr::add_event_listener(element, "pointerover", Box::new(ask))
}

impl Default for TimeSpot {
    fn default() -> Self {
        Self::new()
    }
}
