//! Owns the frame of pages for people who are not signed in: the brand, one task, birds on their wires.

use super::icon::{BIRD, Mark};
use super::support::say;
use super::tooltip::TooltipLayer;
use leptos::children::ViewFn;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// The wires of the ornament, on a grid of 864 by 900.
const WIRES: [&str; 4] = [
    "M0 238Q360 295 864 207",
    "M0 379Q360 445 864 348",
    "M0 519Q360 590 864 489",
    "M0 660Q360 738 864 629",
];

/// Where the birds sit, and which of them is you.
const BIRDS: [(&str, bool); 14] = [
    ("translate(144 230) rotate(7) scale(1.45)", false),
    ("translate(194 234) rotate(5) scale(1.45)", false),
    ("translate(556 231) rotate(-7) scale(-1.45 1.45)", false),
    ("translate(326 385) rotate(0) scale(1.45)", false),
    ("translate(404 385) rotate(-2) scale(-1.45 1.45)", false),
    ("translate(422 384) rotate(-3) scale(1.45)", false),
    ("translate(718 356) rotate(-9) scale(-1.45 1.45)", false),
    ("translate(82 510) rotate(8) scale(1.45)", false),
    ("translate(472 525) rotate(-4) scale(1.45)", true),
    ("translate(628 513) rotate(-7) scale(-1.45 1.45)", false),
    ("translate(772 630) rotate(-8) scale(-1.45 1.45)", false),
    ("translate(266 668) rotate(4) scale(-1.45 1.45)", false),
    ("translate(290 671) rotate(1) scale(1.45)", false),
    ("translate(600 662) rotate(-6) scale(1.45)", false),
];

/// A page for somebody who is not signed in. Its heading is drawn here and takes the focus like any other.
#[component]
pub fn PublicPage(
    /// "Roost".
    #[prop(into)]
    brand: TextProp,
    /// The heading: "Sign in".
    #[prop(into)]
    title: TextProp,
    /// One or two sentences below it.
    #[prop(optional, into)]
    lead: Option<TextProp>,
    /// At the bottom: whether the server answers, the language.
    #[prop(optional, into)]
    foot: Option<ViewFn>,
    /// The task.
    children: Children,
) -> AnyView {
    let wires: Vec<_> = WIRES
        .iter()
        .map(|wire| view! { <path class="wire" d=*wire></path> }.into_any())
        .collect();
    let birds: Vec<_> = BIRDS
        .iter()
        .map(|(place, you)| {
            let class = if *you { "bird-you" } else { "bird" };
            view! { <path class=class transform=*place d=BIRD></path> }.into_any()
        })
        .collect();
    view! {
        <div class="public">
            <div class="public-side">
                <div class="public-brand">
                    <Mark />
                    <span>{say(brand)}</span>
                </div>
                <main class="public-main" id="main" tabindex="-1">
                    <div>
                        <h1 tabindex="-1">{say(title)}</h1>
                        {lead.map(|lead| view! { <p class="public-lead">{say(lead)}</p> })}
                    </div>
                    {children()}
                </main>
                <div class="public-foot">{foot.map(|foot| foot.run())}</div>
            </div>
            <div class="public-art" aria-hidden="true">
                <svg viewBox="0 0 864 900" preserveAspectRatio="xMidYMid slice" focusable="false">
                    {wires}
                    {birds}
                </svg>
            </div>
        </div>
        <TooltipLayer />
    }
    .into_any()
}
