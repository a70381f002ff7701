//! Owns the demo company: people, service users, groups, devices and what they did.

use crate::clock::{DAY, HOUR, Nanos};
use crate::ids;
use crate::store::groups::Group;
use crate::store::identities;
use crate::store::users::{self, User};

use super::people::{PEOPLE, Row, SERVICES, State};
use super::{Field, OWNER_TOKEN, history, invites, things};

/// Fills the account.
pub fn fill(field: &mut Field<'_>) -> rusqlite::Result<()> {
    let owner = field.owner.clone();
    field.token(
        &owner,
        "Command line",
        Some(OWNER_TOKEN),
        field.now - 20 * DAY,
        field.now + 345 * DAY,
        None,
    )?;
    if field.idp.is_embedded() && field.connector.is_none() {
        let id = ids::xid(&mut field.source);
        field.connect(id)?;
    }
    let groups = things::demo_groups(field)?;
    let mut people = vec![(owner, 0)];
    for row in &PEOPLE {
        people.push((person(field, row, &groups)?, row.6));
    }
    let mut services = Vec::new();
    for row in &SERVICES {
        services.push(service(field, row)?);
    }
    things::demo_peers(field, &groups, &people)?;
    let people: Vec<User> = people.into_iter().map(|(user, _)| user).collect();
    history::write(field, &people, &services, &groups)?;
    if field.idp.is_embedded() && field.idp.local_auth {
        invites::make(field, &groups)?;
    }
    Ok(())
}

fn person(field: &mut Field<'_>, row: &Row, groups: &[Group]) -> rusqlite::Result<User> {
    let (name, email, role, state, member_of, hours, _) = *row;
    let outside = state == State::Outside;
    let id = match field.connector.as_deref().filter(|_| outside) {
        Some(connector) => ids::person(email, connector),
        None => field.person_id(email),
    };
    let made = field.days_ago(380, 30);
    let user = User {
        auto_groups: things::ids_of(groups, member_of),
        blocked: matches!(state, State::Blocked | State::Pending),
        pending: state == State::Pending,
        last_login: (hours > 0).then(|| field.now - hours * HOUR),
        ..User::person(id, &field.account, role, name, email, made)
    };
    field.person(&user, !outside)?;
    identities::offer(field.db, &user.id, None)?;
    Ok(user)
}

fn service(field: &mut Field<'_>, row: &super::people::ServiceRow) -> rusqlite::Result<User> {
    let (name, role, tokens) = *row;
    let made = field.now - 395 * DAY;
    let user = User::service(ids::uuid(&mut field.source), &field.account, role, name, made);
    users::insert(field.db, &user)?;
    for (name, age, lasts, unused) in tokens {
        let days_ago = |days: i64| -> Nanos { field.now - days * DAY };
        let last_used = (*unused >= 0).then(|| days_ago(*unused) - HOUR);
        // Half a day off, so that "in 1 day" is not "in 0 days" a moment later.
        let expires_at = field.now + lasts * DAY + DAY / 2;
        field.token(&user, name, None, days_ago(*age), expires_at, last_used)?;
    }
    Ok(user)
}
