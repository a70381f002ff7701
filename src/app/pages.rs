//! Which page an address shows. The router says where the reader is and takes them back; what an address means is
//! `routes`' alone, so there is no second table of paths to keep equal (the router's own `Routes` costs 10 kB more).

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_location;

use crate::browser::clock;
use crate::features::approvals::ApprovalsPage;
use crate::features::invitations::InvitationsPage;
use crate::features::problems::{Problem, ProblemPage};
use crate::features::profile::ProfilePage;
use crate::features::settings::SettingsPage;
use crate::features::user::UserPage;
use crate::features::users::{ServiceUsersPage, UsersPage};
use crate::routes::Route;
use crate::state::console::Console;
use crate::ui::support::drawn::{Draw, Drawn};

/// A page waits for no more turns of the event loop than a list takes that is there already.
const MOST_TURNS: u8 = 6;

/// A page; what its address says beyond that is the page's own affair.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Page {
    Users,
    User,
    ServiceUsers,
    Invitations,
    Approvals,
    Settings,
    Profile,
    Missing,
}

impl Page {
    fn of(route: Option<&Route>) -> Self {
        match route {
            Some(Route::Users(_)) => Self::Users,
            Some(Route::User(_)) => Self::User,
            Some(Route::ServiceUsers(_)) => Self::ServiceUsers,
            Some(Route::Invitations(_)) => Self::Invitations,
            Some(Route::Approvals(_)) => Self::Approvals,
            Some(Route::Settings(_)) => Self::Settings,
            Some(Route::Profile) => Self::Profile,
            // These pages need nobody to be signed in: they are loaded anew, outside the session.
            Some(Route::Invite | Route::Setup | Route::Diagnostics | Route::SignIn | Route::Callback) | None => {
                Self::Missing
            }
        }
    }
}

/// The page of the present address. It is drawn anew when the address is another page's, not when its query changes.
#[component]
pub fn Pages() -> Drawn {
    let console = Console::get();
    let location = use_location();
    let page = Memo::new(move |_| location.pathname.with(|path| Page::of(console.route(path).as_ref())));
    // The frame around the page is work enough for one turn of the event loop: much of the program is compiled at its
    // first use. A list that is there already is read in the next ones, so that the page is drawn once, with rows.
    let (framed, set_framed) = signal(false);
    spawn_local(async move {
        for turn in 0..MOST_TURNS {
            if turn > 0 && !console.users.is_at_hand() {
                break;
            }
            clock::yield_now().await;
        }
        set_framed.try_set(true);
    });
    (move || match page.get() {
        _ if !framed.get() => ().draw(),
        Page::Users => view! { <UsersPage /> }.draw(),
        Page::User => view! { <UserPage /> }.draw(),
        Page::ServiceUsers => view! { <ServiceUsersPage /> }.draw(),
        Page::Invitations => view! { <InvitationsPage /> }.draw(),
        Page::Approvals => view! { <ApprovalsPage /> }.draw(),
        Page::Settings => view! { <SettingsPage /> }.draw(),
        Page::Profile => view! { <ProfilePage /> }.draw(),
        Page::Missing => view! { <ProblemPage problem=Problem::NoPage /> }.draw(),
    })
    .draw()
}
