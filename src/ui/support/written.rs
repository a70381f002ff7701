//! Owns elements that write themselves: one effect for all that changes together, where a view has one for each part.
//!
//! A row of the list has two dozen parts that change at once whenever it shows another person. An effect for each of
//! them costs more than the writing (`tests/e2e/bench/`), so the parts of a row are made here and written by one.

use crate::ui::support::drawn::{Drawn, Placed};
use leptos::prelude::*;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Node, Text};
use leptos::tachys::view::Mountable;

/// An element with a class; none if that is empty.
pub fn element(name: &str, class: &str) -> Element {
    let element = Rndr::create_element(name, None);
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element
}

/// The same, in its place at the end of another.
pub fn element_in(parent: &Element, name: &str, class: &str) -> Element {
    let element = element(name, class);
    Rndr::insert_node(parent, &element, None);
    element
}

/// A text to be written, in its place at the end of an element.
pub fn text_in(parent: &Element) -> Text {
    let text = Rndr::create_text_node("");
    Rndr::insert_node(parent, &text, None);
    text
}

/// Writes a text.
pub fn set_text(text: &Text, value: &str) {
    Rndr::set_text(text, value);
}

/// Sets an attribute, or takes it away.
pub fn set_attribute(element: &Element, name: &str, value: Option<&str>) {
    match value {
        Some(value) => Rndr::set_attribute(element, name, value),
        None => Rndr::remove_attribute(element, name),
    }
}

/// An element that is what it is.
pub fn still(element: Element) -> Drawn {
    Drawn::of(element)
}

/// A view and the one effect that writes what changes in it. It runs at once, and ends with the view.
pub fn written(view: Drawn, mut write: impl FnMut() + 'static) -> Drawn {
    Drawn::of(Following {
        view: view.build(),
        _effect: RenderEffect::new(move |_| write()),
    })
}

struct Following {
    view: Placed,
    _effect: RenderEffect<()>,
}

impl Mountable for Following {
    fn unmount(&mut self) {
        self.view.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.view.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.view.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.view.elements()
    }
}
