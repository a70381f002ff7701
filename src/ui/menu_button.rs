//! Owns the button of a menu. The menu itself is drawn by whoever places the button: it may come later.

use super::icon::{Icon, glyph};
use super::support::next_id;
use super::support::written::{set_attribute, written};
use crate::ui::support::drawn::{ContentFn, Draw, Drawn};
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// Which line has the focus when a menu opens, also when it is drawn anew while it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    First,
    Last,
}

/// How far a menu that was asked for has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    pub entry: Entry,
    pub is_shown: bool,
}

impl Opening {
    fn at(entry: Entry) -> Self {
        Self { entry, is_shown: false }
    }
}

/// What a button and its menu share; copies are the same place.
#[derive(Clone, Copy)]
pub struct MenuPlace {
    pub(super) open: RwSignal<Option<Opening>>,
    is_open: Memo<bool>,
    /// The button it stands beside.
    pub(super) anchor: NodeRef<html::Button>,
    /// The menu's id.
    pub(super) id: StoredValue<String>,
}

impl MenuPlace {
    /// For one button.
    pub fn new() -> Self {
        let open = RwSignal::new(None::<Opening>);
        Self {
            open,
            is_open: Memo::new(move |_| open.with(Option::is_some)),
            anchor: NodeRef::new(),
            id: StoredValue::new(next_id()),
        }
    }

    /// Whether the menu is open, tracked.
    pub fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// Closes it: there is nothing to show.
    pub fn close(self) {
        let _ = self.open.try_set(None);
    }
}

impl Default for MenuPlace {
    fn default() -> Self {
        Self::new()
    }
}

/// A button that opens a menu.
#[component]
pub fn MenuOpener(
    /// The name of the button: "Actions for Jonas Brandt". Shown only through `face`.
    #[prop(into)]
    label: TextProp,
    /// Where it and its menu stand.
    place: MenuPlace,
    /// The menu: a `MenuPanel` of the same place.
    #[prop(into)]
    panel: ContentFn,
    /// Called when the pointer or the focus comes: the reader may be about to open it.
    #[prop(into)]
    on_near: Callback<()>,
    /// What the button shows; three dots without it.
    #[prop(optional, into)]
    face: Option<ContentFn>,
    /// The class of the button.
    #[prop(default = "btn btn-quiet btn-bare btn-small above-link")]
    class: &'static str,
) -> Drawn {
    let MenuPlace {
        open,
        is_open,
        anchor,
        id,
    } = place;
    let toggle = move || {
        // A menu that is still on its way is not closed by who asks for it a second time.
        open.update(|open| {
            *open = match *open {
                None => Some(Opening::at(Entry::First)),
                Some(Opening { is_shown: true, .. }) => None,
                coming => coming,
            };
        });
    };
    // A dialog that goes with its page gives the focus back to a button that goes, too.
    let near = move || {
        let _ = on_near.try_run(());
    };
    let view = view! {
        <button
            type="button"
            class=class
            aria-haspopup="menu"
            node_ref=anchor
            on:pointerenter=move |_| near()
            on:focus=move |_| near()
            on:click=move |_| toggle()
            on:keydown=move |event| {
                let entry = match event.key().as_str() {
                    "ArrowDown" => Entry::First,
                    "ArrowUp" => Entry::Last,
                    _ => return,
                };
                event.prevent_default();
                open.set(Some(Opening::at(entry)));
            }
        >
            {match face {
                Some(face) => face.run(),
                None => view! { <Icon glyph=glyph::MORE /> }.draw(),
            }}
        </button>
        {panel.run()}
    }
    .draw();
    let Some(element) = anchor.get_untracked() else {
        return view;
    };
    written(view, move || {
        set_attribute(&element, "aria-label", Some(&label.get()));
        let is_open = is_open.get();
        set_attribute(&element, "aria-expanded", Some(if is_open { "true" } else { "false" }));
        set_attribute(&element, "aria-controls", is_open.then(|| id.get_value()).as_deref());
    })
}
