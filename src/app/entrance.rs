//! Which page opens before anybody is asked to sign in.

use crate::auth::{flow, newcomer};
use crate::browser::page;
use crate::config::RunConfig;
use crate::features::public::{self, Guest};
use crate::routes::Route;

/// The guest's page of the present address, or the setup of a server that nobody has set up: whoever would sign in there
/// could not. `None` where signing in goes its way.
pub async fn find(config: &RunConfig) -> Option<Guest> {
    match Route::parse(&flow::here(config)) {
        Some(Route::Invite) => return Some(Guest::Invite),
        Some(Route::Diagnostics) => return Some(Guest::Diagnostics),
        Some(Route::Setup) => return Some(Guest::Setup(false)),
        Some(Route::Callback) => return None,
        _ => {}
    }
    if !newcomer::is_one(config) || !public::is_setup_required(config).await {
        return None;
    }
    page::replace_address(&Route::Setup.href(config.base_path()));
    Some(Guest::Setup(true))
}
