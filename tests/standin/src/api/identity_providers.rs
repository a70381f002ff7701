//! Owns `GET /identity-providers`: the names behind `idp_id` (contract 2.16).

use serde_json::{Value, json};

use crate::api::{Call, Outcome};
use crate::http;
use crate::permissions::{self, Operation};
use crate::store::identities;

/// `GET /identity-providers`.
pub fn list(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::IDENTITY_PROVIDERS, Operation::Read)?;
    if !call.backend.idp.is_embedded() {
        return Ok(http::json(200, &json!([])));
    }
    let out: Vec<Value> = identities::connectors(call.db, &call.caller.account)?
        .into_iter()
        .map(|connector| {
            json!({
                "client_id": connector.client_id,
                "id": connector.id,
                "issuer": connector.issuer,
                "name": connector.name,
                "type": connector.r#type,
            })
        })
        .collect();
    Ok(http::json(200, &out))
}
