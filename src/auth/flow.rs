//! Signing in and out in the page: which session there is at the start, and the ways to one and from one.

use super::access_token::{self, TokenProblem};
use super::claims::{ClaimProblem, Claims, Expected};
use super::oidc::{self, AuthorizationRequest, Callback};
use super::pending::{self, Pending};
use super::session::{self, Session};
use super::{pkce, provider, siblings};
use crate::browser::{clock, page, storage};
use crate::config::{AuthMode, Bearer, RunConfig, StorageKind};
use crate::routes::Route;

pub use super::siblings::Ear;

/// Set when somebody signed out, so that the next page does not sign in again by itself.
const SIGNED_OUT_KEY: &str = "roost.signed-out";
/// Counts sign-ins that no answer of the API has confirmed.
const ROUNDS_KEY: &str = "roost.rounds";
/// After so many of them something is wrong that no further one can mend.
const MOST_ROUNDS: u32 = 2;

/// Why signing in did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthError {
    /// The provider does not answer.
    Unreachable,
    /// Its discovery document cannot be used.
    Discovery,
    /// It is not the configured provider.
    Issuer,
    /// The callback belongs to no sign-in of this tab.
    State,
    /// The provider refused, with this word.
    Denied(String),
    /// The token endpoint refused, with this word or status.
    Token(String),
    /// A claim of the ID token does not fit.
    Claim(ClaimProblem),
    /// The API keeps refusing fresh tokens. What they say: issuer, audiences, end.
    Loop(Option<Box<Claims>>),
    /// The browser gives no randomness.
    NoRandomness,
}

/// Why the sign-in page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was asked for, or there is no other way in.
    Asked,
    /// Somebody signed out in this tab.
    SignedOut,
    /// Somebody signed out in another tab.
    SignedOutElsewhere,
    /// The session has ended.
    Expired,
    /// Signing in did not work.
    Failed(AuthError),
}

/// What the console starts with.
pub enum Start {
    /// A session; `None` behind a proxy that adds the credentials.
    SignedIn(Option<Session>),
    /// The sign-in page.
    SignIn(Reason),
    /// The browser is on its way to the provider.
    Leaving,
}

/// Finds out what to start with. The address is clean of codes when this returns, whatever it returns.
pub async fn start(config: &RunConfig) -> Start {
    let (path, query) = page::path_and_query();
    let here = below_base(config, &path, &query);
    if Route::parse(&here) == Some(Route::Callback) {
        // Out of the address before anything else: nobody reloads, shares or leaks a code.
        page::replace_address(config.base_path());
        return match finish(config, &query).await {
            Ok((session, return_to)) => {
                page::replace_address(&address(config, &return_to));
                Start::SignedIn(Some(session))
            }
            Err(error) => Start::SignIn(Reason::Failed(error)),
        };
    }
    if config.auth.mode == AuthMode::Proxy {
        return Start::SignedIn(None);
    }
    let tab = storage::tab();
    let stored = storage::get(tab.as_ref(), session::STORAGE_KEY).and_then(|text| Session::read(&text, &config.api));
    if let Some(session) = stored.filter(|session| !session.is_over(clock::now_s())) {
        return Start::SignedIn(Some(session));
    }
    if storage::get(tab.as_ref(), SIGNED_OUT_KEY).is_some() {
        return Start::SignIn(Reason::SignedOut);
    }
    if let Some(session) = siblings::ask(&config.api).await
        && !session.is_over(clock::now_s())
    {
        keep(config, &session);
        return Start::SignedIn(Some(session));
    }
    if config.auth.mode == AuthMode::Token || Route::parse(&here) == Some(Route::SignIn) {
        return Start::SignIn(Reason::Asked);
    }
    match begin(config, &here).await {
        Ok(()) => Start::Leaving,
        Err(error) => Start::SignIn(Reason::Failed(error)),
    }
}

/// Sends the browser to the provider. `return_to` is where to land afterwards, below the base path.
///
/// # Errors
/// Why it stays.
pub async fn begin(config: &RunConfig, return_to: &str) -> Result<(), AuthError> {
    let tab = storage::tab();
    let rounds = rounds();
    if rounds >= MOST_ROUNDS {
        storage::remove(tab.as_ref(), ROUNDS_KEY);
        return Err(AuthError::Loop(last_claims()));
    }
    let provider = provider::discover(&config.auth.issuer).await?;
    let secret = || {
        page::random_bytes()
            .map(pkce::unguessable)
            .ok_or(AuthError::NoRandomness)
    };
    let (state, nonce, verifier) = (secret()?, secret()?, secret()?);
    let return_to = if Route::is_return_target(return_to) {
        return_to.to_owned()
    } else {
        Route::users().to_path()
    };
    let url = provider.authorization_url(&AuthorizationRequest {
        client_id: &config.auth.client_id,
        redirect_uri: &config.redirect_uri(),
        scope: &config.auth.scope,
        audience: config.auth.audience.as_deref(),
        state: &state,
        nonce: &nonce,
        challenge: &pkce::challenge(&verifier),
    });
    let begun_at = clock::now_s();
    let stored = storage::get(tab.as_ref(), pending::STORAGE_KEY);
    let stored = pending::add(
        stored.as_deref(),
        Pending {
            state,
            verifier,
            nonce,
            return_to,
            begun_at,
        },
    );
    storage::set(tab.as_ref(), pending::STORAGE_KEY, &stored);
    storage::set(tab.as_ref(), ROUNDS_KEY, &(rounds + 1).to_string());
    storage::remove(tab.as_ref(), SIGNED_OUT_KEY);
    page::go_to(&url);
    Ok(())
}

