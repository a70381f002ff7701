//! Changing the account: who may, what is checked in which order, and what is kept.

use serde_json::{Value, json};
use standin::Seed;

use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

/// The smallest settings that are accepted.
pub fn with(more: &Value) -> Value {
    let mut settings = json!({ "peer_login_expiration": 86_400, "peer_login_expiration_enabled": true });
    for (name, value) in more.as_object().unwrap() {
        settings[name] = value.clone();
    }
    json!({ "settings": settings })
}

/// The account as the owner sees it.
pub fn account(server: &Server) -> Value {
    server.get("/api/accounts", OWNER_TOKEN).json()[0].clone()
}

/// Where the account is.
pub fn path(server: &Server) -> String {
    format!("/api/accounts/{}", account(server)["id"].as_str().unwrap())
}

/// The `Authorization` header of a new service user.
pub fn made_token(server: &Server, role: &str) -> String {
    let body = json!({ "name": role, "role": role, "is_service_user": true });
    let made = server.call("POST", "/api/users", OWNER_TOKEN, Some(body)).json();
    let path = format!("/api/users/{}/tokens", made["id"].as_str().unwrap());
    let token = server
        .call(
            "POST",
            &path,
            OWNER_TOKEN,
            Some(json!({ "name": "t", "expires_in": 1 })),
        )
        .json();
    format!("Token {}", token["plain_token"].as_str().unwrap())
}

#[test]
fn owners_and_admins_change_settings_and_nobody_else() {
    let server = Server::start(Seed::Demo);
    let path = path(&server);
    let prefix = "failed to validate user permissions: ";
    let put = |header: &str| {
        let answer = server.call("PUT", &path, header, Some(with(&json!({}))));
        (
            answer.status,
            answer.json()["message"].as_str().unwrap_or_default().to_owned(),
        )
    };
    for (person, status, text) in [
        ("olivia.marsh", 200, String::new()),
        ("ada.okafor", 200, String::new()),
        ("nils.lindqvist", 403, "permission denied".to_owned()),
        ("agnes.novak", 403, "permission denied".to_owned()),
        ("uma.sato", 403, "permission denied".to_owned()),
        (
            "bill.okonkwo",
            404,
            format!("{prefix}user role: billing_admin not found"),
        ),
        ("boris.blake", 403, format!("{prefix}user is blocked")),
        ("petra.vogel", 403, format!("{prefix}user is pending approval")),
    ] {
        let header = bearer(&server, &format!("{person}@example.com"), PASSWORD);
        assert_eq!(put(&header), (status, text), "{person}");
    }
    assert_eq!(put(&made_token(&server, "admin")).0, 200);
    // Reading is open to every service user, changing is not.
    let auditor = made_token(&server, "auditor");
    assert_eq!(put(&auditor), (403, "permission denied".to_owned()));
    let user = made_token(&server, "user");
    assert_eq!(server.get("/api/accounts", &user).status, 200);
}

#[test]
fn an_account_that_is_not_ones_own() {
    let server = Server::start(Seed::Demo);
    let put = |body: Value| {
        server
            .call("PUT", "/api/accounts/elsewhere", OWNER_TOKEN, Some(body))
            .error()
    };
    let text = "failed to validate user permissions: user is not part of this account";
    assert_eq!(put(with(&json!({}))), (403, text.to_owned()));
    assert_eq!(
        put(with(&json!({ "network_range": "10.0.0.0/16" }))),
        (500, format!("get peer count: {text}"))
    );
    assert_eq!(
        put(with(&json!({ "network_range_v6": "fd00::/64" }))),
        (500, format!("get peer count: {text}"))
    );
    // What is wrong with the range itself comes first.
    assert_eq!(put(with(&json!({ "network_range": "fd00::/64" }))).0, 422);
    assert_eq!(
        server.get("/api/accounts/elsewhere", OWNER_TOKEN).text(),
        "404 page not found\n"
    );
}

