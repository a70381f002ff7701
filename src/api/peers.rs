//! The Peers API, as far as counting devices by user, and showing those of one, needs it (`contract` 2.15).

use roost_list::Devices;
use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::device::Device;
use crate::domain::settings::Peer;
use crate::domain::time::Moment;

#[derive(Deserialize)]
struct WirePeer {
    user_id: Option<String>,
}

/// All peers, counted by user. Peers added by a setup key belong to nobody.
pub fn count_by_user() -> Request<Devices> {
    Request::get(&["peers"]).list().decode(decode_counts)
}

/// All peers. The server knows no filter by user.
pub fn list() -> Request<Vec<Device>> {
    Request::get(&["peers"]).list().decode(decode_devices)
}

/// All peers, as far as settings change something for them.
pub fn for_settings() -> Request<Vec<Peer>> {
    Request::get(&["peers"]).list().decode(decode_peers)
}

fn decode_peers(text: &str) -> Result<Vec<Peer>, ApiError> {
    let value = json::parse(text)?;
    json::items(&value)?.iter().map(peer).collect()
}

fn peer(value: &Value) -> Result<Peer, ApiError> {
    let peer = Fields::of(value)?;
    let has_text = |name| Ok::<_, ApiError>(!peer.text(name)?.unwrap_or_default().is_empty());
    let groups = match peer.value("groups") {
        Some(groups) => json::items(groups)?,
        None => &[],
    };
    let groups = groups.iter().map(|group| Ok(Fields::of(group)?.must("id")?));
    Ok(Peer {
        has_v6: has_text("ipv6")?,
        groups: groups.collect::<Result<_, ApiError>>()?,
        expires: has_text("user_id")? && peer.flag("login_expiration_enabled")?,
        is_expired: peer.flag("login_expired")?,
        last_login: Moment::parse(&peer.text("last_login")?.unwrap_or_default()),
    })
}

fn decode_devices(text: &str) -> Result<Vec<Device>, ApiError> {
    let value = json::parse(text)?;
    json::items(&value)?.iter().map(device).collect()
}

fn device(value: &Value) -> Result<Device, ApiError> {
    let peer = Fields::of(value)?;
    let text = |name| Ok::<_, ApiError>(peer.text(name)?.unwrap_or_default());
    Ok(Device {
        id: peer.must("id")?,
        name: text("name")?,
        address: text("ip")?,
        user_id: text("user_id")?,
        is_online: peer.flag("connected")?,
        last_seen: Moment::parse(&text("last_seen")?),
        needs_sign_in: peer.flag("login_expired")?,
        needs_approval: peer.flag("approval_required")?,
    })
}

fn decode_counts(text: &str) -> Result<Devices, ApiError> {
    let peers: Option<Vec<WirePeer>> =
        serde_json::from_slice(text.as_bytes()).map_err(|error| ApiError::decode(&error))?;
    Ok(peers
        .unwrap_or_default()
        .iter()
        .filter_map(|peer| peer.user_id.as_deref())
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_are_counted_by_user_and_setup_key_peers_by_nobody() {
        let counts = decode_counts(r#"[{"user_id":"a"},{"user_id":""},{"user_id":"a","os":"x"},{}]"#).unwrap();
        assert_eq!((counts.of("a"), counts.of(""), counts.of("b")), (2, 0, 0));
    }

    #[test]
    fn what_settings_change_for_a_peer_is_read_with_nulls() {
        let text = r#"[{"ipv6":"fd00::1","user_id":"a","login_expiration_enabled":true,"login_expired":true,
            "last_login":"2026-08-22T19:00:00Z","groups":[{"id":"g","name":"All"}]},
            {"ipv6":"","user_id":"","login_expiration_enabled":true,"groups":null}]"#;
        let peers = decode_peers(text).unwrap();
        let signed_in = Peer {
            has_v6: true,
            groups: vec!["g".to_owned()],
            expires: true,
            is_expired: true,
            last_login: Moment::At(1_787_425_200),
        };
        assert_eq!(peers, [signed_in, Peer::default()]);
        assert!(decode_peers(r#"[{"groups":[{}]}]"#).is_err());
    }

    #[test]
    fn a_device_is_read_with_what_is_absent_empty() {
        let text = r#"[{"id":"p","name":"Ada's laptop","ip":"100.64.0.7","user_id":"a","connected":true,"groups":null,
            "last_seen":"2026-08-22T19:00:00Z","login_expired":true},{"id":"q","name":null,"last_seen":"0001-01-01T00:00:00Z"}]"#;
        let devices = decode_devices(text).unwrap();
        let [one, two] = devices.as_slice() else {
            panic!("two devices")
        };
        assert_eq!(
            (one.name.as_str(), one.address.as_str()),
            ("Ada's laptop", "100.64.0.7")
        );
        assert_eq!(
            (one.is_online, one.needs_sign_in, one.needs_approval),
            (true, true, false)
        );
        assert_eq!(one.last_seen, Moment::At(1_787_425_200));
        assert_eq!((two.user_id.as_str(), two.last_seen), ("", Moment::Never));
        assert!(decode_devices(r#"[{"name":"without an id"}]"#).is_err());
        assert_eq!(decode_devices("null").unwrap(), []);
    }
}
