//! Owns the frame of pages for people who are not signed in: the brand, one task, birds on their wires.

use super::icon::{BIRD, Mark};
use super::support::say;
use super::tooltip::TooltipLayer;
use crate::ui::support::drawn::{Content, ContentFn, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// The wires of the ornament, on a grid of 864 by 900.
const WIRES: [&str; 4] = [
    "M0 238Q360 295 864 207",
    "M0 379Q360 445 864 348",
    "M0 519Q360 590 864 489",
    "M0 660Q360 738 864 629",
];

/// Where the birds sit (feet on the wire, tilted with it), and which of them is you.
const BIRDS: [(&str, bool); 14] = [
    (
        "translate(170 256.4) rotate(3.5) scale(1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(222 258.9) rotate(2.1) scale(1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(545 249.5) rotate(-5.0) scale(-1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(345 405.5) rotate(-0.8) scale(1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(390 404.5) rotate(-1.9) scale(-1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(440 402.3) rotate(-3.1) scale(1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(706 374.9) rotate(-8.4) scale(-1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(100 535.1) rotate(7.2) scale(1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(490 541.8) rotate(-4.3) scale(1.45 1.45) translate(-8 -17)",
        true,
    ),
    (
        "translate(615 529.5) rotate(-6.9) scale(-1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(248 690.9) rotate(2.5) scale(-1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(312 692.5) rotate(0.4) scale(1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(640 669.2) rotate(-8.0) scale(1.45 1.45) translate(-8 -17)",
        false,
    ),
    (
        "translate(760 649.8) rotate(-10.4) scale(-1.45 1.45) translate(-8 -17)",
        false,
    ),
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
    foot: Option<ContentFn>,
    /// The task.
    children: Content,
) -> Drawn {
    let wires: Vec<_> = WIRES
        .iter()
        .map(|wire| view! { <path class="wire" d=*wire></path> }.draw())
        .collect();
    let birds: Vec<_> = BIRDS
        .iter()
        .map(|(place, you)| {
            let class = if *you { "bird-you" } else { "bird" };
            view! { <path class=class transform=*place d=BIRD></path> }.draw()
        })
        .collect();
    view! {
        <div class="public">
            <div class="public-side">
                <header class="public-brand">
                    <Mark />
                    <span>{say(brand)}</span>
                </header>
                <main class="public-main" id="main" tabindex="-1">
                    <div>
                        <h1 tabindex="-1">{say(title)}</h1>
                        {lead.map(|lead| view! { <p class="public-lead">{say(lead)}</p> })}
                    </div>
                    {children.run()}
                </main>
                <footer class="public-foot">{foot.map(|foot| foot.run())}</footer>
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
    .draw()
}
