//! Owns the display of text that somebody else wrote: names, addresses, ids.

use super::support::written::{element, element_in, set_attribute, set_text, still, text_in, written};
use super::visible_text::{Piece, breakable, pieces};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Text};

/// A name, isolated from the direction of the text around it, with every invisible character shown.
#[component]
pub fn NameText(
    /// As the server has it; may change.
    #[prop(into)]
    name: Signal<String>,
) -> Drawn {
    let bdi = element("bdi", "");
    let mut spot = NameSpot::new(&bdi);
    written(still(bdi), move || name.with(|name| spot.write(name)))
}

/// An element that shows a name and nothing else.
pub struct NameSpot {
    element: Element,
    plain: Text,
    shown: String,
    /// The text alone cannot show it: there are odd characters in it.
    in_pieces: bool,
}

impl NameSpot {
    /// Makes an empty element show names, isolated like a `bdi`.
    pub fn new(element: &Element) -> Self {
        set_attribute(element, "dir", Some("auto"));
        Self {
            element: element.clone(),
            plain: text_in(element),
            shown: String::new(),
            in_pieces: false,
        }
    }

    /// Shows a name.
    pub fn write(&mut self, name: &str) {
        if self.shown == name {
            return;
        }
        name.clone_into(&mut self.shown);
        let pieces = pieces(name);
        if let [] | [Piece::Plain(_)] = pieces.as_slice() {
            if std::mem::take(&mut self.in_pieces) {
                self.element.set_text_content(None);
                Rndr::insert_node(&self.element, &self.plain, None);
            }
            set_text(&self.plain, name);
            return;
        }
        self.in_pieces = true;
        self.element.set_text_content(None);
        for piece in pieces {
            match piece {
                Piece::Plain(text) => set_text(&text_in(&self.element), &text),
                Piece::Odd(code) => set_text(&text_in(&element_in(&self.element, "span", "odd-char")), &code),
            }
        }
    }
}

/// An address or id: a line breaks only after `@`, `|` and `-`, and it reads from left to right.
#[component]
pub fn BreakableText(
    /// As the server has it; may change.
    #[prop(into)]
    text: Signal<String>,
    /// In the fixed-width face.
    #[prop(optional)]
    mono: bool,
) -> Drawn {
    let content = move || {
        text.with(|text| {
            breakable(text)
                .enumerate()
                .map(|(at, part)| {
                    let part = view! { <NameText name=part.to_owned() /> }.draw();
                    if at == 0 { part } else { view! { <wbr />{part} }.draw() }
                })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <bdi dir="ltr" class=mono.then_some("mono")>
            {content}
        </bdi>
    }
    .draw()
}
