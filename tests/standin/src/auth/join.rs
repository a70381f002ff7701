//! Owns what the first call of a person makes: an account with its group `All`, or a user in the account there is.

use std::collections::BTreeMap;

use rusqlite::Connection;

use crate::auth::jwt::Claims;
use crate::clock::Nanos;
use crate::errors::ApiError;
use crate::ids::{self, Source};
use crate::permissions::Role;
use crate::store::accounts::{self, Account, SELF_HOSTED, Settings};
use crate::store::events::{self, NewEvent};
use crate::store::groups::{self, Group};
use crate::store::users::{self, User};

/// The user a token speaks for; made when nobody has that id.
pub fn user_of(db: &Connection, claims: &Claims, now: Nanos) -> Result<User, ApiError> {
    if let Some(user) = users::find(db, &claims.sub)? {
        return redeem_invitation(db, user, now);
    }
    let name = claims.name.as_deref().unwrap_or_default();
    let email = claims.email.as_deref().unwrap_or_default();
    let (user, account_is_new) = match accounts::to_join(db)? {
        None => {
            let account = new_account(db, &mut Source::System, &claims.sub, SELF_HOSTED, now)?;
            (
                User::person(claims.sub.clone(), &account.id, Role::Owner, name, email, now),
                true,
            )
        }
        Some(account) => {
            let waits = account.settings.extra.user_approval_required;
            let person = User::person(claims.sub.clone(), &account.id, Role::User, name, email, now);
            (
                User {
                    blocked: waits,
                    pending: waits,
                    ..person
                },
                false,
            )
        }
    };
    users::insert(db, &user)?;
    if account_is_new {
        note(db, now, &user, "account.create", &user.account, BTreeMap::new())?;
    }
    let meta = if user.pending {
        BTreeMap::from([("pending_approval", "true".to_owned())])
    } else {
        BTreeMap::new()
    };
    note(db, now, &user, "user.join", &user.id, meta)?;
    users::find(db, &user.id)?.ok_or_else(ApiError::internal)
}

/// Who was invited by mail has come: from now on they are like everybody else.
fn redeem_invitation(db: &Connection, user: User, now: Nanos) -> Result<User, ApiError> {
    if !user.invited {
        return Ok(user);
    }
    let user = User { invited: false, ..user };
    users::redeem(db, &user.id)?;
    note(db, now, &user, "user.join", &user.id, BTreeMap::new())?;
    Ok(user)
}

/// Makes an account with its group `All`; the user who made it is the caller's to store.
pub fn new_account(
    db: &Connection,
    source: &mut Source,
    creator: &str,
    domain: &str,
    now: Nanos,
) -> rusqlite::Result<Account> {
    let all = ids::xid(source);
    let account = Account {
        id: ids::xid(source),
        domain: domain.to_owned(),
        domain_category: if domain.is_empty() {
            String::new()
        } else {
            "private".to_owned()
        },
        created_at: now,
        created_by: creator.to_owned(),
        settings: Settings::fresh(&all),
        network_range: format!("100.{}.0.0/16", 64 + source.below(64)),
        network_range_v6: format!(
            "fd{:02x}:{:x}:{:x}:{:x}::/64",
            source.below(0x100),
            1 + source.below(0xffff),
            1 + source.below(0xffff),
            1 + source.below(0xffff)
        ),
        signup_form_pending: true,
        onboarding_flow_pending: true,
    };
    accounts::insert(db, &account)?;
    groups::insert(
        db,
        &Group {
            id: all,
            account: account.id.clone(),
            name: groups::ALL.to_owned(),
            issued: "api".to_owned(),
            resources: Vec::new(),
        },
    )?;
    Ok(account)
}

/// Writes an event that `initiator` caused.
pub fn note(
    db: &Connection,
    now: Nanos,
    initiator: &User,
    code: &str,
    target: &str,
    meta: BTreeMap<&str, String>,
) -> rusqlite::Result<()> {
    let event = NewEvent {
        account: &initiator.account,
        at: now,
        code,
        initiator: &initiator.id,
        target,
        meta,
    };
    events::insert(db, &event)
}
