//! The signed-in user's own page: who they are, what they may do, their password, their tokens.

use leptos::prelude::*;

use crate::browser::chunk::chunk;
use crate::domain::user::User;
use crate::features::abilities::Abilities;
use crate::features::faces;
use crate::features::later::{Frame, Part, later};
use crate::features::password::PasswordSection;
use crate::features::title::use_title;
use crate::features::tokens::Tokens;
use crate::i18n::{role_name, t, t_later};
use crate::state::console::Console;
use crate::ui::facts::{Fact, Facts};
use crate::ui::page_header::PageHeader;
use crate::ui::skeleton::SkeletonText;
use crate::ui::support::drawn::{Draw, Drawn};
use crate::ui::switch::Switch;

chunk!(user, load_profile: fn draw_profile() -> Drawn {
    view! { <Profile /> }.draw()
});

/// The page.
#[component]
pub fn ProfilePage() -> Drawn {
    later(Frame::Shell, Part::new(load_profile, draw_profile))
}

#[component]
fn Profile() -> Drawn {
    let console = Console::get();
    use_title(t().nav_profile().to_owned());
    let known = Memo::new(move |_| console.me().is_some());
    let body = move || {
        if !known.get() {
            return view! { <div class="page-body"><SkeletonText label=t().part_loading() /></div> }.draw();
        }
        untrack(|| console.me()).map_or_else(
            || ().draw(),
            |me| view! { <Mine console=console first=me.user /> }.draw(),
        )
    };
    view! {
        <PageHeader title=t().nav_profile() lined=true />
        {body}
    }
    .draw()
}

#[component]
fn Mine(console: Console, first: User) -> Drawn {
    let facts = Signal::derive(move || console.me().map(|me| facts(&me.user)).unwrap_or_default());
    let mine = first.clone();
    let user = Signal::derive(move || console.me().map_or_else(|| mine.clone(), |me| me.user));
    let permissions = Signal::derive(move || console.me().map(|me| me.permissions));
    let note = Signal::derive(move || {
        let restricted = console.me().is_some_and(|me| me.permissions.is_restricted);
        restricted.then(|| t_later().may_restricted().to_owned())
    });
    view! {
        <div class="detail">
            <div class="detail-main">
                <PasswordSection me=first.clone() />
                <Tokens user=user />
                <Keyboard console=console />
            </div>
            <aside class="detail-aside" aria-label=t_later().details_title()>
                <section class="stack" aria-labelledby="details-title">
                    <h2 id="details-title">{t_later().details_title()}</h2>
                    <Facts facts=facts />
                </section>
                <Abilities permissions=permissions note=note />
            </aside>
        </div>
    }
    .draw()
}

/// Single keys can be in the way: of who speaks to their computer, or hits a key by accident.
#[component]
fn Keyboard(console: Console) -> Drawn {
    let shortcuts = console.shortcuts;
    view! {
        <section class="stack" aria-labelledby="keyboard-title">
            <h2 id="keyboard-title">{t_later().keyboard_title()}</h2>
            <Switch
                label=t_later().keyboard_single()
                checked=Signal::derive(move || shortcuts.are_on())
                on_change=move |on| shortcuts.switch(on)
            />
            <p class="muted">{t_later().keyboard_help()}</p>
        </section>
    }
    .draw()
}

fn facts(user: &User) -> Vec<Fact> {
    vec![
        Fact::name(t().column_name(), user.display_name()),
        faces::email(user),
        Fact::text(t_later().field_role(), role_name(&user.role)),
        Fact::id(t_later().detail_id(), user.id.0.clone()),
    ]
}