/// Begins anew after somebody asked for it: earlier failures do not count.
///
/// # Errors
/// Why it stays.
pub async fn begin_by_hand(config: &RunConfig, return_to: &str) -> Result<(), AuthError> {
    confirmed();
    begin(config, return_to).await
}

/// An answer of the API has shown that the session is good.
pub fn confirmed() {
    storage::remove(storage::tab().as_ref(), ROUNDS_KEY);
}

/// Takes an access token. `remember` keeps it over a reload, in the tab's storage.
///
/// # Errors
/// What is wrong with it; nothing was sent.
pub fn with_access_token(config: &RunConfig, text: &str, remember: bool) -> Result<Session, TokenProblem> {
    let session = Session::with_access_token(&config.api, access_token::check(text)?);
    let tab = storage::tab();
    storage::remove(tab.as_ref(), SIGNED_OUT_KEY);
    if remember {
        keep(config, &session);
    }
    Ok(session)
}

/// Forgets the session here and in all other tabs, then signs out at the provider, if it can be reached. `true` when
/// the browser is on its way there.
pub async fn sign_out(config: &RunConfig, session: Option<&Session>) -> bool {
    forget();
    storage::set(storage::tab().as_ref(), SIGNED_OUT_KEY, "1");
    siblings::tell_signed_out();
    page::replace_address(&Route::SignIn.href(config.base_path()));
    let Some(session) = session.filter(|session| session.is_from_provider()) else {
        return false;
    };
    let Ok(provider) = provider::discover(&config.auth.issuer).await else {
        return false;
    };
    let url = provider.end_session_url(
        session.id_token.as_deref(),
        &config.auth.client_id,
        config.post_logout_uri(),
    );
    url.is_some_and(|url| {
        page::go_to(&url);
        true
    })
}

/// Forgets the session of this tab.
pub fn forget() {
    let tab = storage::tab();
    storage::remove(tab.as_ref(), session::STORAGE_KEY);
    storage::remove(tab.as_ref(), pending::STORAGE_KEY);
}

/// Forgets the session of this tab because another one signed out; this tab does not sign in again by itself.
pub fn forget_for_good() {
    forget();
    storage::set(storage::tab().as_ref(), SIGNED_OUT_KEY, "1");
}

/// Hands the session to new tabs and hears of a sign-out, as long as the ear lives. An access token stays in its tab.
pub fn share(session: Option<Session>, signed_out: impl Fn() + 'static) -> Option<Ear> {
    siblings::answer(move || session.clone().filter(Session::is_from_provider), signed_out)
}

/// The present address below the base path.
pub fn here(config: &RunConfig) -> String {
    let (path, query) = page::path_and_query();
    below_base(config, &path, &query)
}

async fn finish(config: &RunConfig, query: &str) -> Result<(Session, String), AuthError> {
    let callback = Callback::read(query).ok_or(AuthError::State)?;
    let tab = storage::tab();
    let stored = storage::get(tab.as_ref(), pending::STORAGE_KEY);
    let (left, found) = pending::take(stored.as_deref(), &callback.state, clock::now_s());
    storage::set(tab.as_ref(), pending::STORAGE_KEY, &left);
    let pending = found.ok_or(AuthError::State)?;
    if callback
        .issuer
        .as_ref()
        .is_some_and(|issuer| *issuer != config.auth.issuer)
    {
        return Err(AuthError::Issuer);
    }
    let code = callback.result.map_err(AuthError::Denied)?;
    let provider = provider::discover(&config.auth.issuer).await?;
    if provider.names_issuer && callback.issuer.is_none() {
        return Err(AuthError::Issuer);
    }
    let form = oidc::token_request(&code, &config.redirect_uri(), &config.auth.client_id, &pending.verifier);
    let tokens = provider::exchange(&provider, form).await?;
    let now = clock::now_s();
    let claims = Claims::read(&tokens.id_token).map_err(AuthError::Claim)?;
    let expected = Expected {
        issuer: &config.auth.issuer,
        client_id: &config.auth.client_id,
        nonce: &pending.nonce,
        now,
    };
    claims.check(expected).map_err(AuthError::Claim)?;
    let (token, expires_at) = match config.auth.bearer {
        Bearer::AccessToken => (
            &tokens.access_token,
            tokens.expires_in.map(|seconds| now.saturating_add(seconds)),
        ),
        Bearer::IdToken => (&tokens.id_token, Some(claims.expires_at)),
    };
    let session = Session::with_bearer(&config.api, token, expires_at, &tokens.id_token);
    keep(config, &session);
    Ok((session, pending.return_to))
}

fn keep(config: &RunConfig, session: &Session) {
    let tab = storage::tab();
    storage::remove(tab.as_ref(), SIGNED_OUT_KEY);
    if config.auth.storage == StorageKind::Session {
        storage::set(tab.as_ref(), session::STORAGE_KEY, &session.to_text());
    }
}

fn rounds() -> u32 {
    storage::get(storage::tab().as_ref(), ROUNDS_KEY)
        .and_then(|text| text.parse().ok())
        .unwrap_or_default()
}

fn last_claims() -> Option<Box<Claims>> {
    let text = storage::get(storage::tab().as_ref(), session::STORAGE_KEY)?;
    let session: Session = serde_json::from_str(&text).ok()?;
    Claims::read(session.authorization.strip_prefix("Bearer ")?)
        .ok()
        .map(Box::new)
}

fn address(config: &RunConfig, path: &str) -> String {
    [config.base_path().trim_end_matches('/'), path].concat()
}

fn below_base(config: &RunConfig, path: &str, query: &str) -> String {
    let below = path
        .strip_prefix(config.base_path().trim_end_matches('/'))
        .unwrap_or(path);
    [if below.is_empty() { "/" } else { below }, query].concat()
}
