//! What a list shows, as its address says it: search, filters and sort ⇄ query string.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use roost_list::{Column, Direction, Filter, Sort};

/// Everything but the unreserved characters of RFC 3986.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The columns a list can be sorted by, with their names in an address.
pub const COLUMNS: [(Column, &str); 10] = [
    (Column::Name, "name"),
    (Column::Email, "email"),
    (Column::Status, "status"),
    (Column::Role, "role"),
    (Column::Groups, "groups"),
    (Column::Devices, "devices"),
    (Column::LastLogin, "last_login"),
    (Column::Id, "id"),
    (Column::Provider, "provider"),
    (Column::Issued, "issued"),
];

/// The column's name in an address.
pub fn column_name(column: Column) -> &'static str {
    COLUMNS
        .iter()
        .find(|(known, _)| *known == column)
        .map_or("", |(_, name)| name)
}

fn parse_column(name: &str) -> Option<Column> {
    COLUMNS
        .iter()
        .find(|(_, known)| *known == name)
        .map(|(column, _)| *column)
}

/// In an address, the sign-in of who never signed in.
pub const NEVER: &str = "never";
/// In an address, a connector or an origin that is not there: an empty value would say nothing.
pub const NONE: &str = "none";

fn stored(word: &str) -> String {
    if word == NONE { String::new() } else { word.to_owned() }
}

/// One key of a sort order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// by what
    pub column: Column,
    /// largest first
    pub descending: bool,
}

/// Search, filters and sort of a list of users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// What was typed, as it was typed.
    pub text: String,
    /// Roles wanted, as the API writes them; none = all.
    pub roles: Vec<String>,
    /// Statuses wanted; none = all.
    pub statuses: Vec<String>,
    /// Ids of groups wanted, any of them; none = all.
    pub groups: Vec<String>,
    /// Ids of connectors wanted, [`NONE`] among them; none = all.
    pub providers: Vec<String>,
    /// Origins wanted (`api`, `integration`, [`NONE`]); none = all.
    pub issued: Vec<String>,
    /// Sign-ins wanted: [`NEVER`] is the only word known; none = all.
    pub logins: Vec<String>,
    /// Sort keys, the first counts most; never empty.
    pub sort: Vec<SortKey>,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            roles: Vec::new(),
            statuses: Vec::new(),
            groups: Vec::new(),
            providers: Vec::new(),
            issued: Vec::new(),
            logins: Vec::new(),
            sort: vec![SortKey {
                column: Column::Name,
                descending: false,
            }],
        }
    }
}

impl ListQuery {
    /// Reads a query string, with or without `?`. What it does not understand it leaves out: an old or foreign link
    /// shows a list, never an error.
    pub fn parse(query: &str) -> Self {
        let mut out = Self {
            sort: Vec::new(),
            ..Self::default()
        };
        for pair in query.trim_start_matches('?').split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = decode(value);
            let list = match name {
                "q" => {
                    out.text = value;
                    continue;
                }
                "sort" => {
                    out.sort = parse_sort(&value);
                    continue;
                }
                "role" => &mut out.roles,
                "status" => &mut out.statuses,
                "group" => &mut out.groups,
                "provider" => &mut out.providers,
                "issued" => &mut out.issued,
                "login" => &mut out.logins,
                _ => continue,
            };
            if !value.is_empty() && !list.contains(&value) {
                list.push(value);
            }
        }
        if out.sort.is_empty() {
            out.sort = Self::default().sort;
        }
        out
    }

    /// The query string, without `?`; empty for the list as it opens.
    pub fn to_query(&self) -> String {
        let mut out = String::new();
        let mut add = |name: &str, value: &str| {
            if !out.is_empty() {
                out.push('&');
            }
            out.push_str(name);
            out.push('=');
            out.extend(utf8_percent_encode(value, QUERY));
        };
        if !self.text.is_empty() {
            add("q", &self.text);
        }
        for (name, values) in [
            ("role", &self.roles),
            ("status", &self.statuses),
            ("group", &self.groups),
            ("provider", &self.providers),
            ("issued", &self.issued),
            ("login", &self.logins),
        ] {
            for value in values {
                add(name, value);
            }
        }
        if self.sort != Self::default().sort {
            let keys: Vec<String> = self
                .sort
                .iter()
                .map(|key| format!("{}{}", if key.descending { "-" } else { "" }, column_name(key.column)))
                .collect();
            add("sort", &keys.join("."));
        }
        out
    }

    /// What the list crate is to keep: of service users, or of people.
    pub fn filter(&self, service: bool) -> Filter {
        Filter {
            text: self.text.clone(),
            roles: self.roles.clone(),
            statuses: self.statuses.clone(),
            groups: self.groups.clone(),
            providers: self.providers.iter().map(|id| stored(id)).collect(),
            issued: self.issued.iter().map(|word| stored(word)).collect(),
            never_signed_in: self.logins.iter().any(|word| word == NEVER),
            service: Some(service),
        }
    }

    /// The order the list crate is to make.
    pub fn order(&self) -> Sort {
        let direction = |key: &SortKey| {
            if key.descending {
                Direction::Descending
            } else {
                Direction::Ascending
            }
        };
        Sort {
            keys: self.sort.iter().map(|key| (key.column, direction(key))).collect(),
        }
    }

    /// Whether anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !self.text.trim().is_empty() || self.has_filters()
    }

    /// Whether a filter (not the search) narrows the list.
    pub fn has_filters(&self) -> bool {
        let filters = [
            &self.roles,
            &self.statuses,
            &self.groups,
            &self.providers,
            &self.issued,
            &self.logins,
        ];
        filters.iter().any(|values| !values.is_empty())
    }

    /// The same list without search and filters.
    #[must_use]
    pub fn cleared(&self) -> Self {
        Self {
            sort: self.sort.clone(),
            ..Self::default()
        }
    }

    /// The list after a click on a column's head: first ascending, then descending, then ascending again.
    #[must_use]
    pub fn sorted_by(&self, column: Column) -> Self {
        let descending = self
            .sort
            .first()
            .is_some_and(|key| key.column == column && !key.descending);
        Self {
            sort: vec![SortKey { column, descending }],
            ..self.clone()
        }
    }

    /// The list after a click with Shift: the column is one more key, or turns where it is one already.
    #[must_use]
    pub fn also_sorted_by(&self, column: Column) -> Self {
        let mut sort = self.sort.clone();
        match sort.iter_mut().find(|key| key.column == column) {
            Some(key) => key.descending = !key.descending,
            None => sort.push(SortKey {
                column,
                descending: false,
            }),
        }
        Self { sort, ..self.clone() }
    }
}

