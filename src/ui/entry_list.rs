//! Owns a short list of things on a page about something else: each with its name, how it stands, facts and buttons.

use super::badge::{Badge, BadgeFace};
use super::facts::Fact;
use super::name_text::NameText;
use super::support::keyed::keyed;
use super::support::say;
use crate::ui::support::drawn::{ContentFn, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::sync::Arc;

/// Something about a thing that may change. No signal: it belongs to the line that shows it, which stays when the list
/// is made anew.
pub type Saying<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// One thing of the list.
#[derive(Clone)]
pub struct Entry {
    /// Tells it from the others.
    pub key: String,
    /// Its name; somebody else's words.
    pub name: String,
    /// How it stands; may change, and may be absent.
    pub badge: Saying<Option<BadgeFace>>,
    /// What holds for it, in one line where there is room; may change.
    pub facts: Saying<Vec<Fact>>,
    /// What can be done with it.
    pub actions: ContentFn,
}

/// The list. An entry whose key stays keeps its elements.
#[component]
pub fn EntryList(
    /// What they are: "Tokens".
    #[prop(into)]
    label: TextProp,
    /// In order.
    #[prop(into)]
    entries: Signal<Vec<Entry>>,
) -> Drawn {
    let lines = move || {
        let lines = entries.get().into_iter();
        lines
            .map(|entry| (entry.key.clone(), ContentFn::from(move || line(entry.clone()))))
            .collect()
    };
    view! {
        <ul class="entries" aria-label=move || label.get()>
            {keyed(lines)}
        </ul>
    }
    .draw()
}

fn line(entry: Entry) -> Drawn {
    let Entry {
        name,
        badge,
        facts,
        actions,
        ..
    } = entry;
    let badge = Signal::derive(move || badge());
    let facts = move || {
        let rows = facts().into_iter().map(|fact| {
            view! {
                <div>
                    <dt>{say(fact.term)}</dt>
                    <dd>{fact.value.draw()}</dd>
                </div>
            }
            .draw()
        });
        rows.collect::<Vec<_>>()
    };
    view! {
        <li class="entry">
            <div class="entry-body">
                <p class="entry-head">
                    <span class="entry-name">
                        <NameText name=name />
                    </span>
                    <Badge face=badge />
                </p>
                <dl class="entry-facts">{facts}</dl>
            </div>
            {actions.run()}
        </li>
    }
    .draw()
}
