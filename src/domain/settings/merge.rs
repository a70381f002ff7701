//! Two people's edits, field by field, and what became of a save.

use super::account::{Account, Value};
use super::draft::Draft;
use super::field::Field;

/// Whose value a field edited on both sides gets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// what the form holds
    Mine,
    /// what the server holds by now
    Theirs,
}

/// The fields that differ between two readings of the account.
pub fn differences(before: &Account, now: &Account) -> Vec<Field> {
    Field::all()
        .filter(|field| !before.has(*field, now.get(*field)))
        .collect()
}

/// The fields that were edited here and changed elsewhere since, to something else than the edit.
pub fn conflicts(base: &Account, draft: &Draft, theirs: &Account) -> Vec<Field> {
    let mut open = differences(base, theirs);
    open.retain(|field| draft.is_edited(*field) && !theirs.has(*field, &draft.value(base, *field)));
    open
}

/// Edits that the server stored otherwise than they were sent: the field, and what is there now.
pub fn normalised(sent: &[(Field, Value)], now: &Account) -> Vec<Field> {
    sent.iter()
        .filter(|(field, value)| !now.has(*field, value))
        .map(|(field, _)| *field)
        .collect()
}

/// What became of a save whose answer was lost, or that was refused half-way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server did it.
    Done,
    /// The server did not do it.
    NotDone,
    /// The server did only this much of it.
    Partly(Vec<Field>),
    /// Something else is there now.
    Changed,
}

/// Judges a save by a later read: what was sent, what was there before, what is there now. What the server never keeps
/// says nothing about it.
pub fn outcome(sent: &[(Field, Value)], before: &Account, now: &Account) -> Outcome {
    let told: Vec<&(Field, Value)> = sent
        .iter()
        .filter(|(field, _)| field.entry().effect != super::Effect::NotKept)
        .collect();
    let done: Vec<Field> = told
        .iter()
        .filter(|(field, value)| now.has(*field, value))
        .map(|(field, _)| *field)
        .collect();
    let is_rest_untouched = told
        .iter()
        .filter(|(field, _)| !done.contains(field))
        .all(|(field, _)| before.has(*field, now.get(*field)));
    match (done.len() == told.len() && !told.is_empty(), is_rest_untouched) {
        (true, _) => Outcome::Done,
        (false, false) => Outcome::Changed,
        (false, true) if done.is_empty() => Outcome::NotDone,
        (false, true) => Outcome::Partly(done),
    }
}
