//! Nobody's work is lost: what a merge keeps, what it asks, and how a lost answer is judged.

use super::*;
use crate::domain::groups::Group;
use crate::domain::user::tests::user;

fn with_groups(mut someone: User, groups: &[&str]) -> User {
    someone.auto_groups = groups.iter().map(|id| (*id).to_owned()).collect();
    someone
}

fn existing(ids: &[&str]) -> Vec<GroupChoice> {
    ids.iter().map(|id| GroupChoice::Existing((*id).to_owned())).collect()
}

#[test]
fn edits_in_different_fields_both_survive_and_are_named() {
    let base = with_groups(user("u", Role::User), &["a"]);
    let mine = UserDraft {
        role: Role::Admin,
        ..UserDraft::of(&base)
    };
    let mut theirs = with_groups(base.clone(), &["a", "b"]);
    theirs.is_blocked = true;
    let Merge::Ready { draft, elsewhere } = merge(&base, &mine, &theirs, Resolution::default()) else {
        panic!("asked");
    };
    assert_eq!(
        draft,
        UserDraft {
            role: Role::Admin,
            groups: existing(&["a", "b"]),
            blocked: true
        }
    );
    assert_eq!(elsewhere, [EditField::Groups, EditField::Blocked]);
}

#[test]
fn the_same_field_edited_twice_asks_and_the_answer_counts() {
    let base = user("u", Role::User);
    let mine = UserDraft {
        role: Role::Admin,
        ..UserDraft::of(&base)
    };
    let mut theirs = base.clone();
    theirs.role = Role::Auditor;
    assert_eq!(
        merge(&base, &mine, &theirs, Resolution::default()),
        Merge::Ask(vec![EditField::Role])
    );
    for (side, role) in [(Side::Mine, Role::Admin), (Side::Theirs, Role::Auditor)] {
        let mut answers = Resolution::default();
        answers.set(EditField::Role, side);
        let Merge::Ready { draft, elsewhere } = merge(&base, &mine, &theirs, answers) else {
            panic!("asked again")
        };
        assert_eq!(draft.role, role);
        assert!(elsewhere.is_empty());
    }
}

#[test]
fn the_same_edit_on_both_sides_is_no_conflict_and_order_means_nothing() {
    let base = with_groups(user("u", Role::User), &["a"]);
    let mine = UserDraft {
        groups: existing(&["b", "a"]),
        ..UserDraft::of(&base)
    };
    let theirs = with_groups(base.clone(), &["a", "b"]);
    assert!(matches!(
        merge(&base, &mine, &theirs, Resolution::default()),
        Merge::Ready { .. }
    ));
    assert!(
        !UserDraft {
            groups: existing(&["b", "a"]),
            ..UserDraft::of(&theirs)
        }
        .differs(&theirs, EditField::Groups)
    );
}

#[test]
fn a_group_to_be_made_is_made_once_and_then_an_ordinary_one() {
    let base = user("u", Role::User);
    let mut draft = UserDraft {
        groups: vec![GroupChoice::New("Night".into())],
        ..UserDraft::of(&base)
    };
    assert_eq!(draft.changed(&base), [EditField::Groups]);
    group_choice::made(&mut draft.groups, "Night", "g9");
    assert_eq!(draft.changed(&base), [EditField::Groups]);
    assert_eq!(draft.update().auto_groups, ["g9"]);
}

#[test]
fn a_group_that_exists_by_now_is_taken_instead_of_made() {
    let groups = Groups::new(vec![Group {
        id: "g9".into(),
        name: "Night".into(),
        issued: "api".into(),
    }]);
    let mut draft = UserDraft {
        groups: vec![GroupChoice::New("Night".into()), GroupChoice::New("Day".into())],
        ..UserDraft::of(&user("u", Role::User))
    };
    assert!(draft.find_groups(&groups));
    assert_eq!(
        draft.groups,
        [GroupChoice::Existing("g9".into()), GroupChoice::New("Day".into())]
    );
    assert!(!draft.find_groups(&groups));
}

