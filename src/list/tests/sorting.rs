//! The sort against a plain comparison of whole users.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::cmp::Ordering;

use proptest::prelude::*;
use roost_list::{
    Column, Devices, Direction, LastLogin, Names, RowId, RowSet, Sort, SortStep, Sorter, UserRef, compare_roles,
    compare_statuses, order_filtered, position, sort, status_of,
};
use support::{named, natural, store, users};

const COLUMNS: [Column; 10] = [
    Column::Name,
    Column::Email,
    Column::Status,
    Column::Role,
    Column::Groups,
    Column::Devices,
    Column::LastLogin,
    Column::Id,
    Column::Provider,
    Column::Issued,
];

fn names() -> Names {
    let mut names = Names::new();
    names.set_group("g1", "zebra");
    names.set_group("g2", "Team 10");
    names.set_group("g3", "Team 9");
    names
}

fn group_names(user: &UserRef<'_>) -> Vec<&'static str> {
    // In the order of the names: "team 9" is before "team 10".
    let known = [("g3", "team 9"), ("g2", "team 10"), ("g1", "zebra")];
    known
        .into_iter()
        .filter(|(id, _)| user.auto_groups.iter().any(|group| group == id))
        .map(|(_, name)| name)
        .collect()
}

/// Compares by one column; what has no value is last either way.
fn compare_column(
    a: &UserRef<'_>,
    b: &UserRef<'_>,
    column: Column,
    direction: Direction,
    devices: &Devices,
) -> Ordering {
    let turned = |order: Ordering| {
        if direction == Direction::Descending {
            order.reverse()
        } else {
            order
        }
    };
    let texts = |a: &str, b: &str| {
        let (a, b) = (natural(a), natural(b));
        a.is_empty().cmp(&b.is_empty()).then_with(|| turned(a.cmp(&b)))
    };
    let words = |a: &str, b: &str| a.is_empty().cmp(&b.is_empty()).then_with(|| turned(a.cmp(b)));
    match column {
        Column::Provider => words(a.idp_id.as_deref().unwrap_or(""), b.idp_id.as_deref().unwrap_or("")),
        Column::Issued => words(&a.issued, &b.issued),
        Column::Name => texts(&a.name, &b.name),
        Column::Email => texts(&a.email, &b.email),
        Column::Id => texts(&a.id, &b.id),
        Column::Role => turned(compare_roles(&a.role, &b.role)),
        Column::Status => {
            let status =
                |user: &UserRef<'_>| status_of(&user.status, user.is_blocked, user.pending_approval).to_owned();
            turned(compare_statuses(&status(a), &status(b)))
        }
        Column::Groups => {
            let natural = |user| group_names(user).into_iter().map(natural).collect::<Vec<_>>();
            let (a, b) = (natural(a), natural(b));
            a.is_empty().cmp(&b.is_empty()).then_with(|| turned(a.cmp(&b)))
        }
        Column::Devices => turned(devices.of(&a.id).cmp(&devices.of(&b.id))),
        Column::LastLogin => {
            let unreadable = |user: &UserRef<'_>| user.last_login == LastLogin::Unreadable;
            let seconds = |user: &UserRef<'_>| user.last_login.seconds();
            unreadable(a)
                .cmp(&unreadable(b))
                .then_with(|| turned(seconds(a).cmp(&seconds(b))))
        }
    }
}

fn plain_order(users: &[UserRef<'_>], keys: &[(Column, Direction)], devices: &Devices) -> Vec<RowId> {
    let ties = [(Column::Name, Direction::Ascending), (Column::Id, Direction::Ascending)];
    let mut rows: Vec<(RowId, &UserRef<'_>)> = (0..).map(RowId).zip(users).collect();
    // A stable sort: what is equal stays as it came.
    rows.sort_by(|(_, a), (_, b)| {
        let compare = |order: Ordering, (column, direction): &(Column, Direction)| {
            order.then_with(|| compare_column(a, b, *column, *direction, devices))
        };
        keys.iter().chain(&ties).fold(Ordering::Equal, compare)
    });
    rows.into_iter().map(|(row, _)| row).collect()
}

fn keys() -> impl Strategy<Value = Vec<(Column, Direction)>> {
    let direction = prop_oneof![Just(Direction::Ascending), Just(Direction::Descending)];
    // A column that comes twice must change nothing, so it may.
    prop::collection::vec((prop::sample::select(&COLUMNS[..]), direction), 0..4)
}

proptest! {
    #[test]
    fn the_order_is_that_of_the_plain_comparison(mut users in users(60), keys in keys(), peers in prop::collection::vec(0_usize..60, 0..40)) {
        // Groups outside the three known ones would need a second table of names here.
        for user in &mut users {
            user.auto_groups.retain(|id| ["g1", "g2", "g3"].contains(&&**id));
        }
        let devices: Devices = peers.iter().filter_map(|at| users.get(*at)).map(|user| &*user.id).collect();
        let mut wanted = keys.clone();
        let mut seen = Vec::new();
        wanted.retain(|(column, _)| !seen.contains(column) && { seen.push(*column); true });
        prop_assert_eq!(sort(&store(&users), &Sort { keys }, &names(), &devices), plain_order(&users, &wanted, &devices));
    }
}

#[test]
fn many_segments_are_merged_into_one_order() {
    // Multiplying by a number without a common factor shuffles.
    let users: Vec<_> = (0..20_000_u64)
        .map(|n| named(&n.to_string(), &format!("user {}", n * 7919 % 20_000)))
        .collect();
    let mut store = store(&users);
    for row in (0..20_000).step_by(3) {
        store.remove(RowId(row));
    }
    for direction in [Direction::Ascending, Direction::Descending] {
        let order = sort(
            &store,
            &Sort::by(Column::Name, direction),
            &Names::new(),
            &Devices::new(),
        );
        let numbers: Vec<u64> = order.iter().map(|row| u64::from(row.0) * 7919 % 20_000).collect();
        assert_eq!(numbers.len(), store.len());
        assert!(numbers.is_sorted_by(|a, b| if direction == Direction::Ascending {
            a < b
        } else {
            a > b
        }));
    }
}

#[test]
fn names_that_end_before_at_and_behind_what_is_compared_first() {
    let names = [
        "ann",
        "a".repeat(16).as_str(),
        &"a".repeat(17),
        "ann",
        &"a".repeat(16),
        &"a".repeat(17),
        "",
        "",
    ]
    .map(str::to_owned);
    let users: Vec<_> = (0..)
        .zip(&names)
        .map(|(n, name)| named(&(9 - n).to_string(), name))
        .collect();
    for keys in [
        vec![(Column::Name, Direction::Ascending)],
        vec![(Column::Name, Direction::Descending)],
        vec![
            (Column::Role, Direction::Ascending),
            (Column::Name, Direction::Descending),
        ],
        vec![
            (Column::Role, Direction::Descending),
            (Column::LastLogin, Direction::Ascending),
            (Column::Status, Direction::Ascending),
        ],
    ] {
        let sorted = sort(
            &store(&users),
            &Sort { keys: keys.clone() },
            &Names::new(),
            &Devices::new(),
        );
        assert_eq!(sorted, plain_order(&users, &keys, &Devices::new()), "by {keys:?}");
    }
}

#[test]
fn a_step_is_small_and_the_number_of_steps_known() {
    let users: Vec<_> = (0..9_000).map(|n| named(&n.to_string(), "x")).collect();
    let store = store(&users);
    let mut sorter = Sorter::new(&store, &Sort::default(), &Names::new());
    let mut steps = 1;
    while sorter.step(&store, &Devices::new()) == SortStep::More {
        steps += 1;
    }
    assert_eq!(steps, 3 + 3, "a run for each of three segments, then 4,096 rows a step");
    assert_eq!(sorter.step(&store, &Devices::new()), SortStep::Done);
    assert_eq!(sorter.into_order().len(), 9_000);
}

#[test]
fn a_changed_store_is_noticed() {
    let mut first = store(&[named("1", "b"), named("2", "a")]);
    let mut sorter = Sorter::new(&first, &Sort::default(), &Names::new());
    assert_eq!(sorter.step(&first, &Devices::new()), SortStep::More);
    let same = store(&[named("1", "b"), named("2", "a")]);
    assert_eq!(sorter.step(&same, &Devices::new()), SortStep::Stale);
    first.remove(RowId(0));
    assert_eq!(sorter.step(&first, &Devices::new()), SortStep::Stale);
}

#[test]
fn an_empty_list_has_an_empty_order() {
    assert_eq!(sort(&store(&[]), &Sort::default(), &Names::new(), &Devices::new()), []);
}

#[test]
fn an_order_is_filtered_and_rows_found_in_it() {
    let order = [RowId(3), RowId(1), RowId(0), RowId(2)];
    let rows: RowSet = [RowId(0), RowId(3)].into_iter().collect();
    assert_eq!(order_filtered(&order, &rows), [RowId(3), RowId(0)]);
    assert_eq!(
        (position(&order, RowId(0)), position(&order, RowId(9))),
        (Some(2), None)
    );
}
