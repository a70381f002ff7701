//! What is news in a newer list, against a plain comparison of whole users.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use proptest::prelude::*;
use roost_list::{Comparison, LastLogin, News, RowId, Store, UserRef};
use support::{named, store, user, users};

fn compare(old: &Store, new: &Store, known: &[(RowId, News)], rows: u32) -> Vec<(RowId, News)> {
    let mut comparison = Comparison::new();
    while !comparison.step(old, new, known, rows) {}
    comparison.into_news()
}

/// The list with every id once, as a server's list has it.
fn distinct(mut users: Vec<UserRef<'static>>) -> Vec<UserRef<'static>> {
    let mut seen = Vec::new();
    users.retain(|user| {
        !seen.contains(&user.id) && {
            seen.push(user.id.clone());
            true
        }
    });
    users
}

fn facts(user: &UserRef<'_>) -> impl PartialEq + use<> {
    let mut groups: Vec<String> = user.auto_groups.iter().map(ToString::to_string).collect();
    groups.sort();
    let texts = [&user.name, &user.email, &user.role, &user.status].map(ToString::to_string);
    (texts, groups, user.is_blocked, user.pending_approval)
}

proptest! {
    #[test]
    fn finds_what_a_plain_comparison_finds(
        before in users(20),
        edits in prop::collection::vec((any::<prop::sample::Index>(), user()), 0..10),
        more in users(5),
        turned in any::<bool>(),
        removed in prop::option::of(any::<prop::sample::Index>()),
        rows in 1_u32..40,
    ) {
        let before = distinct(before);
        let mut after = before.clone();
        for (at, edit) in edits {
            if !after.is_empty() {
                let at = at.index(after.len());
                after[at] = UserRef { id: after[at].id.clone(), ..edit };
            }
        }
        after.extend(more);
        let mut after = distinct(after);
        if turned {
            after.reverse();
        }
        let mut old = store(&before);
        let gone = removed.filter(|_| !before.is_empty()).map(|at| at.index(before.len()));
        if let Some(at) = gone {
            old.remove(RowId(u32::try_from(at).unwrap_or_default()));
        }
        let expected: Vec<(RowId, News)> = (0..).map(RowId).zip(&after).filter_map(|(row, user)| {
            let known = before.iter().enumerate().find(|(at, known)| known.id == user.id && Some(*at) != gone);
            match known {
                None => Some((row, News::Added)),
                Some((_, known)) => (facts(known) != facts(user)).then_some((row, News::Changed)),
            }
        }).collect();
        prop_assert_eq!(compare(&old, &store(&after), &[], rows), expected);
    }
}

#[test]
fn a_sign_in_and_another_order_of_groups_are_no_news() {
    let before = UserRef {
        auto_groups: vec!["g1".into(), "g2".into()],
        ..named("a", "A")
    };
    let after = UserRef {
        auto_groups: vec!["g2".into(), "g1".into()],
        last_login: LastLogin::At(5),
        ..before.clone()
    };
    assert_eq!(compare(&store(&[before]), &store(&[after]), &[], 10), []);
}

#[test]
fn what_was_news_stays_news_wherever_the_row_is_now() {
    let (a, b) = (named("a", "A"), named("b", "B"));
    let old = store(&[a.clone(), b.clone()]);
    let new = store(&[b, a]);
    let known = [(RowId(1), News::Added)];
    assert_eq!(compare(&old, &new, &known, 10), [(RowId(0), News::Added)]);
}
