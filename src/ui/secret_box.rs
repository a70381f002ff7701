//! Owns the box that holds a one-time secret: masked until the reader wants to see it, and empty when it is gone.

use super::button::{Button, ButtonKind};
use super::icon::glyph;
use super::support::effect;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::sync::Arc;
use web_sys::Node;

/// Writes the secret into an element.
#[derive(Clone)]
pub struct WriteSecret(Arc<dyn Fn(&Node) + Send + Sync>);

impl<F: Fn(&Node) + Send + Sync + 'static> From<F> for WriteSecret {
    fn from(write: F) -> Self {
        Self(Arc::new(write))
    }
}

/// The box. The secret is in the document only while it is shown, and never in a signal.
#[component]
pub fn SecretBox(
    /// What it is: "Access token".
    #[prop(into)]
    label: TextProp,
    /// Puts the secret into the element that shows it.
    #[prop(into)]
    write: WriteSecret,
    /// What stands in its place.
    masked: &'static str,
    /// Whether it is shown.
    shown: RwSignal<bool>,
    /// The element that shows it.
    node: NodeRef<html::Output>,
    /// "Show".
    #[prop(into)]
    show_label: TextProp,
    /// "Hide".
    #[prop(into)]
    hide_label: TextProp,
) -> Drawn {
    effect(move || {
        let (Some(node), shown) = (node.get(), shown.get()) else {
            return;
        };
        if shown {
            (write.0)(&node);
        } else {
            node.set_text_content(Some(masked));
        }
    });
    on_cleanup(move || {
        if let Some(node) = node.try_get_untracked().flatten() {
            node.set_text_content(None);
        }
    });
    view! {
        <div class="secret">
            <output
                class="secret-text mono"
                aria-label=move || label.get()
                translate="no"
                spellcheck="false"
                node_ref=node
            ></output>
            {move || {
                let (label, icon) = if shown.get() {
                    (hide_label.clone(), glyph::EYE_OFF)
                } else {
                    (show_label.clone(), glyph::EYE)
                };
                view! {
                    <Button
                        label=label
                        icon=icon
                        kind=ButtonKind::Quiet
                        icon_only=true
                        on_click=move || shown.update(|shown| *shown = !*shown)
                    />
                }
                    .draw()
            }}
        </div>
    }
    .draw()
}
