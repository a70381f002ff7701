//! Puts a view into the page for the time of one test, under the real style sheets.

use roost::ui::support::drawn::Drawn;
use std::ops::Deref;
use std::sync::Once;

use leptos::mount::{UnmountHandle, mount_to};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::query::all;

/// Those that position, visibility and the space between words depend on.
const SHEETS: [&str; 18] = [
    include_str!("../../../style/tokens.css"),
    include_str!("../../../style/base.css"),
    include_str!("../../../style/layout.css"),
    include_str!("../../../style/later/layout.css"),
    include_str!("../../../style/components/badge.css"),
    include_str!("../../../style/components/button.css"),
    include_str!("../../../style/later/checkbox.css"),
    include_str!("../../../style/later/dialog.css"),
    include_str!("../../../style/later/field.css"),
    include_str!("../../../style/components/filter_chip.css"),
    include_str!("../../../style/later/menu.css"),
    include_str!("../../../style/later/radio_group.css"),
    include_str!("../../../style/components/shell.css"),
    include_str!("../../../style/components/tag.css"),
    include_str!("../../../style/later/tag_picker.css"),
    include_str!("../../../style/components/toast_region.css"),
    include_str!("../../../style/components/tooltip.css"),
    include_str!("../../../style/components/virtual_table.css"),
];

/// A view in the page. It goes, with everything it owns, when this is dropped.
pub struct Mounted {
    host: HtmlElement,
    handle: Option<UnmountHandle<<Drawn as Render>::State>>,
}

impl Mounted {
    /// Takes the view out of the page; what is left of it there is the empty host.
    pub fn unmount(&mut self) {
        drop(self.handle.take());
    }
}

impl Deref for Mounted {
    type Target = HtmlElement;

    fn deref(&self) -> &HtmlElement {
        &self.host
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.unmount();
        self.host.remove();
        window().scroll_to_with_x_and_y(0.0, 0.0);
    }
}

/// Draws `view` into a fresh element at the start of the page.
pub fn mount(view: impl FnOnce() -> Drawn + 'static) -> Mounted {
    static STYLED: Once = Once::new();
    STYLED.call_once(|| {
        let style = document().create_element("style").unwrap();
        style.set_text_content(Some(&SHEETS.concat()));
        document().head().unwrap().append_child(&style).unwrap();
    });
    clear();
    let host: HtmlElement = document().create_element("div").unwrap().dyn_into().unwrap();
    host.set_attribute(HOST, "").unwrap();
    document().body().unwrap().prepend_with_node_1(&host).unwrap();
    let handle = mount_to(host.clone(), view);
    Mounted {
        host,
        handle: Some(handle),
    }
}

/// Marks what belongs to a test.
const HOST: &str = "data-test-host";

/// A test that failed could not clean up: nothing unwinds. Its open dialog would take the focus from all that follow.
fn clear() {
    for left in all(&document().body().unwrap(), &format!("[{HOST}], body > .tooltip")) {
        left.remove();
    }
}
