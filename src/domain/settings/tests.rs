//! Tests of fields, drafts, checks and merging.

use super::*;
use crate::domain::groups::{Group, Groups};
use crate::domain::settings::cidr::Oddity;

pub(super) fn account() -> Account {
    let values = Field::all().map(|field| match field.entry().kind {
        Kind::Override => Value::Absent,
        Kind::Flag | Kind::Mode => Value::Flag(field.entry().default == 1),
        Kind::Duration(_) => Value::Whole(field.entry().default),
        Kind::Groups | Kind::GroupNames => Value::List(Vec::new()),
        _ => Value::Text(String::new()),
    });
    Account::new("a1".to_owned(), "example.com".to_owned(), values.collect(), Vec::new())
        .with(Field::NetworkRange, text("100.87.0.0/16"))
        .with(Field::NetworkRangeV6, text("fd3a:1c2b:9d4e:7f00::/64"))
        .with(Field::Ipv6Groups, list(&["all"]))
        .with(Field::AutoUpdateVersion, text("disabled"))
        .with(Field::PeerExposeGroups, Value::Absent)
}

pub(super) fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

pub(super) fn list(items: &[&str]) -> Value {
    Value::List(items.iter().map(|item| (*item).to_owned()).collect())
}

pub(super) fn drafted(account: &Account, edits: &[(Field, Input)]) -> Draft {
    let mut draft = Draft::default();
    for (field, input) in edits {
        draft.set(account, *field, input.clone());
    }
    draft
}

pub(super) fn typed(text: &str) -> Input {
    Input::Text(text.to_owned())
}

pub(super) fn items(items: &[&str]) -> Input {
    Input::List(items.iter().map(|item| (*item).to_owned()).collect())
}

pub(super) fn amount(text: &str, unit: Unit) -> Input {
    Input::Amount(Amount {
        text: text.to_owned(),
        unit,
    })
}

fn groups() -> Groups {
    let group = |id: &str| Group {
        id: id.to_owned(),
        name: format!("Name of {id}"),
        issued: "api".to_owned(),
    };
    Groups::new(vec![group("all"), group("ops")])
}

#[test]
fn every_page_but_the_last_has_fields_and_names_lead_to_them() {
    assert_eq!(Field::all().count(), Field::COUNT);
    for section in Section::ALL {
        assert_eq!(Section::parse(section.as_str()), Some(section));
        assert_eq!(
            Field::of(section).count() == 0,
            section == Section::Danger,
            "{section:?}"
        );
    }
    let mut names: Vec<&str> = Field::all().map(Field::name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Field::COUNT, "a name is the address of one field");
    for (at, field) in Field::all().enumerate() {
        assert_eq!(Field::named(field.name()), Some(field));
        assert_eq!(field as usize, at);
    }
    assert_eq!(Field::named("nope"), None);
    assert_eq!(Section::parse("Network"), None);
}

#[test]
fn nothing_is_an_edit_until_it_means_something_else() {
    let account = account().with(Field::InactivityExpiration, Value::Whole(-5));
    for field in Field::all() {
        let opened = Input::of(field.entry().kind, account.get(field));
        assert!(
            drafted(&account, &[(field, opened)]).is_empty(),
            "{field:?} as it opened"
        );
    }
    for (field, input, is_edit) in [
        (Field::LoginExpiration, amount("24", Unit::Hours), false),
        (Field::LoginExpiration, amount("25", Unit::Hours), true),
        (Field::LoginExpiration, amount("", Unit::Hours), true),
        (Field::PeerExposeGroups, items(&[]), false),
        (Field::Ipv6Groups, items(&[]), true),
        (Field::NetworkRange, typed("100.87.3.4/16"), false),
        (Field::NetworkRange, typed("100.88.0.0/16"), true),
        (Field::DnsDomain, typed("  "), false),
        (Field::UserApproval, Input::Flag(true), false),
        (Field::AgentNetwork, Input::Override(None), false),
        (Field::AgentNetwork, Input::Override(Some(false)), true),
        (Field::AgentNetwork, Input::Override(Some(true)), true),
        (
            Field::AutoUpdateVersion,
            Input::Release(Release::Unset, String::new()),
            true,
        ),
        (
            Field::AutoUpdateVersion,
            Input::Release(Release::Version, String::new()),
            true,
        ),
    ] {
        assert_eq!(
            drafted(&account, &[(field, input.clone())]).is_edited(field),
            is_edit,
            "{field:?} {input:?}"
        );
    }
}

