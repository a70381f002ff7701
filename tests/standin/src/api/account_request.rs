//! Owns the body of `PUT /accounts/{accountId}`: reading it, and the checks that need nothing but it (contract 5.2, 5.3).

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::errors::ApiError;
use crate::formats;
use crate::json;
use crate::network::{self, Family};
use crate::store::accounts::Settings;

const SHORTEST_LOGIN: i64 = 3_600;
const LONGEST_LOGIN: i64 = 180 * 86_400;

/// What somebody wants an account to be. Everything but `extra`, `onboarding` and the ranges is replaced.
pub struct Request {
    pub settings: Settings,
    /// Whether `extra` was sent; else the stored one stays.
    pub has_extra: bool,
    pub onboarding: Option<Onboarding>,
}

/// The two steps of the introduction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Onboarding {
    pub signup_form_pending: bool,
    pub onboarding_flow_pending: bool,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct Body {
    settings: Map<String, Value>,
    onboarding: Option<Map<String, Value>>,
}

/// Keys that are read and thrown away.
#[derive(Deserialize, Default)]
#[serde(default)]
struct ReadOnly {
    #[serde(rename = "embedded_idp_enabled")]
    _embedded_idp_enabled: bool,
    #[serde(rename = "local_auth_disabled")]
    _local_auth_disabled: bool,
}

impl Request {
    /// Reads a body; `None` when something in it has the wrong type.
    pub fn read(body: &[u8]) -> Option<Self> {
        let Body { settings, onboarding } = json::object(body)?;
        let has_extra = settings.contains_key("extra");
        // A derived reader would take an array for an object.
        let inner = ["extra", "dashboard_features"];
        if inner
            .iter()
            .any(|name| settings.get(*name).is_some_and(|value| !value.is_object()))
        {
            return None;
        }
        let onboarding = match onboarding {
            Some(fields) => Some(serde_json::from_value(Value::Object(fields)).ok()?),
            None => None,
        };
        let settings = Value::Object(settings);
        ReadOnly::deserialize(&settings).ok()?;
        Some(Self {
            settings: serde_json::from_value(settings).ok()?,
            has_extra,
            onboarding,
        })
    }

    /// The checks that come before anybody asks who is calling. Ranges lose their host bits; `peers` counts the peers
    /// that have to fit in.
    pub fn check(&mut self, peers: impl Fn() -> Result<usize, ApiError>) -> Result<(), ApiError> {
        let settings = &mut self.settings;
        let invalid = |text: &str| Err(ApiError::business(422, text));
        if settings.peer_expose_enabled && settings.peer_expose_groups.as_ref().is_none_or(Vec::is_empty) {
            return invalid("peer expose requires at least one group");
        }
        if !formats::is_update_version(&settings.auto_update_version) {
            return Err(ApiError::internal());
        }
        let features = settings.dashboard_features.as_ref();
        if settings.agent_network_only && features.and_then(|features| features.agent_network) != Some(true) {
            return invalid("agent network only mode requires dashboard_features.agent_network to be enabled");
        }
        check_range(&mut settings.network_range, Family::V4, &peers)?;
        check_range(&mut settings.network_range_v6, Family::V6, &peers)
    }

    /// The checks of values that come after the caller's permission.
    pub fn later_refusal(&self) -> Option<ApiError> {
        self.login_expiration_refusal().or_else(|| self.domain_refusal())
    }

    fn domain_refusal(&self) -> Option<ApiError> {
        let domain = &self.settings.dns_domain;
        (!formats::is_dns_domain(domain))
            .then(|| ApiError::business(422, &format!("invalid domain \"{domain}\" provided for DNS domain")))
    }

    fn login_expiration_refusal(&self) -> Option<ApiError> {
        let text = match self.settings.peer_login_expiration {
            LONGEST_LOGIN.. if self.settings.peer_login_expiration > LONGEST_LOGIN => {
                "peer login expiration can't be larger than 180 days"
            }
            SHORTEST_LOGIN.. => return None,
            _ => "peer login expiration can't be smaller than one hour",
        };
        Some(ApiError::business(422, text))
    }
}

