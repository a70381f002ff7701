//! Owns what every request can reach: the settings of this process, and its API if it has one.

use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, PoisonError, RwLock};

use axum::response::Response;

use crate::api::user_rows::UserRows;
use crate::auth::jwt::Keys;
use crate::auth::real_provider::RealProvider;
use crate::cli::Seed;
use crate::clock::{Clock, Nanos};
use crate::db::Database;
use crate::errors::{self, ApiError};
use crate::hooks::chaos::Chaos;
use crate::hooks::conditions::Switchboard;
use crate::hooks::faults::Faults;
use crate::hooks::log::RequestLog;
use crate::hooks::repeats::Repeats;
use crate::idp::Idp;
use crate::limits::Limits;

/// Everything of one running server.
pub struct App {
    /// The folder of the console.
    pub dist: Option<PathBuf>,
    /// What the console is told about its surroundings.
    pub console: Console,
    /// Print every request.
    pub print: bool,
    pub faults: Faults,
    pub chaos: Chaos,
    pub repeats: Repeats,
    pub log: RequestLog,
    /// API and OpenID provider; `None` when only the console is served.
    pub backend: Option<Arc<Backend>>,
}

/// What `config.json` and the content security policy are made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Console {
    /// Origin of the management API, `""` when it is this server.
    pub api: String,
    /// The issuer; without one people sign in with an access token.
    pub issuer: Option<String>,
    pub client_id: String,
    /// Further keys of `auth` in `config.json`.
    pub auth: Vec<(String, String)>,
}

/// API and OpenID provider.
pub struct Backend {
    pub database: Database,
    pub keys: Keys,
    pub issuer: String,
    /// A provider that runs elsewhere, whose tokens are taken, too.
    pub real_provider: Option<RealProvider>,
    /// Addresses that sign-ins may return to.
    pub redirect_uris: RwLock<Vec<String>>,
    pub seed: Seed,
    pub setup_pat: bool,
    /// Whether nobody has signed up: found out at the start and after a setup, not in between.
    pub setup_required: AtomicBool,
    pub idp: Idp,
    pub clock: Clock,
    /// How far the clock was ahead at the start.
    pub started_ahead: Nanos,
    pub limits: Limits,
    /// How long tokens of the OpenID provider last.
    pub token_lifetime: Nanos,
    /// What this server says its version is.
    pub version: String,
    pub user_rows: UserRows,
    /// What is wrong with the whole server.
    pub conditions: Switchboard,
}

impl Backend {
    /// Whether a sign-in may return to exactly this address.
    pub fn redirect_is_registered(&self, uri: &str) -> bool {
        self.redirects().iter().any(|registered| registered == uri)
    }

    /// Whether a sign-out may return to exactly this address: a place that has its `callback` among those of sign-ins, with
    /// or without its last slash (`contract` 7.2).
    pub fn post_logout_is_registered(&self, uri: &str) -> bool {
        self.redirects().iter().any(|registered| {
            registered
                .strip_suffix("/callback")
                .is_some_and(|place| uri.strip_suffix('/').unwrap_or(uri) == place)
        })
    }

    /// Registers one more address to return to.
    pub fn register_redirect(&self, uri: String) {
        self.redirect_uris
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .push(uri);
    }

    fn redirects(&self) -> std::sync::RwLockReadGuard<'_, Vec<String>> {
        self.redirect_uris.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Runs `work`, which waits for the database or computes for long, where it does not hold up other requests.
pub async fn blocking(work: impl FnOnce() -> Response + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(work).await {
        Ok(response) => response,
        Err(error) => {
            errors::report(&error);
            ApiError::internal().answer()
        }
    }
}
