//! The search against the plain way to search.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use proptest::prelude::*;
use roost_list::{Filter, LastLogin, Names, RowId, RowSet, UserRef, fold, search, status_of};
use support::{named, store, text, user, users};

fn names() -> Names {
    let mut names = Names::new();
    names.set_group("g1", "Büro Ost");
    names.set_group("g2", "Web-10");
    names.set_role("network_admin", "Network admin");
    names
}

fn group_name(id: &str) -> &str {
    match id {
        "g1" => "Büro Ost",
        "g2" => "Web-10",
        other => other,
    }
}

/// Whether a user passes, written as one would say it.
fn passes(user: &UserRef<'_>, filter: &Filter) -> bool {
    let word_occurs = |word: &str| {
        let label = if user.role == "network_admin" {
            "Network admin"
        } else {
            ""
        };
        let texts = [&*user.name, &*user.email, &*user.id, &*user.role, label];
        let groups = user.auto_groups.iter().map(|id| group_name(id));
        texts
            .into_iter()
            .chain(groups)
            .any(|text| fold(text).contains(&fold(word)))
    };
    let is_one_of =
        |list: &[String], word: &str| list.is_empty() || list.iter().any(|one| one.eq_ignore_ascii_case(word));
    filter.text.split_whitespace().all(word_occurs)
        && is_one_of(&filter.roles, &user.role)
        && is_one_of(
            &filter.statuses,
            status_of(&user.status, user.is_blocked, user.pending_approval),
        )
        && (filter.groups.is_empty()
            || user
                .auto_groups
                .iter()
                .any(|id| filter.groups.iter().any(|group| group == id)))
        && is_one_of(&filter.providers, user.idp_id.as_deref().unwrap_or_default())
        && is_one_of(&filter.issued, &user.issued)
        && (!filter.never_signed_in || user.last_login == LastLogin::Never)
        && filter.service.is_none_or(|service| service == user.is_service_user)
}

fn words(of: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(prop::sample::select(of).prop_map(str::to_owned), 0..3)
}

fn filter() -> impl Strategy<Value = Filter> {
    let text = prop_oneof![
        3 => text(),
        1 => (text(), text()).prop_map(|(a, b)| format!("{a} {b}")),
        1 => prop::sample::select(&["BURO", "web admin", "ost u", "network", "", "  "][..]).prop_map(str::to_owned),
    ];
    let lists = (
        words(&["user", "Admin", "odd"]),
        words(&["active", "pending", "blocked"]),
        words(&["g1", "g3", "none"]),
        words(&["local", "", "odd"]),
        words(&["api", ""]),
    );
    let flags = (any::<bool>(), any::<Option<bool>>());
    (text, lists, flags).prop_map(
        |(text, (roles, statuses, groups, providers, issued), (never_signed_in, service))| Filter {
            text,
            roles,
            statuses,
            groups,
            providers,
            issued,
            never_signed_in,
            service,
        },
    )
}

fn found(users: &[UserRef<'_>], filter: &Filter) -> Vec<u32> {
    search(&store(users), filter, &names())
        .iter()
        .map(|row| row.0)
        .collect()
}

proptest! {
    #[test]
    fn the_search_finds_what_the_plain_way_finds(users in users(80), filter in filter()) {
        let expected: Vec<u32> = (0..).zip(&users).filter(|(_, user)| passes(user, &filter)).map(|(row, _)| row).collect();
        prop_assert_eq!(found(&users, &filter), expected);
    }

    #[test]
    fn any_part_of_a_text_finds_its_row(user in user(), from in 0_usize..8, length in 1_usize..8) {
        for text in [&user.name, &user.email, &user.id] {
            let part: String = text.chars().skip(from).take(length).collect();
            let filter = Filter { text: part, ..Filter::default() };
            prop_assert_eq!(found(std::slice::from_ref(&user), &filter), [0]);
        }
    }
}

#[test]
fn rows_of_every_segment_are_found_and_removed_ones_are_not() {
    let users: Vec<_> = (0..10_000)
        .map(|n| named(&n.to_string(), if n % 1000 == 95 { "Needle" } else { "hay" }))
        .collect();
    let mut store = store(&users);
    store.remove(RowId(4095));
    store.replace(RowId(0), &named("x", "another needle"));
    let rows: Vec<u32> = search(
        &store,
        &Filter {
            text: "needle".into(),
            ..Filter::default()
        },
        &Names::new(),
    )
    .iter()
    .map(|row| row.0)
    .collect();
    assert_eq!(rows, [0, 95, 1095, 2095, 3095, 5095, 6095, 7095, 8095, 9095]);
}

#[test]
fn a_search_never_runs_from_one_text_into_the_next() {
    let user = UserRef {
        email: "b@x".into(),
        ..named("c", "a")
    };
    for text in ["ab", "bc", "ca", "xc"] {
        assert_eq!(
            found(
                &[user.clone(), user.clone()],
                &Filter {
                    text: text.into(),
                    ..Filter::default()
                }
            ),
            [0; 0]
        );
    }
}

#[test]
fn all_words_must_occur_wherever() {
    let user = UserRef {
        email: "m.knuth@example.com".into(),
        auto_groups: vec!["g1".into()],
        ..named("1", "Märgaret")
    };
    for (text, hit) in [
        ("margaret knuth", true),
        ("OST marg", true),
        ("büro user", true),
        ("knuth maria", false),
    ] {
        assert_eq!(
            !found(
                std::slice::from_ref(&user),
                &Filter {
                    text: text.into(),
                    ..Filter::default()
                }
            )
            .is_empty(),
            hit,
            "{text}"
        );
    }
}

#[test]
fn a_group_nobody_is_in_finds_nobody() {
    let filter = Filter {
        groups: vec!["nowhere".into()],
        ..Filter::default()
    };
    assert_eq!(
        search(&store(&[named("1", "a")]), &filter, &Names::new()),
        RowSet::new()
    );
    assert!(!filter.is_empty() && Filter::default().is_empty());
}
