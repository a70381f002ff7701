//! Tests of what follows from a change.

use super::tests::{account, amount, drafted, items, typed};
use super::*;
use crate::domain::time::Moment;

const NOW: i64 = 1_800_000_000;
const HOUR: i64 = 3_600;

fn peer(hours_ago: i64) -> Peer {
    Peer {
        has_v6: true,
        groups: vec!["all".to_owned()],
        expires: true,
        is_expired: false,
        last_login: Moment::At(NOW - hours_ago * HOUR),
    }
}

fn facts() -> Facts {
    let by_key = Peer {
        expires: false,
        has_v6: false,
        groups: vec!["all".to_owned(), "ops".to_owned()],
        ..peer(100)
    };
    Facts {
        peers: Some(vec![peer(0), peer(5), peer(30), by_key]),
        waiting: 3,
        own: AllowList::Groups(vec!["staff".to_owned()]),
        now: NOW,
    }
}

fn found(account: &Account, edits: &[(Field, Input)], facts: &Facts) -> Vec<(Field, Consequence)> {
    let draft = drafted(account, edits);
    Change::all(account, &draft)
        .iter()
        .flat_map(|change| {
            let all = consequences(change, account, &draft, facts).into_iter();
            all.map(|one| (change.field, one)).collect::<Vec<_>>()
        })
        .collect()
}

#[test]
fn each_change_says_what_follows_from_the_devices_and_people_there_are() {
    let on = || Input::Flag(true);
    let off = || Input::Flag(false);
    let base = account();
    for (field, input, consequence, weight) in [
        (
            Field::NetworkRange,
            typed("10.0.0.0/16"),
            Consequence::Readdresses(Some(4)),
            Weight::Danger,
        ),
        (
            Field::NetworkRangeV6,
            typed("fd11::/64"),
            Consequence::ReaddressesV6(Some(3)),
            Weight::Danger,
        ),
        (
            Field::Ipv6Groups,
            items(&[]),
            Consequence::Ipv6Off(Some(3)),
            Weight::Danger,
        ),
        (
            Field::Ipv6Groups,
            items(&["ops"]),
            Consequence::Ipv6Lost(3),
            Weight::Warning,
        ),
        (
            Field::Ipv6Groups,
            items(&["all", "ops"]),
            Consequence::Ipv6Gained(1),
            Weight::Info,
        ),
        (
            Field::LoginExpiration,
            amount("4", Unit::Hours),
            Consequence::SignInAgain(Some(2)),
            Weight::Danger,
        ),
        (
            Field::LoginExpiration,
            amount("23", Unit::Hours),
            Consequence::SignInAgain(Some(1)),
            Weight::Danger,
        ),
        (
            Field::LoginExpirationEnabled,
            off(),
            Consequence::LoginForever,
            Weight::Info,
        ),
        (
            Field::InactivityExpirationEnabled,
            on(),
            Consequence::InactivityOn,
            Weight::Warning,
        ),
        (Field::UserApproval, off(), Consequence::ApprovalOff(3), Weight::Danger),
        (Field::PeerApproval, on(), Consequence::CloudOnly, Weight::Info),
        (Field::LocalMfa, on(), Consequence::MfaOn, Weight::Warning),
        (
            Field::GroupsPropagation,
            off(),
            Consequence::PropagationOff,
            Weight::Info,
        ),
        (
            Field::DnsDomain,
            typed("corp"),
            Consequence::Renames(Some(4)),
            Weight::Danger,
        ),
        (Field::PeerExpose, on(), Consequence::ExposeOn, Weight::Warning),
        (Field::TrafficLogs, on(), Consequence::NotKept, Weight::Warning),
        (
            Field::AutoUpdateVersion,
            Input::Release(Release::Latest, String::new()),
            Consequence::Updates,
            Weight::Warning,
        ),
        (
            Field::UsersViewBlocked,
            off(),
            Consequence::RestrictedOff,
            Weight::Warning,
        ),
    ] {
        assert_eq!(consequence.weight(), weight, "{consequence:?}");
        assert_eq!(found(&base, &[(field, input)], &facts()), [(field, consequence)]);
    }
}

#[test]
fn the_other_way_round() {
    let base = account()
        .with(Field::LoginExpirationEnabled, Value::Flag(false))
        .with(Field::UserApproval, Value::Flag(false))
        .with(Field::LocalMfa, Value::Flag(true))
        .with(Field::GroupsPropagation, Value::Flag(false))
        .with(Field::PeerExpose, Value::Flag(true))
        .with(Field::UsersViewBlocked, Value::Flag(false));
    for (field, on, consequence) in [
        (Field::LoginExpirationEnabled, true, Consequence::SignInAgain(Some(1))),
        (Field::UserApproval, true, Consequence::ApprovalOn),
        (Field::LocalMfa, false, Consequence::MfaOff),
        (Field::GroupsPropagation, true, Consequence::PropagationOn),
        (Field::PeerExpose, false, Consequence::ExposeOff),
        (Field::UsersViewBlocked, true, Consequence::RestrictedOn),
    ] {
        assert_eq!(
            found(&base, &[(field, Input::Flag(on))], &facts()),
            [(field, consequence)]
        );
    }
}

