//! Owns the menu that a button opens: the pattern of the ARIA practices, in a popover that closes on Escape, a click
//! elsewhere, or when the page scrolls under it.

use super::icon::{Glyph, Icon, glyph};
use super::menu_button::{Entry, MenuOpener, MenuPlace, Opening};
use super::support::floating::{self, Align};
use super::support::focus;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::effect;
use leptos::html;
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use std::sync::Arc;
use web_sys::{HtmlElement, KeyboardEvent};

/// One line of a menu.
#[derive(Clone, Default)]
pub struct MenuItem {
    /// The verb.
    pub label: String,
    /// Stands before it.
    pub glyph: Option<Glyph>,
    /// Leads there instead of running something.
    pub href: Option<String>,
    /// Destroys something: in danger text, at the end, with "…".
    pub danger: bool,
    /// One of several states, and whether it is the present one.
    pub checked: Option<bool>,
    /// Why it may not be used now. It stays in its place and can be read.
    pub disabled_reason: Option<String>,
    /// A hairline before it.
    pub starts_group: bool,
    /// A muted title before it.
    pub group_title: Option<String>,
    /// Called when it is picked.
    pub on_pick: Option<Callback<()>>,
}

impl MenuItem {
    /// A line that runs something.
    pub fn new(label: impl Into<String>, on_pick: impl Into<Callback<()>>) -> Self {
        Self {
            label: label.into(),
            on_pick: Some(on_pick.into()),
            ..Self::default()
        }
    }

    /// A line that leads somewhere.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            href: Some(href.into()),
            ..Self::default()
        }
    }

    /// With an icon.
    pub fn icon(mut self, glyph: Glyph) -> Self {
        self.glyph = Some(glyph);
        self
    }

    /// In danger text.
    pub fn danger(mut self) -> Self {
        self.danger = true;
        self
    }

    /// Not to be used for this reason.
    pub fn disabled(mut self, reason: Option<String>) -> Self {
        self.disabled_reason = reason;
        self
    }

    /// One of several states.
    pub fn checked(mut self, checked: bool) -> Self {
        self.checked = Some(checked);
        self
    }

    /// After a hairline.
    pub fn after_line(mut self) -> Self {
        self.starts_group = true;
        self
    }
}

/// The lines of a menu, made when it opens: a closed menu in a row costs one button.
#[derive(Clone)]
pub struct MenuItems(Arc<dyn Fn() -> Vec<MenuItem> + Send + Sync>);

impl<F> From<F> for MenuItems
where
    F: Fn() -> Vec<MenuItem> + Send + Sync + 'static,
{
    fn from(items: F) -> Self {
        Self(Arc::new(items))
    }
}

/// A button that opens a menu, with the menu.
#[component]
pub fn MenuButton(
    /// The name of the button: "Actions for Jonas Brandt".
    #[prop(into)]
    label: TextProp,
    /// What it offers.
    #[prop(into)]
    items: MenuItems,
) -> Drawn {
    let place = MenuPlace::new();
    let name = label.clone();
    let panel = move || view! { <MenuPanel place=place label=name.clone() items=items.clone() /> };
    view! { <MenuOpener label=label place=place panel=panel on_near=|()| () /> }.draw()
}

/// The menu of a place: drawn while it is open.
#[component]
pub fn MenuPanel(
    /// Where its button is, and whether it is open.
    place: MenuPlace,
    /// Its name: that of the button.
    #[prop(into)]
    label: TextProp,
    /// What it offers.
    #[prop(into)]
    items: MenuItems,
    /// Which edges line up.
    #[prop(default = Align::End)]
    align: Align,
) -> Drawn {
    (move || {
        place.is_open().then(|| {
            let rows = (items.0)();
            view! { <Panel place=place label=label.clone() rows=rows align=align /> }
        })
    })
    .draw()
}

#[component]
fn Panel(place: MenuPlace, label: TextProp, rows: Vec<MenuItem>, align: Align) -> Drawn {
    let MenuPlace {
        open,
        anchor: button,
        id,
        ..
    } = place;
    let panel = NodeRef::<html::Div>::new();
    let shown = StoredValue::new(false);
    effect(move || {
        let (Some(menu), Some(anchor)) = (panel.get(), button.get_untracked()) else {
            return;
        };
        if shown.get_value() {
            return;
        }
        shown.set_value(true);
        floating::show(&anchor, &menu, align);
        let entry = open.get_untracked().map_or(Entry::First, |opening| opening.entry);
        step(&menu, if entry == Entry::Last { Step::Last } else { Step::First });
        open.set(Some(Opening { entry, is_shown: true }));
    });
    let close = move |refocus: bool| {
        if refocus && let Some(button) = button.try_get_untracked().flatten() {
            focus::focus_in_place(&button);
        }
        let _ = open.try_set(None);
    };
    // Its place is fixed in the window: once its button has moved away, it would float over the wrong row. A button that
    // stays where it is, in the sidebar, keeps its menu.
    let top = move || {
        button
            .get_untracked()
            .map(|button| button.get_bounding_client_rect().top())
    };
    let placed_at = StoredValue::new(top());
    floating::on_resize(move || match (panel.try_get_untracked(), button.try_get_untracked()) {
        (Some(Some(menu)), Some(Some(anchor))) if floating::is_shown(&anchor) => {
            floating::place(&anchor, &menu, align);
            placed_at.set_value(top());
        }
        (Some(_), Some(_)) => close(false),
        _ => {}
    });
    let on_scroll = window_event_listener(leptos::ev::scroll, move |_| {
        let moved = match (placed_at.get_value(), top()) {
            (Some(before), Some(now)) => (before - now).abs() > 1.0,
            _ => true,
        };
        if moved {
            close(true);
        }
    });
    on_cleanup(move || on_scroll.remove());

    view! {
        <div
            class="float menu"
            popover="auto"
            role="menu"
            id=id.get_value()
            aria-label=move || label.get()
            node_ref=panel
            on:toggle=move |_| {
                // The browser closed it: Escape or a click elsewhere. It says so a moment late, perhaps after the menu's end.
                let is_shown = panel
                    .try_get_untracked()
                    .flatten()
                    .is_some_and(|menu| menu.matches(":popover-open").unwrap_or(false));
                if !is_shown && shown.try_get_value() == Some(true) {
                    close(focus::active().is_none());
                }
            }
            on:keydown=move |event| on_key(&event, panel, close)
        >
            {rows.into_iter().map(|item| row(item, close)).collect::<Vec<_>>()}
        </div>
    }
    .draw()
}

