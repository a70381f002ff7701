//! Signing in and out in the page: which session there is at the start, and the ways to one and from one.

use super::access_token::{self, TokenProblem};
use super::claims::{self, ClaimProblem, Claims};
use super::oidc::{self, Prompt};
use super::session::Session;
use super::{callback, leaving, provider, siblings, tab};
use crate::browser::chunk::{NotLoaded, Working, chunk};
use crate::browser::{clock, page};
use crate::config::{AuthMode, RunConfig};
use crate::routes::Route;

pub use super::siblings::Ear;
pub use super::tab::DRAFTS_KEY;

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
    /// The ID token is not valid now: this computer's clock is so many seconds ahead (negative: behind).
    Clock(i64),
    /// Somebody else than before signed in.
    OtherPerson,
    /// Nothing went wrong: this is a window, and the tab that opened it has the answer.
    HandedOn,
    /// The API keeps refusing fresh tokens. What they say: issuer, audiences, end.
    Loop(Option<Box<Claims>>),
    /// The browser gives no randomness.
    NoRandomness,
    /// The part of the program that signs in could not be downloaded.
    NotLoaded,
}

impl From<NotLoaded> for AuthError {
    fn from(_: NotLoaded) -> Self {
        Self::NotLoaded
    }
}

// Whoever has a session needs none of this: it travels with the sign-in page.
chunk!(sign_in: fn begin_in_part(
    config: RunConfig,
    return_to: String,
    prompt: Prompt,
    may_leave: fn() -> bool
) -> Working<Result<bool, AuthError>> {
    Box::pin(async move { leaving::leave(&config, &return_to, prompt, may_leave).await })
});
chunk!(sign_in: fn finish_in_part(config: RunConfig, query: String) -> Working<Result<(Session, String), AuthError>> {
    Box::pin(async move { callback::finish(&config, &query).await })
});
chunk!(sign_in: fn leave_in_part(config: RunConfig, session: Session) -> Working<bool> {
    Box::pin(async move { leave_provider(&config, &session).await })
});

/// Why the sign-in page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It was asked for, or there is no other way in.
    Asked,
    /// Somebody signed out in this tab.
    SignedOut,
    /// Somebody signed out in another tab.
    SignedOutElsewhere,
    /// The account was deleted; `false` = the answer was lost, so that nobody knows.
    AccountDeleted(bool),
    /// Somebody signed out in this tab, and the provider could not be told.
    SignedOutOnlyHere,
    /// The session has ended.
    Expired,
    /// The server does not know the access token.
    TokenRefused,
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
    let start = find(config, &here, &query).await;
    match &start {
        Start::SignIn(_) => tab::want(&here),
        Start::SignedIn(_) => tab::clear_wanted(),
        Start::Leaving => {}
    }
    start
}

async fn find(config: &RunConfig, here: &str, query: &str) -> Start {
    let route = Route::parse(here);
    if config.auth.mode == AuthMode::Proxy {
        return Start::SignedIn(None);
    }
    if route == Some(Route::Callback) {
        // Out of the address before anything else: nobody reloads, shares or leaks a code.
        page::replace_address(config.base_path());
        let finished = match finish_in_part(config.clone(), query.to_owned()).await {
            Ok(finish) => finish.await,
            Err(missing) => Err(missing.into()),
        };
        return match finished {
            Ok((session, return_to)) => {
                let landing = Some(return_to).filter(|path| Route::is_return_target(path));
                page::replace_address(&address(config, &landing.unwrap_or_else(|| Route::users().to_path())));
                Start::SignedIn(Some(session))
            }
            Err(error) => Start::SignIn(Reason::Failed(error)),
        };
    }
    if let Some(session) = tab::session(config) {
        return Start::SignedIn(Some(session));
    }
    if tab::is_signed_out() {
        return Start::SignIn(Reason::SignedOut);
    }
    if let Some(session) = siblings::ask(&config.api, None).await {
        tab::keep(config, &session);
        return Start::SignedIn(Some(session));
    }
    if config.auth.mode == AuthMode::Token || route == Some(Route::SignIn) {
        return Start::SignIn(Reason::Asked);
    }
    match begin(config, here, Prompt::Usual, at_once).await {
        Ok(_) => Start::Leaving,
        Err(error) => Start::SignIn(Reason::Failed(error)),
    }
}

/// Sends the browser to the provider. `return_to` is where to land afterwards, below the base path. The provider is asked
/// for its addresses first, and meanwhile the reader may begin something: `may_leave` is asked after that. Whether it left.
///
/// # Errors
/// Why it stays.
async fn begin(
    config: &RunConfig,
    return_to: &str,
    prompt: Prompt,
    may_leave: fn() -> bool,
) -> Result<bool, AuthError> {
    begin_in_part(config.clone(), return_to.to_owned(), prompt, may_leave)
        .await?
        .await
}

/// There is nothing that could be lost, or the reader knows what is.
fn at_once() -> bool {
    true
}

/// Begins anew after somebody asked for it: earlier failures do not count. Leads to the page that was asked for when
/// the sign-in page came instead; where there was none, to `return_to`.
///
/// # Errors
/// Why it stays.
pub async fn begin_by_hand(config: &RunConfig, return_to: &str) -> Result<(), AuthError> {
    begin_anew(config, return_to, Prompt::Usual).await
}