#[test]
fn an_override_that_is_absent_is_not_off() {
    let (unset, off) = (account(), account().with(Field::AgentNetwork, Value::Flag(false)));
    assert_eq!(differences(&unset, &off), [Field::AgentNetwork]);
    let draft = drafted(&off, &[(Field::AgentNetwork, Input::Override(None))]);
    assert_eq!(draft.edits(&off), [(Field::AgentNetwork, Value::Absent)]);
    assert_eq!(normalised(&draft.edits(&off), &unset), []);
    assert_eq!(normalised(&draft.edits(&off), &off), [Field::AgentNetwork]);
    // A flag that is absent is.
    let flag = account().with(Field::LocalMfa, Value::Absent);
    assert_eq!(
        differences(&flag, &account().with(Field::LocalMfa, Value::Flag(false))),
        []
    );
}

#[test]
fn an_edit_that_was_put_back_is_none() {
    let account = account();
    let mut draft = drafted(
        &account,
        &[
            (Field::UserApproval, Input::Flag(false)),
            (Field::DnsDomain, typed("x")),
        ],
    );
    assert_eq!(draft.edited(), [Field::UserApproval, Field::DnsDomain]);
    draft.set(&account, Field::UserApproval, Input::Flag(true));
    draft.put_back(Field::DnsDomain);
    assert!(draft.is_empty());
}

#[test]
fn a_switch_that_goes_off_leaves_its_duration_alone() {
    let account = account().with(Field::LoginExpiration, Value::Whole(90_000));
    let draft = drafted(&account, &[(Field::LoginExpirationEnabled, Input::Flag(false))]);
    assert_eq!(
        draft.edits(&account),
        [(Field::LoginExpirationEnabled, Value::Flag(false))]
    );
    assert_eq!(draft.input(&account, Field::LoginExpiration), amount("25", Unit::Hours));
}

#[test]
fn what_one_field_needs_of_another() {
    let base = account();
    let on = Input::Flag(true);
    for (edits, field, problem) in [
        (
            vec![(Field::PeerExpose, on.clone())],
            Field::PeerExpose,
            Some(Problem::NoGroup),
        ),
        (
            vec![
                (Field::PeerExpose, on.clone()),
                (Field::PeerExposeGroups, items(&["ops"])),
            ],
            Field::PeerExpose,
            None,
        ),
        (
            vec![(Field::AgentNetworkOnly, on.clone())],
            Field::AgentNetworkOnly,
            Some(Problem::NeedsOn(Field::AgentNetwork)),
        ),
        (
            vec![(Field::AgentNetworkOnly, on.clone()), (Field::AgentNetwork, on.clone())],
            Field::AgentNetworkOnly,
            None,
        ),
        (
            vec![(Field::PeerExposeGroups, items(&["gone"]))],
            Field::PeerExposeGroups,
            Some(Problem::GoneGroups(vec!["gone".to_owned()])),
        ),
        (
            vec![(
                Field::AutoUpdateVersion,
                Input::Release(Release::Version, "newest".to_owned()),
            )],
            Field::AutoUpdateVersion,
            Some(Problem::Version),
        ),
        (
            vec![(Field::DnsDomain, typed("*.x"))],
            Field::DnsDomain,
            Some(Problem::Domain),
        ),
    ] {
        let draft = drafted(&base, &edits);
        assert_eq!(
            super::problem(&base, &draft, field, Some(&groups()), None),
            problem,
            "{edits:?}"
        );
        let all = problems(&base, &draft, Some(&groups()), None);
        assert_eq!(
            all,
            problem.map(|problem| (field, problem)).into_iter().collect::<Vec<_>>()
        );
    }
}

#[test]
fn a_needed_switch_that_goes_off_is_the_other_ones_problem() {
    let base = account()
        .with(Field::AgentNetwork, Value::Flag(true))
        .with(Field::AgentNetworkOnly, Value::Flag(true));
    let draft = drafted(&base, &[(Field::AgentNetwork, Input::Flag(false))]);
    assert_eq!(
        problems(&base, &draft, None, None),
        [(Field::AgentNetworkOnly, Problem::NeedsOn(Field::AgentNetwork))]
    );
}

