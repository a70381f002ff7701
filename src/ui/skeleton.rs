//! Owns skeletons: still bars of the size of what follows, shown after 100 ms.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Widths that look like names.
const WIDTHS: [&str; 5] = ["9rem", "7rem", "11rem", "8rem", "10rem"];

/// Rows of a list that is on its way.
#[component]
pub fn SkeletonRows(
    /// Heard by screen readers: "Loading users".
    #[prop(into)]
    label: TextProp,
    /// How many.
    #[prop(default = 12)]
    rows: usize,
) -> Drawn {
    let rows: Vec<_> = WIDTHS
        .iter()
        .cycle()
        .take(rows)
        .map(|width| {
            view! {
                <div class="skeleton-row">
                    <span style:--bone=*width>
                        <span class="bone"></span>
                        <span class="bone"></span>
                    </span>
                    <span class="bone"></span>
                </div>
            }
            .draw()
        })
        .collect();
    view! {
        <p class="visually-hidden" role="status">
            {super::support::say(label)}
        </p>
        <div class="skeleton" aria-hidden="true">
            {rows}
        </div>
    }
    .draw()
}

/// Lines of a page that is on its way.
#[component]
pub fn SkeletonText(
    /// Heard by screen readers: "Loading this user".
    #[prop(into)]
    label: TextProp,
    /// How many.
    #[prop(default = 4)]
    lines: usize,
) -> Drawn {
    let lines: Vec<_> = WIDTHS
        .iter()
        .cycle()
        .take(lines)
        .map(|width| view! { <span class="bone" style:--bone=*width></span> }.draw())
        .collect();
    view! {
        <p class="visually-hidden" role="status">
            {super::support::say(label)}
        </p>
        <div class="skeleton skeleton-text" aria-hidden="true">
            {lines}
        </div>
    }
    .draw()
}
