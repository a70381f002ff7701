//! The order of roles and statuses, which is not that of the alphabet, and the status that a row shows.

use std::cmp::Ordering;

use crate::fold::fold;

/// Roles by what they may do (`contract` 3.2).
const ROLES: [&str; 6] = ["owner", "admin", "network_admin", "auditor", "billing_admin", "user"];

/// Statuses as a filter lists them.
const STATUSES: [&str; 4] = ["active", "pending", "invited", "blocked"];

/// The status to show (`contract` 3.5): who waits for approval is blocked too, and that they wait is what matters; who was
/// unblocked while waiting works although the flag stays. A word nobody knows stays as it came.
pub fn status_of(status: &str, is_blocked: bool, pending_approval: bool) -> &str {
    match (is_blocked, pending_approval) {
        (true, true) => "pending",
        (true, false) => "blocked",
        (false, _) => status,
    }
}

/// Owner first, words nobody knows last and by the alphabet.
pub fn compare_roles(a: &str, b: &str) -> Ordering {
    compare(&ROLES, a, b)
}

/// Active first, words nobody knows last and by the alphabet.
pub fn compare_statuses(a: &str, b: &str) -> Ordering {
    compare(&STATUSES, a, b)
}

fn compare(known: &[&str], a: &str, b: &str) -> Ordering {
    let place = |word: &str| {
        known
            .iter()
            .position(|name| name.eq_ignore_ascii_case(word))
            .unwrap_or(known.len())
    };
    place(a)
        .cmp(&place(b))
        .then_with(|| fold(a).cmp(&fold(b)))
        .then_with(|| a.cmp(b))
}

/// For each of `count` values its place in their order, 0 first; equal values share the place of the first of them.
pub(crate) fn places<T>(count: usize, value: impl Fn(u32) -> T, compare: impl Fn(&T, &T) -> Ordering) -> Vec<u32> {
    let mut sorted: Vec<(T, u32)> = (0..).take(count).map(|number| (value(number), number)).collect();
    sorted.sort_by(|a, b| compare(&a.0, &b.0));
    let mut places = vec![0; count];
    let mut shared = 0;
    let mut before: Option<&T> = None;
    for (place, (value, number)) in (0..).zip(&sorted) {
        if before.is_none_or(|before| compare(before, value).is_ne()) {
            shared = place;
        }
        before = Some(value);
        if let Some(slot) = usize::try_from(*number).ok().and_then(|index| places.get_mut(index)) {
            *slot = shared;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn status_follows_the_table_of_the_contract() {
        for (status, blocked, pending, shown) in [
            ("active", false, false, "active"),
            ("invited", false, false, "invited"),
            ("blocked", true, false, "blocked"),
            ("blocked", true, true, "pending"),
            ("active", false, true, "active"),
            ("frozen", false, false, "frozen"),
        ] {
            assert_eq!(status_of(status, blocked, pending), shown);
        }
    }

    #[test]
    fn unknown_words_come_last_by_the_alphabet() {
        let mut roles = ["zebra", "user", "Admin", "", "owner", "Apple", "apple", "auditor"];
        roles.sort_by(|a, b| compare_roles(a, b));
        assert_eq!(
            roles,
            ["owner", "Admin", "auditor", "user", "", "Apple", "apple", "zebra"]
        );
        let mut statuses = ["blocked", "frozen", "pending", "active", "invited"];
        statuses.sort_by(|a, b| compare_statuses(a, b));
        assert_eq!(statuses, ["active", "pending", "invited", "blocked", "frozen"]);
    }

    #[test]
    fn equal_values_share_a_place() {
        let words = ["c", "a", "b", "a"];
        assert_eq!(places(4, |n| words[n as usize], Ord::cmp), [3, 0, 2, 0]);
    }
}
