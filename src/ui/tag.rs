//! Owns tags: the names of groups, alone, removable, or as a short list with a count of the rest.

use super::icon::{Icon, IconSize, glyph};
use super::name_text::{NameSpot, NameText};
use super::support::written::{element, element_in, set_attribute, set_text, still, text_in, written};
use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::{Element, Text};
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
    let mut spot = TagListSpot::new(most);
    written(still(spot.list.clone()), move || {
        labels.with(|labels| spot.write(labels, &none.get()));
    })
}

/// A short list of tags that is written, in a row that is recycled.
pub struct TagListSpot {
    /// The element.
    pub list: Element,
    most: usize,
    /// As many as were needed so far; those that are not needed now are out of the document.
    tags: Vec<(Element, NameSpot)>,
    /// After the tags: how many more there are, or that there is none.
    rest: Element,
    rest_text: Text,
    shown: Option<Vec<String>>,
}

impl TagListSpot {
    /// An empty list that will show `most` tags.
    pub fn new(most: usize) -> Self {
        let (list, rest) = (element("span", "tag-list above-link"), element("span", ""));
        set_attribute(&list, "data-tip-cut", Some(".tag-text"));
        Self {
            list,
            most,
            tags: Vec::new(),
            rest_text: text_in(&rest),
            rest,
            shown: None,
        }
    }

    /// Shows labels, or `none`.
    pub fn write(&mut self, labels: &[String], none: &str) {
        let before = self.shown.take();
        self.shown = Some(labels.to_vec());
        if before.as_ref() == self.shown.as_ref() {
            return;
        }
        let before = before.unwrap_or_default();
        let shown = labels.len().min(self.most);
        for (at, label) in labels.iter().take(self.most).enumerate() {
            if at == self.tags.len() {
                let tag = element("span", "tag");
                let name = NameSpot::new(&element_in(&tag, "bdi", "tag-text"));
                self.tags.push((tag, name));
            }
            if let Some((tag, name)) = self.tags.get_mut(at) {
                name.write(label);
                if at >= before.len() {
                    Rndr::insert_node(&self.list, tag, None);
                }
            }
        }
        for (tag, _) in self.tags.iter().skip(shown) {
            tag.remove();
        }
        let rest = labels.len() - shown;
        if labels.is_empty() {
            self.rest.set_class_name("muted");
            set_text(&self.rest_text, none);
        } else if rest > 0 {
            self.rest.set_class_name("tag-more");
            set_text(&self.rest_text, &["+", &rest.to_string()].concat());
        } else {
            self.rest.remove();
        }
        if labels.is_empty() || rest > 0 {
            Rndr::insert_node(&self.list, &self.rest, None);
        }
        if before.len() > self.most || rest > 0 {
            let all = (rest > 0).then(|| labels.join(", "));
            set_attribute(&self.list, "data-tip", all.as_deref());
        }
    }
}
