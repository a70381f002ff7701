//! Owns invite links as those see them who were invited and have no credential yet (contract 2.9, 4.4).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use crate::api::{Outcome, PublicCall, invites, passwords, user_create};
use crate::auth::join;
use crate::clock;
use crate::errors::ApiError;
use crate::ids::{self, TokenFlaw};
use crate::permissions::Role;
use crate::store::invites::Invite;
use crate::store::users::{self, User};
use crate::store::{identities, invites as kept};
use crate::{http, json};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Accept {
    password: String,
}

/// `GET /users/invites/{token}`: an invite that has run out is still shown.
pub fn info(call: &PublicCall<'_>) -> Outcome {
    call.backend.limits.count_public(call.address)?;
    let invite = find(call)?;
    let inviter = users::find(call.db, &invite.created_by)?;
    Ok(http::json(
        200,
        &json!({
            "email": invite.email,
            "expires_at": clock::text(invite.expires_at),
            "invited_by": inviter.map(|user| user.name).unwrap_or_default(),
            "name": invite.name,
            "valid": !invite.is_expired(call.now),
        }),
    ))
}

/// `POST /users/invites/{token}/accept`: makes the person at the provider and the user, and the invite is gone.
pub fn accept(call: &PublicCall<'_>) -> Outcome {
    call.backend.limits.count_public(call.address)?;
    let request: Accept = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    call.backend.idp.must_have_invite_links()?;
    call.backend.idp.must_have_local_auth()?;
    if request.password.is_empty() {
        return Err(ApiError::business(422, "password is required"));
    }
    passwords::check_strength(&request.password)
        .map_err(|text| ApiError::business(422, &format!("invalid password: {text}")))?;
    let invite = find(call)?;
    if invite.is_expired(call.now) {
        return Err(ApiError::business(422, "invite has expired"));
    }
    if identities::local_by_email(call.db, &invite.email)?.is_some() {
        return Err(ApiError::internal());
    }
    let identity = user_create::new_identity(&invite.email, &invite.name, &request.password)?;
    identities::insert(call.db, &identity)?;
    let role = Role::stored(&invite.role);
    let user = User {
        auto_groups: invite.auto_groups,
        ..User::person(
            identity.id,
            &invite.account,
            role,
            &invite.name,
            &invite.email,
            call.now,
        )
    };
    users::insert(call.db, &user)?;
    kept::delete(call.db, &invite.id)?;
    let meta = BTreeMap::from([("email", invite.email)]);
    join::note(call.db, call.now, &user, "user.invite.link.accept", &user.id, meta)?;
    Ok(http::json(200, &json!({ "success": true })))
}

fn find(call: &PublicCall<'_>) -> Result<Invite, ApiError> {
    let token = call.segment(0);
    ids::check_token(token, ids::INVITE).map_err(|flaw| {
        let text = match flaw {
            TokenFlaw::Length => "invalid token length".to_owned(),
            TokenFlaw::Prefix => "invalid token prefix".to_owned(),
            TokenFlaw::Character(character) => {
                format!("checksum decoding failed: invalid character: {character}")
            }
            TokenFlaw::Checksum => "checksum does not match".to_owned(),
        };
        ApiError::business(422, &format!("invalid invite token: {text}"))
    })?;
    kept::by_hash(call.db, &ids::token_hash(token))?.ok_or_else(invites::not_found)
}
