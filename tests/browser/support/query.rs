//! Finds elements as people do: by role and name.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// The one element of this role whose name is `name`.
pub fn by_role(root: &Element, role: &str, name: &str) -> HtmlElement {
    let all = all_by_role(root, role);
    let found = all.iter().find(|element| name_of(element) == name).cloned();
    found.unwrap_or_else(|| {
        let names: Vec<_> = all.iter().map(|element| name_of(element)).collect();
        panic!("no {role} named {name:?}; there are {names:?}")
    })
}

/// The input of this role and name.
pub fn input(root: &Element, role: &str, name: &str) -> HtmlInputElement {
    by_role(root, role, name).dyn_into().unwrap()
}

/// Whether there is an element of this role and name.
pub fn has_role(root: &Element, role: &str, name: &str) -> bool {
    all_by_role(root, role).iter().any(|element| name_of(element) == name)
}

/// All elements of a role, in the order of the document.
pub fn all_by_role(root: &Element, role: &str) -> Vec<HtmlElement> {
    let native = match role {
        "button" => "button:not([role])",
        "link" => "a[href]:not([role])",
        "checkbox" => "input[type=checkbox]:not([role])",
        "radio" => "input[type=radio]",
        "textbox" => "input[type=text]:not([role]), input[type=email]",
        "searchbox" => "input[type=search]",
        "combobox" => "select",
        "heading" => "h1, h2, h3",
        "dialog" => "dialog:not([role])",
        "group" => "fieldset",
        "table" => "table:not([role])",
        "list" => "ul:not([role]), ol:not([role])",
        "listitem" => "li:not([role])",
        _ => "none",
    };
    all(root, &format!("[role={role}], {native}"))
}

/// All elements that match a selector; those of a drawing too, though they are no `HtmlElement`.
pub fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let list = root.query_selector_all(selector).unwrap();
    (0..list.length())
        .map(|at| list.item(at).unwrap().unchecked_into())
        .collect()
}

/// The accessible name: labels first, then content. Enough of the standard for these components.
pub fn name_of(element: &Element) -> String {
    if let Some(label) = element.get_attribute("aria-label") {
        return label;
    }
    if let Some(ids) = element.get_attribute("aria-labelledby") {
        return texts_of(&ids);
    }
    if let Some(input) = element.dyn_ref::<HtmlInputElement>()
        && let Some(label) = input.labels().and_then(|labels| labels.item(0))
    {
        return clean(&label);
    }
    let id = element.id();
    let label = document().query_selector(&format!("label[for='{id}']")).ok().flatten();
    label
        .filter(|_| !id.is_empty())
        .map_or_else(|| clean(element), |label| clean(&label))
}

/// The text that describes an element.
pub fn description_of(element: &Element) -> String {
    let words = element.get_attribute("aria-description").unwrap_or_default();
    let ids = element.get_attribute("aria-describedby").unwrap_or_default();
    format!("{words}{}", texts_of(&ids))
}

fn texts_of(ids: &str) -> String {
    let texts: Vec<_> = ids
        .split_whitespace()
        .filter_map(|id| document().get_element_by_id(id))
        .map(|element| clean(&element))
        .collect();
    texts.join(" ")
}

/// The text one sees, without the line breaks of layout.
pub fn clean(node: &web_sys::Node) -> String {
    let text = match node.dyn_ref::<HtmlElement>() {
        Some(element) => element.inner_text(),
        None => node.text_content().unwrap_or_default(),
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What has the focus.
pub fn focused() -> Option<HtmlElement> {
    document().active_element()?.dyn_into().ok()
}

/// The name of what has the focus.
pub fn focused_name() -> String {
    focused().map(|element| name_of(&element)).unwrap_or_default()
}
