//! The client's rules for settings against the stand-in's, which are written apart: on 10,000 generated values each, what
//! one takes the other takes. Stricter on purpose are only those that say so here.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets the unexpected has to fail, and says so best by stopping there"
)]

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use roost::domain::settings::{Account, Amount, Field, Input, Kind, Problem, Release, Unit, Value};
use serde_json::json;

const VALUES: u32 = 10_000;

fn compare<T: std::fmt::Debug>(values: impl Strategy<Value = T>, test: impl Fn(T) -> Result<(), TestCaseError>) {
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        ..Config::with_cases(VALUES)
    });
    runner.run(&values, test).unwrap();
}

/// Whether the stand-in takes a value in an account that has nothing else to refuse.
fn server_takes(name: &str, value: &serde_json::Value, peers: usize) -> bool {
    let mut settings = json!({ "peer_login_expiration": 86_400 });
    settings[name] = value.clone();
    standin::rules::settings_refusal(&settings, peers).is_none()
}

fn client_reads(field: Field, input: &Input, peers: usize) -> Result<Value, Problem> {
    input.read(field.entry().kind, Some(peers))
}

/// A text rule: the client passes exactly what the server takes, and sends what it was given.
fn texts_agree(field: Field, text: &str, peers: usize) -> Result<(), TestCaseError> {
    // The client takes the white space around a text away before it judges and sends it.
    let sent = text.trim();
    let passed = client_reads(field, &Input::Text(sent.to_owned()), peers).is_ok();
    prop_assert_eq!(
        passed,
        server_takes(field.name(), &json!(sent), peers),
        "{:?} with {} peers",
        sent,
        peers
    );
    Ok(())
}

fn number() -> impl Strategy<Value = i64> {
    prop_oneof![
        3_500_i64..3_700,
        15_551_900_i64..15_552_100,
        -5_i64..70,
        any::<i64>(),
        (-3_i64..200).prop_map(|days| days * 86_400),
    ]
}

#[test]
fn login_expiration() {
    let input = (number(), proptest::sample::select(Unit::ALL.to_vec()));
    compare(input, |(number, unit)| {
        let amount = Amount {
            text: number.to_string(),
            unit,
        };
        let read = client_reads(Field::LoginExpiration, &Input::Amount(amount.clone()), 0);
        match amount.seconds() {
            Some(seconds) => {
                prop_assert_eq!(read.is_ok(), server_takes("peer_login_expiration", &json!(seconds), 0));
                if let Ok(value) = read {
                    prop_assert_eq!(value, Value::Whole(seconds));
                }
            }
            // More seconds than the server's number holds: it could not even read them.
            None => prop_assert!(read.is_err()),
        }
        Ok(())
    });
}

#[test]
fn inactivity_expiration_is_stricter_on_purpose_below_zero() {
    compare(number(), |seconds| {
        let input = Input::Amount(Amount::of(seconds));
        prop_assert!(server_takes("peer_inactivity_expiration", &json!(seconds), 0));
        let expected = if seconds < 0 {
            Err(Problem::Negative)
        } else {
            Ok(Value::Whole(seconds))
        };
        prop_assert_eq!(client_reads(Field::InactivityExpiration, &input, 0), expected);
        Ok(())
    });
}

fn address_v4() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<[u8; 4]>().prop_map(|[a, b, c, d]| format!("{a}.{b}.{c}.{d}")),
        (
            proptest::sample::select(vec![0_u8, 10, 100, 127, 169, 172, 192, 224, 239]),
            any::<u8>(),
            any::<u8>()
        )
            .prop_map(|(a, b, c)| format!("{a}.{b}.{c}.0")),
        any::<u8>().prop_map(|c| format!("169.254.{c}.1")),
        "[0-9]{1,3}(\\.[0-9]{1,3}){2,4}",
    ]
}

fn address_v6() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<u128>().prop_map(|bits| std::net::Ipv6Addr::from_bits(bits).to_string()),
        any::<u32>().prop_map(|bits| std::net::Ipv6Addr::from_bits(0xffff_0000_0000 | u128::from(bits)).to_string()),
        any::<u8>().prop_map(|bits| format!("::{bits:x}")),
        "(fd|fe8|ff0|20)[0-9a-f]{1,2}:(:|[0-9a-f]{1,5}:){0,7}[0-9a-f]{0,4}",
        "[0-9A-Fa-f:.%]{1,20}",
    ]
}

fn range() -> impl Strategy<Value = String> {
    let length = prop_oneof![
        (0_u16..140).prop_map(|length| length.to_string()),
        proptest::sample::select(vec!["", "+8", "08", "8 ", "-1", "300", "1e1"]).prop_map(str::to_owned),
    ];
    let v4 = (address_v4(), 0_u8..34).prop_map(|(address, length)| format!("{address}/{length}"));
    let v6 = (address_v6(), 44_u8..130).prop_map(|(address, length)| format!("{address}/{length}"));
    let odd =
        (prop_oneof![address_v4(), address_v6()], length).prop_map(|(address, length)| format!("{address}/{length}"));
    prop_oneof![4 => v4, 4 => v6, 2 => odd, 1 => ".{0,12}"]
}

