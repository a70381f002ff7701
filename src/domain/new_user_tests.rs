//! What is refused before anything is sent, and in which modes of a server.

use super::super::permission::{Module, Operation};
use super::*;
use crate::domain::groups::Group;
use crate::domain::permission::{Grant, Permissions};
use crate::domain::user::UserId;
use crate::domain::user::tests::user;

fn caller(create: bool) -> Caller {
    let grant = Grant {
        create,
        read: true,
        ..Grant::default()
    };
    Caller {
        id: UserId("me".to_owned()),
        role: Role::Admin,
        is_service_user: false,
        permissions: Permissions {
            is_restricted: false,
            modules: [("users".to_owned(), grant)].into_iter().collect(),
        },
    }
}

fn groups() -> Groups {
    let group = |id: &str, name: &str| Group {
        id: id.to_owned(),
        name: name.to_owned(),
        issued: "api".to_owned(),
    };
    Groups::new(vec![group("1", "All"), group("2", "Design")])
}

fn draft() -> NewUserDraft {
    NewUserDraft {
        name: "  Nina Petit ".to_owned(),
        email: " Nina@example.com ".to_owned(),
        ..NewUserDraft::default()
    }
}

#[test]
fn each_mode_of_a_server_lets_people_in_by_its_own_way() {
    for (embedded, off, no_manager, admission, refusal) in [
        (true, false, false, Admission::Embedded, None),
        (true, false, true, Admission::Embedded, None),
        (true, true, false, Admission::NoPasswords, Some(Refusal::NoLocalSignIn)),
        (false, false, false, Admission::External, None),
        (
            false,
            false,
            true,
            Admission::Unmanaged,
            Some(Refusal::NoProviderManager),
        ),
    ] {
        assert_eq!(Admission::of(embedded, off, no_manager), admission);
        assert_eq!(may_make(&caller(true), Some(admission)).err(), refusal, "{admission:?}");
        assert_eq!(admission.has_links(), embedded);
        // The grant comes first: who may not make anybody is told that, whatever the server could do.
        assert_eq!(
            may_make(&caller(false), Some(admission)),
            Err(Refusal::NoPermission(Module::Users, Operation::Create))
        );
    }
    assert_eq!(may_make(&caller(true), None), Ok(()), "not known yet is no refusal");
}

#[test]
fn only_an_outside_providers_open_invitation_is_sent_again() {
    let mut invited = user("u", Role::User);
    invited.raw_status = "invited".to_owned();
    for (admission, expected) in [
        (Some(Admission::External), true),
        (Some(Admission::Unmanaged), true),
        (None, true),
        (Some(Admission::Embedded), false),
        (Some(Admission::NoPasswords), false),
    ] {
        assert_eq!(can_be_resent(&invited, admission), expected, "{admission:?}");
        assert!(!can_be_resent(&user("u", Role::User), admission), "they have come");
    }
    assert_eq!(
        may_resend(&caller(true), Some(Admission::Unmanaged)),
        Err(Refusal::NoProviderManager)
    );
    invited.is_service_user = true;
    assert!(!can_be_resent(&invited, Some(Admission::External)));
}

#[test]
fn the_owner_and_words_that_are_no_role_are_not_given() {
    assert_eq!(give_role(&Role::Owner), Err(Refusal::OwnershipTransfer));
    assert_eq!(give_role(&Role::parse("contractor")), Err(Refusal::UnknownRole));
    for role in [
        Role::Admin,
        Role::NetworkAdmin,
        Role::Auditor,
        Role::BillingAdmin,
        Role::User,
    ] {
        assert_eq!(give_role(&role), Ok(()));
    }
}

#[test]
fn addresses_are_judged_by_their_form() {
    for good in [
        "a@example.com",
        "first.last+tag@sub.example.org",
        "o'neil@example.com",
        "ключ@пример.example",
        "x@localhost",
        "{odd}!#$%&*=?^_`|~-/@example.com",
    ] {
        assert_eq!(check_email(good), Ok(()), "{good}");
    }
    for bad in [
        "nobody",
        "@example.com",
        "a@",
        "a@@example.com",
        "a@b@example.com",
        "a b@example.com",
        "a@exam ple.com",
        "a\u{a0}b@example.com",
        "Ada <a@example.com>",
        "a@example.com,b@example.com",
        "a@example..com",
        ".a@example.com",
        "a@example.com.",
        "a\u{0}@example.com",
    ] {
        assert_eq!(check_email(bad), Err(EmailProblem::Malformed), "{bad:?}");
    }
    assert_eq!(check_email(""), Err(EmailProblem::Empty));
}

#[test]
fn the_same_address_in_other_capitals_is_the_same() {
    assert!(same_address("Ada@Example.com", " ada@example.COM"));
    assert!(same_address("ÄDA@example.com", "äda@example.com"));
    assert!(!same_address("ada@example.com", "ada@example.org"));
    assert!(!same_address("ada@example.com", "äda@example.com"));
}

#[test]
fn what_is_typed_is_trimmed_and_checked_field_by_field() {
    assert!(draft().problems(Some(&groups())).is_none());
    let person = draft().person();
    assert_eq!(
        (person.name.as_str(), person.email.as_str()),
        ("Nina Petit", "Nina@example.com")
    );

    let empty = NewUserDraft {
        role: Role::Owner,
        life: "0".to_owned(),
        ..NewUserDraft::default()
    };
    let problems = empty.problems(Some(&groups()));
    assert!(problems.no_name);
    assert_eq!(problems.email, Some(EmailProblem::Empty));
    assert_eq!(problems.role, Some(Refusal::OwnershipTransfer));
    assert_eq!(problems.life, Some(LifeProblem::TooShort));
    assert!(!empty.is_touched());
    assert!(draft().is_touched());
}

#[test]
fn how_long_a_link_works_matters_only_for_a_link() {
    for (way, expected) in [
        (Way::Link, Some(LifeProblem::NotANumber)),
        (Way::Password, None),
        (Way::Mail, None),
    ] {
        let draft = NewUserDraft {
            life: "soon".to_owned(),
            way,
            ..draft()
        };
        assert_eq!(draft.problems(None).life, expected, "{way:?}");
    }
    assert_eq!(draft().seconds(), Some(259_200), "as long as the server's own default");
}

#[test]
fn groups_that_are_gone_and_all_are_caught_because_the_server_does_not() {
    let with = |id: &str| NewUserDraft {
        groups: vec![GroupChoice::Existing(id.to_owned())],
        ..draft()
    };
    assert_eq!(with("2").problems(Some(&groups())).groups, None);
    assert_eq!(with("1").problems(Some(&groups())).groups, Some(GroupsProblem::All));
    assert_eq!(
        with("gone").problems(Some(&groups())).groups,
        Some(GroupsProblem::Unknown("gone".to_owned()))
    );
    assert_eq!(with("gone").problems(None).groups, None, "not known, not judged");
}

#[test]
fn a_group_is_made_once_and_sent_once() {
    let mut draft = draft();
    draft.groups = vec![
        GroupChoice::Existing("2".to_owned()),
        GroupChoice::New("Night".to_owned()),
        GroupChoice::Existing("2".to_owned()),
    ];
    assert_eq!(draft.person().auto_groups, ["2"]);
    group_choice::made(&mut draft.groups, "Night", "9");
    assert_eq!(draft.person().auto_groups, ["2", "9"]);
}
