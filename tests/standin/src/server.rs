//! Owns a running server: binding, opening the data, the router.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, RwLock};

use axum::routing::any;
use axum::{Router, middleware};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::api::user_rows::UserRows;
use crate::app::{App, Backend, Console};
use crate::auth::jwt::{self, Keys};
use crate::auth::real_provider::RealProvider;
use crate::cli::{Mode, Options, StandIn};
use crate::clock::{Clock, DAY, SECOND};
use crate::db::Database;
use crate::hooks::chaos::Chaos;
use crate::hooks::conditions::Switchboard;
use crate::hooks::faults::Faults;
use crate::hooks::log::RequestLog;
use crate::hooks::repeats::Repeats;
use crate::idp::Idp;
use crate::limits::Limits;
use crate::store::accounts;
use crate::wire::{Handle, Wires};
use crate::{api, errors, hooks, http, oidc, seed, web};

/// Why a server cannot start, in one sentence.
#[derive(Debug)]
pub struct StartError(String);

impl std::fmt::Display for StartError {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0)
    }
}

impl std::error::Error for StartError {}

/// A server that answers. It stops with the runtime it was started on, or when this is dropped.
#[derive(Debug)]
pub struct Running {
    address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Running {
    /// The address it got.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where it is reached from this machine, with a slash at the end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", reachable(self.address))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// Binds, opens and if needed fills the database, and begins to answer.
///
/// # Errors
/// The address is taken or not this machine's, or the data or console folder cannot be used.
pub async fn start(options: Options) -> Result<Running, StartError> {
    let listener = TcpListener::bind(options.listen)
        .await
        .map_err(|error| refused(options.listen, &error))?;
    let address = listener.local_addr().map_err(|error| refused(options.listen, &error))?;
    let app = tokio::task::spawn_blocking(move || open(options, address))
        .await
        .map_err(|error| StartError(error.to_string()))??;
    let router = router(Arc::new(app));
    let service = router.into_make_service_with_connect_info::<Handle>();
    let accepting = tokio::spawn(async move {
        if let Err(error) = axum::serve(Wires(listener), service).await {
            errors::report(&error);
        }
    });
    Ok(Running { address, accepting })
}

fn refused(address: SocketAddr, error: &std::io::Error) -> StartError {
    StartError(match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!(
                "port {} is taken: stop what listens there, or choose another one",
                address.port()
            )
        }
        _ => format!("cannot listen on {address}: {error}"),
    })
}

/// The address others on this machine use: a server on all interfaces is also on the loopback.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = if address.ip().is_unspecified() {
        IpAddr::V4(Ipv4Addr::LOCALHOST)
    } else {
        address.ip()
    };
    SocketAddr::new(ip, address.port())
}

fn open(options: Options, address: SocketAddr) -> Result<App, StartError> {
    if let Some(dist) = &options.dist {
        check_console(dist)?;
    }
    let (console, backend) = match options.mode {
        Mode::ConsoleOnly(console) => {
            let client_id = console.client_id.unwrap_or_else(|| jwt::DASHBOARD.to_owned());
            (
                Console {
                    api: console.api,
                    issuer: console.issuer,
                    client_id,
                    auth: options.auth,
                },
                None,
            )
        }
        Mode::StandIn(settings) => {
            let backend = Arc::new(backend(settings, address)?);
            make_key(&backend);
            encode_users(&backend)?;
            let (issuer, client_id) = match &backend.real_provider {
                Some(real) => (real.issuer.clone(), real.client_id.clone()),
                None => (backend.issuer.clone(), jwt::DASHBOARD.to_owned()),
            };
            (
                Console {
                    api: String::new(),
                    issuer: Some(issuer),
                    client_id,
                    auth: options.auth,
                },
                Some(backend),
            )
        }
    };
    Ok(App {
        dist: options.dist,
        console,
        print: options.log,
        faults: Faults::default(),
        chaos: Chaos::default(),
        repeats: Repeats::default(),
        log: RequestLog::default(),
        backend,
    })
}

fn check_console(dist: &Path) -> Result<(), StartError> {
    if dist.join("index.html").is_file() {
        return Ok(());
    }
    Err(StartError(format!(
        "there is no console in {} (index.html is missing): build it first",
        dist.display()
    )))
}

fn backend(settings: StandIn, address: SocketAddr) -> Result<Backend, StartError> {
    let database = Database::open(&settings.data).map_err(StartError)?;
    database.set_event_lag(settings.event_lag);
    let idp = Idp {
        manager: settings.idp,
        local_auth: settings.local_auth,
        delete_users: settings.user_delete_from_idp,
    };
    let started_ahead = i64::from(settings.days_ahead) * DAY;
    let clock = Clock::ahead(started_ahead);
    let setup_required = database
        .transaction(|db| {
            seed::sow(db, settings.seed, idp)?;
            api::instance::is_setup_required(db)
        })
        .map_err(|error: rusqlite::Error| StartError(format!("cannot fill the database: {error}")))?;
    let own = format!("http://{}", reachable(address));
    let issuer = settings.issuer.unwrap_or_else(|| format!("{own}{}", oidc::BASE));
    let mut redirect_uris = vec![
        format!("{own}/callback"),
        format!("http://localhost:{}/callback", address.port()),
    ];
    let public = http::origin(&issuer);
    redirect_uris.extend([
        format!("{public}/callback"),
        format!("{public}/api/reverse-proxy/callback"),
    ]);
    redirect_uris.extend(["http://localhost:53000/", "http://localhost:54000/"].map(str::to_owned));
    redirect_uris.extend(settings.redirect_uris);
    Ok(Backend {
        database,
        keys: Keys::default(),
        issuer,
        real_provider: settings
            .real_provider
            .map(|(issuer, client_id)| RealProvider::new(issuer, client_id)),
        redirect_uris: RwLock::new(redirect_uris),
        seed: settings.seed,
        setup_pat: settings.setup_pat,
        setup_required: AtomicBool::new(setup_required),
        idp,
        limits: Limits::new(&clock, settings.rate_limit),
        clock,
        started_ahead,
        token_lifetime: i64::from(settings.token_lifetime) * SECOND,
        version: settings.version,
        user_rows: UserRows::default(),
        conditions: Switchboard::default(),
    })
}

/// A new key takes some tenths of a second: who signs in meanwhile waits, nobody else.
fn make_key(backend: &Arc<Backend>) {
    if !backend.keys.load(&backend.database) {
        let backend = Arc::clone(backend);
        std::thread::spawn(move || backend.keys.make(&backend.database));
    }
}

/// The first list of 100,000 users takes most of a second to encode: done before anybody waits for it.
fn encode_users(backend: &Backend) -> Result<(), StartError> {
    backend
        .database
        .transaction(|db| {
            if let Some(account) = accounts::to_join(db)? {
                backend.user_rows.of(backend, db, &account.id)?;
            }
            Ok(())
        })
        .map_err(|error: rusqlite::Error| StartError(format!("cannot read the users: {error}")))
}

fn router(app: Arc<App>) -> Router {
    let mut router = Router::new()
        .route("/api", any(async || http::not_found()))
        .route("/api/", any(async || http::not_found()))
        .route("/api/{*path}", any(api::serve))
        .nest(hooks::BASE, hooks::routes());
    if let Some(backend) = &app.backend {
        router = router
            .nest(oidc::BASE, oidc::routes(backend))
            .nest(oidc::outside::BASE, oidc::outside::routes(backend));
    }
    router
        .fallback(web::serve)
        .layer(middleware::from_fn_with_state(Arc::clone(&app), hooks::watch))
        .with_state(app)
}
