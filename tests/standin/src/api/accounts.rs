//! Owns `GET /accounts`: always exactly one (contract 2.11, 5.1).

use serde_json::{Map, Value, json};

use crate::api::{Call, Outcome};
use crate::errors::ApiError;
use crate::idp::Idp;
use crate::permissions::{self, Operation};
use crate::store::accounts::{self, Account};
use crate::{clock, http};

/// `GET /accounts`.
pub fn list(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::ACCOUNTS, Operation::Read)?;
    call.allowed(permissions::SETTINGS, Operation::Read)?;
    let account = accounts::get(call.db, &call.caller.account)?;
    Ok(http::json(200, &[out(&account, call.backend.idp)?]))
}

fn out(account: &Account, idp: Idp) -> Result<Value, ApiError> {
    let Ok(Value::Object(stored)) = serde_json::to_value(&account.settings) else {
        return Err(ApiError::internal());
    };
    let mut settings: Map<String, Value> = stored;
    // The modes of this server, and the ranges in use.
    settings.insert("embedded_idp_enabled".to_owned(), idp.is_embedded().into());
    settings.insert("local_auth_disabled".to_owned(), idp.is_local_auth_disabled().into());
    settings.insert("network_range".to_owned(), account.network_range.as_str().into());
    settings.insert("network_range_v6".to_owned(), account.network_range_v6.as_str().into());
    Ok(json!({
        "created_at": clock::text(account.created_at),
        "created_by": account.created_by,
        "domain": account.domain,
        "domain_category": account.domain_category,
        "id": account.id,
        "onboarding": {
            "onboarding_flow_pending": account.onboarding_flow_pending,
            "signup_form_pending": account.signup_form_pending,
        },
        "settings": settings,
    }))
}
