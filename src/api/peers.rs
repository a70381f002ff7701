//! The Peers API, as far as counting devices by user needs it (`contract` 2.15).

use roost_list::Devices;
use serde::Deserialize;

use super::error::ApiError;
use super::request::Request;

#[derive(Deserialize)]
struct WirePeer {
    user_id: Option<String>,
}

/// All peers, counted by user. Peers added by a setup key belong to nobody.
pub fn count_by_user() -> Request<Devices> {
    Request::get(&["peers"]).list().decode(decode_counts)
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
}
