//! Owns the groups and devices of the demo company.

use crate::clock::{DAY, HOUR, MINUTE};
use crate::ids;
use crate::store::groups::{self, ALL, Group, Resource};
use crate::store::peers::{self, Peer};
use crate::store::users::User;

use super::Field;

/// Every group but `All`.
const GROUPS: [&str; 14] = [
    "Engineering",
    "Design",
    "Support",
    "Sales",
    "Finance",
    "Contractors",
    "On call",
    "Databases",
    "Servers production",
    "Servers staging",
    "Office Berlin",
    "Office Lisbon",
    "Remote",
    "<b>Red</b> team",
];

/// Machines that came by setup key: name, group, hours since they were seen (0 = connected).
const SERVERS: [(&str, &str, i64); 14] = [
    ("db-01", "Databases", 0),
    ("db-02", "Databases", 0),
    ("db-replica", "Databases", 0),
    ("web-01", "Servers production", 0),
    ("web-02", "Servers production", 0),
    ("web-03", "Servers production", 5),
    ("queue-01", "Servers production", 0),
    ("search-01", "Servers production", 0),
    ("build-01", "Servers staging", 0),
    ("build-02", "Servers staging", 300),
    ("staging-web", "Servers staging", 0),
    ("staging-db", "Servers staging", 0),
    ("gateway-berlin", "Office Berlin", 0),
    ("gateway-lisbon", "Office Lisbon", 0),
];

/// Operating system, kernel, what such a device is called.
const DEVICES: [(&str, &str, &str); 6] = [
    ("Darwin 25.1", "25.1.0", "macbook"),
    ("Windows 11 26100", "10.0.26100", "laptop"),
    ("Ubuntu 24.04", "6.8.0", "desktop"),
    ("iOS 19.1", "25.1.0", "phone"),
    ("Android 16", "6.6.30", "phone"),
    ("Fedora 43", "6.17.0", "thinkpad"),
];

/// The ranges that the addresses below are in.
pub const RANGE: &str = "100.90.0.0/16";
pub const RANGE_V6: &str = "fd12:3456:789a:1::/64";

/// How many devices the demo company has.
pub const PEERS: usize = 60;

/// Stores groups of these names and gives all of the account's, `All` first.
pub fn make_groups<'n>(
    field: &mut Field<'_>,
    names: impl IntoIterator<Item = &'n str>,
) -> rusqlite::Result<Vec<Group>> {
    for name in names {
        let resources = if name == "Databases" {
            vec![Resource {
                id: ids::xid(&mut field.source),
                r#type: "subnet".to_owned(),
            }]
        } else {
            Vec::new()
        };
        let issued = if name == "Remote" { "jwt" } else { "api" };
        groups::insert(
            field.db,
            &Group {
                id: ids::xid(&mut field.source),
                account: field.account.clone(),
                name: name.to_owned(),
                issued: issued.to_owned(),
                resources,
            },
        )?;
    }
    groups::list(field.db, &field.account)
}

/// The demo company's groups.
pub fn demo_groups(field: &mut Field<'_>) -> rusqlite::Result<Vec<Group>> {
    make_groups(field, GROUPS)
}

/// The ids of groups by name; an unknown name is left out.
pub fn ids_of(all: &[Group], names: &[&str]) -> Vec<String> {
    names
        .iter()
        .filter_map(|name| all.iter().find(|group| group.name == *name))
        .map(|group| group.id.clone())
        .collect()
}

/// Stores the servers, and for each person so many devices until there are `PEERS`.
pub fn demo_peers(field: &mut Field<'_>, groups: &[Group], people: &[(User, usize)]) -> rusqlite::Result<()> {
    let mut made = 0;
    for (name, group, hours) in SERVERS {
        let peer = server(field, made, name, hours);
        keep(field, groups, &peer, &ids_of(groups, &[group]))?;
        made += 1;
    }
    let mut rounds = 0;
    while made < PEERS && rounds < 4 {
        for (user, devices) in people {
            if rounds < (*devices).max(usize::from(user.id == field.owner.id) * 3) && made < PEERS {
                let peer = device(field, made, user);
                keep(field, groups, &peer, &user.auto_groups)?;
                made += 1;
            }
        }
        rounds += 1;
    }
    Ok(())
}

fn keep(field: &Field<'_>, groups: &[Group], peer: &Peer, member_of: &[String]) -> rusqlite::Result<()> {
    peers::insert(field.db, peer)?;
    for id in ids_of(groups, &[ALL]).iter().chain(member_of) {
        groups::add_peer(field.db, id, &peer.id)?;
    }
    Ok(())
}

fn server(field: &mut Field<'_>, number: usize, name: &str, hours: i64) -> Peer {
    Peer {
        id: ids::xid(&mut field.source),
        account: field.account.clone(),
        user: String::new(),
        name: name.to_owned(),
        ip: format!("100.90.0.{}", number + 1),
        ipv6: format!("fd12:3456:789a:1::{:x}", number + 1),
        os: "Debian GNU/Linux 13".to_owned(),
        kernel: "6.12.48".to_owned(),
        version: "0.59.7".to_owned(),
        connected: hours == 0,
        last_seen: field.now - hours * HOUR - MINUTE,
        last_login: None,
        created_at: field.days_ago(390, 100),
        login_expired: false,
        login_expiration_enabled: false,
    }
}

/// A device that `user` registered.
pub fn device(field: &mut Field<'_>, number: usize, user: &User) -> Peer {
    let (os, kernel, kind) = DEVICES
        .get(field.rng.usize(..DEVICES.len()))
        .copied()
        .unwrap_or_default();
    let owner = user.email.split(['.', '@']).next().unwrap_or("unknown");
    let connected = !user.blocked && field.rng.u8(..3) > 0;
    let last_login = user.last_login.unwrap_or(field.now - 30 * DAY);
    Peer {
        id: ids::xid(&mut field.source),
        account: field.account.clone(),
        user: user.id.clone(),
        name: format!("{owner}-{kind}"),
        ip: format!("100.90.{}.{}", number / 250, number % 250 + 1),
        ipv6: format!("fd12:3456:789a:1::{:x}", number + 1),
        os: os.to_owned(),
        kernel: kernel.to_owned(),
        version: if field.rng.u8(..4) == 0 { "0.57.1" } else { "0.59.7" }.to_owned(),
        connected,
        last_seen: if connected {
            field.now - MINUTE
        } else {
            last_login + HOUR.min((field.now - last_login) / 2)
        },
        last_login: Some(last_login),
        created_at: field.days_ago(380, 90),
        login_expired: user.blocked,
        login_expiration_enabled: true,
    }
}
