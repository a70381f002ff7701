//! Owns what happened in the demo company: its audit log.

use std::collections::BTreeMap;

use crate::api::event_meta::{is_service_user, user_name};
use crate::clock::{DAY, HOUR, Nanos};
use crate::idp::IdpManager;
use crate::store::events::{self, NewEvent};
use crate::store::groups::{ALL, Group};
use crate::store::users::User;

use super::Field;

/// How many events there are.
const EVENTS: usize = 200;

type Meta = BTreeMap<&'static str, String>;

struct Draft {
    at: Nanos,
    code: &'static str,
    initiator: String,
    target: String,
    meta: Meta,
}

/// Writes how everything came to be, and a year of small changes.
pub fn write(field: &mut Field<'_>, people: &[User], services: &[User], groups: &[Group]) -> rusqlite::Result<()> {
    let owner = field.owner.clone();
    let mut drafts = vec![
        draft(owner.created_at, "account.create", &owner, &field.account, Meta::new()),
        draft(owner.created_at + 1, "user.join", &owner, &owner.id, Meta::new()),
    ];
    for group in groups.iter().filter(|group| group.name != ALL) {
        let meta = Meta::from([("name", group.name.clone())]);
        drafts.push(draft(owner.created_at + HOUR, "group.add", &owner, &group.id, meta));
    }
    let how_made = if field.idp.manager == IdpManager::External {
        "user.invite"
    } else {
        "user.create"
    };
    for user in people.iter().skip(1) {
        if user.pending {
            let meta = Meta::from([("pending_approval", "true".to_owned())]);
            drafts.push(draft(
                field.now - field.rng.i64(HOUR..3 * DAY),
                "user.join",
                user,
                &user.id,
                meta,
            ));
        } else {
            drafts.push(draft(user.created_at, how_made, &owner, &user.id, Meta::new()));
        }
        if user.blocked && !user.pending {
            drafts.push(draft(
                field.days_ago(25, 1),
                "user.block",
                &owner,
                &user.id,
                Meta::new(),
            ));
        }
    }
    for user in services {
        let meta = Meta::from([("name", user.name.clone())]);
        drafts.push(draft(user.created_at, "service.user.create", &owner, &user.id, meta));
    }
    // Who acts: the first few are the owner and the admins. Who it happens to: the others.
    let (actors, others) = people.split_at(4.min(people.len()));
    let others: Vec<&User> = others.iter().filter(|user| !user.blocked).collect();
    while drafts.len() < EVENTS {
        let at = field.days_ago(29, 0);
        let actor = actors.get(field.rng.usize(..actors.len().max(1))).unwrap_or(&owner);
        let target = others
            .get(field.rng.usize(..others.len().max(1)))
            .copied()
            .unwrap_or(&owner);
        drafts.extend(change(field, at, actor, target, groups));
    }
    drafts.truncate(EVENTS);
    drafts.sort_by_key(|draft| draft.at);
    for Draft {
        at,
        code,
        initiator,
        target,
        meta,
    } in drafts
    {
        let event = NewEvent {
            account: &field.account,
            at,
            code,
            initiator: &initiator,
            target: &target,
            meta,
        };
        events::insert_past(field.db, &event)?;
    }
    Ok(())
}

/// One small change, with what undoes it where it would not be true any more.
fn change(field: &mut Field<'_>, at: Nanos, actor: &User, target: &User, groups: &[Group]) -> Vec<Draft> {
    match field.rng.u8(..5) {
        0 => {
            let role = |name: &str| Meta::from([("role", name.to_owned())]);
            vec![
                draft(at - 2 * DAY, "user.role.update", actor, &target.id, role("auditor")),
                draft(at, "user.role.update", actor, &target.id, role(target.role.name())),
            ]
        }
        1 => vec![
            draft(at - DAY, "user.block", actor, &target.id, Meta::new()),
            draft(at, "user.unblock", actor, &target.id, Meta::new()),
        ],
        2 => {
            let group = groups.get(1 + field.rng.usize(..groups.len().saturating_sub(1).max(1)));
            let meta = || {
                group.map_or_else(Meta::new, |group| {
                    Meta::from([
                        ("group", group.name.clone()),
                        ("group_id", group.id.clone()),
                        is_service_user(target),
                        user_name(target),
                    ])
                })
            };
            vec![
                draft(at - DAY, "user.group.add", actor, &target.id, meta()),
                draft(at, "user.group.delete", actor, &target.id, meta()),
            ]
        }
        3 => vec![draft(at, "user.peer.login", target, &target.id, Meta::new())],
        _ => vec![draft(at, "dashboard.login", actor, &actor.id, Meta::new())],
    }
}

fn draft(at: Nanos, code: &'static str, initiator: &User, target: &str, meta: Meta) -> Draft {
    Draft {
        at,
        code,
        initiator: initiator.id.clone(),
        target: target.to_owned(),
        meta,
    }
}
