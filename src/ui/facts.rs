//! Owns short lists of facts: a term and what holds for it.

use super::name_text::{BreakableText, NameText};
use crate::ui::support::drawn::{ContentFn, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// What a fact says.
#[derive(Clone)]
pub enum FactValue {
    /// Plain words of our own.
    Text(TextProp),
    /// A name that somebody else wrote: shown so that it cannot deceive.
    Name(String),
    /// An e-mail address: may break after `@`, `-` and `|`.
    Address(String),
    /// An id: the same in the fixed-width face.
    Id(String),
    /// Anything else.
    View(ContentFn),
}

impl FactValue {
    /// Draws it.
    pub(super) fn draw(self) -> Drawn {
        match self {
            Self::Text(text) => super::support::say(text),
            Self::Name(name) => view! { <NameText name=name /> }.draw(),
            Self::Address(text) => view! { <BreakableText text=text /> }.draw(),
            Self::Id(text) => view! { <BreakableText text=text mono=true /> }.draw(),
            Self::View(view) => view.run(),
        }
    }
}

/// A term and what holds for it.
#[derive(Clone)]
pub struct Fact {
    /// The term.
    pub term: TextProp,
    /// What holds for it.
    pub value: FactValue,
}

impl Fact {
    /// Plain words.
    pub fn text(term: impl Into<TextProp>, value: impl Into<TextProp>) -> Self {
        Self {
            term: term.into(),
            value: FactValue::Text(value.into()),
        }
    }

    /// A name that somebody else wrote.
    pub fn name(term: impl Into<TextProp>, value: impl Into<String>) -> Self {
        Self {
            term: term.into(),
            value: FactValue::Name(value.into()),
        }
    }

    /// An e-mail address.
    pub fn address(term: impl Into<TextProp>, value: impl Into<String>) -> Self {
        Self {
            term: term.into(),
            value: FactValue::Address(value.into()),
        }
    }

    /// An id.
    pub fn id(term: impl Into<TextProp>, value: impl Into<String>) -> Self {
        Self {
            term: term.into(),
            value: FactValue::Id(value.into()),
        }
    }

    /// Anything else.
    pub fn view(term: impl Into<TextProp>, value: impl Into<ContentFn>) -> Self {
        Self {
            term: term.into(),
            value: FactValue::View(value.into()),
        }
    }
}

/// A definition list.
#[component]
pub fn Facts(
    /// In order.
    #[prop(into)]
    facts: Signal<Vec<Fact>>,
) -> Drawn {
    let rows = move || {
        facts
            .get()
            .into_iter()
            .map(|fact| {
                let value = fact.value.draw();
                view! {
                    <dt>{super::support::say(fact.term)}</dt>
                    <dd>{value}</dd>
                }
                .draw()
            })
            .collect::<Vec<_>>()
    };
    view! { <dl class="facts">{rows}</dl> }.draw()
}
