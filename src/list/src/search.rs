//! Which rows a reader asked for: words, roles, statuses and groups, in one pass over the store.

use crate::fold::fold;
use crate::intern::at;
use crate::kinds::SERVICE;
use crate::names::Names;
use crate::needle::Needle;
use crate::row_set::{RowSet, bits};
use crate::segment::{SEGMENT_ROWS, Segment};
use crate::store::Store;
use crate::time::LastLogin;

/// What to keep. Conditions of different kinds must all hold; of several roles, statuses or groups one is enough; an empty
/// list asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words, divided by blanks. Each must occur in the name, the e-mail, the id, the role (as shown or as the server
    /// writes it) or the name of a group; capitals and Latin accents do not matter.
    pub text: String,
    /// Roles, in any case.
    pub roles: Vec<String>,
    /// Statuses to show: `active`, `pending`, `invited`, `blocked` or the server's word.
    pub statuses: Vec<String>,
    /// Ids of groups.
    pub groups: Vec<String>,
    /// Ids of the connectors that users sign in with; an empty one stands for those without.
    pub providers: Vec<String>,
    /// Where users come from: `api`, `integration`, or nothing.
    pub issued: Vec<String>,
    /// Only those who never signed in.
    pub never_signed_in: bool,
    /// Service users only (`true`), people only (`false`), or both.
    pub service: Option<bool>,
}

impl Filter {
    /// Whether every row passes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Words of 64 rows in a segment.
const WORDS: usize = SEGMENT_ROWS / 64;

/// The rows that pass `filter`. At 100,000 rows it takes a few milliseconds, so it runs within one frame, whole.
pub fn search(store: &Store, filter: &Filter, names: &Names) -> RowSet {
    let mut folded: Vec<String> = filter
        .text
        .split_whitespace()
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect();
    // The longest word leaves the fewest rows for the others, which are then only tried on those.
    folded.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let words: Vec<Word<'_>> = folded.iter().map(|word| Word::new(word, store, names)).collect();
    let facts = Wanted::new(store, filter);
    let mut found = Vec::with_capacity(store.segments().len() * WORDS);
    for (number, segment) in store.segments().iter().enumerate() {
        let mut rows = [0; WORDS];
        for (index, word) in rows.iter_mut().enumerate() {
            *word = !store.removed().word(number * WORDS + index);
        }
        facts.keep(segment, &mut rows);
        if let Some((first, others)) = words.split_first() {
            first.keep(segment, &mut rows);
            for word in others {
                word.keep_of_few(segment, &mut rows);
            }
        }
        found.extend(rows);
    }
    RowSet::from_words(found)
}

/// Which combinations and which group sets pass.
struct Wanted {
    kinds: Vec<bool>,
    sets: Option<Vec<bool>>,
    never_signed_in: bool,
}

impl Wanted {
    fn new(store: &Store, filter: &Filter) -> Self {
        let has =
            |list: &[String], word: &str| list.is_empty() || list.iter().any(|one| one.eq_ignore_ascii_case(word));
        let kinds = store.kinds.iter().map(|kind| {
            has(&filter.roles, store.kinds.role(kind))
                && has(&filter.statuses, store.kinds.status(kind))
                && has(&filter.providers, store.kinds.idp(kind).unwrap_or_default())
                && has(&filter.issued, store.kinds.issued(kind))
                && filter.service.is_none_or(|service| service == kind.has(SERVICE))
        });
        let groups: Vec<u32> = filter.groups.iter().filter_map(|id| store.group_ids.find(id)).collect();
        let sets = store
            .group_sets
            .iter()
            .map(|set| set.iter().any(|group| groups.contains(group)));
        Self {
            kinds: kinds.collect(),
            sets: (!filter.groups.is_empty()).then(|| sets.collect()),
            never_signed_in: filter.never_signed_in,
        }
    }