#[test]
fn checks_of_the_body_come_before_the_permission_and_those_of_the_account_after() {
    let server = Server::start(Seed::Demo);
    let path = path(&server);
    let uma = bearer(&server, "uma.sato@example.com", PASSWORD);
    let put = |header: &str, body: Value| server.call("PUT", &path, header, Some(body)).error();
    for (settings, status, text) in [
        (
            json!({ "peer_expose_enabled": true }),
            422,
            "peer expose requires at least one group",
        ),
        (json!({ "auto_update_version": "newest" }), 500, "internal server error"),
        (
            json!({ "network_range": "10.0.0.0/30" }),
            422,
            "network range too small: minimum size is /28 for ipv4",
        ),
        (json!({ "peer_login_expiration": 1 }), 403, "permission denied"),
        (json!({ "dns_domain": "*.x" }), 403, "permission denied"),
        (json!({ "ipv6_enabled_groups": ["nope"] }), 403, "permission denied"),
    ] {
        assert_eq!(put(&uma, with(&settings)), (status, text.to_owned()), "{settings}");
    }
    assert_eq!(put(&uma, json!({ "settings": 1 })).0, 400);
    // The owner is refused for one thing after the other.
    let mut settings = json!({ "peer_login_expiration": 1, "dns_domain": "a..b", "ipv6_enabled_groups": ["Nope"] });
    for (text, name, right) in [
        (
            "peer login expiration can't be smaller than one hour",
            "peer_login_expiration",
            json!(3_600),
        ),
        (
            "invalid domain \"a..b\" provided for dns domain",
            "dns_domain",
            json!("a.b"),
        ),
        (
            "ipv6 enabled group nope does not exist",
            "ipv6_enabled_groups",
            json!([]),
        ),
    ] {
        assert_eq!(put(OWNER_TOKEN, with(&settings)), (422, text.to_owned()));
        settings[name] = right;
    }
    assert_eq!(
        server.call("PUT", &path, OWNER_TOKEN, Some(with(&settings))).status,
        200
    );
}

#[test]
fn a_range_needs_room_for_the_devices_of_the_account() {
    let server = Server::start(Seed::Demo);
    let put = |range: &str| {
        server.call(
            "PUT",
            &path(&server),
            OWNER_TOKEN,
            Some(with(&json!({ "network_range": range }))),
        )
    };
    // 60 devices and half as many again.
    assert_eq!(
        put("10.0.0.0/26").error(),
        (
            422,
            "network range too small: need at least 90 addresses for 60 peers + buffer, but range provides 62"
                .to_owned()
        )
    );
    assert_eq!(put("10.0.0.0/25").status, 200);
}

#[test]
fn values_come_back_as_they_are_kept() {
    let server = Server::start(Seed::Demo);
    let path = path(&server);
    for (name, sent, kept) in [
        ("network_range", json!("172.16.77.9/20"), json!("172.16.64.0/20")),
        ("network_range", json!("0.0.0.0/0"), json!("0.0.0.0/0")),
        ("network_range_v6", json!("FD77:0:0:1::ABCD/56"), json!("fd77::/56")),
        (
            "network_range_v6",
            json!("::ffff:10.9.8.7/112"),
            json!("::ffff:10.9.0.0/112"),
        ),
        ("dns_domain", json!("Corp.Example"), json!("Corp.Example")),
        ("dns_domain", json!("_srv.corp"), json!("_srv.corp")),
        ("auto_update_version", json!("v1.2.3-rc.1+b7"), json!("v1.2.3-rc.1+b7")),
        ("auto_update_version", json!("latest"), json!("latest")),
        ("peer_inactivity_expiration", json!(-5), json!(-5)),
        ("peer_login_expiration", json!(3_600), json!(3_600)),
        ("peer_expose_groups", json!(["no such group"]), json!(["no such group"])),
        ("jwt_allow_groups", json!(["staff", "ops"]), json!(["staff", "ops"])),
        ("jwt_allow_groups", json!(null), json!([])),
        ("ipv6_enabled_groups", json!([]), json!([])),
        (
            "dashboard_features",
            json!({ "agent_network": false }),
            json!({ "agent_network": false }),
        ),
        ("dashboard_features", json!({}), json!({})),
    ] {
        let answer = server.call("PUT", &path, OWNER_TOKEN, Some(with(&json!({ name: sent }))));
        assert_eq!(answer.status, 200, "{name} {sent}: {}", answer.text());
        assert_eq!(answer.json()["settings"][name], kept, "{name} {sent} in the answer");
        assert_eq!(account(&server)["settings"][name], kept, "{name} {sent} afterwards");
    }
    let both = json!({ "agent_network_only": true, "dashboard_features": { "agent_network": true } });
    let answer = server.call("PUT", &path, OWNER_TOKEN, Some(with(&both))).json();
    assert_eq!(answer["settings"]["agent_network_only"], true);
    server.call("PUT", &path, OWNER_TOKEN, Some(with(&json!({}))));
    assert!(
        account(&server)["settings"].get("dashboard_features").is_none(),
        "left out is removed"
    );
}