#[test]
fn a_group_that_is_gone_from_the_ipv6_list_stops_every_save_and_elsewhere_only_an_edit() {
    let base = account()
        .with(Field::Ipv6Groups, list(&["all", "gone"]))
        .with(Field::PeerExposeGroups, list(&["gone"]));
    let found = problems(&base, &Draft::default(), Some(&groups()), None);
    assert_eq!(
        found,
        [(Field::Ipv6Groups, Problem::GoneGroups(vec!["gone".to_owned()]))]
    );
    assert_eq!(
        problems(&base, &Draft::default(), None, None),
        [],
        "names that are not known prove nothing"
    );
}

#[test]
fn warnings() {
    let base = account();
    let warned = |field: Field, input: Input| warning(&base, &drafted(&base, &[(field, input)]), field);
    assert_eq!(
        warned(Field::InactivityExpiration, amount("59", Unit::Seconds)),
        Some(Warning::ShortInactivity)
    );
    assert_eq!(warned(Field::InactivityExpiration, amount("60", Unit::Seconds)), None);
    assert_eq!(
        warned(Field::NetworkRange, typed("10.1.2.3/16")),
        Some(Warning::StoredAs("10.1.0.0/16".to_owned()))
    );
    assert_eq!(
        warned(Field::NetworkRange, typed("0.0.0.0/0")),
        Some(Warning::Odd(Oddity::Everything))
    );
    assert_eq!(warned(Field::NetworkRange, typed("10.1.0.0/16")), None);
    assert_eq!(warned(Field::JwtGroups, Input::Flag(true)), Some(Warning::NoClaim));
    assert_eq!(
        warned(Field::JwtAllowGroups, items(&["staff"])),
        Some(Warning::ListUnused)
    );
    let odd = base.with(Field::NetworkRange, text("0.0.0.0/0"));
    assert_eq!(
        warning(&odd, &Draft::default(), Field::NetworkRange),
        None,
        "nobody edited it"
    );
}

#[test]
fn conflicts_are_the_fields_that_both_sides_changed_differently() {
    let base = account();
    let draft = drafted(
        &base,
        &[
            (Field::DnsDomain, typed("mine")),
            (Field::LoginExpiration, amount("2", Unit::Hours)),
            (Field::LocalMfa, Input::Flag(true)),
        ],
    );
    let theirs = base
        .clone()
        .with(Field::DnsDomain, text("theirs"))
        .with(Field::LoginExpiration, Value::Whole(7_200))
        .with(Field::MetricsPush, Value::Flag(true));
    assert_eq!(
        differences(&base, &theirs),
        [Field::LoginExpiration, Field::DnsDomain, Field::MetricsPush]
    );
    assert_eq!(conflicts(&base, &draft, &theirs), [Field::DnsDomain]);
    let mut draft = draft;
    draft.settle(&theirs);
    assert_eq!(
        draft.edited(),
        [Field::LocalMfa, Field::DnsDomain],
        "what they did as well is no edit any more"
    );
}

#[test]
fn what_became_of_a_save() {
    let before = account();
    let sent = [
        (Field::LocalMfa, Value::Flag(true)),
        (Field::SignupFormPending, Value::Flag(false)),
        (Field::TrafficLogs, Value::Flag(true)),
    ];
    let first = before.clone().with(Field::SignupFormPending, Value::Flag(false));
    let both = first.clone().with(Field::LocalMfa, Value::Flag(true));
    let other = before.clone().with(Field::DnsDomain, text("theirs"));
    assert_eq!(outcome(&sent, &before, &before), Outcome::NotDone);
    assert_eq!(
        outcome(&sent, &before, &first),
        Outcome::Partly(vec![Field::SignupFormPending])
    );
    assert_eq!(
        outcome(&sent, &before, &both),
        Outcome::Done,
        "traffic logs are never kept"
    );
    assert_eq!(
        outcome(&[(Field::DnsDomain, text("mine"))], &before, &other),
        Outcome::Changed
    );
    assert_eq!(normalised(&sent, &both), [Field::TrafficLogs]);
}
