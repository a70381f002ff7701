//! Owns the display of text that somebody else wrote: names, addresses, ids.

use super::visible_text::{Piece, breakable, pieces};
use leptos::prelude::*;

/// A name, isolated from the direction of the text around it, with every invisible character shown.
#[component]
pub fn NameText(
    /// As the server has it; may change.
    #[prop(into)]
    name: Signal<String>,
) -> AnyView {
    let content = move || {
        name.with(|name| match pieces(name).as_slice() {
            [] => ().into_any(),
            [Piece::Plain(text)] => text.clone().into_any(),
            all => all
                .iter()
                .map(|piece| match piece {
                    Piece::Plain(text) => text.clone().into_any(),
                    Piece::Odd(code) => view! { <span class="odd-char">{code.clone()}</span> }.into_any(),
                })
                .collect::<Vec<_>>()
                .into_any(),
        })
    };
    view! { <bdi dir="auto">{content}</bdi> }.into_any()
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
) -> AnyView {
    let content = move || {
        text.with(|text| {
            breakable(text)
                .enumerate()
                .map(|(at, part)| {
                    let part = view! { <NameText name=part.to_owned() /> }.into_any();
                    if at == 0 {
                        part
                    } else {
                        view! { <wbr />{part} }.into_any()
                    }
                })
                .collect::<Vec<_>>()
        })
    };
    view! {
        <bdi dir="ltr" class=mono.then_some("mono")>
            {content}
        </bdi>
    }
    .into_any()
}