fn row(item: MenuItem, close: impl Fn(bool) + Copy + Send + Sync + 'static) -> Drawn {
    let class = if item.danger {
        "menu-item menu-danger"
    } else {
        "menu-item"
    };
    let role = if item.checked.is_some() {
        "menuitemradio"
    } else {
        "menuitem"
    };
    let is_off = item.disabled_reason.is_some();
    let content = view! {
        {item.glyph.map(|glyph| view! { <Icon glyph=glyph /> })}
        <span class="menu-text">
            <span>{item.label}</span>
            {item.disabled_reason.map(|reason| view! { <span class="menu-reason">{reason}</span> })}
        </span>
        {(item.checked == Some(true)).then(|| view! { <span class="menu-tick"><Icon glyph=glyph::CHECK /></span> })}
    }
    .draw();
    let checked = item.checked.map(|checked| if checked { "true" } else { "false" });
    let line = match item.href {
        Some(href) if !is_off => view! {
            <a class=class role=role tabindex="-1" href=href on:click=move |_| close(true)>
                {content}
            </a>
        }
        .draw(),
        _ => {
            let on_pick = item.on_pick;
            view! {
                <div
                    class=class
                    role=role
                    tabindex="-1"
                    aria-checked=checked
                    aria-disabled=is_off.then_some("true")
                    on:click=move |_| {
                        if !is_off {
                            close(true);
                            if let Some(on_pick) = on_pick {
                                on_pick.run(());
                            }
                        }
                    }
                >
                    {content}
                </div>
            }
            .draw()
        }
    };
    view! {
        {item.starts_group.then(|| view! { <hr class="menu-line" /> })}
        {item.group_title.map(|title| view! { <div class="menu-title" role="presentation">{title}</div> })}
        {line}
    }
    .draw()
}

enum Step {
    First,
    Last,
    Next,
    Back,
    Typed(String),
}

fn on_key(event: &KeyboardEvent, panel: NodeRef<html::Div>, close: impl Fn(bool)) {
    let Some(menu) = panel.get_untracked() else { return };
    let key = event.key();
    match key.as_str() {
        "ArrowDown" => step(&menu, Step::Next),
        "ArrowUp" => step(&menu, Step::Back),
        "Home" => step(&menu, Step::First),
        "End" => step(&menu, Step::Last),
        "Enter" | " " => {
            if let Some(item) = focus::active() {
                item.click();
            }
        }
        "Escape" => close(true),
        // Tab leaves: the focus goes on from the button.
        "Tab" => return close(true),
        _ if key.chars().count() == 1 && !(event.ctrl_key() || event.meta_key() || event.alt_key()) => {
            step(&menu, Step::Typed(key.to_lowercase()));
        }
        _ => return,
    }
    event.prevent_default();
    event.stop_propagation();
}

/// Moves the focus between the lines; the last is followed by the first.
fn step(menu: &HtmlElement, step: Step) {
    let items = focus::find_all(menu, "[role^=menuitem]");
    let count = items.len();
    if count == 0 {
        return;
    }
    let active = focus::active();
    let here = active.and_then(|active| items.iter().position(|item| *item == active));
    let next = match step {
        Step::First => 0,
        Step::Last => count - 1,
        Step::Next => here.map_or(0, |here| (here + 1) % count),
        Step::Back => here.map_or(count - 1, |here| (here + count - 1) % count),
        Step::Typed(letter) => {
            let from = here.map_or(0, |here| here + 1);
            let found = (0..count).map(|at| (from + at) % count).find(|at| {
                items
                    .get(*at)
                    .and_then(|item| item.text_content())
                    .is_some_and(|text| text.trim_start().to_lowercase().starts_with(&letter))
            });
            let Some(found) = found else { return };
            found
        }
    };
    if let Some(item) = items.get(next) {
        focus::focus_in_place(item);
        item.scroll_into_view_with_scroll_into_view_options(&{
            let options = web_sys::ScrollIntoViewOptions::new();
            options.set_block(web_sys::ScrollLogicalPosition::Nearest);
            options
        });
    }
}
