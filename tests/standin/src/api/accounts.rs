//! Owns how an account looks, and `GET /accounts`: always exactly one (contract 2.11, 5.1).

use serde_json::{Value, json};

use crate::api::{Call, Outcome};
use crate::errors::ApiError;
use crate::permissions::{self, Operation};
use crate::store::accounts::{self, Account};
use crate::{clock, http};

/// `GET /accounts`.
pub fn list(call: &Call<'_>) -> Outcome {
    call.allowed(permissions::ACCOUNTS, Operation::Read)?;
    call.allowed(permissions::SETTINGS, Operation::Read)?;
    let account = accounts::get(call.db, &call.caller.account)?;
    let idp = call.backend.idp;
    // The modes of this server, and the ranges in use.
    let out = out(
        &account,
        [
            ("embedded_idp_enabled", idp.is_embedded().into()),
            ("local_auth_disabled", idp.is_local_auth_disabled().into()),
            ("network_range", account.network_range.as_str().into()),
            ("network_range_v6", account.network_range_v6.as_str().into()),
        ],
    )?;
    Ok(http::json(200, &[out]))
}

/// The account in the answer to its change, which knows neither the server's modes nor the ranges in use.
pub fn after_update(account: &Account) -> Result<Value, ApiError> {
    out(
        account,
        [
            ("embedded_idp_enabled", false.into()),
            ("local_auth_disabled", false.into()),
        ],
    )
}

/// An account whose stored settings have `more` laid over them.
fn out<const N: usize>(account: &Account, more: [(&str, Value); N]) -> Result<Value, ApiError> {
    let Ok(Value::Object(mut settings)) = serde_json::to_value(&account.settings) else {
        return Err(ApiError::internal());
    };
    settings.extend(more.map(|(name, value)| (name.to_owned(), value)));
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
