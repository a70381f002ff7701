//! Properties of the pure core, checked on generated inputs.
#![cfg(not(target_arch = "wasm32"))]

use proptest::prelude::*;
use roost::auth::claims::Claims;
use roost::auth::step_up::is_proof;
use roost::domain::group_choice::GroupChoice;
use roost::domain::groups::{Group, Groups};
use roost::domain::list_query::{COLUMNS, ListQuery, SortKey};
use roost::domain::role::Role;
use roost::domain::user::{User, UserId};
use roost::domain::user_edit::{EditField, Merge, Resolution, Side, UserDraft, merge};
use roost::routes::Route;

fn words() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::btree_set(".{1,12}", 0..4).prop_map(|set| set.into_iter().collect())
}

fn sort() -> impl Strategy<Value = Vec<SortKey>> {
    proptest::sample::subsequence(COLUMNS.map(|(column, _)| column).to_vec(), 1..=3)
        .prop_shuffle()
        .prop_flat_map(|columns| {
            let count = columns.len();
            (Just(columns), proptest::collection::vec(any::<bool>(), count))
        })
        .prop_map(|(columns, descending)| {
            columns
                .into_iter()
                .zip(descending)
                .map(|(column, descending)| SortKey { column, descending })
                .collect()
        })
}

prop_compose! {
    fn query()(
        text in ".{0,20}",
        (roles, statuses, groups) in (words(), words(), words()),
        (providers, issued, logins) in (words(), words(), words()),
        sort in sort(),
    ) -> ListQuery {
        ListQuery { text, roles, statuses, groups, providers, issued, logins, sort }
    }
}

fn role() -> impl Strategy<Value = Role> {
    prop_oneof![
        proptest::sample::select(Role::ASSIGNABLE.to_vec()),
        "[a-z]{0,8}".prop_map(|name| Role::parse(&name)),
    ]
}

fn group_ids() -> impl Strategy<Value = Vec<String>> {
    proptest::sample::subsequence(vec!["a", "b", "c", "d"], 0..=4)
        .prop_shuffle()
        .prop_map(|ids| ids.into_iter().map(str::to_owned).collect())
}

prop_compose! {
    fn user()(role in role(), auto_groups in group_ids(), is_blocked in any::<bool>()) -> User {
        User {
            id: UserId("u".into()),
            name: "Name".into(),
            email: "u@example.com".into(),
            role,
            raw_status: "active".into(),
            auto_groups,
            is_blocked,
            pending_approval: false,
            is_current: false,
            is_service_user: false,
            issued: "api".into(),
            last_login: roost_list::LastLogin::Never,
            idp_id: None,
        }
    }
}

proptest! {
    #[test]
    fn a_list_query_survives_its_address(query in query()) {
        prop_assert_eq!(ListQuery::parse(&query.to_query()), query);
    }

    #[test]
    fn a_list_query_takes_any_text(text in ".{0,200}") {
        let query = ListQuery::parse(&text);
        prop_assert!(!query.sort.is_empty());
        prop_assert_eq!(ListQuery::parse(&query.to_query()), query);
    }

    #[test]
    fn every_route_is_read_back_from_its_path(id in ".{1,40}", query in query()) {
        prop_assume!(id != "." && id != "..");
        for route in [Route::Users(query.clone()), Route::User(UserId(id.clone())), Route::SignIn, Route::Callback] {
            prop_assert_eq!(Route::parse(&route.to_path()), Some(route));
        }
    }

    #[test]
    fn an_id_never_adds_segments(id in ".{0,40}") {
        let path = Route::User(UserId(id)).to_path();
        let path = path.split('?').next().unwrap();
        prop_assert!(path.bytes().filter(|byte| *byte == b'/').count() <= 2);
        prop_assert!(path.is_ascii());
    }

    #[test]
    fn no_path_makes_the_router_panic(path in ".{0,60}") {
        let _ = Route::parse(&path);
        let _ = Route::is_return_target(&path);
    }

    #[test]
    fn a_merge_loses_no_edit(base in user(), mine in user(), theirs in user()) {
        let draft = UserDraft::of(&mine);
        let now = UserDraft::of(&theirs);
        match merge(&base, &draft, &theirs, Resolution::default()) {
            Merge::Ask(fields) => {
                for field in EditField::ALL {
                    let both = draft.differs(&base, field) && now.differs(&base, field) && draft.differs(&theirs, field);
                    prop_assert_eq!(fields.contains(&field), both);
                }
                let mut answers = Resolution::default();
                for field in &fields {
                    answers.set(*field, Side::Mine);
                }
                let answered = merge(&base, &draft, &theirs, answers);
                prop_assert!(matches!(answered, Merge::Ready { .. }), "no question is left");
            }
            Merge::Ready { draft: merged, elsewhere } => {
                for field in EditField::ALL {
                    if draft.differs(&base, field) {
                        prop_assert!(!merged.differs(&mine, field), "my edit survives");
                    } else {
                        prop_assert!(!merged.differs(&theirs, field), "theirs survives where I did not edit");
                    }
                    let foreign = now.differs(&base, field) && !draft.differs(&base, field);
                    prop_assert_eq!(elsewhere.contains(&field), foreign);
                }
            }
        }
    }

    #[test]
    fn a_draft_becomes_the_update_it_says(user in user()) {
        let update = UserDraft::of(&user).update();
        prop_assert!(update.is_done(&user));
    }

    #[test]
    fn new_group_names_are_sent_trimmed_and_unique(name in ".{0,20}", known in proptest::collection::vec("[a-c]{1,2}", 0..4)) {
        let groups = Groups::new(
            known.iter().enumerate().map(|(at, name)| Group { id: at.to_string(), name: name.clone(), issued: "api".into() }).collect(),
        );
        if let Ok(accepted) = groups.check_new_name(&name) {
            prop_assert_eq!(accepted, name.trim());
            prop_assert!(!accepted.is_empty() && !known.iter().any(|taken| taken == accepted));
        }
    }
}

#[test]
fn a_group_chosen_twice_is_sent_once() {
    let choice = GroupChoice::Existing("a".into());
    let draft = UserDraft {
        role: Role::User,
        groups: vec![choice.clone(), choice],
        blocked: false,
    };
    assert_eq!(draft.update().auto_groups, ["a"]);
}

proptest! {
    /// Whatever the two clocks say and however long the window was open.
    #[test]
    fn only_a_sign_in_after_the_question_is_a_proof(
        asked in 0_i64..4_000_000_000,
        waited in 0_i64..86_400,
        after in 0_i64..86_400,
        before in 61_i64..4_000_000_000,
    ) {
        let issued_at = asked + waited;
        let answer = |auth_time: i64| Claims {
            issuer: "i".into(),
            subject: "s".into(),
            audiences: vec!["a".into()],
            expires_at: issued_at,
            issued_at: Some(issued_at),
            nonce: None,
            authorized_party: None,
            auth_time: Some(auth_time),
            is_signed: true,
        };
        prop_assert!(is_proof(&answer(asked + after.min(waited)), waited));
        prop_assert!(!is_proof(&answer(asked - before), waited));
    }
}
