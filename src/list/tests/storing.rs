//! The store against a plain list of users: what goes in comes out, through every change.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use proptest::prelude::*;
use roost_list::{Facet, Filter, LastLogin, Names, RowId, RowSet, Store, UserRef, search};
use support::{contents, named, store, user, users};

fn row(index: usize) -> RowId {
    RowId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// A write that the console makes.
#[derive(Clone, Debug)]
enum Change {
    Push(UserRef<'static>),
    Replace(prop::sample::Index, UserRef<'static>),
    Remove(prop::sample::Index),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        user().prop_map(Change::Push),
        (any::<prop::sample::Index>(), user()).prop_map(|(at, user)| Change::Replace(at, user)),
        any::<prop::sample::Index>().prop_map(Change::Remove),
    ]
}

proptest! {
    #[test]
    fn changes_keep_every_other_row(start in users(20), changes in prop::collection::vec(change(), 0..20)) {
        let mut store = store(&start);
        let mut expected: Vec<Option<UserRef<'static>>> = start.into_iter().map(Some).collect();
        for change in changes {
            let before = store.revision();
            let changed = match change {
                Change::Push(user) => {
                    prop_assert_eq!(store.push(&user).0 as usize, expected.len());
                    expected.push(Some(user));
                    true
                }
                Change::Replace(at, user) => {
                    let at = at.index(expected.len() + 1);
                    let there = expected.get(at).is_some_and(Option::is_some);
                    prop_assert_eq!(store.replace(row(at), &user), there);
                    if there {
                        expected[at] = Some(user);
                    }
                    there
                }
                Change::Remove(at) => {
                    let at = at.index(expected.len() + 1);
                    let there = expected.get(at).is_some_and(Option::is_some);
                    prop_assert_eq!(store.remove(row(at)), there);
                    if there {
                        expected[at] = None;
                    }
                    there
                }
            };
            prop_assert_eq!(store.revision() != before, changed);
        }
        let left: Vec<_> = expected.iter().flatten().cloned().collect();
        prop_assert_eq!(store.len(), left.len());
        prop_assert_eq!(contents(&store), left);
        for (index, user) in expected.iter().enumerate() {
            let row = self::row(index);
            prop_assert_eq!(store.row(row).map(|row| row.to_user()), user.clone());
        }
        for user in expected.iter().flatten() {
            let first = expected.iter().position(|other| other.as_ref().is_some_and(|other| other.id == user.id));
            prop_assert_eq!(store.find(&user.id), first.map(row));
        }
        let all: Vec<_> = search(&store, &Filter::default(), &Names::new()).iter().collect();
        prop_assert_eq!(all, store.row_ids().collect::<Vec<_>>());
    }

    #[test]
    fn facets_count_what_occurs(users in users(30), service in any::<Option<bool>>()) {
        let store = store(&users);
        let counted = users.iter().filter(|user| service.is_none_or(|wanted| user.is_service_user == wanted));
        let count = |has: &dyn Fn(&UserRef<'_>) -> bool| counted.clone().filter(|user| has(user)).count();
        let facets = store.facets(service);
        for Facet { value, rows } in &facets.roles {
            prop_assert_eq!(*rows, count(&|user| user.role == *value));
        }
        for Facet { value, rows } in &facets.groups {
            prop_assert_eq!(*rows, count(&|user| user.auto_groups.iter().any(|id| id == value)));
        }
        prop_assert_eq!(facets.roles.iter().map(|facet| facet.rows).sum::<usize>(), counted.clone().count());
        prop_assert_eq!(facets.statuses.iter().map(|facet| facet.rows).sum::<usize>(), counted.clone().count());
    }
}

#[test]
fn ids_are_found_across_segments() {
    let users: Vec<_> = (0..9000).map(|n| named(&format!("User|{n}"), "x")).collect();
    let mut store = store(&users);
    for n in [0, 1, 4095, 4096, 8191, 8192, 8999] {
        assert_eq!(store.find(&format!("User|{n}")), Some(RowId(n)));
    }
    for absent in ["", "user|1", "User|", "User|9000", "ser|1", "x"] {
        assert_eq!(store.find(absent), None, "{absent}");
    }
    store.replace(RowId(4096), &named("another", &"long ".repeat(50)));
    store.remove(RowId(8191));
    assert_eq!(
        (store.find("User|4096"), store.find("another")),
        (None, Some(RowId(4096)))
    );
    assert_eq!(
        (store.find("User|8191"), store.find("User|8192")),
        (None, Some(RowId(8192)))
    );
    assert_eq!(store.len(), 8999);
    assert_eq!(store.row(RowId(4097)).unwrap().id(), "User|4097");
}

#[test]
fn the_callers_row_is_known_through_every_change() {
    let me = |current: bool| UserRef {
        is_current: current,
        ..named("me", "Me")
    };
    let mut store = store(&[named("a", "A"), me(true)]);
    assert_eq!(store.current(), Some(RowId(1)));
    store.replace(RowId(0), &named("a", "B"));
    assert_eq!(store.current(), Some(RowId(1)));
    store.replace(RowId(1), &me(false));
    assert_eq!(store.current(), None);
    let row = store.push(&me(true));
    assert_eq!(store.current(), Some(row));
    store.remove(row);
    assert_eq!(store.current(), None);
}

#[test]
fn a_selection_follows_its_ids_into_a_newer_list() {
    let mut before = store(&[named("a", "A"), named("b", "B"), named("c", "C"), named("d", "D")]);
    let after = store(&[named("d", "D"), named("c", "C"), named("a", "A")]);
    let selected: RowSet = [RowId(0), RowId(1), RowId(2)].into_iter().collect();
    before.remove(RowId(2));
    assert_eq!(selected.carried(&before, &after), [RowId(2)].into_iter().collect());
    assert_eq!(RowSet::new().carried(&before, &after), RowSet::new());
}

/// Everybody, then only those shown, then everybody but those: no task of 50 ms, even in this build, which is not optimised.
#[test]
fn a_hundred_thousand_are_selected_within_a_frame() {
    let mut store = Store::new();
    for n in 0..100_000_u32 {
        store.push(&named(&n.to_string(), if n % 4 == 0 { "Anna" } else { "Ben" }));
    }
    let names = Names::default();
    let filter = Filter {
        text: "anna".into(),
        ..Filter::default()
    };
    let shown = search(&store, &filter, &names);
    let began = std::time::Instant::now();
    let all = search(&store, &Filter::default(), &names);
    let mut selected = all.clone();
    selected.intersect(&shown);
    let mut others = all.clone();
    others.subtract(&shown);
    let counts = (all.len(), selected.len(), others.len());
    let took = began.elapsed();
    assert_eq!(counts, (100_000, 25_000, 75_000));
    assert!(took.as_millis() < 50, "{took:?}");
}

#[test]
fn duplicates_are_kept_and_counted() {
    let store = store(&[named("a", "1"), named("b", "2"), named("a", "3"), named("a", "4")]);
    assert_eq!((store.len(), store.duplicate_ids()), (4, 2));
    assert_eq!(store.find("a"), Some(RowId(0)));
}

#[test]
fn a_row_says_what_the_list_shows() {
    let mut store = Store::new();
    assert!(store.is_empty() && store.row(RowId(0)).is_none());
    let waiting = UserRef {
        is_blocked: true,
        pending_approval: true,
        status: "blocked".into(),
        last_login: LastLogin::At(7),
        auto_groups: vec!["g2".into(), "g1".into()],
        ..named("u1", " ")
    };
    let row = store.push(&waiting);
    let row = store.row(row).unwrap();
    assert_eq!((row.status(), row.raw_status()), ("pending", "blocked"));
    assert_eq!(row.display_name(), "u1");
    assert_eq!(row.group_ids().collect::<Vec<_>>(), ["g2", "g1"]);
    assert_eq!(row.last_login().seconds(), Some(7));
    assert_eq!(row.idp_id(), None);
}

#[test]
fn sixty_thousand_group_sets_are_not_too_many() {
    let mut store = Store::new();
    for n in 0..70_000_u32 {
        let groups = vec![format!("g{}", n % 300).into(), format!("h{}", n / 300).into()];
        store.push(&UserRef {
            auto_groups: groups,
            ..named(&n.to_string(), "x")
        });
    }
    let row = store.row(RowId(69_999)).unwrap();
    assert_eq!(row.group_ids().collect::<Vec<_>>(), ["g99", "h233"]);
    assert_eq!(store.facets(None).groups.len(), 300 + 234);
}

#[test]
fn facets_come_in_the_order_of_their_meaning() {
    let with = |role: &'static str, blocked: bool, groups: &[&'static str]| UserRef {
        role: role.into(),
        is_blocked: blocked,
        auto_groups: groups.iter().map(|id| (*id).into()).collect(),
        ..named("u", "U")
    };
    let store = store(&[
        with("user", true, &["g", "g"]),
        with("odd", false, &[]),
        with("owner", false, &["g"]),
    ]);
    let facets = store.facets(Some(false));
    let values = |facets: &[Facet<'_>]| {
        facets
            .iter()
            .map(|facet| (facet.value.to_owned(), facet.rows))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        values(&facets.roles),
        [("owner".to_owned(), 1), ("user".to_owned(), 1), ("odd".to_owned(), 1)]
    );
    assert_eq!(
        values(&facets.statuses),
        [("active".to_owned(), 2), ("blocked".to_owned(), 1)]
    );
    assert_eq!(values(&facets.groups), [("g".to_owned(), 2)]);
}
