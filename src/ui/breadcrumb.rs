//! Owns the way back: the pages above this one.

use super::icon::{Icon, IconSize, glyph};
use super::name_text::NameText;
use super::support::say;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// A page above this one.
#[derive(Clone)]
pub struct Crumb {
    /// Its name.
    pub label: TextProp,
    /// Its address, with the list as one left it.
    pub href: TextProp,
}

/// The pages above this one, and this one.
#[component]
pub fn Breadcrumb(
    /// The name of the landmark: "Breadcrumb".
    #[prop(into)]
    label: TextProp,
    /// From the top down.
    crumbs: Vec<Crumb>,
    /// This page; a name somebody else wrote.
    #[prop(into)]
    here: Signal<String>,
) -> Drawn {
    let rows: Vec<_> = crumbs
        .into_iter()
        .map(|crumb| {
            let href = crumb.href;
            view! {
                <li>
                    <a href=move || href.get()>{say(crumb.label)}</a>
                    <Icon glyph=glyph::CHEVRON_RIGHT size=IconSize::Small />
                </li>
            }
            .draw()
        })
        .collect();
    view! {
        <nav class="crumbs" aria-label=move || label.get()>
            <ol>
                {rows} <li aria-current="page">
                    <NameText name=here />
                </li>
            </ol>
        </nav>
    }
    .draw()
}