fn parse_sort(value: &str) -> Vec<SortKey> {
    let mut keys: Vec<SortKey> = Vec::new();
    for part in value.split('.') {
        let (name, descending) = part.strip_prefix('-').map_or((part, false), |name| (name, true));
        if let Some(column) = parse_column(name)
            && keys.iter().all(|key| key.column != column)
        {
            keys.push(SortKey { column, descending });
        }
    }
    keys
}

fn decode(value: &str) -> String {
    let spaces = value.replace('+', " ");
    percent_decode_str(&spaces).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_as_it_opens_has_no_query() {
        assert_eq!(ListQuery::default().to_query(), "");
        assert_eq!(ListQuery::parse(""), ListQuery::default());
    }

    #[test]
    fn reads_what_it_writes() {
        let query = ListQuery {
            text: "ada & \"b\" +1 ü".into(),
            roles: vec!["admin".into(), "owner".into()],
            statuses: vec!["blocked".into()],
            groups: vec!["d5p7".into()],
            providers: vec!["local".into(), NONE.into()],
            issued: vec!["integration".into()],
            logins: vec![NEVER.into()],
            sort: vec![
                SortKey {
                    column: Column::LastLogin,
                    descending: true,
                },
                SortKey {
                    column: Column::Name,
                    descending: false,
                },
            ],
        };
        assert_eq!(ListQuery::parse(&query.to_query()), query);
        assert!(query.to_query().ends_with("sort=-last_login.name"));
    }

    #[test]
    fn a_filter_by_what_is_not_there_has_a_word_of_its_own() {
        let query = ListQuery::parse("provider=none&issued=none&login=never");
        assert!(query.is_narrowed());
        let filter = query.filter(false);
        assert_eq!(
            (filter.providers, filter.issued),
            (vec![String::new()], vec![String::new()])
        );
        assert!(filter.never_signed_in);
        assert!(!ListQuery::parse("login=soon").filter(false).never_signed_in);
    }

    #[test]
    fn a_list_shows_people_or_service_users() {
        let query = ListQuery::parse("q=a&role=admin");
        for service in [false, true] {
            let filter = query.filter(service);
            assert_eq!(filter.service, Some(service));
            assert_eq!((filter.text.as_str(), filter.roles), ("a", vec!["admin".to_owned()]));
        }
    }

    #[test]
    fn nonsense_is_left_out() {
        let query = ListQuery::parse("?sort=-shoe&role=&role=admin&role=admin&%zz&x=1&q=a+b%20c");
        assert_eq!(
            query,
            ListQuery {
                text: "a b c".into(),
                roles: vec!["admin".into()],
                ..ListQuery::default()
            }
        );
    }

    #[test]
    fn a_click_with_shift_adds_a_key_or_turns_it() {
        let two = ListQuery::default().also_sorted_by(Column::Role);
        assert_eq!(two.sort.len(), 2);
        assert!(two.also_sorted_by(Column::Role).sort[1].descending);
    }

    #[test]
    fn a_click_on_a_head_turns_the_order() {
        let by_name = ListQuery::default();
        assert!(by_name.sorted_by(Column::Name).sort[0].descending);
        let by_role = by_name.sorted_by(Column::Role);
        assert_eq!(
            by_role.sort,
            [SortKey {
                column: Column::Role,
                descending: false
            }]
        );
        assert!(!by_role.sorted_by(Column::Role).sorted_by(Column::Role).sort[0].descending);
    }
}
