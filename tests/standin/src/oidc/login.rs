//! Owns the login page: an e-mail address and a password, or for demo data somebody to be (contract 7.4).

use axum::response::Response;

use super::{BASE, Call, pages, second_factor};
use crate::http;
use crate::ids::{self, Source};
use crate::store::connectors;
use crate::store::identities::{self, Identity};
use crate::store::sign_in::{self, AuthRequest, Session};
use crate::store::users;

/// Somebody who is offered on the page.
pub struct Choice {
    pub id: String,
    pub name: String,
    /// Role and state in words.
    pub remark: String,
}

/// `GET /auth/local/login`.
pub fn page(call: &Call<'_>) -> rusqlite::Result<Response> {
    match begun(call)? {
        Some(request) => show(call, call.fields.get("state"), &request, false),
        None => Ok(over()),
    }
}

/// `POST /auth/local/login`.
pub fn submit(call: &Call<'_>) -> rusqlite::Result<Response> {
    let Some(request) = begun(call)? else {
        return Ok(over());
    };
    let person = call.fields.get("person");
    let identity = if person.is_empty() && call.backend.idp.is_local_auth_disabled() {
        None
    } else if person.is_empty() {
        by_password(call)?
    } else {
        offered(call, person)?
    };
    let Some(identity) = identity else {
        return show(call, call.fields.get("state"), &request, true);
    };
    // Who is chosen from the demo data needs neither password nor code.
    if person.is_empty() && second_factor::is_needed(call)? {
        return second_factor::ask(call, &identity.id);
    }
    finish(call, request, identity.id)
}

/// Ends a sign-in: the browser has a session and goes back to the application with a code.
pub fn finish(call: &Call<'_>, request: AuthRequest, identity: String) -> rusqlite::Result<Response> {
    sign_in::forget(call.db, call.fields.get("state"))?;
    let cookie = ids::secret(&mut Source::System);
    sign_in::start_session(call.db, &cookie, &identity, call.now)?;
    let session = Session {
        identity,
        auth_time: call.now,
    };
    let mut response = call.send_code(request, session)?;
    call.set_session(&mut response, &cookie);
    Ok(response)
}

/// The sign-in that a page belongs to.
pub fn begun(call: &Call<'_>) -> rusqlite::Result<Option<AuthRequest>> {
    sign_in::begun(call.db, call.fields.get("state"), call.now)
}

/// What answers a page of a sign-in that is over.
pub fn over() -> Response {
    pages::bad_request("This sign-in is over. Go back to the application and start again.")
}

fn by_password(call: &Call<'_>) -> rusqlite::Result<Option<Identity>> {
    let identity = identities::local_by_email(call.db, call.fields.get("login").trim())?;
    let password = call.fields.get("password");
    Ok(identity.filter(|identity| {
        identity
            .password_hash
            .as_deref()
            .is_some_and(|hash| bcrypt::verify(password, hash).unwrap_or(false))
    }))
}

fn offered(call: &Call<'_>, id: &str) -> rusqlite::Result<Option<Identity>> {
    let people = identities::offered(call.db)?;
    Ok(people
        .into_iter()
        .map(|(identity, _)| identity)
        .find(|identity| identity.id == id))
}

/// The login page of a begun sign-in: a password, every outside provider, the people of the demo data.
pub fn show(call: &Call<'_>, id: &str, request: &AuthRequest, wrong: bool) -> rusqlite::Result<Response> {
    let mut choices = Vec::new();
    for (identity, _) in identities::offered(call.db)? {
        let user = users::find(call.db, &identity.id)?;
        let mut remark = user
            .as_ref()
            .map_or("newcomer", |user| user.role.name())
            .replace('_', " ");
        if user.as_ref().is_some_and(|user| user.pending) {
            remark.push_str(", waiting for approval");
        } else if user.as_ref().is_some_and(|user| user.blocked) {
            remark.push_str(", blocked");
        } else if user.as_ref().is_some_and(|user| user.invited) {
            remark.push_str(", invited");
        }
        let name = if identity.name.is_empty() {
            identity.email
        } else {
            identity.name
        };
        choices.push(Choice {
            id: identity.id,
            name,
            remark,
        });
    }
    let status = if wrong { 401 } else { 200 };
    let origin = http::origin(&request.redirect_uri);
    let query = request.query();
    let providers: Vec<(String, String)> = connectors::list(call.db)?
        .into_iter()
        .map(|connector| (connector.name, format!("{BASE}/auth/{}?{query}", connector.id)))
        .collect();
    let passwords = !call.backend.idp.is_local_auth_disabled();
    Ok(pages::login(status, id, passwords, &choices, &providers, origin))
}
