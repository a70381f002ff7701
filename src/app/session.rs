//! One session: its client and state, its router, its end.

use crate::ui::support::drawn::{Draw, Drawn};
use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::components::Router;
use send_wrapper::SendWrapper;

use super::announcer::Announcer;
use super::links::{FollowLinks, Links};
use super::pages::Pages;
use super::shell::ConsoleShell;
use crate::auth::flow::{self, Reason};
use crate::auth::session::Session;
use crate::browser::{boot, leaving, lifecycle};
use crate::config::RunConfig;
use crate::features::newer::{look_for_newer, watch_for_newer};
use crate::state::console::Console;
use crate::state::keeper::{InUse, Keeper};
use crate::state::secrets::Secrets;
use crate::transport::{Client, FetchTransport, Target};

/// After so long in the background, in milliseconds, the list is read again when the tab is shown, and a new
/// version of the console is looked for.
const LOOK_AGAIN_AFTER_MS: f64 = 60_000.0;

/// The console of somebody who is signed in.
#[component]
pub fn SessionView(
    /// The deployment.
    config: &'static RunConfig,
    /// The session; `None` behind a proxy that adds the credentials.
    session: Option<Session>,
    /// Called when the session has ended and the sign-in page is next.
    ended: Callback<Reason>,
    /// Called when the browser leaves for the provider.
    leaving: Callback<()>,
) -> Drawn {
    leaving::listen();
    let base = config.base_path().trim_end_matches('/').to_owned();
    let secrets = StoredValue::new(None::<Secrets>);
    // It outlives this session; what follows does not.
    let at_the_end = ended;
    let ended = Callback::new(move |reason: Reason| {
        let end = Callback::new(move |()| at_the_end.run(reason.clone()));
        // A secret that nobody has saved yet is shown by nothing after the end.
        match secrets.try_get_value().flatten() {
            Some(secrets) => secrets.when_saved(end),
            None => end.run(()),
        }
    });
    let keeper = Keeper::new(config, session, ended, leaving);
    let console = Console::new(client(config, keeper), config);
    secrets.set_value(Some(console.secrets));
    provide_context(console);
    let is_over = StoredValue::new(false);
    let ear = flow::share(
        // It may be on screen for a while after its end: until a secret is saved.
        move || keeper.session().filter(|_| is_over.try_get_value() == Some(false)),
        move || {
            is_over.try_set_value(true);
            console.close();
            flow::forget_for_good();
            ended.run(Reason::SignedOutElsewhere);
        },
    );
    let ear = SendWrapper::new(ear);
    on_cleanup(move || {
        drop(ear);
        console.close();
        keeper.adopt(None);
    });
    provide_context(InUse {
        keeper,
        account_gone: Callback::new(move |is_known| {
            console.close();
            flow::forget_account(config);
            ended.run(Reason::AccountDeleted(is_known));
        }),
    });
    let sign_out = Callback::new(move |()| {
        let session = keeper.session();
        // The data is gone from the page before anything else happens, whatever the provider does.
        console.close();
        ended.run(Reason::SignedOut);
        spawn_local(async move {
            if flow::sign_out(config, session.as_ref()).await == Some(false) {
                at_the_end.run(Reason::SignedOutOnlyHere);
            }
        });
    });
    console.start();
    lifecycle::on_shown_again(LOOK_AGAIN_AFTER_MS, move || {
        console.ask_access();
        console.refresh();
        look_for_newer(console.toasts);
    });
    watch_for_newer(console.toasts);
    let links = Links::listen(console);
    view! {
        <Router base=base>
            <FollowLinks links=links />
            <Announcer />
            <ConsoleShell keeper=keeper sign_out=sign_out>
                <Pages />
            </ConsoleShell>
        </Router>
    }
    .draw()
}

/// Sends the session's requests. An answer that ends the session is the keeper's to mend where the provider can give a new
/// one; else it leads to the sign-in page, and only the first such answer counts.
fn client(config: &'static RunConfig, keeper: Keeper) -> Client {
    let session = keeper.session();
    let authorization = session.as_ref().map(|session| session.authorization.as_str());
    let early = boot::early_for(&config.api, authorization);
    let transport = FetchTransport::new(
        Target {
            api: config.api.clone(),
            cookies: authorization.is_none(),
            credential: keeper.credential.clone(),
        },
        early,
    );
    let (over, good) = (Cell::new(false), Rc::new(Cell::new(false)));
    let from_provider = session.as_ref().is_some_and(Session::is_from_provider);
    let was_good = Rc::clone(&good);
    let on_unauthorized = move |_: &_| {
        if from_provider {
            keeper.refuse();
        } else if !over.replace(true) {
            flow::forget();
            flow::want(&flow::here(config));
            let reason = if was_good.get() {
                Reason::Expired
            } else {
                Reason::TokenRefused
            };
            keeper.ended.try_run(reason);
        }
    };
    let on_success = move || {
        if !good.replace(true) {
            flow::confirmed();
        }
    };
    Client::new(transport, on_unauthorized, on_success)
}