fn check_range(
    sent: &mut Option<String>,
    family: Family,
    peers: &impl Fn() -> Result<usize, ApiError>,
) -> Result<(), ApiError> {
    let Some(text) = sent else {
        return Ok(());
    };
    let invalid = |text: String| ApiError::business(422, &text);
    let range = network::range(text, family).map_err(invalid)?;
    network::has_room(&range, peers()?).map_err(invalid)?;
    *text = range.to_string();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(body: &Value) -> Option<Request> {
        Request::read(body.to_string().as_bytes())
    }

    fn refusal(settings: Value) -> Option<(u16, String)> {
        let mut request = read(&json!({ "settings": settings })).unwrap();
        let refused = request.check(|| Ok(20)).err().or_else(|| request.later_refusal());
        refused.map(|error| (error.status, error.message))
    }

    #[test]
    fn null_and_unknown_keys_are_as_if_left_out() {
        for body in [
            json!({}),
            json!({ "settings": null, "onboarding": null, "id": 7, "domain": {} }),
            json!({ "settings": { "extra": null, "network_range": null, "peer_expose_groups": null, "future": [1] } }),
            json!({ "settings": { "dashboard_features": null, "embedded_idp_enabled": true, "dns_domain": null } }),
        ] {
            let request = read(&body).unwrap();
            assert_eq!(request.settings, Settings::default(), "{body}");
            assert!(!request.has_extra && request.onboarding.is_none(), "{body}");
        }
        let request =
            read(&json!({ "settings": { "extra": {} }, "onboarding": { "signup_form_pending": true } })).unwrap();
        assert!(request.has_extra);
        assert_eq!(
            request.onboarding,
            Some(Onboarding {
                signup_form_pending: true,
                onboarding_flow_pending: false
            })
        );
    }

    #[test]
    fn wrong_types_anywhere_are_no_request() {
        for (name, value) in [
            ("peer_login_expiration", json!(3600.0)),
            ("peer_login_expiration", json!("3600")),
            ("peer_inactivity_expiration", json!(1e3)),
            ("peer_login_expiration_enabled", json!(1)),
            ("jwt_allow_groups", json!({})),
            ("jwt_groups_claim_name", json!(true)),
            ("network_range", json!({ "type": "string" })),
            ("network_range_v6", json!(6)),
            ("peer_expose_groups", json!("all")),
            ("extra", json!([])),
            ("extra", json!({ "user_approval_required": "yes" })),
            ("dashboard_features", json!({ "agent_network": 1 })),
            ("embedded_idp_enabled", json!("true")),
            ("local_auth_disabled", json!(0)),
            ("ipv6_enabled_groups", json!([1])),
        ] {
            assert!(
                read(&json!({ "settings": { name: value } })).is_none(),
                "{name}: {value}"
            );
        }
        for body in [
            json!([]),
            json!({ "settings": [] }),
            json!({ "onboarding": true }),
            json!({ "onboarding": [] }),
        ] {
            assert!(read(&body).is_none(), "{body}");
        }
    }

    #[test]
    fn checks_come_in_their_order() {
        let small = "network range too small: minimum size is /28 for ipv4";
        let large = "network range too large: maximum size is /48 for ipv6";
        // Each line leaves out what the line before was refused for.
        for (settings, status, text) in [
            (
                json!({ "peer_expose_enabled": true, "auto_update_version": "x", "agent_network_only": true,
                    "network_range": "10.0.0.0/30", "network_range_v6": "fd00::/8" }),
                422,
                "peer expose requires at least one group",
            ),
            (
                json!({ "auto_update_version": "x", "agent_network_only": true, "network_range": "10.0.0.0/30",
                    "network_range_v6": "fd00::/8" }),
                500,
                "internal server error",
            ),
            (
                json!({ "agent_network_only": true, "network_range": "10.0.0.0/30", "network_range_v6": "fd00::/8",
                    "dashboard_features": { "agent_network": false } }),
                422,
                "agent network only mode requires dashboard_features.agent_network to be enabled",
            ),
            (
                json!({ "network_range": "10.0.0.0/30", "network_range_v6": "fd00::/8" }),
                422,
                small,
            ),
            (json!({ "network_range_v6": "fd00::/8" }), 422, large),
            (json!({}), 422, "peer login expiration can't be smaller than one hour"),
        ] {
            assert_eq!(refusal(settings.clone()), Some((status, text.to_owned())), "{settings}");
        }
    }

    #[test]
    fn the_login_expiration_has_its_bounds_even_when_it_is_off() {
        let smaller = "peer login expiration can't be smaller than one hour";
        let larger = "peer login expiration can't be larger than 180 days";
        for (seconds, expected) in [
            (-1, Some(smaller)),
            (0, Some(smaller)),
            (3_599, Some(smaller)),
            (3_600, None),
            (86_400, None),
            (15_552_000, None),
            (15_552_001, Some(larger)),
            (i64::MAX, Some(larger)),
        ] {
            let settings = json!({ "peer_login_expiration": seconds, "peer_inactivity_expiration": -5 });
            assert_eq!(
                refusal(settings).map(|(_, text)| text).as_deref(),
                expected,
                "{seconds}"
            );
        }
    }

    #[test]
    fn ranges_are_kept_without_host_bits_and_have_room_for_the_peers() {
        let mut request =
            read(&json!({ "settings": { "network_range": "10.7.8.9/24", "network_range_v6": "FD00::7/64" } }));
        let request = request.as_mut().unwrap();
        assert_eq!(request.check(|| Ok(3)), Ok(()));
        assert_eq!(request.settings.network_range.as_deref(), Some("10.7.8.0/24"));
        assert_eq!(request.settings.network_range_v6.as_deref(), Some("fd00::/64"));
        assert_eq!(
            refusal(json!({ "network_range": "10.0.0.0/28", "peer_login_expiration": 3_600 })),
            Some((
                422,
                "network range too small: need at least 30 addresses for 20 peers + buffer, but range provides 14"
                    .to_owned()
            ))
        );
        assert_eq!(
            refusal(json!({ "network_range": "x/1" })),
            Some((
                422,
                r#"invalid cidr format: netip.parseprefix("x/1"): parseaddr("x"): unable to parse ip"#.to_owned()
            ))
        );
    }

    #[test]
    fn peers_that_cannot_be_counted_end_the_check() {
        let mut request = read(&json!({ "settings": { "network_range": "10.0.0.0/24" } })).unwrap();
        let refused = request.check(|| Err(ApiError::business(500, "get peer count: no")));
        assert_eq!(refused.map_err(|error| error.status), Err(500));
    }
}
