//! Owns outside identity providers: the names behind `idp_id`, and changing them (contract 2.16).

use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::{Call, Outcome};
use crate::errors::ApiError;
use crate::ids::{self, Source};
use crate::permissions::{self, Operation};
use crate::store::connectors::{self, Connector};
use crate::{http, json};

/// The kinds of providers the server knows.
const TYPES: [&str; 10] = [
    "oidc",
    "zitadel",
    "entra",
    "google",
    "okta",
    "pocketid",
    "microsoft",
    "authentik",
    "keycloak",
    "adfs",
];

/// Kinds whose issuer is known without saying it.
const WITH_ISSUER: [&str; 2] = ["google", "microsoft"];

/// The secret is taken and thrown away: nobody is asked anything with it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Request {
    r#type: String,
    name: String,
    issuer: String,
    client_id: String,
    #[serde(rename = "client_secret")]
    _client_secret: String,
}

/// `GET /identity-providers`.
pub fn list(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::IDENTITY_PROVIDERS, Operation::Read)?;
    if !call.backend.idp.is_embedded() {
        return Ok(http::json(200, &json!([])));
    }
    let out: Vec<Value> = connectors::list(call.db)?.iter().map(out).collect();
    Ok(http::json(200, &out))
}

/// `GET /identity-providers/{idpId}`.
pub fn get(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::IDENTITY_PROVIDERS, Operation::Read)?;
    Ok(http::json(200, &out(&find(call)?)))
}

/// `POST /identity-providers`.
pub fn create(call: &Call<'_>) -> Outcome {
    let request: Request = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    call.allowed(permissions::IDENTITY_PROVIDERS, Operation::Create)?;
    call.backend.idp.must_be_embedded()?;
    call.backend.idp.must_be_embedded()?;
    let connector = connector(ids::xid(&mut Source::System), request)?;
    connectors::insert(call.db, &connector)?;
    note(call, "identityprovider.create", &connector)?;
    Ok(http::json(200, &out(&connector)))
}

/// `PUT /identity-providers/{idpId}`.
pub fn update(call: &Call<'_>) -> Outcome {
    let request: Request = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    call.allowed(permissions::IDENTITY_PROVIDERS, Operation::Update)?;
    call.backend.idp.must_be_embedded()?;
    call.backend.idp.must_be_embedded()?;
    let connector = connector(find(call)?.id, request)?;
    connectors::update(call.db, &connector)?;
    note(call, "identityprovider.update", &connector)?;
    Ok(http::json(200, &out(&connector)))
}

/// `DELETE /identity-providers/{idpId}`: its people stay, and can no longer sign in.
pub fn delete(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::IDENTITY_PROVIDERS, Operation::Delete)?;
    call.backend.idp.must_be_embedded()?;
    call.backend.idp.must_be_embedded()?;
    let connector = find(call)?;
    connectors::delete(call.db, &connector.id)?;
    note(call, "identityprovider.delete", &connector)?;
    Ok(http::json(200, &json!({})))
}

fn find(call: &Call<'_>) -> Result<Connector, ApiError> {
    connectors::find(call.db, call.segment(0))?.ok_or_else(|| ApiError::business(404, "identity provider not found"))
}

fn note(call: &Call<'_>, code: &str, connector: &Connector) -> Result<(), ApiError> {
    let meta = [
        ("issuer", connector.issuer.clone()),
        ("name", connector.name.clone()),
        ("type", connector.r#type.clone()),
    ];
    call.note(code, &connector.id, meta)
}

fn out(connector: &Connector) -> Value {
    json!({
        "client_id": connector.client_id,
        "id": connector.id,
        "issuer": connector.issuer,
        "name": connector.name,
        "type": connector.r#type,
    })
}

/// The provider that a request asks for.
fn connector(id: String, request: Request) -> Result<Connector, ApiError> {
    let kind = request.r#type.as_str();
    let refusal = if request.name.is_empty() {
        "identity provider name is required"
    } else if kind.is_empty() {
        "identity provider type is required"
    } else if !TYPES.contains(&kind) {
        "unsupported identity provider type"
    } else if request.issuer.is_empty() && !WITH_ISSUER.contains(&kind) {
        "identity provider issuer is required"
    } else if !request.issuer.is_empty() && !is_url(&request.issuer) {
        "identity provider issuer must be a valid URL"
    } else if request.client_id.is_empty() {
        "identity provider client ID is required"
    } else {
        return Ok(Connector {
            id,
            r#type: request.r#type,
            name: request.name,
            issuer: request.issuer,
            client_id: request.client_id,
        });
    };
    Err(ApiError::business(422, refusal))
}

fn is_url(text: &str) -> bool {
    text.parse::<axum::http::Uri>()
        .is_ok_and(|uri| uri.scheme().is_some() && uri.host().is_some_and(|host| !host.is_empty()))
}
