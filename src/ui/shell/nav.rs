//! Owns the navigation: one list of links that the style sheet lays out as sidebar, rail or bottom bar, and the sheet
//! behind "More".

use super::{Person, PersonMenu, ShellTexts};
use crate::ui::dialog::{Dialog, DialogSize};
use crate::ui::icon::{Glyph, Icon, glyph};
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::support::say;
use leptos::prelude::*;
use leptos::text_prop::TextProp;

/// One place of the navigation.
#[derive(Clone)]
pub struct NavItem {
    /// Its address.
    pub href: String,
    /// Its name.
    pub label: TextProp,
    /// Its name in the bottom bar, where there is less room: "Invites".
    pub short: Option<TextProp>,
    /// Its icon.
    pub glyph: Glyph,
    /// How many there are; absent when unknown.
    pub count: Signal<Option<String>>,
    /// How many are waiting, as a warning; absent when none.
    pub badge: Signal<Option<String>>,
    /// Read after the badge: "waiting".
    pub badge_label: Option<TextProp>,
    /// Whether this is where one is.
    pub current: Signal<bool>,
    /// Whether it has a place in the bottom bar (four at most; the fifth is "More").
    pub in_bar: bool,
}

/// Places that belong together.
#[derive(Clone)]
pub struct NavGroup {
    /// "People".
    pub title: TextProp,
    /// In order.
    pub items: Vec<NavItem>,
}

/// The groups, as lists under their titles.
#[component]
pub(super) fn Items(
    nav: Signal<Vec<NavGroup>>,
    /// Called when a place was picked.
    #[prop(optional, into)]
    on_pick: Option<Callback<()>>,
) -> Drawn {
    let groups = move || {
        nav.get()
            .into_iter()
            .map(|group| {
                let items: Vec<_> = group.items.into_iter().map(|item| link(item, on_pick)).collect();
                view! {
                    <div class="nav-group">
                        <p class="nav-title">{say(group.title)}</p>
                        <ul>{items}</ul>
                    </div>
                }
                .draw()
            })
            .collect::<Vec<_>>()
    };
    groups.draw()
}

fn link(item: NavItem, on_pick: Option<Callback<()>>) -> Drawn {
    let NavItem {
        href,
        label,
        short,
        glyph,
        count,
        badge,
        badge_label,
        current,
        in_bar,
    } = item;
    let long_class = if short.is_some() { "nav-long" } else { "" };
    let badge = move || {
        badge.get().map(|number| {
            let words = badge_label.clone();
            view! {
                <span class="nav-badge">
                    {number} {words.map(|words| view! { <span class="visually-hidden">" " {say(words)}</span> })}
                </span>
            }
        })
    };
    view! {
        <li class="nav-item" class:nav-in-bar=in_bar>
            <a
                class="nav-link"
                href=href
                data-tip-cut=".nav-text"
                aria-current=move || current.get().then_some("page")
                on:click=move |_| {
                    if let Some(on_pick) = on_pick {
                        on_pick.run(());
                    }
                }
            >
                <Icon glyph=glyph />
                <span class="nav-text">
                    <span class=long_class>{say(label)}</span>
                    {short.map(|short| view! { <span class="nav-short">{say(short)}</span> })}
                </span>
                {move || count.get().map(|count| view! { <span class="nav-count">{count}</span> })}
                {badge}
            </a>
        </li>
    }
    .draw()
}

/// The last place of the bottom bar.
#[component]
pub(super) fn MoreButton(label: TextProp, open: RwSignal<bool>) -> Drawn {
    view! {
        <div class="nav-item nav-in-bar nav-more">
            <button type="button" class="nav-link" aria-haspopup="dialog" on:click=move |_| open.set(true)>
                <Icon glyph=glyph::MENU />
                <span class="nav-text">{say(label)}</span>
            </button>
        </div>
    }
    .draw()
}

/// What the last place opens: all places, those without one in the bar too, and who is signed in.
#[component]
pub fn MoreSheet(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The navigation.
    nav: Signal<Vec<NavGroup>>,
    /// Who is signed in.
    person: Person,
    /// The words of the shell.
    texts: ShellTexts,
) -> Drawn {
    let ShellTexts {
        more,
        close,
        nav: nav_name,
        ..
    } = texts;
    view! {
        <Dialog open=open on_close=move || open.set(false) title=more size=DialogSize::Confirm close_label=close>
            <nav
                class="sheet-nav"
                aria-label={
                    let name = nav_name.clone();
                    move || name.get()
                }
            >
                <Items nav=nav on_pick=move || open.set(false) />
            </nav>
            <PersonMenu person=person.clone() />
        </Dialog>
    }
    .draw()
}
