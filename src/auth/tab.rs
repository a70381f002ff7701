//! What signing in keeps in the tab's storage. All of it may be missing or garbled at any time.

use super::claims::Claims;
use super::pending::{self, Pending};
use super::rounds::{self, Rounds};
use super::session::{self, Session};
use crate::api::json::{self, Fields};
use crate::browser::{clock, storage};
use crate::config::{RunConfig, StorageKind};
use crate::routes::Route;

/// Set when somebody signed out: in the tab, so that it does not sign in again by itself; for all tabs the moment, so that
/// one that slept meanwhile does not go on.
const SIGNED_OUT_KEY: &str = "roost.signed-out";
/// For all tabs, the end of the newest session that a refresh token brought: an older one's token is spent.
const RENEWED_KEY: &str = "roost.renewed";
/// No session lasts for so many seconds.
const LONGEST_S: i64 = 366 * 24 * 3600;
/// Forms that were left unsaved (`state/drafts`): they go with who wrote them.
pub const DRAFTS_KEY: &str = "roost.drafts";
/// The page that was asked for when the sign-in page came instead.
const WANTED_KEY: &str = "roost.wanted";

fn get(key: &str) -> Option<String> {
    storage::get(storage::tab().as_ref(), key)
}

fn set(key: &str, value: &str) {
    storage::set(storage::tab().as_ref(), key, value);
}

fn remove(key: &str) {
    storage::remove(storage::tab().as_ref(), key);
}

/// The session with the configured API, if its time is not over and nobody has signed out since it began.
pub fn session(config: &RunConfig) -> Option<Session> {
    Session::read(&get(session::STORAGE_KEY)?, &config.api)
        .filter(|session| !session.is_over(clock::now_s()) && !is_signed_out_since(session.begun_at))
}

/// The provider's token of the session, where the tab keeps one.
pub fn bearer() -> Option<String> {
    let kept = get(session::STORAGE_KEY)?;
    let value = json::parse(&kept).ok()?;
    let authorization = Fields::of(&value).ok()?.must("authorization").ok()?;
    authorization.strip_prefix("Bearer ").map(str::to_owned)
}

/// Takes a session for the tab's. One that may not be kept drives out what was there, or a reload would bring it back.
pub fn keep(config: &RunConfig, session: &Session) {
    remove(SIGNED_OUT_KEY);
    if session.kept && config.auth.storage == StorageKind::Session {
        set(session::STORAGE_KEY, &session.to_text());
    } else {
        remove(session::STORAGE_KEY);
    }
}

/// Forgets the session.
pub fn drop_session() {
    remove(session::STORAGE_KEY);
}

/// Forgets everything about who is signed in, and who was about to.
pub fn forget() {
    for key in [
        session::STORAGE_KEY,
        pending::STORAGE_KEY,
        rounds::STORAGE_KEY,
        WANTED_KEY,
    ] {
        remove(key);
    }
}

/// Notes that somebody signed out.
pub fn mark_signed_out() {
    set(SIGNED_OUT_KEY, "1");
    remove(DRAFTS_KEY);
    storage::set(storage::browser().as_ref(), SIGNED_OUT_KEY, &clock::now_s().to_string());
}

/// Whether somebody signed out, in whatever tab, after a session began.
pub fn is_signed_out_since(begun_at: i64) -> bool {
    let at =
        storage::get(storage::browser().as_ref(), SIGNED_OUT_KEY).and_then(|text| json::parse(&text).ok()?.as_i64());
    // A moment still to come was written by nobody of ours.
    at.is_some_and(|at| begun_at < at && at <= clock::now_s())
}

/// Whether somebody signed out, and nobody signed in since.
pub fn is_signed_out() -> bool {
    get(SIGNED_OUT_KEY).is_some()
}

/// Notes a sign-in that begins.
pub fn add_pending(begun: Pending) {
    let all = pending::add(get(pending::STORAGE_KEY).as_deref(), begun);
    set(pending::STORAGE_KEY, &all);
    remove(SIGNED_OUT_KEY);
}

/// Notes the end of a session that a refresh token brought.
pub fn mark_renewed(end: i64) {
    storage::set(storage::browser().as_ref(), RENEWED_KEY, &end.to_string());
}

/// Whether a refresh token has brought, in whatever tab, a session that ends later than this.
pub fn is_renewed_since(end: i64) -> bool {
    let newest =
        storage::get(storage::browser().as_ref(), RENEWED_KEY).and_then(|text| json::parse(&text).ok()?.as_i64());
    newest.is_some_and(|newest| newest > end && newest < clock::now_s().saturating_add(LONGEST_S))
}

/// The sign-in with this state, which is good for this one time.
pub fn take_pending(state: &str) -> Option<Pending> {
    let (left, found) = pending::take(get(pending::STORAGE_KEY).as_deref(), state, clock::now_s());
    set(pending::STORAGE_KEY, &left);
    found
}

/// The sign-ins that no answer of the API has confirmed yet.
pub fn rounds() -> Rounds {
    Rounds::read(get(rounds::STORAGE_KEY).as_deref())
}

/// Counts a sign-in, whose token says `claims`.
pub fn count_round(claims: Option<Claims>) {
    set(rounds::STORAGE_KEY, &rounds().and_another(claims));
}

/// Forgets the count.
pub fn clear_rounds() {
    remove(rounds::STORAGE_KEY);
}

/// Notes the page that was asked for. The sign-in page itself is none.
pub fn want(address: &str) {
    if Route::is_return_target(address) {
        set(WANTED_KEY, address);
    }
}

/// The page that was asked for.
pub fn wanted() -> Option<String> {
    get(WANTED_KEY).filter(|address| Route::is_return_target(address))
}

/// Nothing is asked for any more: one has landed.
pub fn clear_wanted() {
    remove(WANTED_KEY);
}
