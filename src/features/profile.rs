//! The signed-in user's own page.

use leptos::prelude::*;

use crate::browser::chunk::chunk;
use crate::domain::user::User;
use crate::features::later::{Frame, Part, later};
use crate::features::title::use_title;
use crate::features::tokens::Tokens;
use crate::i18n::{p, role_name, t};
use crate::state::console::Console;
use crate::ui::facts::{Fact, Facts};
use crate::ui::page_header::PageHeader;
use crate::ui::skeleton::SkeletonText;
use crate::ui::support::drawn::{Draw, Drawn};

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
    let facts = Signal::derive(move || console.me().map(|me| facts(&me.user)).unwrap_or_default());
    let body = move || {
        if known.get() {
            own(console, facts)
        } else {
            view! { <SkeletonText label=t().part_loading() /> }.draw()
        }
    };
    view! {
        <PageHeader title=t().nav_profile() lined=true />
        <div class="page-body">{body}</div>
    }
    .draw()
}

fn own(console: Console, facts: Signal<Vec<Fact>>) -> Drawn {
    let Some(me) = console.me() else {
        return ().draw();
    };
    let user = Signal::derive(move || console.me().map_or_else(|| me.user.clone(), |me| me.user));
    view! {
        <div class="stack-large">
            <Facts facts=facts />
            <Tokens user=user />
        </div>
    }
    .draw()
}

fn facts(user: &User) -> Vec<Fact> {
    let email = if user.email.is_empty() {
        Fact::text(p().detail_email(), p().detail_no_email())
    } else {
        Fact::address(p().detail_email(), user.email.clone())
    };
    vec![
        Fact::name(t().column_name(), user.display_name()),
        email,
        Fact::text(p().field_role(), role_name(&user.role)),
        Fact::id(p().detail_id(), user.id.0.clone()),
    ]
}
