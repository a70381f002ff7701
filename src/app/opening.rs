//! What is on screen before, between and after sessions.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use super::session::SessionView;
use crate::auth::flow::{self, Reason, Start};
use crate::auth::session::Session;
use crate::browser::lifecycle;
use crate::config::{ConfigError, RunConfig};
use crate::features::problems::{Problem, ProblemPage};
use crate::features::public::{Guest, GuestPage};

/// Why there is no configuration.
pub enum ConfigProblem {
    /// There is no file.
    Missing,
    /// It cannot be used.
    Wrong(ConfigError),
}

/// What is on screen.
#[derive(Clone)]
enum Phase {
    /// The browser is on its way to the provider, or back.
    Leaving,
    /// A page for who is not signed in.
    Guest(Guest),
    /// The console; `None` behind a proxy.
    SignedIn(Option<Session>),
}

/// The console as it opens.
pub struct Opening(Result<(RunConfig, Phase), ConfigProblem>);

impl Opening {
    /// With a configuration, and what it starts with.
    pub fn new(config: RunConfig, start: Start) -> Self {
        let phase = match start {
            Start::SignedIn(session) => Phase::SignedIn(session),
            Start::SignIn(reason) => Phase::Guest(Guest::SignIn(reason)),
            Start::Leaving => Phase::Leaving,
        };
        Self(Ok((config, phase)))
    }

    /// With a page that needs nobody to be signed in.
    pub fn for_guest(config: RunConfig, page: Guest) -> Self {
        Self(Ok((config, Phase::Guest(page))))
    }

    /// Without one.
    pub fn broken(problem: ConfigProblem) -> Self {
        Self(Err(problem))
    }

    /// Draws it, and whatever follows.
    pub fn view(self) -> Drawn {
        match self.0 {
            Ok((config, phase)) => view! { <Root config=config phase=phase /> }.draw(),
            Err(problem) => {
                let error = match problem {
                    ConfigProblem::Missing => None,
                    ConfigProblem::Wrong(error) => Some(error),
                };
                view! { <ProblemPage problem=Problem::Config(error) /> }.draw()
            }
        }
    }
}

#[component]
fn Root(config: RunConfig, phase: Phase) -> Drawn {
    let phase = RwSignal::new(phase);
    // One for each load of the page; every session needs it.
    let config: &'static RunConfig = Box::leak(Box::new(config));
    // A page that comes back from the browser's cache may hold a session that has ended, or none at all.
    lifecycle::on_restored(move || match phase.get_untracked() {
        Phase::Leaving => phase.set(Phase::Guest(Guest::SignIn(Reason::Asked))),
        Phase::SignedIn(session) if flow::was_signed_out(session.as_ref()) => {
            flow::forget();
            phase.set(Phase::Guest(Guest::SignIn(Reason::SignedOut)));
        }
        _ => {}
    });
    let signed_in = Callback::new(move |session: Session| phase.set(Phase::SignedIn(Some(session))));
    let leave = Callback::new(move |()| phase.set(Phase::Leaving));
    let ended = Callback::new(move |reason: Reason| phase.set(Phase::Guest(Guest::SignIn(reason))));
    (move || match phase.get() {
        Phase::Leaving => ().draw(),
        Phase::Guest(page) => {
            view! { <GuestPage config=config.clone() page=page signed_in=signed_in leave=ended /> }.draw()
        }
        Phase::SignedIn(session) => {
            view! { <SessionView config=config session=session ended=ended leaving=leave /> }.draw()
        }
    })
    .draw()
}
