//! The filters of the list: what can be chosen, and what is.

use super::address::Address;
use super::view::number;
use crate::domain::list_query::{ListQuery, NEVER, NONE};
use crate::domain::role::Role;
use crate::domain::user::Status;
use crate::features::faces;
use crate::i18n::{role_name, status_name, t, t_later};
use crate::state::console::Console;
use crate::ui::support::Choice;

/// A filter of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// by status
    Status,
    /// by role
    Role,
    /// by auto group
    Group,
    /// by where they sign in
    Provider,
    /// by where they come from
    Issued,
    /// by whether they ever signed in
    Login,
}

impl Kind {
    /// All, in the order they are drawn.
    pub const ALL: [Self; 6] = [
        Self::Status,
        Self::Role,
        Self::Group,
        Self::Provider,
        Self::Login,
        Self::Issued,
    ];

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Status => t().filter_status(),
            Self::Role => t().filter_role(),
            Self::Group => t().filter_group(),
            Self::Provider => t().filter_provider(),
            Self::Issued => t().filter_issued(),
            Self::Login => t().filter_login(),
        }
    }

    /// What is chosen, tracked.
    pub fn chosen(self, address: Address) -> Vec<String> {
        let query = address.query();
        match self {
            Self::Status => query.statuses,
            Self::Role => query.roles,
            Self::Group => query.groups,
            Self::Provider => query.providers,
            Self::Issued => query.issued,
            Self::Login => query.logins,
        }
    }

    /// Chooses.
    pub fn choose(self, address: Address, values: Vec<String>) {
        address.change(|query| *self.place(query) = values);
    }

    fn place(self, query: &mut ListQuery) -> &mut Vec<String> {
        match self {
            Self::Status => &mut query.statuses,
            Self::Role => &mut query.roles,
            Self::Group => &mut query.groups,
            Self::Provider => &mut query.providers,
            Self::Issued => &mut query.issued,
            Self::Login => &mut query.logins,
        }
    }

    /// What can be chosen: what occurs in the list, what everybody knows, and what is chosen already. Tracked.
    pub fn choices(self, console: Console, address: Address) -> Vec<Choice> {
        console.users.track();
        let service = address.listed().service;
        let mut values: Vec<String> = match self {
            // Nobody invites a service user, and none waits or owns the account.
            Self::Status if service => [Status::Active, Status::Blocked].iter().map(word).collect(),
            Self::Status => Status::KNOWN.iter().map(word).collect(),
            Self::Role => Role::ASSIGNABLE
                .iter()
                .filter(|role| !(service && **role == Role::Owner))
                .map(|role| role.as_str().to_owned())
                .collect(),
            Self::Group => console
                .groups
                .get()
                .iter()
                .flat_map(|groups| groups.iter())
                .filter(|group| !group.is_all())
                .map(|group| group.id.clone())
                .collect(),
            Self::Provider | Self::Issued => Vec::new(),
            Self::Login => vec![NEVER.to_owned()],
        };
        let in_use = console.users.with(|store| {
            let facets = store.facets(Some(service));
            let facets = match self {
                Self::Status => facets.statuses,
                Self::Role => facets.roles,
                Self::Group => facets.groups,
                Self::Provider => facets.providers,
                Self::Issued => facets.issued,
                Self::Login => Vec::new(),
            };
            let word = |value: &str| if value.is_empty() { NONE } else { value }.to_owned();
            facets.iter().map(|facet| word(facet.value)).collect::<Vec<_>>()
        });
        let mut more = in_use.unwrap_or_default();
        more.extend(self.chosen(address));
        add_missing(&mut values, more);
        values
            .into_iter()
            .map(|value| Choice::new(value.clone(), self.value_name(console, &value)))
            .collect()
    }

    /// What is chosen, in words, tracked. A value that nobody knows (an old address) shows as it is, so that it can be
    /// taken off.
    pub fn value(self, console: Console, address: Address) -> String {
        let chosen = self.chosen(address);
        let names: Vec<String> = chosen.iter().map(|value| self.value_name(console, value)).collect();
        names.join(", ")
    }

    /// What people call a value.
    pub fn value_name(self, console: Console, value: &str) -> String {
        match self {
            Self::Status => status_name(&Status::parse(value)),
            Self::Role => role_name(&Role::parse(value)),
            Self::Group => console
                .groups
                .get()
                .and_then(|groups| groups.name(value).map(str::to_owned))
                .unwrap_or_else(|| t().group_unknown(value)),
            Self::Provider => faces::provider_name(Some(value).filter(|value| *value != NONE)),
            Self::Issued if value == NONE => faces::issued(""),
            Self::Issued => faces::issued(value),
            Self::Login if value == NEVER => t().never().to_owned(),
            Self::Login => value.to_owned(),
        }
    }
}

/// Adds those that are not there yet. Not one by one against all: thousands of groups may be in use.
fn add_missing(values: &mut Vec<String>, more: Vec<String>) {
    let mut known = values.clone();
    known.sort_unstable();
    for value in more {
        if let Err(place) = known.binary_search(&value) {
            known.insert(place, value.clone());
            values.push(value);
        }
    }
}

fn word(status: &Status) -> String {
    status.as_str().to_owned()
}

/// How many filters are on, tracked.
pub fn count(address: Address) -> usize {
    Kind::ALL.iter().filter(|kind| !kind.chosen(address).is_empty()).count()
}

/// The filters that are on, in words: "Role: Admin, Owner". Tracked.
pub fn in_words(console: Console, address: Address) -> Vec<String> {
    Kind::ALL
        .iter()
        .filter_map(|kind| {
            let value = kind.value(console, address);
            (!value.is_empty()).then(|| [kind.label(), ": ", &value].concat())
        })
        .collect()
}

/// One thing that, dropped alone, would bring rows back.
pub struct WayOut {
    /// What is dropped: "Role: Admin".
    pub name: String,
    /// How many rows there would be.
    pub count: u64,
    /// The list without it.
    pub query: ListQuery,
}

/// What could be dropped alone where several things narrow a list to nothing, the most fruitful first.
pub fn ways_out(console: Console, address: Address, query: &ListQuery) -> Vec<WayOut> {
    let service = address.listed().service;
    let way = |name: String, query: ListQuery| {
        let count = number(console.users.visible(&query.filter(service)).len());
        (count > 0 && query.is_narrowed()).then_some(WayOut { name, count, query })
    };
    let filters = Kind::ALL.into_iter().filter_map(|kind| {
        let mut without = query.clone();
        kind.place(&mut without).clear();
        let value = kind.value(console, address);
        (!value.is_empty()).then(|| way([kind.label(), ": ", &value].concat(), without))?
    });
    let text = query.text.trim();
    let search = (!text.is_empty()).then(|| {
        let without = ListQuery {
            text: String::new(),
            ..query.clone()
        };
        way(t_later().users_drop_text(text), without)
    });
    let mut ways: Vec<_> = filters.chain(search.flatten()).collect();
    ways.sort_by_key(|way| std::cmp::Reverse(way.count));
    ways
}

#[cfg(test)]
mod tests {
    use super::add_missing;

    #[test]
    fn what_is_in_use_and_not_known_comes_once_and_behind_the_rest() {
        let texts = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
        let mut values = texts(&["web", "db"]);
        add_missing(&mut values, texts(&["old", "db", "gone", "old", "web"]));
        assert_eq!(values, ["web", "db", "old", "gone"]);
    }
}