#[test]
fn a_longer_expiration_and_one_that_is_off_sign_nobody_out() {
    assert_eq!(
        found(
            &account(),
            &[(Field::LoginExpiration, amount("2", Unit::Days))],
            &facts()
        ),
        []
    );
    let off = account().with(Field::LoginExpirationEnabled, Value::Flag(false));
    assert_eq!(
        found(&off, &[(Field::LoginExpiration, amount("1", Unit::Hours))], &facts()),
        []
    );
    let inactive = account();
    assert_eq!(
        found(
            &inactive,
            &[(Field::InactivityExpiration, amount("5", Unit::Minutes))],
            &facts()
        ),
        []
    );
}

#[test]
fn switch_and_duration_are_judged_together_and_once() {
    let off = account().with(Field::LoginExpirationEnabled, Value::Flag(false));
    let edits = [
        (Field::LoginExpirationEnabled, Input::Flag(true)),
        (Field::LoginExpiration, amount("1", Unit::Hours)),
    ];
    assert_eq!(
        found(&off, &edits, &facts()),
        [(Field::LoginExpiration, Consequence::SignInAgain(Some(2)))]
    );
}

#[test]
fn nobody_is_counted_where_devices_are_not_known_and_nobody_is_danger_where_there_are_none() {
    let unknown = Facts::default();
    let edit = [(Field::NetworkRange, typed("10.0.0.0/16"))];
    let all = found(&account(), &edit, &unknown);
    assert_eq!(all, [(Field::NetworkRange, Consequence::Readdresses(None))]);
    assert_eq!(Consequence::Readdresses(None).weight(), Weight::Danger);
    let none = Facts {
        peers: Some(Vec::new()),
        ..Facts::default()
    };
    assert_eq!(
        found(&account(), &edit, &none),
        [(Field::NetworkRange, Consequence::Readdresses(Some(0)))]
    );
    assert_eq!(Consequence::Readdresses(Some(0)).weight(), Weight::Info);
}

#[test]
fn who_shuts_themselves_out_is_told_before() {
    let base = account()
        .with(Field::JwtGroups, Value::Flag(true))
        .with(Field::JwtClaim, Value::Text("groups".to_owned()));
    let edit = |names: &[&str]| [(Field::JwtAllowGroups, items(names))];
    let with = |own: AllowList| Facts { own, ..facts() };
    for (names, own, consequence, weight) in [
        (
            &["ops"][..],
            AllowList::Groups(vec!["staff".into()]),
            Consequence::LockedOut,
            Weight::Danger,
        ),
        (
            &["ops"],
            AllowList::Groups(Vec::new()),
            Consequence::LockedOut,
            Weight::Danger,
        ),
        (
            &["ops", "staff"],
            AllowList::Groups(vec!["staff".into()]),
            Consequence::LetIn("staff".into()),
            Weight::Info,
        ),
        (
            &["ops"],
            AllowList::Unknown,
            Consequence::LockOutUnknown,
            Weight::Danger,
        ),
        (&["ops"], AllowList::Exempt, Consequence::Exempt, Weight::Info),
    ] {
        assert_eq!(consequence.weight(), weight);
        assert_eq!(
            found(&base, &edit(names), &with(own)),
            [(Field::JwtAllowGroups, consequence)]
        );
    }
    let narrow = base.clone().with(Field::JwtAllowGroups, tests::list(&["staff"]));
    let opened = [(Field::JwtAllowGroups, Consequence::Everybody)];
    assert_eq!(found(&narrow, &edit(&[]), &facts()), opened);
    let edits = [(Field::JwtGroups, Input::Flag(false))];
    assert_eq!(
        found(&narrow, &edits, &facts()),
        [(Field::JwtGroups, Consequence::Everybody)]
    );
    let claim = [(Field::JwtClaim, typed("roles"))];
    assert_eq!(
        found(&narrow, &claim, &with(AllowList::Groups(Vec::new()))),
        [(Field::JwtClaim, Consequence::LockedOut)]
    );
}

#[test]
fn a_list_that_is_not_in_force_shuts_nobody_out() {
    assert_eq!(
        found(&account(), &[(Field::JwtAllowGroups, items(&["ops"]))], &facts()),
        []
    );
}

#[test]
fn what_the_audit_log_does_not_record() {
    let recorded = |account: &Account, field: Field, input: Input| {
        let draft = drafted(account, &[(field, input)]);
        is_recorded(Change::all(account, &draft).first().unwrap(), account, &draft)
    };
    let base = account();
    let active = account().with(Field::InactivityExpirationEnabled, Value::Flag(true));
    for (account, field, input, expected) in [
        (&base, Field::DnsDomain, typed("corp"), true),
        (&base, Field::UserApproval, Input::Flag(false), false),
        (&base, Field::JwtAllowGroups, items(&["x"]), false),
        (&base, Field::InactivityExpirationEnabled, Input::Flag(true), false),
        (&active, Field::InactivityExpirationEnabled, Input::Flag(false), true),
        (&base, Field::InactivityExpiration, amount("1", Unit::Hours), false),
        (&active, Field::InactivityExpiration, amount("1", Unit::Hours), true),
        (&base, Field::Ipv6Groups, items(&[]), true),
        (&base, Field::Ipv6Groups, items(&["ops"]), false),
    ] {
        assert_eq!(recorded(account, field, input), expected, "{field:?}");
    }
}