#[test]
fn what_is_edited_while_a_save_runs_outlives_it() {
    let base = with_groups(user("u", Role::User), &["a"]);
    let sent = UserDraft {
        role: Role::Admin,
        blocked: true,
        ..UserDraft::of(&base)
    };
    let mut saved = with_groups(base, &["a", "theirs"]);
    saved.role = Role::Admin;
    assert_eq!(
        settle(&sent, &sent, &saved),
        UserDraft::of(&saved),
        "what was sent is as the server has it, also where it has taken something else"
    );
    let form = UserDraft {
        role: Role::Auditor,
        ..sent.clone()
    };
    let left = settle(&sent, &form, &saved);
    assert_eq!(left.changed(&saved), [EditField::Role]);
    assert_eq!(left.role, Role::Auditor);
    assert_eq!(left.groups, existing(&["a", "theirs"]));
}

#[test]
fn an_edit_that_was_answered_with_theirs_is_given_up() {
    let base = user("u", Role::User);
    let mine = UserDraft {
        role: Role::Auditor,
        blocked: true,
        ..UserDraft::of(&base)
    };
    let mut answers = Resolution::default();
    answers.set(EditField::Blocked, Side::Mine);
    answers.set(EditField::Role, Side::Theirs);
    let mut left = mine.clone();
    left.give_up(&base, answers);
    assert_eq!(left.changed(&base), [EditField::Blocked]);
    let mut same = mine.clone();
    same.give_up(&base, Resolution::default());
    assert_eq!(same, mine);
}

#[test]
fn what_the_server_has_by_now_is_no_edit_any_more() {
    let base = with_groups(user("u", Role::User), &["a"]);
    let form = UserDraft {
        role: Role::Admin,
        groups: existing(&["b", "a"]),
        blocked: false,
    };
    assert_eq!(agree(&base, &form, &base), None);
    let mut now = with_groups(base.clone(), &["a", "b"]);
    now.is_blocked = true;
    let opened = agree(&base, &form, &now).unwrap();
    assert_eq!(form.changed(&opened), [EditField::Role]);
    assert!(
        !opened.is_blocked,
        "what the form did not touch is merged when it is saved"
    );
    now.role = Role::Auditor;
    assert_eq!(form.changed(&agree(&base, &form, &now).unwrap()), [EditField::Role]);
    now.role = Role::Admin;
    assert_eq!(form.changed(&agree(&base, &form, &now).unwrap()), []);
}

#[test]
fn the_rules_are_asked_again_of_the_user_as_they_are_now() {
    use crate::domain::permission::{Grant, Permissions};
    use crate::domain::user::UserId;
    let all = Grant {
        create: true,
        read: true,
        update: true,
        delete: true,
    };
    let caller = Caller {
        id: UserId("me".into()),
        role: Role::Owner,
        is_service_user: false,
        permissions: Permissions {
            is_restricted: false,
            modules: [("users".to_owned(), all)].into_iter().collect(),
        },
    };
    let now = user("u", Role::Owner);
    let draft = UserDraft {
        blocked: true,
        ..UserDraft::of(&now)
    };
    assert_eq!(
        check(&caller, &now, &draft),
        Err(Refusal::OwnerBlock),
        "never a blocked owner"
    );
    assert_eq!(
        check(&caller, &user("u", Role::User), &UserDraft::of(&now)),
        Err(Refusal::OwnershipTransfer)
    );
}

#[test]
fn a_lost_answer_is_judged_by_what_is_there() {
    let before = user("u", Role::User);
    let sent = UserUpdate {
        role: Role::Admin,
        ..UserUpdate::of(&before)
    };
    let mut now = before.clone();
    assert_eq!(outcome(&sent, &before, &now), Outcome::NotDone);
    now.role = Role::Admin;
    assert_eq!(outcome(&sent, &before, &now), Outcome::Done);
    now.role = Role::Auditor;
    assert_eq!(outcome(&sent, &before, &now), Outcome::Changed);
}

#[test]
fn unknown_ids_are_listed_so_that_they_can_be_dropped() {
    let base = with_groups(user("u", Role::User), &["gone"]);
    assert_eq!(
        group_choice::unknown(&UserDraft::of(&base).groups, &Groups::default()),
        ["gone"]
    );
}
