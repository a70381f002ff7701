//! Tests of the account's reading and writing.

use super::*;
use crate::domain::settings::Family;

const ACCOUNT: &str = r#"[ {"created_at":"2026-08-22T19:00:00.123456789Z","created_by":"u1","domain":"example.com","domain_category":"private",
 "id":"a1","new_top":1,"onboarding":{"onboarding_flow_pending":true,"signup_form_pending":true,"tour":3},
 "settings":{"agent_network_only":false,"auto_update_version":"disabled","dns_domain":"","future":{"deep":[1.50,null]},
  "extra":{"user_approval_required":true,"cloud_only":"x","network_traffic_logs_groups":null},
  "ipv6_enabled_groups":["g0"],"jwt_allow_groups":[],"network_range":"100.87.0.0/16","network_range_v6":"fd3a:1c2b:9d4e:7f00::/64",
  "peer_expose_groups":null,"peer_inactivity_expiration":1200,"peer_login_expiration":90000,"peer_login_expiration_enabled":true,
  "local_mfa_enabled":"yes","big":12345678901234567890123}}]"#;

fn received() -> Received {
    decode(ACCOUNT).unwrap()
}

fn body(edits: &[(Field, Value)]) -> String {
    update(&received(), edits).body().unwrap().to_owned()
}

/// A value that a field of this kind may hold and that no new account has.
fn sample(kind: Kind) -> Value {
    match kind {
        Kind::Flag | Kind::Override | Kind::Mode => Value::Flag(true),
        Kind::Duration(_) => Value::Whole(7_200),
        Kind::Text => Value::Text("groups".to_owned()),
        Kind::Cidr(Family::V4) => Value::Text("10.9.0.0/16".to_owned()),
        Kind::Cidr(Family::V6) => Value::Text("fd12::/64".to_owned()),
        Kind::Domain => Value::Text("corp.internal".to_owned()),
        Kind::Release => Value::Text("0.50.1".to_owned()),
        Kind::Groups | Kind::GroupNames => Value::List(vec!["g1".to_owned()]),
    }
}

#[test]
fn each_field_is_read_from_its_place() {
    let Received { account, .. } = received();
    assert_eq!((account.id.as_str(), account.domain.as_str()), ("a1", "example.com"));
    assert_eq!(
        (account.category.as_str(), account.created_by.as_str()),
        ("private", "u1")
    );
    assert!(matches!(account.created_at, Moment::At(_)));
    for (field, value) in [
        (Field::LoginExpiration, Value::Whole(90_000)),
        (Field::InactivityExpiration, Value::Whole(1_200)),
        (Field::UserApproval, Value::Flag(true)),
        (Field::Ipv6Groups, Value::List(vec!["g0".to_owned()])),
        (Field::PeerExposeGroups, Value::Absent),
        (Field::AgentNetwork, Value::Absent),
        (Field::SignupFormPending, Value::Flag(true)),
        (Field::NetworkRange, Value::Text("100.87.0.0/16".to_owned())),
        (Field::LocalMfa, Value::Foreign("\"yes\"".to_owned())),
    ] {
        assert_eq!(account.get(field), &value, "{field:?}");
    }
}

#[test]
fn what_no_field_has_is_listed_with_its_place() {
    let unknown = received().account.unknown;
    let names: Vec<&str> = unknown.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        [
            "settings/future",
            "settings/extra/cloud_only",
            "settings/big",
            "onboarding/tour"
        ]
    );
    assert_eq!(unknown.first().unwrap().1, r#"{"deep":[1.50,null]}"#);
}

#[test]
fn without_edits_everything_but_the_ranges_in_use_goes_back_to_the_letter() {
    let sent = Object::read(&body(&[])).unwrap();
    assert_eq!(sent.get("onboarding"), None, "left out is left alone");
    let mut before = received().settings;
    for name in ["network_range", "network_range_v6"] {
        before.remove(name);
    }
    assert_eq!(sent.object("settings").unwrap(), before);
}

#[test]
fn every_field_is_written_into_its_place_and_nothing_else_changes() {
    for field in Field::all().filter(|field| field.is_editable()) {
        let value = sample(field.entry().kind);
        let text = body(&[(field, value.clone())]);
        let sent = json::parse(&text).unwrap();
        assert_eq!(value_of(&sent, field), value, "{field:?}");
        let before = json::parse(&body(&[])).unwrap();
        for other in Field::all().filter(|other| *other != field && !other.is_onboarding()) {
            assert_eq!(
                value_of(&sent, other),
                value_of(&before, other),
                "{field:?} changes {other:?}"
            );
        }
        assert!(text.contains("\"future\":{\"deep\":[1.50,null]}"), "{text}");
        assert!(text.contains("12345678901234567890123"), "{text}");
        assert_eq!(text.contains("\"tour\":3"), field.is_onboarding(), "{text}");
    }
}

#[test]
fn an_object_that_is_not_there_is_made_for_its_field() {
    let text = body(&[(Field::AgentNetwork, Value::Flag(true))]);
    assert!(
        text.contains(r#""dashboard_features":{"agent_network":true}"#),
        "{text}"
    );
    let text = body(&[(Field::AgentNetwork, Value::Flag(false))]);
    assert!(
        text.contains(r#""dashboard_features":{"agent_network":false}"#),
        "{text}"
    );
    let text = body(&[(Field::AgentNetwork, Value::Absent)]);
    assert!(
        text.contains(r#""dashboard_features":{"agent_network":null}"#),
        "{text}"
    );
    let none = decode(r#"[{"id":"a","settings":{"extra":null}}]"#).unwrap();
    let text = update(&none, &[(Field::UserApproval, Value::Flag(false))])
        .body()
        .unwrap()
        .to_owned();
    assert_eq!(text, r#"{"settings":{"extra":{"user_approval_required":false}}}"#);
}

#[test]
fn the_account_is_named_in_the_path_and_the_answer_is_not_looked_into() {
    let (parts, decode) = update(&received(), &[]).into_parts();
    assert_eq!(parts.path.unwrap(), "/api/accounts/a1");
    assert_eq!(parts.method, crate::api::request::Method::Put);
    assert_eq!(decode(r#"{"settings":{"embedded_idp_enabled":false}}"#), Ok(()));
}

#[test]
fn what_is_no_account_is_said() {
    for text in [
        "[]",
        "null",
        "{}",
        "[7]",
        r#"[{"domain":"x"}]"#,
        r#"[{"id":"a","settings":7}]"#,
        "<html>",
    ] {
        assert!(decode(text).is_err(), "{text}");
    }
}
