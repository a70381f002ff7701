//! The Peers API, as far as counting devices by user, and showing those of one, needs it (`contract` 2.15).

use roost_list::Devices;
use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::device::Device;
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
