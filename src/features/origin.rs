//! Where somebody's sign-in comes from: the provider by its name, for who may know it.

use crate::api::identity_providers;
use crate::domain::action::Action;
use crate::domain::provider::Providers;
use crate::domain::user::User;
use crate::i18n::t;
use crate::state::console::Console;
use crate::state::query::Query;
use crate::ui::support::effect;

/// E-mail and password of the server's own provider.
const LOCAL: &str = "local";

/// The names of providers, asked for once by a page that shows them.
#[derive(Clone, Copy)]
pub struct Origins(Query<Providers>);

impl Origins {
    /// Asks as soon as it is known that the caller may, and `wanted` says that there is somebody to name it for.
    pub fn ask(console: Console, wanted: impl Fn() -> bool + 'static) -> Self {
        let names = Query::<Providers>::default();
        effect(move || {
            let may = console.may(Action::SeeProviders) == Some(true);
            if may
                && wanted()
                && names.is_idle()
                && let Some(client) = console.client()
            {
                names.run(async move { client.send(identity_providers::list()).await });
            }
        });
        Self(names)
    }

    /// Where somebody's sign-in comes from, tracked. Without a name it is the provider's id.
    pub fn words(self, user: &User) -> String {
        match user.idp_id.as_deref() {
            Some(LOCAL) => t().detail_provider_local().to_owned(),
            Some(id) if !id.is_empty() => match self.0.get().as_deref().and_then(|names| names.name(id)) {
                Some(name) => name.to_owned(),
                None => t().detail_provider_connector(id),
            },
            _ => t().detail_provider_unknown().to_owned(),
        }
    }
}

/// Whether somebody comes from an outside provider, whose name has to be asked for.
pub fn is_outside(user: &User) -> bool {
    user.idp_id.as_deref().is_some_and(|id| !id.is_empty() && id != LOCAL)
}
