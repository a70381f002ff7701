//! What is wrong with an edit before the server says so, and what it takes but hardly anybody wants.

use super::account::{Account, Value};
use super::cidr::{Cidr, CidrProblem, Oddity};
use super::draft::{Draft, Input};
use super::field::{Bound, Field, Kind, Needs};
use crate::domain::groups::Groups;

/// Why an edit cannot be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// no whole number
    NotWhole,
    /// less than an hour
    TooShort,
    /// more than 180 days
    TooLong,
    /// below zero: the server would take it
    Negative,
    /// the range
    Cidr(CidrProblem),
    /// no domain
    Domain,
    /// no version
    Version,
    /// a switch that needs a group in another field
    NoGroup,
    /// a switch that needs another switch
    NeedsOn(Field),
    /// groups that no longer exist, by id
    GoneGroups(Vec<String>),
}

/// What the server takes, and what one should think about twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// devices sign out within a minute
    ShortInactivity,
    /// stored otherwise than typed
    StoredAs(String),
    /// a range that is odd
    Odd(Oddity),
    /// group sync without a claim does nothing
    NoClaim,
    /// a list of who may sign in has no effect while group sync is off
    ListUnused,
}

/// What is wrong with a field, as far as it was edited or its edit makes another one wrong.
pub fn problem(
    account: &Account,
    draft: &Draft,
    field: Field,
    groups: Option<&Groups>,
    peers: Option<usize>,
) -> Option<Problem> {
    let entry = field.entry();
    let is_edited = draft.is_edited(field);
    if is_edited && let Err(problem) = draft.input(account, field).read(entry.kind, peers) {
        return Some(problem);
    }
    let value = draft.value(account, field);
    match entry.needs {
        Needs::SomeIn(other) if is_edited || draft.is_edited(other) => {
            (value.is_on() && draft.value(account, other).list().is_empty()).then_some(Problem::NoGroup)
        }
        Needs::On(other) if is_edited || draft.is_edited(other) => {
            (value.is_on() && !draft.value(account, other).is_on()).then_some(Problem::NeedsOn(other))
        }
        // The server refuses every save while the list names a group that is gone, edited or not.
        Needs::KnownGroups => gone(&value, groups),
        _ if is_edited && entry.kind == Kind::Groups => gone(&value, groups),
        _ => None,
    }
}

fn gone(value: &Value, groups: Option<&Groups>) -> Option<Problem> {
    let gone: Vec<String> = groups?.unknown(value.list()).into_iter().map(str::to_owned).collect();
    (!gone.is_empty()).then_some(Problem::GoneGroups(gone))
}

/// All that stands in the way of a save.
pub fn problems(
    account: &Account,
    draft: &Draft,
    groups: Option<&Groups>,
    peers: Option<usize>,
) -> Vec<(Field, Problem)> {
    Field::all()
        .filter_map(|field| Some((field, problem(account, draft, field, groups, peers)?)))
        .collect()
}

/// What one should think about twice, of a field that has no problem.
pub fn warning(account: &Account, draft: &Draft, field: Field) -> Option<Warning> {
    let entry = field.entry();
    let value = draft.value(account, field);
    match (entry.kind, &value) {
        (Kind::Duration(Bound::NotNegative), Value::Whole(..60)) => Some(Warning::ShortInactivity),
        (Kind::Cidr(family), Value::Text(stored)) if draft.is_edited(field) => {
            let odd = Cidr::check(stored, family, None).ok().and_then(Cidr::oddity);
            let typed = match draft.input(account, field) {
                Input::Text(text) => text,
                _ => String::new(),
            };
            let stored_as = (typed.trim() != stored).then(|| Warning::StoredAs(stored.clone()));
            odd.map(Warning::Odd).or(stored_as)
        }
        _ if field == Field::JwtGroups && value.is_on() => {
            let claim = draft.value(account, Field::JwtClaim);
            claim.text().is_empty().then_some(Warning::NoClaim)
        }
        (Kind::GroupNames, Value::List(names)) if !names.is_empty() => {
            let on = draft.value(account, Field::JwtGroups).is_on();
            (!on).then_some(Warning::ListUnused)
        }
        _ => None,
    }
}
