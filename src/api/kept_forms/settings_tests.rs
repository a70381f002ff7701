//! Tests of the settings' forms as the tab keeps them.

use super::*;
use crate::api::settings::current;
use crate::domain::settings::conflicts;

const ACCOUNT: &str = r#"[{"id":"a1","domain":"example.com","onboarding":{},"settings":{
 "auto_update_version":"disabled","dns_domain":"","extra":{"user_approval_required":false},
 "jwt_allow_groups":["it"],"network_range":"100.87.0.0/16","peer_login_expiration":86400,
 "peer_login_expiration_enabled":true,"ipv6_enabled_groups":["g0"]}}]"#;

fn received(text: &str) -> Received {
    let (_, decode) = current().into_parts();
    decode(text).unwrap()
}

fn stored(kept: &KeptSettings) -> Json {
    json::parse(&kept.write().to_string()).unwrap()
}

fn edits() -> [(Field, Input); 8] {
    let amount = Amount {
        text: "x36".into(),
        unit: Unit::Hours,
    };
    [
        (Field::LoginExpirationEnabled, Input::Flag(false)),
        (Field::LoginExpiration, Input::Amount(amount)),
        (
            Field::JwtAllowGroups,
            Input::List(vec!["it".into(), "N\u{202e}\"".into()]),
        ),
        (Field::NetworkRange, Input::Text("10.9.0".into())),
        (Field::DnsDomain, Input::Text("corp.internal".into())),
        (Field::Ipv6Groups, Input::List(Vec::new())),
        (Field::AutoUpdateVersion, Input::Release(Release::Version, "0.5".into())),
        (Field::AgentNetwork, Input::Override(Some(false))),
    ]
}

fn kept(base: &Received) -> (KeptSettings, Draft) {
    let mut draft = Draft::default();
    for (field, input) in edits() {
        draft.set(&base.account, field, input);
    }
    let typed = vec![(Field::Ipv6Groups, "Offi".to_owned())];
    (KeptSettings::of(&base.account, &draft, typed).unwrap(), draft)
}

#[test]
fn edits_come_back_as_they_were_left_the_unfinished_ones_too() {
    let base = received(ACCOUNT);
    let (kept, _) = kept(&base);
    let back = KeptSettings::read(&stored(&kept)).unwrap();
    assert_eq!(back, kept);
    assert_eq!(back.typed, [(Field::Ipv6Groups, "Offi".to_owned())]);
    let (opened, draft) = back.lay_over(&base).unwrap();
    assert_eq!(opened, base);
    for (field, input) in edits() {
        assert_eq!(draft.input(&base.account, field), input, "{field:?}");
    }
    assert_eq!(draft.edited().len(), 8);
}

#[test]
fn what_somebody_else_changed_meanwhile_is_a_question_and_the_rest_is_theirs() {
    let (kept, _) = kept(&received(ACCOUNT));
    let moved = ACCOUNT
        .replace("86400", "172800")
        .replace(r#""user_approval_required":false"#, r#""user_approval_required":true"#)
        .replace("100.87.0.0/16", "100.88.0.0/16");
    let now = received(&moved);
    let (base, draft) = kept.lay_over(&now).unwrap();
    let network = Value::Text("100.87.0.0/16".into());
    assert_eq!(base.account.get(Field::NetworkRange), &network, "as it was opened");
    assert_eq!(base.account.get(Field::UserApproval), &Value::Flag(true));
    let asked = conflicts(&base.account, &draft, &now.account);
    assert_eq!(asked, [Field::LoginExpiration, Field::NetworkRange]);
}

#[test]
fn edits_of_another_account_and_none_at_all_are_nothing() {
    let base = received(ACCOUNT);
    let (kept, _) = kept(&base);
    let other = received(&ACCOUNT.replace("\"a1\"", "\"a2\""));
    assert_eq!(kept.lay_over(&other), None);
    assert_eq!(KeptSettings::of(&base.account, &Draft::default(), Vec::new()), None);
}

#[test]
fn an_input_of_the_wrong_shape_is_refused_and_an_unknown_field_left_out() {
    let with = |edit: &str| {
        let text = [r#"{"account":"a1","edits":["#, edit, "]}"].concat();
        KeptSettings::read(&json::parse(&text).unwrap())
    };
    for edit in [
        "7",
        r#"{"field":"dns_domain","input":true}"#,
        r#"{"field":"dns_domain"}"#,
        r#"{"field":"peer_login_expiration","input":5}"#,
        r#"{"field":"peer_login_expiration_enabled","input":"on"}"#,
        r#"{"field":"jwt_allow_groups","input":[7]}"#,
        r#"{"field":"auto_update_version","input":"latest"}"#,
    ] {
        assert_eq!(with(edit), None, "{edit}");
    }
    let unknown = with(r#"{"field":"of_tomorrow","input":7}"#).unwrap();
    let (_, draft) = unknown.lay_over(&received(ACCOUNT)).unwrap();
    assert!(draft.is_empty());
    assert_eq!(KeptSettings::read(&Json::Null), None);
}
