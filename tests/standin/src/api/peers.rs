//! Owns `GET /peers`, which the console counts per user (contract 2.15).

use std::collections::HashMap;

use serde::Serialize;

use crate::api::{Call, Outcome};
use crate::errors::ApiError;
use crate::permissions::{self, Denial, Operation, Role};
use crate::store::peers::{self, Peer};
use crate::store::{accounts, groups};
use crate::{clock, http};

/// A group as peers name it.
#[derive(Serialize, Clone)]
struct GroupName {
    id: String,
    name: String,
    peers_count: usize,
    resources_count: usize,
}

/// A peer as the API sends it.
#[derive(Serialize)]
#[expect(clippy::struct_excessive_bools, reason = "the wire format has these flags")]
struct PeerOut<'a> {
    accessible_peers_count: usize,
    approval_required: bool,
    city_name: &'a str,
    connected: bool,
    connection_ip: &'a str,
    country_code: &'a str,
    created_at: String,
    dns_label: String,
    ephemeral: bool,
    extra_dns_labels: [&'a str; 0],
    geoname_id: u32,
    groups: Option<Vec<GroupName>>,
    hostname: &'a str,
    id: &'a str,
    inactivity_expiration_enabled: bool,
    ip: &'a str,
    ipv6: &'a str,
    kernel_version: &'a str,
    last_login: String,
    last_seen: String,
    login_expiration_enabled: bool,
    login_expired: bool,
    name: &'a str,
    os: &'a str,
    serial_number: &'a str,
    ssh_enabled: bool,
    ui_version: &'a str,
    user_id: &'a str,
    version: &'a str,
}

/// `GET /peers`, optionally by part of a name or an address.
pub fn list(call: &Call<'_>) -> Outcome {
    let peers = visible(call)?;
    let (name, ip) = (call.query.get("name"), call.query.get("ip"));
    let peers: Vec<Peer> = peers
        .into_iter()
        .filter(|peer| peer.name.contains(name) && peer.ip.contains(ip))
        .collect();
    let groups = groups_by_peer(call)?;
    let total = peers.len();
    let out: Vec<PeerOut<'_>> = peers.iter().map(|peer| out(peer, total, groups.as_ref())).collect();
    Ok(http::json(200, &out))
}

/// The peers that the caller may see.
pub fn visible(call: &Call<'_>) -> Result<Vec<Peer>, ApiError> {
    let caller = call.caller;
    match call.allowed(permissions::PEERS, Operation::Read) {
        Ok(()) => Ok(peers::list(call.db, &caller.account)?),
        Err(Denial::NotGranted) => {
            let settings = accounts::get(call.db, &caller.account)?.settings;
            if caller.role == Role::User && settings.regular_users_view_blocked {
                Ok(Vec::new())
            } else {
                Ok(peers::of_user(call.db, &caller.id)?)
            }
        }
        Err(denial) => Err(denial.error()),
    }
}

/// The groups of every peer; `None` for a caller who may not read groups.
fn groups_by_peer(call: &Call<'_>) -> Result<Option<HashMap<String, Vec<GroupName>>>, ApiError> {
    if call.allowed(permissions::GROUPS, Operation::Read).is_err() {
        return Ok(None);
    }
    let memberships = groups::memberships(call.db, &call.caller.account)?;
    let mut names = HashMap::new();
    for group in groups::list(call.db, &call.caller.account)? {
        let peers_count = memberships.iter().filter(|(id, _, _)| *id == group.id).count();
        let resources_count = group.resources.len();
        let name = GroupName {
            id: group.id.clone(),
            name: group.name,
            peers_count,
            resources_count,
        };
        names.insert(group.id, name);
    }
    let mut by_peer: HashMap<String, Vec<GroupName>> = HashMap::new();
    for (group, peer, _) in memberships {
        if let Some(name) = names.get(&group) {
            by_peer.entry(peer).or_default().push(name.clone());
        }
    }
    Ok(Some(by_peer))
}

fn out<'a>(peer: &'a Peer, total: usize, groups: Option<&HashMap<String, Vec<GroupName>>>) -> PeerOut<'a> {
    PeerOut {
        accessible_peers_count: total.saturating_sub(1),
        approval_required: false,
        city_name: "",
        connected: peer.connected,
        connection_ip: "",
        country_code: "",
        created_at: clock::text(peer.created_at),
        dns_label: format!(
            "{}.{}",
            peer.name.to_lowercase().replace(' ', "-"),
            accounts::SELF_HOSTED
        ),
        ephemeral: false,
        extra_dns_labels: [],
        geoname_id: 0,
        groups: groups.map(|groups| groups.get(&peer.id).cloned().unwrap_or_default()),
        hostname: &peer.name,
        id: &peer.id,
        inactivity_expiration_enabled: false,
        ip: &peer.ip,
        ipv6: &peer.ipv6,
        kernel_version: &peer.kernel,
        last_login: clock::text_or_never(peer.last_login),
        last_seen: clock::text(peer.last_seen),
        login_expiration_enabled: peer.login_expiration_enabled,
        login_expired: peer.login_expired,
        name: &peer.name,
        os: &peer.os,
        serial_number: "",
        ssh_enabled: false,
        ui_version: "",
        user_id: &peer.user,
        version: &peer.version,
    }
}
