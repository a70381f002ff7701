//! Saves that lose nothing: for generated accounts the body sent equals the body read but for the edited places, and
//! what a recorded server calls a new account is what the table says.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected has to fail, and says so best by stopping there"
)]

use proptest::prelude::*;
use roost::api::settings::{Received, current, update};
use roost::domain::settings::{Account, Draft, Field, Input, Kind, Value};
use serde_json::{Map, Value as Json, json};

fn read(account: &Json) -> Received {
    let (_, decode) = current().into_parts();
    decode(&json!([account]).to_string()).unwrap()
}

fn sent(received: &Received, edits: &[(Field, Value)]) -> Json {
    serde_json::from_str(update(received, edits).body().unwrap()).unwrap()
}

fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        ".{0,8}".prop_map(Json::from),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
            proptest::collection::btree_map(".{0,5}", inner, 0..3)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

/// What a field may hold: its own kind, `null`, nothing at all, or now and then something of another version.
fn value(field: Field) -> BoxedStrategy<Option<Json>> {
    let own = match field.entry().kind {
        Kind::Flag | Kind::Override | Kind::Mode => any::<bool>().prop_map(Json::from).boxed(),
        Kind::Duration(_) => any::<i64>().prop_map(Json::from).boxed(),
        Kind::Groups | Kind::GroupNames => proptest::collection::vec("[a-z]{1,3}", 0..3)
            .prop_map(Json::from)
            .boxed(),
        _ => ".{0,10}".prop_map(Json::from).boxed(),
    };
    prop_oneof![
        8 => own.prop_map(Some),
        1 => Just(Some(Json::Null)),
        1 => Just(None),
        1 => any_json().prop_map(Some),
    ]
    .boxed()
}

fn put(account: &mut Json, path: &[&str], value: Json) {
    let mut place = account;
    for name in path {
        if !place.is_object() {
            *place = json!({});
        }
        place = place.as_object_mut().unwrap().entry(*name).or_insert(Json::Null);
    }
    *place = value;
}

fn account() -> impl Strategy<Value = Json> {
    let values: Vec<_> = Field::all().map(value).collect();
    let unknown = || proptest::collection::btree_map("[a-z_\"\\\\ é]{1,9}x", any_json(), 0..4);
    (values, unknown(), unknown(), unknown()).prop_map(|(values, first, second, third)| {
        let mut account = json!({"id": "a1", "domain": "example.com", "settings": {"extra": {}}, "onboarding": {}});
        for (field, value) in Field::all().zip(values) {
            if let Some(value) = value {
                put(&mut account, field.entry().path, value);
            }
        }
        for (path, more) in [
            (vec!["settings"], first),
            (vec!["settings", "extra"], second),
            (vec!["onboarding"], third),
        ] {
            for (name, value) in more {
                let mut path = path.clone();
                path.push(&name);
                put(&mut account, &path, value);
            }
        }
        account
    })
}

/// What of the account's settings goes back untouched: all but the ranges in use.
fn untouched(account: &Json) -> Map<String, Json> {
    let mut settings = account["settings"].as_object().cloned().unwrap_or_default();
    settings.remove("network_range");
    settings.remove("network_range_v6");
    settings
}

fn edit(field: Field) -> Value {
    match field.entry().kind {
        Kind::Flag | Kind::Override | Kind::Mode => Value::Flag(true),
        Kind::Duration(_) => Value::Whole(7_201),
        Kind::Groups | Kind::GroupNames => Value::List(vec!["edited".to_owned()]),
        Kind::Cidr(_) => Value::Text("10.99.0.0/16".to_owned()),
        Kind::Text | Kind::Domain | Kind::Release => Value::Text("1.2.3".to_owned()),
    }
}

