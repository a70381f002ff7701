//! Owns the addresses of peers: new ones when a range changes, IPv6 for who is in an IPv6-enabled group (contract 4.6, 5.3).

use std::collections::HashSet;

use ipnet::IpNet;
use rusqlite::Connection;

use crate::errors::{self, ApiError};
use crate::network;
use crate::store::accounts::Account;
use crate::store::peers;

/// Which ranges of an account were changed.
#[derive(Debug, Clone, Copy, Default)]
pub struct NewRanges {
    pub v4: bool,
    pub v6: bool,
}

/// Gives every peer of the account the addresses it should have and leaves those alone that have them already.
pub fn settle(db: &Connection, account: &Account, new: NewRanges) -> Result<(), ApiError> {
    let (v4, v6) = (range(&account.network_range)?, range(&account.network_range_v6)?);
    let groups = account.settings.ipv6_enabled_groups.as_deref().unwrap_or_default();
    let with_v6 = peers::in_groups(db, &account.id, groups)?;
    let all = peers::list(db, &account.id)?;
    let kept = all.iter().filter(|peer| !new.v6 && with_v6.contains(&peer.id));
    let mut taken: HashSet<String> = kept.map(|peer| peer.ipv6.clone()).collect();
    let mut free = (1..).map(|number| network::address(&v6, number));
    for (number, peer) in (1..).zip(&all) {
        let ip = if new.v4 {
            network::address(&v4, number)
        } else {
            peer.ip.clone()
        };
        let ipv6 = if !with_v6.contains(&peer.id) {
            String::new()
        } else if new.v6 || peer.ipv6.is_empty() {
            let found = free.find(|address| taken.insert(address.clone()));
            found.ok_or_else(ApiError::internal)?
        } else {
            peer.ipv6.clone()
        };
        if (&ip, &ipv6) != (&peer.ip, &peer.ipv6) {
            peers::set_addresses(db, &peer.id, &ip, &ipv6)?;
        }
    }
    Ok(())
}

/// `settle` after peers went in or out of `groups`, which matters only when one of those is IPv6-enabled.
pub fn settle_after(db: &Connection, account: &Account, groups: &[&String]) -> Result<(), ApiError> {
    let enabled = account.settings.ipv6_enabled_groups.as_deref().unwrap_or_default();
    if groups.iter().any(|group| enabled.contains(group)) {
        settle(db, account, NewRanges::default())?;
    }
    Ok(())
}

fn range(text: &str) -> Result<IpNet, ApiError> {
    network::prefix::parse(text).map_err(|reason| {
        errors::report(&reason);
        ApiError::internal()
    })
}
