//! People who wait for approval: who they are, in which order, who may decide, and what became of a lost answer
//! (`contract` 2.6, 4.3).

use std::collections::BTreeMap;

use super::action::Action;
use super::guard::{self, Caller, Refusal};
use super::user::{User, UserId};

/// When people joined, in seconds since 1970, by user id: the audit log's `user.join`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joins(BTreeMap<String, i64>);

impl Joins {
    /// Takes a moment. Who was rejected and came back joined more than once: the last time counts.
    pub fn add(&mut self, user: String, seconds: i64) {
        let known = self.0.entry(user).or_insert(seconds);
        *known = (*known).max(seconds);
    }

    /// When somebody joined, where the log knows.
    pub fn of(&self, user: &UserId) -> Option<i64> {
        self.0.get(user.as_str()).copied()
    }
}

/// How somebody stands who has not been approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// They are kept out until somebody decides.
    Waiting,
    /// Somebody unblocked them without approving: they are in, and the question is still open.
    LetIn,
}

/// Whether somebody has not been approved, and how they stand; `None` for everybody else.
pub fn standing(user: &User) -> Option<Standing> {
    match (user.pending_approval, user.is_blocked) {
        (false, _) => None,
        (true, true) => Some(Standing::Waiting),
        (true, false) => Some(Standing::LetIn),
    }
}

/// Whether the target can be approved.
///
/// # Errors
/// The reason why not, in the server's order.
pub fn approve(caller: &Caller, target: &User) -> Result<(), Refusal> {
    Action::Approve.check(caller)?;
    if target.pending_approval {
        Ok(())
    } else {
        Err(Refusal::NotWaiting)
    }
}

/// Whether the target can be rejected: what the server then does is a deletion, with all its rules.
///
/// # Errors
/// The reason why not, in the server's order.
pub fn reject(caller: &Caller, target: &User) -> Result<(), Refusal> {
    Action::Reject.check(caller)?;
    if !target.pending_approval {
        return Err(Refusal::NotWaiting);
    }
    guard::delete(caller, target)
}

/// Whether the target can be kept out for good: approved, so that the question is closed, and blocked.
///
/// # Errors
/// The reason why not.
pub fn keep_out(caller: &Caller, target: &User) -> Result<(), Refusal> {
    approve(caller, target)?;
    guard::block(caller, target)
}

/// The order of the inbox: who has waited longest comes first, then those of whom nobody knows since when, by name.
pub fn order(people: &mut [User], joins: &Joins) {
    people.sort_by_cached_key(|user| {
        let since = joins.of(&user.id);
        let name = user.display_name().to_lowercase();
        (since.is_none(), since, name, user.id.clone())
    });
}

/// Who is shown after a decision: the one who comes next, at the end of the list the one before.
pub fn next<'a>(people: &'a [User], decided: &UserId) -> Option<&'a UserId> {
    let at = people.iter().position(|user| user.id == *decided)?;
    let before = at.checked_sub(1);
    let next = people.get(at + 1).or_else(|| people.get(before?));
    next.map(|user| &user.id)
}

/// What became of an approval whose answer was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// They are approved.
    Done,
    /// They still wait.
    NotDone,
    /// They are gone.
    Gone,
}

/// Judges a lost approval by a later read.
pub fn outcome(now: Option<&User>) -> Outcome {
    match now {
        None => Outcome::Gone,
        Some(user) if user.pending_approval => Outcome::NotDone,
        Some(_) => Outcome::Done,
    }
}

#[cfg(test)]
mod tests {
    use super::super::guard::tests::caller;
    use super::super::permission::{Module, Operation};
    use super::super::role::Role;
    use super::super::user::tests::user;
    use super::*;

    fn waiting(id: &str) -> User {
        User {
            is_blocked: true,
            pending_approval: true,
            ..user(id, Role::User)
        }
    }

    #[test]
    fn who_was_unblocked_without_approval_is_in_and_still_in_question() {
        assert_eq!(standing(&user("u", Role::User)), None);
        assert_eq!(standing(&waiting("u")), Some(Standing::Waiting));
        let mut let_in = waiting("u");
        let_in.is_blocked = false;
        assert_eq!(standing(&let_in), Some(Standing::LetIn));
        assert_eq!(approve(&caller("a", Role::Admin), &let_in), Ok(()));
        assert_eq!(reject(&caller("a", Role::Admin), &let_in), Ok(()));
    }

    #[test]
    fn only_who_waits_is_decided_on_and_only_by_who_may() {
        let admin = caller("a", Role::Admin);
        let someone = user("u", Role::User);
        assert_eq!(approve(&admin, &someone), Err(Refusal::NotWaiting));
        assert_eq!(reject(&admin, &someone), Err(Refusal::NotWaiting));
        assert_eq!(keep_out(&admin, &someone), Err(Refusal::NotWaiting));
        for role in [Role::NetworkAdmin, Role::Auditor, Role::User, Role::Other("x".into())] {
            let reader = caller("me", role);
            let update = Err(Refusal::NoPermission(Module::Users, Operation::Update));
            assert_eq!(approve(&reader, &waiting("u")), update);
            assert_eq!(keep_out(&reader, &waiting("u")), update);
            let delete = Err(Refusal::NoPermission(Module::Users, Operation::Delete));
            assert_eq!(reject(&reader, &waiting("u")), delete);
        }
    }

    #[test]
    fn a_rejection_has_the_rules_of_a_deletion() {
        let mut target = waiting("u");
        target.issued = "integration".to_owned();
        assert_eq!(reject(&caller("a", Role::Admin), &target), Err(Refusal::Integration));
        assert_eq!(
            reject(&caller("u", Role::Admin), &waiting("u")),
            Err(Refusal::OwnDeletion)
        );
    }

    #[test]
    fn who_waits_longest_comes_first_and_who_waits_since_nobody_knows_when_last() {
        let mut joins = Joins::default();
        joins.add("old".to_owned(), 100);
        joins.add("new".to_owned(), 200);
        let mut people = ["b", "new", "a", "old"].map(waiting);
        order(&mut people, &joins);
        let ids: Vec<&str> = people.iter().map(|user| user.id.as_str()).collect();
        assert_eq!(ids, ["old", "new", "a", "b"]);
    }

    #[test]
    fn who_came_back_waits_since_then() {
        let mut joins = Joins::default();
        joins.add("u".to_owned(), 300);
        joins.add("u".to_owned(), 100);
        assert_eq!(joins.of(&UserId("u".to_owned())), Some(300));
        assert_eq!(joins.of(&UserId("x".to_owned())), None);
    }

    #[test]
    fn after_a_decision_comes_the_next_and_at_the_end_the_one_before() {
        let people = ["a", "b", "c"].map(waiting);
        let next = |id: &str| next(&people, &UserId(id.to_owned())).map(UserId::as_str);
        assert_eq!(next("a"), Some("b"));
        assert_eq!(next("c"), Some("b"));
        assert_eq!(next("x"), None);
        assert_eq!(super::next(&[waiting("a")], &UserId("a".to_owned())), None);
    }

    #[test]
    fn a_lost_approval_is_judged_by_what_is_there() {
        assert_eq!(outcome(None), Outcome::Gone);
        assert_eq!(outcome(Some(&waiting("u"))), Outcome::NotDone);
        assert_eq!(outcome(Some(&user("u", Role::User))), Outcome::Done);
    }
}
