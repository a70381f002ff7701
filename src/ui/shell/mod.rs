//! Owns the frame of the console: skip link, navigation (sidebar, rail or bottom bar), who is signed in, main part.

mod nav;

use super::icon::{Icon, Mark, glyph};
use super::menu_button::{MenuOpener, MenuPlace};
use super::support::say;
use super::tooltip::TooltipLayer;
use crate::ui::support::drawn::{Content, ContentFn, Draw, Drawn};
use leptos::prelude::*;
use leptos::text_prop::TextProp;
use nav::{Items, MoreButton};
use std::sync::Arc;

pub use nav::{MoreSheet, NavGroup, NavItem};

/// Who is signed in.
#[derive(Clone)]
pub struct Person {
    /// Their name, somebody else's words; where nobody knows it, what the menu is about: "Account".
    pub name: Signal<String>,
    /// Their role, in words.
    pub role: Signal<String>,
    /// What they can do with themselves: theme, sign out. Draws a `MenuPanel` of the place.
    pub menu: PersonPanel,
    /// Called when the pointer or the focus comes to the button.
    pub on_near: Callback<()>,
    /// The name of the menu: "Signed in as Ines Okafor, Admin".
    pub label: TextProp,
}

/// Draws the menu of who is signed in.
pub type PersonPanel = Arc<dyn Fn(MenuPlace) -> Drawn + Send + Sync>;

/// The words of the shell.
#[derive(Clone)]
pub struct ShellTexts {
    /// "Skip to content".
    pub skip: TextProp,
    /// The name of the navigation: "Main".
    pub nav: TextProp,
    /// The last place of the bottom bar: "More".
    pub more: TextProp,
    /// Closes the sheet behind it: "Close".
    pub close: TextProp,
}

/// The frame around every page for somebody who is signed in. It also draws the page's tooltip.
#[component]
pub fn Shell(
    /// "Roost".
    #[prop(into)]
    brand: TextProp,
    /// The account, under the brand: its domain.
    #[prop(into)]
    account: Signal<String>,
    /// Where the brand leads.
    #[prop(into)]
    home: TextProp,
    /// The navigation.
    #[prop(into)]
    nav: Signal<Vec<NavGroup>>,
    /// Who is signed in.
    person: Person,
    /// Its words.
    texts: ShellTexts,
    /// Whether the sheet behind "More" is open.
    more_open: RwSignal<bool>,
    /// That sheet: a `MoreSheet` of the same navigation.
    #[prop(into)]
    more: ContentFn,
    /// The page.
    children: Content,
) -> Drawn {
    let nav_name = texts.nav.clone();
    view! {
        <a class="skip-link" href="#main" on:click=skip>
            {say(texts.skip)}
        </a>
        <div class="shell">
            <header class="shell-side">
                <a class="brand" href=move || home.get()>
                    <Mark />
                    <span class="brand-name">{say(brand)}</span>
                    <span class="brand-account">{move || account.get()}</span>
                </a>
                <nav class="nav" aria-label=move || nav_name.get()>
                    <Items nav=nav />
                    <MoreButton label=texts.more open=more_open />
                </nav>
                <div class="shell-foot">
                    <PersonMenu person=person />
                </div>
            </header>
            <main class="shell-main" id="main" tabindex="-1">
                {children.run()}
            </main>
        </div>
        {more.run()}
        <TooltipLayer />
    }
    .draw()
}

/// A link to a fragment would be resolved against `<base>` and taken for a change of page.
fn skip(event: web_sys::MouseEvent) {
    event.prevent_default();
    event.stop_propagation();
    if let Some(root) = document().document_element()
        && let Some(main) = super::support::focus::find(&root, "#main")
    {
        super::support::focus::focus(&main);
        main.scroll_into_view();
    }
}

#[component]
fn PersonMenu(person: Person) -> Drawn {
    let (name, role) = (person.name, person.role);
    let face = move || {
        view! {
            <span class="person-text">
                <span class="vt-cut" data-tip-cut="">
                    <super::name_text::NameText name=name />
                </span>
                // Two words to who has it read out, and to speech input.
                " "
                <span class="person-role">{move || role.get()}</span>
            </span>
            <span class="icon-rail">
                <Icon glyph=glyph::USER />
            </span>
            <Icon glyph=glyph::CHEVRON_DOWN />
        }
    };
    let place = MenuPlace::new();
    let menu = person.menu;
    view! {
        <MenuOpener
            label=person.label
            place=place
            panel=move || menu(place)
            on_near=person.on_near
            face=face
            class="person"
        />
    }
    .draw()
}
