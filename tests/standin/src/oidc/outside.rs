//! Owns the outside provider that this server plays under `/outside` for every connector, and the way back from it.
//!
//! It is an OpenID provider as far as a browser sees one: a page of its own, a redirect with a code, and at the
//! embedded provider's callback that code becomes a person. Any e-mail address is somebody there.

use std::sync::Arc;

use axum::Router;
use axum::response::Response;
use axum::routing::get;

use super::{Call, login, pages, run, with_query};
use crate::app::{App, Backend};
use crate::http;
use crate::ids::{self, Source};
use crate::store::connectors::{self, Connector};
use crate::store::identities::{self, Identity};
use crate::store::sign_in;

/// Where the outside providers live on this server.
pub const BASE: &str = "/outside";

/// The outside providers' part of the router.
pub fn routes(backend: &Arc<Backend>) -> Router<Arc<App>> {
    let (page_backend, form_backend) = (Arc::clone(backend), Arc::clone(backend));
    Router::new().route(
        "/{connector}/authorize",
        get(move |request| run(page_backend, page, request)).post(move |request| run(form_backend, submit, request)),
    )
}

/// Where a browser goes to sign in at `connector`.
pub fn address(backend: &Backend, connector: &Connector, sign_in: &str) -> String {
    let pairs = [
        ("client_id", connector.client_id.as_str()),
        ("redirect_uri", &callback_address(backend)),
        ("response_type", "code"),
        ("scope", "openid profile email"),
        ("state", sign_in),
    ];
    with_query(&format!("{BASE}/{}/authorize", connector.id), &pairs)
}

fn callback_address(backend: &Backend) -> String {
    format!("{}/callback", backend.issuer)
}

/// `GET /outside/{connector}/authorize`.
fn page(call: &Call<'_>) -> rusqlite::Result<Response> {
    match asked(call)? {
        Ok(connector) => show(call, &connector, false),
        Err(refusal) => Ok(*refusal),
    }
}

/// `POST /outside/{connector}/authorize`: whoever somebody says they are, they are.
fn submit(call: &Call<'_>) -> rusqlite::Result<Response> {
    let connector = match asked(call)? {
        Ok(connector) => connector,
        Err(refusal) => return Ok(*refusal),
    };
    let email = call.fields.get("email").trim();
    if email.is_empty() {
        return show(call, &connector, true);
    }
    let code = ids::secret(&mut Source::System);
    connectors::keep_code(call.db, &code, &connector.id, email, call.now)?;
    let pairs = [("code", code.as_str()), ("state", call.fields.get("state"))];
    Ok(http::redirect(
        303,
        &with_query(&callback_address(call.backend), &pairs),
    ))
}

/// The provider that is asked, by a client it knows.
fn asked(call: &Call<'_>) -> rusqlite::Result<Result<Connector, Box<Response>>> {
    let id = call.path.split('/').nth(1).unwrap_or_default();
    let client = call.fields.get("client_id");
    let Some(connector) = connectors::find(call.db, id)?.filter(|connector| connector.client_id == client) else {
        return Ok(Err(Box::new(pages::bad_request("Unknown provider or client."))));
    };
    if call.fields.get("redirect_uri") != callback_address(call.backend) {
        return Ok(Err(Box::new(pages::bad_request("Unregistered redirect_uri."))));
    }
    Ok(Ok(connector))
}

fn show(call: &Call<'_>, connector: &Connector, wrong: bool) -> rusqlite::Result<Response> {
    // The form leads on to the embedded provider and from there to the application: browsers check both.
    let request = sign_in::begun(call.db, call.fields.get("state"), call.now)?;
    let application = request.map(|request| http::origin(&request.redirect_uri).to_owned());
    let origins = format!(
        "{} {}",
        http::origin(&call.backend.issuer),
        application.unwrap_or_default()
    );
    let pairs =
        ["client_id", "redirect_uri", "response_type", "scope", "state"].map(|name| (name, call.fields.get(name)));
    let action = with_query(&format!("{BASE}/{}/authorize", connector.id), &pairs);
    Ok(pages::outside(&connector.name, &action, wrong, origins.trim()))
}

/// `GET /oauth2/callback`: back from the outside provider with a code of its.
pub(super) fn callback(call: &Call<'_>) -> rusqlite::Result<Response> {
    let Some(request) = login::begun(call)? else {
        return Ok(login::over());
    };
    let Some((connector, email)) = connectors::take_code(call.db, call.fields.get("code"), call.now)? else {
        return Ok(pages::bad_request("Invalid or expired code parameter."));
    };
    let identity = somebody(call, &connector, &email)?;
    login::finish(call, request, identity.id)
}

/// Who has that address at a provider; made when nobody has.
fn somebody(call: &Call<'_>, connector: &str, email: &str) -> rusqlite::Result<Identity> {
    let known = identities::outside_by_email(call.db, email)?;
    let is_there = |identity: &Identity| ids::connector(&identity.id).as_deref() == Some(connector);
    if let Some(identity) = known.into_iter().find(is_there) {
        return Ok(identity);
    }
    let name = email.rsplit_once('@').map_or(email, |(name, _)| name);
    let identity = Identity {
        id: ids::person(&ids::uuid(&mut Source::System), connector),
        email: email.to_owned(),
        name: name.to_owned(),
        password_hash: None,
    };
    identities::insert(call.db, &identity)?;
    Ok(identity)
}
