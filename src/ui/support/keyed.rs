//! Owns lists whose lines come, go and move without being drawn anew: one concrete list for all of them.

use super::drawn::{ContentFn, Draw, Drawn};
use leptos::prelude::*;

/// A line of a list: the key that says it is the same line as before, and what draws it.
pub type Line = (String, ContentFn);

/// Draws the lines that `lines` gives, in its order, and follows it. A line that stays keeps its elements, whatever its
/// content function would draw now: what changes inside a line changes by signals, or changes its key.
pub fn keyed(lines: impl Fn() -> Vec<Line> + Send + Sync + 'static) -> Drawn {
    let lines: Box<dyn Fn() -> Vec<Line> + Send + Sync> = Box::new(lines);
    view! {
        <For each=lines key=|(key, _)| key.clone() let((_, line))>
            {line.run()}
        </For>
    }
    .draw()
}
