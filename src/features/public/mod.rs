//! Pages for guests: who is not signed in, yet or at all.

mod diagnostics;
mod heading;
mod invite;
mod join_form;
mod onward;
mod rules;
mod setup;
mod setup_form;
mod trouble;
mod waiting;

use leptos::prelude::*;

use crate::auth::flow::Reason;
use crate::auth::session::Session;
use crate::browser::chunk::{Working, chunk};
use crate::config::RunConfig;
use crate::features::later::{Frame, Part, later};
use crate::features::sign_in::SignInPage;
use crate::state::guest::GuestCalls;
use crate::ui::support::drawn::{Draw, Drawn};

/// A page for who is not signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Guest {
    /// Where one signs in.
    SignIn(Reason),
    /// Where the first owner is made; `true` when the server has said that there is none.
    Setup(bool),
    /// Where somebody invited chooses a password.
    Invite,
    /// What answers and what does not.
    Diagnostics,
}

chunk!(sign_in, load_page: fn draw_page(config: RunConfig, page: Guest, signed_in: Callback<Session>, leave: Callback<Reason>) -> Drawn {
    match page {
        Guest::SignIn(reason) => view! { <SignInPage config=config reason=reason signed_in=signed_in /> }.draw(),
        Guest::Setup(required) => view! { <setup::SetupPage config=config required=required leave=leave /> }.draw(),
        Guest::Invite => view! { <invite::InvitePage config=config leave=leave /> }.draw(),
        Guest::Diagnostics => view! { <diagnostics::DiagnosticsPage config=config /> }.draw(),
    }
});

// Asked before every sign-in: it travels with that.
chunk!(sign_in: fn ask_in_part(config: RunConfig) -> Working<bool> {
    Box::pin(async move { GuestCalls::new(&config).setup_required().await == Ok(true) })
});

/// The page.
#[component]
pub fn GuestPage(
    /// The deployment.
    config: RunConfig,
    /// Which one.
    page: Guest,
    /// Called with a session that needs no provider.
    signed_in: Callback<Session>,
    /// Called when the sign-in page is next.
    leave: Callback<Reason>,
) -> Drawn {
    let draw = move || draw_page(config.clone(), page.clone(), signed_in, leave);
    later(Frame::Alone, Part::new(load_page, draw))
}

/// Whether the server says that nobody has set it up. A server that does not answer does not say so.
pub async fn is_setup_required(config: &RunConfig) -> bool {
    match ask_in_part(config.clone()).await {
        Ok(asking) => asking.await,
        Err(_) => false,
    }
}
