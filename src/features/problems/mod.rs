//! Pages for when there is nothing to work on: who is kept out, what does not answer, what is not there, what cannot
//! start. They travel together, and with the pages for guests.

mod kept_out;
mod plain;
mod unreachable;

use leptos::prelude::*;

use crate::api::error::ApiError;
use crate::browser::chunk::chunk;
use crate::config::ConfigError;
use crate::domain::role::Role;
use crate::features::later::{Frame, Part, later};
use crate::i18n::{t, t_guests};
use crate::routes::Route;
use crate::state::console::Console;
use crate::state::keeper::InUse;
use crate::ui::button::{Button, ButtonKind, ButtonLink};
use crate::ui::support::drawn::{Draw, Drawn};

/// Why somebody is kept out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeptOut {
    /// An administrator has blocked them.
    Blocked,
    /// Nobody has approved them yet.
    Pending,
    /// They are no user of the account any more.
    Gone,
    /// The server has no permissions for their role.
    NoPermissions(Role),
}

/// Why there is nothing to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The server keeps the caller out.
    KeptOut(KeptOut),
    /// The server does not say who the caller is.
    NotAnswered(ApiError),
    /// The address is no page.
    NoPage,
    /// The configuration cannot be used; `None` when there is no file.
    Config(Option<ConfigError>),
}

/// The ways on from a page inside the shell.
#[derive(Clone, Copy)]
pub struct Ways {
    /// Asks again.
    pub again: Callback<()>,
    /// Ends the session.
    pub sign_out: Callback<()>,
}

impl Ways {
    /// The ways out: sign out, or find out what is wrong.
    fn out(self) -> Drawn {
        view! {
            <Button label=t().sign_out() kind=ButtonKind::Quiet on_click=self.sign_out />
            <ButtonLink
                label=t_guests().diagnostics_link()
                kind=ButtonKind::Quiet
                external=true
                href=Console::get().href(&Route::Diagnostics)
            />
        }
        .draw()
    }
}

chunk!(sign_in, load_problem: fn draw_problem(problem: Problem, ways: Option<Ways>) -> Drawn {
    // The server has not said who that is. Whoever has several accounts asks just that.
    if let Some(session) = use_context::<InUse>().and_then(|in_use| in_use.keeper.session()) {
        Console::get().signed_in_as.set(session.person());
    }
    match (problem, ways) {
        (Problem::KeptOut(why), Some(ways)) => view! { <kept_out::KeptOutPage why=why ways=ways /> }.draw(),
        (Problem::NotAnswered(error), Some(ways)) => view! { <unreachable::NotAnswered error=error ways=ways /> }.draw(),
        (Problem::Config(error), _) => view! { <plain::ConfigFailed error=error /> }.draw(),
        _ => view! { <plain::NoPage /> }.draw(),
    }
});

/// The page about a problem.
#[component]
pub fn ProblemPage(
    /// Which one.
    problem: Problem,
    /// The ways on, where there is a session.
    #[prop(optional)]
    ways: Option<Ways>,
) -> Drawn {
    let frame = match problem {
        Problem::Config(_) => Frame::Alone,
        _ => Frame::Shell,
    };
    later(
        frame,
        Part::new(load_problem, move || draw_problem(problem.clone(), ways)),
    )
}