#[test]
fn what_is_left_out_is_reset_but_for_extra_the_ranges_and_the_onboarding() {
    let server = Server::start(Seed::Demo);
    let path = path(&server);
    let extra = json!({ "user_approval_required": false, "peer_approval_enabled": true, "network_traffic_logs_enabled": true,
        "network_traffic_logs_groups": ["g"], "network_traffic_packet_counter_enabled": true });
    let full = json!({ "extra": extra, "network_range": "10.7.0.0/16", "network_range_v6": "fd07::/64",
        "groups_propagation_enabled": true, "lazy_connection_enabled": true, "dns_domain": "corp" });
    let mut body = with(&full);
    body["onboarding"] = json!({ "onboarding_flow_pending": true });
    let answer = server.call("PUT", &path, OWNER_TOKEN, Some(body)).json();
    assert_eq!(
        answer["settings"]["extra"], extra,
        "the answer echoes the traffic logging"
    );

    let answer = server.call("PUT", &path, OWNER_TOKEN, Some(with(&json!({})))).json();
    let settings = &answer["settings"];
    for range in ["network_range", "network_range_v6"] {
        assert!(settings.get(range).is_none(), "{range} was not sent");
    }
    assert_eq!(
        (&settings["embedded_idp_enabled"], &settings["local_auth_disabled"]),
        (&json!(false), &json!(false))
    );
    for name in [
        "groups_propagation_enabled",
        "lazy_connection_enabled",
        "regular_users_view_blocked",
    ] {
        assert_eq!(settings[name], false, "{name}");
    }
    assert_eq!(
        (&settings["dns_domain"], &settings["ipv6_enabled_groups"]),
        (&json!(""), &json!(null))
    );

    let kept = account(&server);
    assert_eq!(
        kept["settings"]["extra"],
        json!({ "user_approval_required": false, "peer_approval_enabled": true, "network_traffic_logs_enabled": false,
            "network_traffic_logs_groups": null, "network_traffic_packet_counter_enabled": false })
    );
    assert_eq!(kept["settings"]["embedded_idp_enabled"], true);
    assert_eq!(
        (
            &kept["settings"]["network_range"],
            &kept["settings"]["network_range_v6"]
        ),
        (&json!("10.7.0.0/16"), &json!("fd07::/64"))
    );
    assert_eq!(
        kept["onboarding"],
        json!({ "onboarding_flow_pending": true, "signup_form_pending": false })
    );
    // Without its keys, `extra` is all off.
    server.call("PUT", &path, OWNER_TOKEN, Some(with(&json!({ "extra": {} }))));
    assert_eq!(account(&server)["settings"]["extra"]["peer_approval_enabled"], false);
}

#[test]
fn the_onboarding_is_kept_even_when_the_settings_are_refused_for_the_account() {
    let server = Server::start(Seed::Demo);
    let path = path(&server);
    let put = |settings: Value, onboarding: Value| {
        let body = json!({ "settings": settings, "onboarding": onboarding });
        let status = server.call("PUT", &path, OWNER_TOKEN, Some(body)).status;
        (status, account(&server)["onboarding"].clone())
    };
    let pending = |flow: bool, form: bool| json!({ "onboarding_flow_pending": flow, "signup_form_pending": form });
    assert_eq!(put(json!({}), pending(true, true)), (422, pending(true, true)));
    assert_eq!(
        put(json!({ "network_range": "x" }), pending(false, false)),
        (422, pending(true, true)),
        "before it is stored"
    );
    assert_eq!(
        put(
            json!({ "peer_login_expiration": 3_600 }),
            json!({ "signup_form_pending": true })
        ),
        (200, pending(false, true))
    );
    assert_eq!(
        put(json!({ "peer_login_expiration": 3_600 }), Value::Null),
        (200, pending(false, true))
    );
}
