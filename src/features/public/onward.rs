//! The way on from a guest's page: to the provider at once, or to the page where one signs in.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::auth::flow::{self, Reason};
use crate::browser::page;
use crate::config::{AuthMode, RunConfig};
use crate::i18n::{t_guests, t_later};
use crate::routes::Route;
use crate::ui::button::{Button, ButtonKind};
use crate::ui::support::drawn::{Draw, Drawn};

/// "Sign in". With a provider it leads there at once: whoever is signed in in this browser is not who has just come.
#[component]
pub fn Onward(
    /// The deployment.
    config: RunConfig,
    /// How much it asks for attention.
    #[prop(default = ButtonKind::Primary)]
    kind: ButtonKind,
    /// Called when the sign-in page is next.
    leave: Callback<Reason>,
) -> Drawn {
    let busy = RwSignal::new(false);
    let address = Route::SignIn.href(config.base_path());
    let give_way = Callback::new(move |reason: Reason| {
        page::replace_address(&address);
        leave.run(reason);
    });
    let go = move || {
        if config.auth.mode != AuthMode::Oidc {
            return give_way.run(Reason::Asked);
        }
        busy.set(true);
        let config = config.clone();
        spawn_local(async move {
            // On success the browser leaves, and the button stays busy until it has.
            if let Err(error) = flow::begin_as_newcomer(&config, &Route::users().to_path()).await {
                give_way.try_run(Reason::Failed(error));
            }
        });
    };
    view! {
        <Button label=t_guests().guest_sign_in() kind=kind wide=true busy=busy busy_label=t_later().sign_in_sso_busy() on_click=go />
    }
    .draw()
}
