//! One session: its client and state, its router, its end.

use crate::ui::support::drawn::{Draw, Drawn};
use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;

use super::announcer::Announcer;
use super::links::{FollowLinks, Links};
use super::pages::Pages;
use super::shell::ConsoleShell;
use crate::auth::flow::{self, Reason};
use crate::auth::session::Session;
use crate::browser::{boot, leaving, lifecycle};
use crate::config::RunConfig;
use crate::state::console::Console;
use crate::transport::{Client, FetchTransport, Target};

/// After so long in the background, in milliseconds, the list is read again when the tab is shown.
const LOOK_AGAIN_AFTER_MS: f64 = 60_000.0;

/// The console of somebody who is signed in.
#[component]
pub fn SessionView(
    /// The deployment.
    config: RunConfig,
    /// The session; `None` behind a proxy that adds the credentials.
    session: Option<Session>,
    /// Called when the session has ended and the sign-in page is next.
    ended: Callback<Reason>,
    /// Called when the browser leaves for the provider.
    leaving: Callback<()>,
) -> Drawn {
    leaving::listen();
    let base = config.base_path().trim_end_matches('/').to_owned();
    let console = Console::new(client(&config, session.clone(), ended, leaving), &config);
    provide_context(console);
    let ear = flow::share(session.clone(), move || {
        console.close();
        flow::forget_for_good();
        ended.run(Reason::SignedOutElsewhere);
    });
    let ear = StoredValue::new_local(ear);
    on_cleanup(move || {
        ear.dispose();
        console.close();
    });
    let sign_out = Callback::new(move |()| {
        let (config, session) = (config.clone(), session.clone());
        // The data is gone from the page before anything else happens, whatever the provider does.
        console.close();
        ended.run(Reason::SignedOut);
        spawn_local(async move {
            flow::sign_out(&config, session.as_ref()).await;
        });
    });
    console.start();
    lifecycle::on_shown_again(LOOK_AGAIN_AFTER_MS, move || console.refresh());
    let links = Links::listen(console);
    view! {
        <Router base=base>
            <FollowLinks links=links />
            <Announcer />
            <ConsoleShell sign_out=sign_out>
                <Pages />
            </ConsoleShell>
        </Router>
    }
    .draw()
}

/// Sends the session's requests. An answer that ends the session leads to a new one where the provider can give one,
/// else to the sign-in page; only the first such answer counts.
fn client(config: &RunConfig, session: Option<Session>, ended: Callback<Reason>, leaving: Callback<()>) -> Client {
    let authorization = session.as_ref().map(|session| session.authorization.clone());
    let prefetch = boot::users_for(&config.api, authorization.as_deref());
    let transport = FetchTransport::new(
        Target {
            api: config.api.clone(),
            cookies: authorization.is_none(),
            authorization,
        },
        prefetch,
    );
    let (over, good) = (Cell::new(false), Rc::new(Cell::new(false)));
    let from_provider = session.as_ref().is_some_and(Session::is_from_provider);
    let was_good = Rc::clone(&good);
    let config = config.clone();
    let on_unauthorized = move |_: &_| {
        if over.replace(true) {
            return;
        }
        let here = flow::here(&config);
        if !from_provider {
            flow::forget();
            flow::want(&here);
            let reason = if was_good.get() {
                Reason::Expired
            } else {
                Reason::TokenRefused
            };
            ended.try_run(reason);
            return;
        }
        let config = config.clone();
        spawn_local(async move {
            let begun = flow::renew(&config, &here).await;
            match begun {
                Ok(()) => leaving.try_run(()),
                Err(error) => ended.try_run(Reason::Failed(error)),
            };
        });
    };
    let on_success = move || {
        if !good.replace(true) {
            flow::confirmed();
        }
    };
    Client::new(transport, on_unauthorized, on_success)
}
