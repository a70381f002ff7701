//! What follows from changing or deleting the account: events, newcomers, who is shut out, what is gone.

use serde_json::{Value, json};
use standin::Seed;

use crate::accounts::{account, made_token, path, with};
use crate::pages::bearer_outside;
use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

fn group(server: &Server, name: &str) -> String {
    let found = server.get(&format!("/api/groups?name={name}"), OWNER_TOKEN).json();
    found[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn every_change_writes_its_events() {
    let server = Server::start(Seed::Demo);
    let path = path(&server);
    let base = json!({ "peer_login_expiration_enabled": false, "groups_propagation_enabled": true, "network_range": "10.1.0.0/16" });
    let mut count = server.events_when(OWNER_TOKEN, |events| events.len() == 200).len();
    let mut put = |settings: &Value| {
        let answer = server.call("PUT", &path, OWNER_TOKEN, Some(with(settings)));
        assert_eq!(answer.status, 200, "{settings}: {}", answer.text());
        // A group made afterwards marks the end: events come in order.
        let name = format!("After {count}");
        server.call("POST", "/api/groups", OWNER_TOKEN, Some(json!({ "name": name })));
        let events = server.events_when(OWNER_TOKEN, |events| events[0]["meta"]["name"] == *name);
        let mut new: Vec<Value> = events[1..events.len() - count].to_vec();
        count = events.len();
        new.sort_by_key(|event| event["activity_code"].as_str().unwrap().to_owned());
        new
    };
    put(&base);
    assert_eq!(put(&base), Vec::<Value>::new(), "no change, no event");
    let overlay = |name: &str, value: &Value| {
        let mut settings = base.clone();
        settings[name] = value.clone();
        settings
    };
    let all = group(&server, "All");
    for (name, value, there, back) in [
        (
            "peer_login_expiration_enabled",
            json!(true),
            "account.setting.peer.login.expiration.enable",
            "account.setting.peer.login.expiration.disable",
        ),
        (
            "peer_login_expiration",
            json!(3_600),
            "account.setting.peer.login.expiration.update",
            "account.setting.peer.login.expiration.update",
        ),
        (
            "peer_inactivity_expiration_enabled",
            json!(true),
            "",
            "account.peer.inactivity.expiration.disable",
        ),
        ("peer_inactivity_expiration", json!(900), "", ""),
        (
            "groups_propagation_enabled",
            json!(false),
            "account.setting.group.propagation.disable",
            "account.setting.group.propagation.enable",
        ),
        (
            "routing_peer_dns_resolution_enabled",
            json!(true),
            "account.setting.routing.peer.dns.resolution.enable",
            "account.setting.routing.peer.dns.resolution.disable",
        ),
        (
            "lazy_connection_enabled",
            json!(true),
            "account.setting.lazy.connection.enable",
            "account.setting.lazy.connection.disable",
        ),
        (
            "auto_update_always",
            json!(true),
            "account.setting.auto.update.always.enable",
            "account.setting.auto.update.always.disable",
        ),
        (
            "auto_update_version",
            json!("0.60.1"),
            "account.settings.auto.version.update",
            "account.settings.auto.version.update",
        ),
        (
            "metrics_push_enabled",
            json!(true),
            "account.setting.metrics.push.enable",
            "account.setting.metrics.push.disable",
        ),
        (
            "local_mfa_enabled",
            json!(true),
            "account.setting.local.mfa.enable",
            "account.setting.local.mfa.disable",
        ),
        (
            "ipv6_enabled_groups",
            json!([all]),
            "account.setting.ipv6.enable",
            "account.setting.ipv6.disable",
        ),
        (
            "dns_domain",
            json!("corp"),
            "account.dns.domain.update",
            "account.dns.domain.update",
        ),
        (
            "network_range",
            json!("10.2.0.0/16"),
            "account.network.range.update",
            "account.network.range.update",
        ),
        (
            "network_range_v6",
            json!("fd05::/64"),
            "account.network.range.update",
            "account.network.range.update",
        ),
        ("regular_users_view_blocked", json!(true), "", ""),
        ("jwt_groups_enabled", json!(true), "", ""),
        ("extra", json!({ "peer_approval_enabled": true }), "", ""),
    ] {
        for (settings, expected) in [(overlay(name, &value), there), (base.clone(), back)] {
            let events = put(&settings);
            let codes: Vec<&str> = events
                .iter()
                .map(|event| event["activity_code"].as_str().unwrap())
                .collect();
            let expected: Vec<&str> = Some(expected).filter(|code| !code.is_empty()).into_iter().collect();
            assert_eq!(codes, expected, "{name}");
            assert!(
                events
                    .iter()
                    .all(|event| event["activity"].as_str().unwrap().contains(' ')),
                "{name}: a text in words"
            );
        }
    }
    let meta = |events: Vec<Value>| {
        events
            .into_iter()
            .map(|event| event["meta"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        meta(put(&overlay("network_range_v6", &json!("fd05::9/64")))),
        [json!({ "old_network_range_v6": "invalid Prefix", "new_network_range_v6": "fd05::/64" })]
    );
    assert_eq!(
        meta(put(&base)),
        [json!({ "old_network_range_v6": "fd05::/64", "new_network_range_v6": "invalid Prefix" })]
    );
    assert_eq!(
        meta(put(&overlay("network_range", &json!("10.3.4.5/20")))),
        [json!({ "old_network_range": "10.1.0.0/16", "new_network_range": "10.3.0.0/20" })]
    );
    assert_eq!(
        meta(put(&overlay("dns_domain", &json!("corp")))).last(),
        Some(&json!({ "old_network_range": "10.3.0.0/20", "new_network_range": "10.1.0.0/16" }))
    );
    let mut inactive = overlay("peer_inactivity_expiration_enabled", &json!(true));
    inactive["peer_inactivity_expiration"] = json!(60);
    let codes: Vec<Value> = put(&inactive)
        .iter()
        .map(|event| event["activity_code"].clone())
        .collect();
    assert!(
        codes.contains(&json!("account.peer.inactivity.expiration.update")),
        "{codes:?}"
    );
}

#[test]
fn only_the_owner_deletes_the_account_and_then_everything_is_gone() {
    let mut server = Server::start(Seed::Demo);
    let path = path(&server);
    let text = "user is not allowed to delete account. only account owner can delete account";
    let prefix = "failed to validate user permissions: ";
    for (person, status, text) in [
        ("ada.okafor", 403, text.to_owned()),
        ("uma.sato", 403, text.to_owned()),
        (
            "bill.okonkwo",
            404,
            format!("{prefix}user role: billing_admin not found"),
        ),
        ("boris.blake", 403, format!("{prefix}user is blocked")),
    ] {
        let header = bearer(&server, &format!("{person}@example.com"), PASSWORD);
        assert_eq!(
            server.call("DELETE", &path, &header, None).error(),
            (status, text),
            "{person}"
        );
    }
    let admin_token = made_token(&server, "admin");
    assert_eq!(
        server.call("DELETE", &path, &admin_token, None).error(),
        (403, text.to_owned())
    );
    let missing = server
        .call("DELETE", "/api/accounts/Nowhere", OWNER_TOKEN, None)
        .error();
    assert_eq!(missing, (404, "account not found: nowhere".to_owned()));

    let ada = bearer(&server, "ada.okafor@example.com", PASSWORD);
    let before = account(&server);
    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).json(), json!({}));
    for token in [OWNER_TOKEN, &admin_token] {
        let (status, text) = server.get("/api/users", token).error();
        assert_eq!(status, 404);
        assert!(text.starts_with("invalid token: pat: "), "{text}");
    }
    assert_eq!(server.get("/api/instance", "").json()["setup_required"], false);
    let setup = json!({ "email": "n@example.com", "password": "12345678", "name": "N" });
    assert_eq!(server.call("POST", "/api/setup", "", Some(setup)).status, 412);

    // A token that is still valid makes a new account.
    let new = server.get("/api/users/current", &ada).json();
    assert_eq!((&new["role"], &new["name"]), (&json!("owner"), &json!("Ada Okafor")));
    let account = server.get("/api/accounts", &ada).json()[0].clone();
    assert_ne!(account["id"], before["id"]);
    assert_eq!(
        account["onboarding"],
        json!({ "onboarding_flow_pending": true, "signup_form_pending": true })
    );
    assert_eq!(server.get("/api/users", &ada).json().as_array().unwrap().len(), 1);
    assert_eq!(server.get("/api/peers", &ada).json(), json!([]));
    let groups = server.get("/api/groups", &ada).json();
    assert_eq!(
        (groups.as_array().unwrap().len(), &groups[0]["name"]),
        (1, &json!("All"))
    );
    let events = server.events_when(&ada, |events| events.len() == 2);
    assert_eq!(
        (&events[0]["activity_code"], &events[1]["activity_code"]),
        (&json!("user.join"), &json!("account.create"))
    );
    // The providers are the server's, not the account's.
    assert_eq!(
        server
            .get("/api/identity-providers", &ada)
            .json()
            .as_array()
            .unwrap()
            .len(),
        1
    );

    let path = format!("/api/accounts/{}", account["id"].as_str().unwrap());
    assert_eq!(server.call("DELETE", &path, &ada, None).status, 200);
    server.restart();
    assert_eq!(
        server.get("/api/instance", "").json()["setup_required"],
        true,
        "decided at the start"
    );
}

#[test]
fn without_approval_newcomers_are_in_at_once_and_who_waits_goes_on_waiting() {
    let server = Server::start(Seed::Demo);
    let partners = "Example partners";
    let first = bearer_outside(&server, partners, "first@example.org");
    assert_eq!(
        server.get("/api/users/current", &first).error(),
        (403, "user is blocked".to_owned())
    );
    let open = with(&json!({ "extra": { "user_approval_required": false } }));
    assert_eq!(server.call("PUT", &path(&server), OWNER_TOKEN, Some(open)).status, 200);
    let second = bearer_outside(&server, partners, "second@example.org");
    let row = server.get("/api/users/current", &second).json();
    assert_eq!(
        (&row["status"], &row["role"], &row["pending_approval"]),
        (&json!("active"), &json!("user"), &json!(false))
    );
    assert_eq!(server.get("/api/users/current", &first).status, 403);
}

#[test]
fn groups_of_tokens_that_are_let_in_shut_out_people_of_outside_providers_only() {
    let server = Server::start(Seed::Demo);
    let eva = bearer_outside(&server, "Example partners", "eva.lindgren@example.org");
    let ada = bearer(&server, "ada.okafor@example.com", PASSWORD);
    let statuses = |settings: Value| {
        assert_eq!(
            server
                .call("PUT", &path(&server), OWNER_TOKEN, Some(with(&settings)))
                .status,
            200
        );
        [&eva, &ada, OWNER_TOKEN].map(|header| server.get("/api/users", header).status)
    };
    let limited =
        json!({ "jwt_groups_enabled": true, "jwt_groups_claim_name": "groups", "jwt_allow_groups": ["staff"] });
    assert_eq!(statuses(limited), [401, 200, 200]);
    assert_eq!(
        server.get("/api/users", &eva).error(),
        (401, "token invalid".to_owned())
    );
    for harmless in [
        json!({ "jwt_groups_enabled": false, "jwt_groups_claim_name": "groups", "jwt_allow_groups": ["staff"] }),
        json!({ "jwt_groups_enabled": true, "jwt_groups_claim_name": "", "jwt_allow_groups": ["staff"] }),
        json!({ "jwt_groups_enabled": true, "jwt_groups_claim_name": "groups", "jwt_allow_groups": [] }),
    ] {
        assert_eq!(statuses(harmless.clone()), [200, 200, 200], "{harmless}");
    }
}

#[test]
fn restricted_people_are_told_so_by_the_setting() {
    let server = Server::start(Seed::Demo);
    let restricted = |person: &str| {
        let header = bearer(&server, &format!("{person}@example.com"), PASSWORD);
        server.get("/api/users/current", &header).json()["permissions"]["is_restricted"].clone()
    };
    for (blocked, expected) in [(true, true), (false, false)] {
        let body = with(&json!({ "regular_users_view_blocked": blocked }));
        server.call("PUT", &path(&server), OWNER_TOKEN, Some(body));
        assert_eq!(restricted("uma.sato"), expected);
        assert_eq!(restricted("bill.okonkwo"), expected);
        assert_eq!(restricted("ada.okafor"), false);
    }
}