fn ranges_agree(field: Field) {
    compare((range(), 0_usize..400), |(text, peers)| {
        texts_agree(field, &text, peers)
    });
}

#[test]
fn network_range() {
    ranges_agree(Field::NetworkRange);
}

#[test]
fn network_range_v6() {
    ranges_agree(Field::NetworkRangeV6);
}

#[test]
fn a_range_is_stored_as_the_client_says() {
    // What the client sends has no host bits: stored by the server, it reads the same.
    compare(range(), |text| {
        for field in [Field::NetworkRange, Field::NetworkRangeV6] {
            if let Ok(Value::Text(stored)) = client_reads(field, &Input::Text(text.clone()), 0) {
                prop_assert!(server_takes(field.name(), &json!(stored), 0), "{}", stored);
                let again = client_reads(field, &Input::Text(stored.clone()), 0);
                prop_assert_eq!(again, Ok(Value::Text(stored)));
            }
        }
        Ok(())
    });
}

#[test]
fn dns_domain() {
    let labels = "[a-zA-Z0-9_-]{1,5}(\\.[a-zA-Z0-9_-]{0,5}){0,3}";
    let long = (55_usize..70, 1_usize..4).prop_map(|(length, times)| vec!["a".repeat(length); times].join("."));
    let text = prop_oneof![6 => labels, 1 => long, 2 => "[a-z0-9.*_ é-]{0,9}", 1 => ".{0,8}"];
    compare(text, |text| texts_agree(Field::DnsDomain, &text, 0));
}

#[test]
fn auto_update_version() {
    let version = "v{0,2}[0-9]{0,3}(\\.[0-9]{0,3}){0,3}(-[0-9a-z~.-]{0,5})?(\\+[0-9a-z.-]{0,4})?";
    let words = proptest::sample::select(vec![
        "latest",
        "disabled",
        "Latest",
        "newest",
        "",
        "99999999999999999999",
    ]);
    let text = prop_oneof![8 => version, 1 => words.prop_map(str::to_owned), 1 => ".{0,8}"];
    compare(text, |text| {
        let sent = text.trim();
        let release = Release::parse(sent);
        let input = Input::Release(release, sent.to_owned());
        let passed = client_reads(Field::AutoUpdateVersion, &input, 0).is_ok();
        prop_assert_eq!(
            passed,
            server_takes("auto_update_version", &json!(sent), 0),
            "{:?}",
            sent
        );
        Ok(())
    });
}

#[test]
fn settings_that_need_each_other() {
    let groups = proptest::collection::vec("[a-z]{1,3}", 0..3);
    compare(
        (any::<([bool; 2], Option<bool>)>(), groups),
        |(([expose, only], agent), groups)| {
            let account = Account::new(
                "a".to_owned(),
                String::new(),
                vec![Value::Absent; Field::COUNT],
                Vec::new(),
            );
            let mut draft = roost::domain::settings::Draft::default();
            for (field, input) in [
                (Field::PeerExpose, Input::Flag(expose)),
                (Field::PeerExposeGroups, Input::List(groups.clone())),
                (Field::AgentNetworkOnly, Input::Flag(only)),
                (Field::AgentNetwork, Input::Override(agent)),
            ] {
                draft.set(&account, field, input);
            }
            let problems = roost::domain::settings::problems(&account, &draft, None, None);
            let settings = json!({
                "peer_login_expiration": 3_600,
                "peer_expose_enabled": expose,
                "peer_expose_groups": groups,
                "agent_network_only": only,
                "dashboard_features": { "agent_network": agent },
            });
            let refused = standin::rules::settings_refusal(&settings, 0).is_some();
            prop_assert_eq!(!problems.is_empty(), refused, "{}", settings);
            Ok(())
        },
    );
}

#[test]
fn every_rule_of_the_table_is_compared() {
    // Who adds a kind or a need has to add a comparison.
    for field in Field::all() {
        match field.entry().kind {
            Kind::Flag | Kind::Override | Kind::Mode | Kind::Text | Kind::Groups | Kind::GroupNames => {}
            Kind::Duration(_) => assert!(matches!(field, Field::LoginExpiration | Field::InactivityExpiration)),
            Kind::Cidr(_) => assert!(matches!(field, Field::NetworkRange | Field::NetworkRangeV6)),
            Kind::Domain => assert_eq!(field, Field::DnsDomain),
            Kind::Release => assert_eq!(field, Field::AutoUpdateVersion),
        }
    }
}