fn edited_json(field: Field) -> Json {
    match edit(field) {
        Value::Flag(on) => json!(on),
        Value::Whole(number) => json!(number),
        Value::Text(text) => json!(text),
        Value::List(items) => json!(items),
        Value::Absent | Value::Foreign(_) => Json::Null,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn the_body_sent_is_the_body_read_but_for_the_edits(
        account in account(),
        fields in proptest::sample::subsequence(Field::all().filter(|field| field.is_editable()).collect::<Vec<_>>(), 0..4),
    ) {
        let received = read(&account);
        let edits: Vec<_> = fields.iter().map(|field| (*field, edit(*field))).collect();
        let mut wanted = json!({"settings": untouched(&account)});
        if fields.iter().any(|field| field.is_onboarding()) {
            wanted["onboarding"] = account["onboarding"].clone();
        }
        for field in &fields {
            put(&mut wanted, field.entry().path, edited_json(*field));
        }
        prop_assert_eq!(sent(&received, &edits), wanted);
    }

    #[test]
    fn a_form_that_is_opened_and_left_as_it_is_changes_nothing(account in account()) {
        let received = read(&account);
        let mut draft = Draft::default();
        for field in Field::all() {
            let input = Input::of(field.entry().kind, received.account.get(field));
            draft.set(&received.account, field, input);
        }
        prop_assert_eq!(draft.edits(&received.account), vec![]);
    }

    #[test]
    fn what_no_field_has_is_never_lost_from_sight(account in account()) {
        let received = read(&account);
        let known: Vec<String> = Field::all().map(|field| field.entry().path.join("/")).collect();
        for (path, _) in &received.account.unknown {
            prop_assert!(!known.contains(path), "{}", path);
        }
        let unknown = account["settings"].as_object().unwrap().keys().filter(|name| {
            let path = format!("settings/{name}");
            !known.iter().any(|known| *known == path || known.starts_with(&format!("{path}/")))
        });
        for name in unknown {
            let path = format!("settings/{name}");
            prop_assert!(received.account.unknown.iter().any(|(known, _)| *known == path), "{}", path);
        }
    }
}

fn recorded_accounts() -> Vec<Json> {
    let text = std::fs::read_to_string("tests/fixtures/recorded/account.json").unwrap();
    let scenario: Json = serde_json::from_str(&text).unwrap();
    let steps = scenario["steps"].as_array().unwrap().clone();
    let read = steps
        .into_iter()
        .filter(|step| step["method"] == "GET" && step["path"] == "/api/accounts" && step["answer"]["status"] == 200);
    read.map(|step| step["answer"]["json"][0].clone()).collect()
}

#[test]
fn a_recorded_new_account_is_what_the_table_says_and_has_nothing_unknown() {
    let accounts = recorded_accounts();
    let fresh = read(accounts.first().unwrap()).account;
    assert_eq!(fresh.unknown, []);
    for field in Field::all() {
        let entry = field.entry();
        let value = fresh.get(field);
        match entry.kind {
            // The server's mode, not the account's.
            Kind::Mode => assert!(matches!(value, Value::Flag(_)), "{field:?}"),
            Kind::Flag => assert_eq!(value.is_on(), entry.default == 1, "{field:?}"),
            Kind::Override => assert_eq!(*value, Value::Absent, "{field:?}"),
            Kind::Duration(_) => assert_eq!(*value, Value::Whole(entry.default), "{field:?}"),
            _ => assert!(value.fits(entry.kind), "{field:?}"),
        }
    }
    assert!(accounts.len() > 5);
    for account in &accounts {
        assert_eq!(read(account).account.unknown, []);
    }
}

#[test]
fn every_setting_the_contract_lists_has_a_field() {
    // All keys that a recorded server ever sent, and the one that it leaves out until somebody sets it.
    let account: Account = read(recorded_accounts().first().unwrap()).account;
    let absent: Vec<&str> = Field::all()
        .filter(|field| *account.get(*field) == Value::Absent)
        .map(Field::name)
        .collect();
    assert_eq!(
        absent,
        ["peer_expose_groups", "network_traffic_logs_groups", "agent_network"]
    );
}