/// The same for somebody who has just come, by an invitation or as the first owner: the provider asks who they are, and does
/// not take them for whoever is signed in there in this browser.
///
/// # Errors
/// Why it stays.
pub async fn begin_as_newcomer(config: &RunConfig, return_to: &str) -> Result<(), AuthError> {
    begin_anew(config, return_to, Prompt::SignIn).await
}

async fn begin_anew(config: &RunConfig, return_to: &str, prompt: Prompt) -> Result<(), AuthError> {
    tab::clear_rounds();
    let wanted = tab::wanted();
    begin(config, wanted.as_deref().unwrap_or(return_to), prompt, at_once)
        .await
        .map(drop)
}

/// Asks the provider for another session without a word to the reader, and comes back to `return_to`. `false`: it stays,
/// for by now it may not leave.
///
/// # Errors
/// Why it stays.
pub async fn renew_silently(config: &RunConfig, return_to: &str, may_leave: fn() -> bool) -> Result<bool, AuthError> {
    begin(config, return_to, Prompt::Nothing, may_leave).await
}

/// Begins anew because the session is over, or soon will be. It is forgotten, or the next start would use it again; while
/// the provider does not answer it is left, for it may be good until its end. `false`: it stays, for by now it may not
/// leave.
///
/// # Errors
/// Why it stays.
pub async fn renew(config: &RunConfig, return_to: &str, may_leave: fn() -> bool) -> Result<bool, AuthError> {
    let begun = begin(config, return_to, Prompt::Usual, may_leave).await;
    if !matches!(begun, Ok(false) | Err(AuthError::Unreachable)) {
        tab::drop_session();
    }
    if begun.is_err() {
        tab::want(return_to);
    }
    begun
}

/// Whether somebody signed out, here or in another tab, since this session began.
pub fn was_signed_out(session: Option<&Session>) -> bool {
    tab::is_signed_out() || session.is_some_and(|session| tab::is_signed_out_since(session.begun_at))
}

/// An answer of the API has shown that the session is good.
pub fn confirmed() {
    tab::clear_rounds();
}

/// Takes an access token. `remember` keeps it over a reload, in the tab's storage.
///
/// # Errors
/// What is wrong with it; nothing was sent.
pub fn with_access_token(config: &RunConfig, text: &str, remember: bool) -> Result<Session, TokenProblem> {
    let session = Session {
        begun_at: clock::now_s(),
        ..Session::with_access_token(&config.api, access_token::check(text)?, remember)
    };
    tab::keep(config, &session);
    Ok(session)
}

/// Where to land after signing in without leaving the page: the page that was asked for, else the list. Good for once.
pub fn landing() -> String {
    let wanted = tab::wanted();
    tab::clear_wanted();
    wanted.unwrap_or_else(|| Route::users().to_path())
}

/// Notes the page to come back to after the sign-in that follows.
pub fn want(address: &str) {
    tab::want(address);
}

/// Forgets the session here and in all other tabs, then signs out at the provider. `Some` says whether the browser is on
/// its way there; `None` that no provider had a part in it.
pub async fn sign_out(config: &RunConfig, session: Option<&Session>) -> Option<bool> {
    forget_for_good();
    siblings::tell_signed_out();
    page::replace_address(&Route::SignIn.href(config.base_path()));
    let session = session.filter(|session| session.is_from_provider())?;
    Some(match leave_in_part(config.clone(), session.clone()).await {
        Ok(leave) => leave.await,
        Err(NotLoaded) => false,
    })
}

/// Forgets the session here and in all other tabs because its account is gone. The provider is left alone, and so is
/// the API: a request with this sign-in would make a new account.
pub fn forget_account(config: &RunConfig) {
    forget_for_good();
    siblings::tell_signed_out();
    page::replace_address(&Route::SignIn.href(config.base_path()));
}

async fn leave_provider(config: &RunConfig, session: &Session) -> bool {
    // It has to be there: who leaves for one that is not is left with the browser's own page.
    let Ok(provider) = provider::discover(&config.auth.issuer, provider::SHORT_LIMIT_MS).await else {
        return false;
    };
    // What makes new ones first: it outlives the rest, at some providers even the end of the session there.
    for (token, kind) in [
        (session.refresh_token.as_deref(), "refresh_token"),
        (session.access_token(), "access_token"),
    ] {
        if let Some(token) = token {
            provider::revoke(
                &provider,
                &oidc::revocation_request(token, kind, &config.auth.client_id),
            )
            .await;
        }
    }
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

/// What a claim of the sign-in's own token lists. `None` where there is no such token: an access token says nothing.
pub fn listed_in_claim(claim: &str) -> Option<Vec<String>> {
    claims::listed(&tab::bearer()?, claim)
}

/// Forgets the session of this tab.
pub fn forget() {
    tab::forget();
}

/// Forgets the session of this tab because somebody signed out, here or elsewhere: it does not sign in again by itself.
pub fn forget_for_good() {
    tab::forget();
    tab::mark_signed_out();
}

/// Hands the session to new tabs and hears of a sign-out, as long as the ear lives.
pub fn share(session: impl Fn() -> Option<Session> + 'static, signed_out: impl Fn() + 'static) -> Option<Ear> {
    siblings::answer(session, signed_out)
}

/// The present address below the base path.
pub fn here(config: &RunConfig) -> String {
    let (path, query) = page::path_and_query();
    below_base(config, &path, &query)
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