    /// Clears the rows that do not pass, and the bits behind the last row.
    fn keep(&self, segment: &Segment, rows: &mut [u64; WORDS]) {
        let everything = self.sets.is_none() && self.kinds.iter().all(|wanted| *wanted);
        let facts = segment.kinds().chunks(64).zip(segment.groups().chunks(64));
        let mut facts = facts.map(|(kinds, sets)| {
            if everything {
                return u64::MAX >> (64 - kinds.len());
            }
            let passes = kinds
                .iter()
                .zip(sets)
                .map(|(kind, set)| at(&self.kinds, *kind) && self.sets.as_ref().is_none_or(|wanted| at(wanted, *set)));
            passes
                .enumerate()
                .fold(0, |word, (bit, passes)| word | u64::from(passes) << bit)
        });
        for word in rows.iter_mut() {
            *word &= facts.next().unwrap_or_default();
        }
        if self.never_signed_in {
            for (word, first) in rows.iter_mut().zip((0..).step_by(64)) {
                for bit in bits(*word) {
                    let row = first + usize::try_from(bit).unwrap_or_default();
                    if segment.last_login(row) != LastLogin::Never {
                        *word &= !(1 << bit);
                    }
                }
            }
        }
    }
}

/// One word of the search, and the combinations and group sets whose names hold it.
struct Word<'a> {
    needle: Needle<'a>,
    kinds: Vec<bool>,
    sets: Vec<bool>,
    /// Whether any of them does.
    in_names: bool,
}

impl<'a> Word<'a> {
    fn new(folded: &'a str, store: &Store, names: &Names) -> Self {
        let roles: Vec<bool> = store
            .kinds
            .roles
            .iter()
            .map(|role| names.role(role).iter().any(|name| name.contains(folded)))
            .collect();
        let groups: Vec<bool> = store
            .group_ids
            .iter()
            .map(|id| names.group(id).contains(folded))
            .collect();
        let kinds: Vec<bool> = store.kinds.iter().map(|kind| at(&roles, kind.role)).collect();
        let sets: Vec<bool> = store
            .group_sets
            .iter()
            .map(|set| set.iter().any(|group| at(&groups, *group)))
            .collect();
        let in_names = kinds.contains(&true) || sets.contains(&true);
        Self {
            needle: Needle::new(folded.as_bytes(), store.sample()),
            kinds,
            sets,
            in_names,
        }
    }

    /// Clears the rows without this word, by one pass over the segment's whole text.
    fn keep(&self, segment: &Segment, rows: &mut [u64; WORDS]) {
        let mut found = [0; WORDS];
        if self.in_names {
            for (row, (kind, set)) in segment.kinds().iter().zip(segment.groups()).enumerate() {
                if at(&self.kinds, *kind) || at(&self.sets, *set) {
                    set_bit(&mut found, row);
                }
            }
        }
        let (mut from, mut row) = (0, 0);
        let ends = segment.compared_ends();
        while let Some(hit) = self.needle.find(segment.compared(), from) {
            // Hits come in the order of the rows, so a cursor is faster than a search for the row.
            while ends.get(row).is_some_and(|end| *end <= hit) {
                row += 1;
            }
            set_bit(&mut found, row);
            // One hit a row is enough.
            let Some(&end) = ends.get(row) else { break };
            from = end;
        }
        for (word, found) in rows.iter_mut().zip(found) {
            *word &= found;
        }
    }

    /// Clears the rows without this word, trying only those that are left.
    fn keep_of_few(&self, segment: &Segment, rows: &mut [u64; WORDS]) {
        for (word, first) in rows.iter_mut().zip((0..).step_by(64)) {
            for bit in bits(*word) {
                let row = first + usize::try_from(bit).unwrap_or_default();
                let facts = segment.facts(row);
                let named = self.in_names && (at(&self.kinds, facts.kind) || at(&self.sets, facts.groups));
                if !named && !self.needle.is_in(segment.compared_row(row)) {
                    *word &= !(1 << bit);
                }
            }
        }
    }
}

fn set_bit(rows: &mut [u64; WORDS], row: usize) {
    if let Some(word) = rows.get_mut(row / 64) {
        *word |= 1 << (row % 64);
    }
}
