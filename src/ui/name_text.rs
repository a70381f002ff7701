//! Owns the display of text that somebody else wrote: names, addresses, ids.

use super::visible_text::{Piece, breakable, pieces};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

/// A name, isolated from the direction of the text around it, with every invisible character shown.
#[component]
pub fn NameText(
    /// As the server has it; may change.
    #[prop(into)]
    name: Signal<String>,
) -> Drawn {
    let content = move || {
        name.with(|name| match pieces(name).as_slice() {
            [] => ().draw(),
            [Piece::Plain(text)] => text.clone().draw(),
            all => all
                .iter()
                .map(|piece| match piece {
                    Piece::Plain(text) => text.clone().draw(),
                    Piece::Odd(code) => view! { <span class="odd-char">{code.clone()}</span> }.draw(),
                })
                .collect::<Vec<_>>()
                .draw(),
        })
    };
    view! { <bdi dir="auto">{content}</bdi> }.draw()
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
