//! Owns tags: the names of groups, alone, removable, or as a short list with a count of the rest.

use super::icon::{Icon, IconSize, glyph};
use super::name_text::NameText;
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// One tag.
#[component]
pub fn Tag(
    /// What it says; somebody else's words.
    #[prop(into)]
    label: Signal<String>,
    /// What is wrong with it: shown in danger, with an icon, and as its tooltip.
    #[prop(optional)]
    problem: Option<String>,
    /// Not on the server yet.
    #[prop(optional)]
    is_new: bool,
    /// The name of its × button.
    #[prop(optional, into)]
    remove_label: Option<TextProp>,
    /// Called on ×.
    #[prop(optional, into)]
    on_remove: Option<Callback<()>>,
) -> Drawn {
    let has_problem = problem.is_some();
    let removable = on_remove.is_some();
    let remove = on_remove.map(|on_remove| {
        let name = move || remove_label.as_ref().map(TextProp::get);
        view! {
            <button type="button" class="tag-remove" aria-label=name on:click=move |_| on_remove.run(())>
                <Icon glyph=glyph::CLOSE size=IconSize::Small />
            </button>
        }
    });
    view! {
        <span
            class="tag"
            class:tag-problem=has_problem
            class:tag-new=is_new
            class:tag-removable=removable
            data-tip=problem
        >
            {has_problem.then(|| view! { <Icon glyph=glyph::ALERT size=IconSize::Small /> })}
            <span class="tag-text">
                <NameText name=label />
            </span>
            {remove}
        </span>
    }
    .draw()
}

/// The first tags of a list, and how many more there are. For cells: it never wraps.
#[component]
pub fn TagList(
    /// All of them; may change.
    #[prop(into)]
    labels: Signal<Vec<String>>,
    /// How many are drawn.
    #[prop(default = 2)]
    most: usize,
    /// What stands there when there is none: "None".
    #[prop(into)]
    none: TextProp,
) -> Drawn {
    let labels = Memo::new(move |_| labels.get());
    let content = move || {
        labels.with(|labels| {
            if labels.is_empty() {
                return view! { <span class="muted">{none.get()}</span> }.draw();
            }
            let tags: Vec<_> = labels
                .iter()
                .take(most)
                .map(|label| {
                    view! {
                        <span class="tag">
                            <span class="tag-text">
                                <NameText name=label.clone() />
                            </span>
                        </span>
                    }
                    .draw()
                })
                .collect();
            let rest = labels.len().saturating_sub(most);
            let more = (rest > 0).then(|| {
                let mut text = String::from("+");
                text.push_str(&rest.to_string());
                view! { <span class="tag-more">{text}</span> }
            });
            view! {
                {tags}
                {more}
            }
            .draw()
        })
    };
    let all = move || labels.with(|labels| (labels.len() > most).then(|| labels.join(", ")));
    view! {
        <span class="tag-list above-link" data-tip=all>
            {content}
        </span>
    }
    .draw()
}
