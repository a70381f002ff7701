//! What the rows can be filtered by, and how many rows there are of each.

use std::cmp::Ordering;

use crate::kinds::SERVICE;
use crate::rank::{compare_roles, compare_statuses};
use crate::store::Store;

/// A value that occurs, and in how many rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facet<'a> {
    /// Role, status, group id, connector or origin.
    pub value: &'a str,
    /// Rows that have it; never 0.
    pub rows: usize,
}

/// Everything that occurs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets<'a> {
    /// Roles, the mightiest first, unknown ones last.
    pub roles: Vec<Facet<'a>>,
    /// Statuses to show, active first, unknown ones last.
    pub statuses: Vec<Facet<'a>>,
    /// Ids of groups, in no useful order: their names are not known here.
    pub groups: Vec<Facet<'a>>,
    /// Ids of connectors, in alphabetical order; an empty one for users without.
    pub providers: Vec<Facet<'a>>,
    /// Where users come from, in alphabetical order; nothing is one of them.
    pub issued: Vec<Facet<'a>>,
}

impl Store {
    /// What occurs among the users (`Some(false)`), the service users (`Some(true)`) or both (`None`).
    pub fn facets(&self, service: Option<bool>) -> Facets<'_> {
        let mut by_kind = vec![0; self.kinds.len()];
        let mut by_set = vec![0; self.group_sets.len()];
        let wanted: Vec<bool> = self
            .kinds
            .iter()
            .map(|kind| service.is_none_or(|service| kind.has(SERVICE) == service))
            .collect();
        for (number, segment) in self.segments().iter().enumerate() {
            let rows = segment.kinds().iter().zip(segment.groups());
            for (index, (kind, set)) in rows.enumerate() {
                let removed = self.removed().word(number * 64 + index / 64) >> (index % 64) & 1 == 1;
                if !removed && crate::intern::at(&wanted, *kind) {
                    count(&mut by_kind, *kind);
                    count(&mut by_set, *set);
                }
            }
        }
        Facets {
            roles: self.count_words(&by_kind, |kind| self.kinds.role(kind), compare_roles),
            statuses: self.count_words(&by_kind, |kind| self.kinds.status(kind), compare_statuses),
            groups: self.count_groups(&by_set),
            providers: self.count_words(&by_kind, |kind| self.kinds.idp(kind).unwrap_or_default(), str::cmp),
            issued: self.count_words(&by_kind, |kind| self.kinds.issued(kind), str::cmp),
        }
    }

    fn count_words<'a>(
        &'a self,
        by_kind: &[usize],
        word: impl Fn(crate::kinds::Kind) -> &'a str,
        compare: fn(&str, &str) -> Ordering,
    ) -> Vec<Facet<'a>> {
        let mut facets: Vec<Facet<'_>> = Vec::new();
        for (kind, &rows) in self.kinds.iter().zip(by_kind).filter(|(_, rows)| **rows > 0) {
            let value = word(kind);
            match facets.iter_mut().find(|facet| facet.value == value) {
                Some(facet) => facet.rows += rows,
                None => facets.push(Facet { value, rows }),
            }
        }
        facets.sort_by(|a, b| compare(a.value, b.value));
        facets
    }

    fn count_groups(&self, by_set: &[usize]) -> Vec<Facet<'_>> {
        let mut by_group = vec![0; self.group_ids.len()];
        for (set, rows) in self.group_sets.iter().zip(by_set).filter(|(_, rows)| **rows > 0) {
            let mut members = set.to_vec();
            // A user whose list names a group twice is still one user.
            members.sort_unstable();
            members.dedup();
            for group in members {
                if let Some(count) = usize::try_from(group).ok().and_then(|index| by_group.get_mut(index)) {
                    *count += rows;
                }
            }
        }
        let all = self
            .group_ids
            .iter()
            .zip(by_group)
            .map(|(value, rows)| Facet { value, rows });
        all.filter(|facet| facet.rows > 0).collect()
    }
}

fn count(counts: &mut [usize], number: u32) {
    if let Some(count) = usize::try_from(number).ok().and_then(|index| counts.get_mut(index)) {
        *count += 1;
    }
}
