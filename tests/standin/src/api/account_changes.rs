//! Owns changing and deleting the account (contract 5.3, 5.4, 6).

use crate::api::account_request::Request;
use crate::api::addresses::{self, NewRanges};
use crate::api::{Call, Outcome, account_events, accounts as shown, peers as seen, user_changes};
use crate::errors::ApiError;
use crate::http;
use crate::permissions::{self, Denial, Operation};
use crate::store::accounts::{self, Account, Extra};
use crate::store::users::{self, User};
use crate::store::{groups, peers};

/// `PUT /accounts/{accountId}`.
pub fn update(call: &Call<'_>) -> Outcome {
    let mut request = Request::read(call.body).ok_or_else(ApiError::bad_json)?;
    request.check(|| peer_count(call))?;
    permissions::check_in(call.segment(0), call.caller, permissions::SETTINGS, Operation::Update)
        .map_err(Denial::error_of_inner_kind)?;
    let mut before = accounts::get(call.db, &call.caller.account)?;
    if let Some(onboarding) = request.onboarding {
        before.signup_form_pending = onboarding.signup_form_pending;
        before.onboarding_flow_pending = onboarding.onboarding_flow_pending;
        accounts::update(call.db, &before)?;
    }
    if let Some(refusal) = refusal(call, &request)? {
        // An answer and no error: the onboarding stays stored.
        return Ok(refusal.answer());
    }
    let mut settings = request.settings;
    if !request.has_extra {
        settings.extra = before.settings.extra.clone();
    }
    let mut after = Account {
        network_range: settings.network_range.as_ref().unwrap_or(&before.network_range).clone(),
        network_range_v6: settings
            .network_range_v6
            .as_ref()
            .unwrap_or(&before.network_range_v6)
            .clone(),
        settings,
        ..before.clone()
    };
    let answer = http::json(200, &shown::after_update(&after)?);
    // The open-source server answers with the traffic logging it was sent, and keeps none of it.
    after.settings.extra = Extra {
        network_traffic_logs_enabled: false,
        network_traffic_logs_groups: None,
        network_traffic_packet_counter_enabled: false,
        ..after.settings.extra
    };
    accounts::update(call.db, &after)?;
    apply(call, &before, &after)?;
    Ok(answer)
}

/// How many peers the caller sees; in an account that is not theirs the server stumbles over it.
fn peer_count(call: &Call<'_>) -> Result<usize, ApiError> {
    let counted = if call.segment(0) == call.caller.account {
        seen::visible(call).map(|peers| peers.len())
    } else {
        permissions::check_in(call.segment(0), call.caller, permissions::PEERS, Operation::Read)
            .map(|()| 0)
            .map_err(Denial::error)
    };
    counted.map_err(|error| match error.status {
        500 => error,
        _ => ApiError::business(500, &format!("get peer count: {}", error.message)),
    })
}

/// The checks after the permission.
fn refusal(call: &Call<'_>, request: &Request) -> Result<Option<ApiError>, ApiError> {
    if let Some(refusal) = request.later_refusal() {
        return Ok(Some(refusal));
    }
    for id in request.settings.ipv6_enabled_groups.iter().flatten() {
        if groups::find(call.db, &call.caller.account, id)?.is_none() {
            let text = format!("IPv6 enabled group {id} does not exist");
            return Ok(Some(ApiError::business(422, &text)));
        }
    }
    Ok(None)
}

/// What follows from new settings: memberships, addresses, events.
fn apply(call: &Call<'_>, before: &Account, after: &Account) -> Result<(), ApiError> {
    if after.settings.groups_propagation_enabled && !before.settings.groups_propagation_enabled {
        peers::follow_users(call.db, &after.id)?;
    }
    let new = NewRanges {
        v4: before.network_range != after.network_range,
        v6: before.network_range_v6 != after.network_range_v6,
    };
    addresses::settle(call.db, after, new)?;
    for (code, meta) in account_events::of(before, after) {
        call.note_all(&code, &after.id, meta)?;
    }
    Ok(())
}

/// `DELETE /accounts/{accountId}`: everybody goes, the caller last.
pub fn delete(call: &Call<'_>) -> Outcome {
    let id = call.segment(0);
    if accounts::find(call.db, id)?.is_none() {
        return Err(ApiError::business(404, &format!("account not found: {id}")));
    }
    let only_owner = "user is not allowed to delete account. only account owner can delete account";
    permissions::check_in(id, call.caller, permissions::ACCOUNTS, Operation::Delete).map_err(
        |denial| match denial {
            Denial::NotGranted => ApiError::business(403, only_owner),
            other => other.error_of_inner_kind(),
        },
    )?;
    let mut everybody: Vec<User> = Vec::new();
    users::for_each(call.db, id, |user| everybody.push(user))?;
    everybody.sort_by_key(|user| user.id == call.caller.id);
    for user in &everybody {
        user_changes::remove(call, user)?;
    }
    call.note("account.delete", id, [])?;
    accounts::delete(call.db, id)?;
    Ok(http::json(200, &serde_json::json!({})))
}
