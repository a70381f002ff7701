//! What is on screen before, between and after sessions.

use crate::ui::support::drawn::{Draw, Drawn};
use leptos::prelude::*;

use super::session::SessionView;
use crate::auth::flow::{self, Reason, Start};
use crate::auth::session::Session;
use crate::browser::lifecycle;
use crate::config::{ConfigError, RunConfig};
use crate::features::problems::ConfigFailed;
use crate::features::sign_in::SignInPage;

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
    /// The sign-in page.
    SignIn(Reason),
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
            Start::SignIn(reason) => Phase::SignIn(reason),
            Start::Leaving => Phase::Leaving,
        };
        Self(Ok((config, phase)))
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
                view! { <ConfigFailed error=error /> }.draw()
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
        Phase::Leaving => phase.set(Phase::SignIn(Reason::Asked)),
        Phase::SignedIn(session) if flow::was_signed_out(session.as_ref()) => {
            flow::forget();
            phase.set(Phase::SignIn(Reason::SignedOut));
        }
        _ => {}
    });
    let signed_in = Callback::new(move |session: Session| phase.set(Phase::SignedIn(Some(session))));
    let leave = Callback::new(move |()| phase.set(Phase::Leaving));
    let ended = Callback::new(move |reason: Reason| phase.set(Phase::SignIn(reason)));
    (move || match phase.get() {
        Phase::Leaving => ().draw(),
        Phase::SignIn(reason) => {
            view! { <SignInPage config=config.clone() reason=reason signed_in=signed_in /> }.draw()
        }
        Phase::SignedIn(session) => {
            view! { <SessionView config=config session=session ended=ended leaving=leave /> }.draw()
        }
    })
    .draw()
}
