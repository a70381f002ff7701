//! Owns a crowd: any number of users, for lists of 10,000 and 100,000.

use crate::clock::{DAY, HOUR};
use crate::ids;
use crate::permissions::Role;
use crate::store::groups::{self, ALL, Group};
use crate::store::identities;
use crate::store::peers;
use crate::store::users::{self, User};

use super::names::{FIRST, LAST};
use super::{Field, OWNER_TOKEN, things};

/// How many groups people of a crowd are in, beside `All`.
const GROUPS: usize = 40;

/// At most so many devices: they are for the column, not for the load.
const PEERS: usize = 2_000;

/// Makes the account `count` users large, the owner included.
pub fn fill(field: &mut Field<'_>, count: u32) -> rusqlite::Result<()> {
    let owner = field.owner.clone();
    field.token(
        &owner,
        "Command line",
        Some(OWNER_TOKEN),
        field.now - 20 * DAY,
        field.now + 345 * DAY,
        None,
    )?;
    let names: Vec<String> = (1..=GROUPS).map(|number| format!("Team {number:02}")).collect();
    let groups = things::make_groups(field, names.iter().map(String::as_str))?;
    let teams: Vec<String> = groups
        .iter()
        .filter(|group| group.name != ALL)
        .map(|group| group.id.clone())
        .collect();
    let mut some = Vec::new();
    for number in 1..count {
        let user = user(field, number, &teams);
        if user.service {
            users::insert(field.db, &user)?;
        } else {
            field.person(&user, true)?;
        }
        if number == 1 {
            identities::offer(field.db, &user.id, None)?;
        }
        if some.len() < PEERS && !user.service && field.rng.u8(..4) == 0 {
            some.push(user);
        }
    }
    devices(field, &groups, &some)
}

/// One more: the second is an admin who can be signed in as, the rest is as in life.
fn user(field: &mut Field<'_>, number: u32, teams: &[String]) -> User {
    let pick =
        |rng: &mut fastrand::Rng, from: &[&'static str]| from.get(rng.usize(..from.len())).copied().unwrap_or("");
    let (first, last) = (pick(&mut field.rng, &FIRST), pick(&mut field.rng, &LAST));
    let name = format!("{first} {last}");
    let kind = field.rng.u32(..1_000);
    let role = match kind {
        _ if number == 1 => Role::Admin,
        0..=2 => Role::Admin,
        3..=7 => Role::NetworkAdmin,
        8..=12 => Role::Auditor,
        13 => Role::BillingAdmin,
        _ => Role::User,
    };
    let made = field.days_ago(399, 1);
    if number > 1 && kind >= 995 {
        let id = ids::uuid(&mut field.source);
        return User::service(id, &field.account, role, &format!("job-{number}"), made);
    }
    let email = format!("{}.{}.{number}@example.com", ascii(first), ascii(last));
    let pending = number > 1 && (20..25).contains(&kind);
    let blocked = pending || (number > 1 && (25..45).contains(&kind));
    let teams_count = match field.rng.u8(..10) {
        0 => 0,
        1..=7 => 1,
        8 => 2,
        _ => 3,
    };
    let last_login = (field.rng.u8(..5) > 0).then(|| field.now - field.rng.i64(HOUR..200 * DAY));
    User {
        auto_groups: field.rng.choose_multiple(teams.iter().cloned(), teams_count),
        blocked,
        pending,
        last_login,
        ..User::person(field.person_id(&email), &field.account, role, &name, &email, made)
    }
}

/// The ASCII letters of a name, or a word for names that have none.
fn ascii(name: &str) -> String {
    let letters: String = name
        .chars()
        .filter(char::is_ascii_alphabetic)
        .collect::<String>()
        .to_lowercase();
    if letters.is_empty() { "user".to_owned() } else { letters }
}

fn devices(field: &mut Field<'_>, groups: &[Group], people: &[User]) -> rusqlite::Result<()> {
    let all = things::ids_of(groups, &[ALL]);
    for (number, user) in people.iter().enumerate() {
        let peer = things::device(field, number, user);
        peers::insert(field.db, &peer)?;
        for id in all.iter().chain(&user.auto_groups) {
            groups::add_peer(field.db, id, &peer.id)?;
        }
    }
    Ok(())
}
