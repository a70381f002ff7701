//! Owns the code of an authenticator after the password, while an account has `local_mfa_enabled` on (contract 7.4).

use axum::response::Response;
use totp_rs::{Builder, Secret};

use super::{BASE, Call, login, pages};
use crate::clock::{self, Nanos};
use crate::http;
use crate::ids::{self, Source};
use crate::store::accounts;
use crate::store::second_factors::{self, SecondFactor};
use crate::store::sign_in::{self, AuthRequest};

/// Whether people with a password need a code, too.
pub fn is_needed(call: &Call<'_>) -> rusqlite::Result<bool> {
    Ok(call.backend.idp.is_embedded() && accounts::any_with_local_mfa(call.db)?)
}

/// The password was right: the browser gets a session with a step to come, and the page for the code.
pub fn ask(call: &Call<'_>, identity: &str) -> rusqlite::Result<Response> {
    let state = call.fields.get("state");
    sign_in::pass_password(call.db, state, identity)?;
    if second_factors::find(call.db, identity)?.is_none() {
        second_factors::insert(call.db, identity, &ids::authenticator_secret(&mut Source::System))?;
    }
    let cookie = ids::secret(&mut Source::System);
    sign_in::start_pending_session(call.db, &cookie, identity, call.now)?;
    let mut response = http::redirect(303, &address(state));
    call.set_session(&mut response, &cookie);
    Ok(response)
}

fn address(state: &str) -> String {
    format!(
        "{BASE}/auth/local/code?{}",
        http::query([("back", ""), ("state", state)])
    )
}

/// `GET /auth/local/code`.
pub fn page(call: &Call<'_>) -> rusqlite::Result<Response> {
    match begun(call)? {
        Some((request, _, factor)) => Ok(show(call, &request, &factor, false)),
        None => Ok(login::over()),
    }
}

/// `POST /auth/local/code`.
pub fn submit(call: &Call<'_>) -> rusqlite::Result<Response> {
    let Some((request, identity, factor)) = begun(call)? else {
        return Ok(login::over());
    };
    if !is_right(&factor.secret, call.fields.get("code").trim(), call.now) {
        return Ok(show(call, &request, &factor, true));
    }
    second_factors::confirm(call.db, &identity)?;
    login::finish(call, request, identity)
}

/// The sign-in whose password was right, whose it is, and their authenticator.
fn begun(call: &Call<'_>) -> rusqlite::Result<Option<(AuthRequest, String, SecondFactor)>> {
    let state = call.fields.get("state");
    let Some(request) = sign_in::begun(call.db, state, call.now)? else {
        return Ok(None);
    };
    let Some(identity) = sign_in::passed_password(call.db, state)? else {
        return Ok(None);
    };
    let factor = second_factors::find(call.db, &identity)?;
    Ok(factor.map(|factor| (request, identity, factor)))
}

fn show(call: &Call<'_>, request: &AuthRequest, factor: &SecondFactor, wrong: bool) -> Response {
    let secret = (!factor.confirmed).then_some(factor.secret.as_str());
    let origin = http::origin(&request.redirect_uri);
    pages::second_factor(wrong, &address(call.fields.get("state")), secret, origin)
}

/// Whether a code is that of the half minute that is, was or comes.
fn is_right(secret: &str, code: &str, now: Nanos) -> bool {
    let Ok(secret) = Secret::try_from_base32(secret) else {
        return false;
    };
    let seconds = u64::try_from(clock::seconds(now)).unwrap_or(0);
    Builder::new()
        .with_secret(secret)
        .build()
        .is_ok_and(|totp| totp.check(code, seconds).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SECOND;

    #[test]
    fn codes_are_those_of_rfc_6238_and_a_neighbouring_half_minute_counts() {
        // The secret and the moments of appendix B, with six of its eight digits.
        let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")] {
            assert!(is_right(secret, code, seconds * SECOND), "{seconds}");
            assert!(is_right(secret, code, (seconds + 30) * SECOND), "{seconds}, late");
            assert!(!is_right(secret, code, (seconds + 90) * SECOND), "{seconds}, too late");
        }
        for wrong in ["", "287083", "28708", "2870820", "abcdef"] {
            assert!(!is_right(secret, wrong, 59 * SECOND), "{wrong}");
        }
    }
}
