//! How long links work, which invitations are over, and what a list of them shows.

use super::*;

fn invite(id: &str, name: &str, created: i64, ends: i64) -> Invite {
    Invite {
        id: InviteId(id.to_owned()),
        email: format!("{id}@example.com"),
        name: name.to_owned(),
        role: Role::User,
        auto_groups: Vec::new(),
        created_at: Some(created),
        ends_at: Some(ends),
        ends_as_sent: String::new(),
        expired: false,
    }
}

#[test]
fn a_link_works_for_whole_hours_or_days_one_at_least() {
    for (amount, unit, expected) in [
        ("1", LifeUnit::Hours, Ok(3_600)),
        (" 36 ", LifeUnit::Hours, Ok(129_600)),
        ("3", LifeUnit::Days, Ok(259_200)),
        ("007", LifeUnit::Days, Ok(604_800)),
        ("106751", LifeUnit::Days, Ok(9_223_286_400)),
        ("106752", LifeUnit::Days, Err(LifeProblem::TooLong)),
        ("2562047", LifeUnit::Hours, Ok(9_223_369_200)),
        ("2562048", LifeUnit::Hours, Err(LifeProblem::TooLong)),
        ("99999999999999999999999", LifeUnit::Days, Err(LifeProblem::TooLong)),
        ("0", LifeUnit::Hours, Err(LifeProblem::TooShort)),
        ("", LifeUnit::Days, Err(LifeProblem::NotANumber)),
        ("-1", LifeUnit::Days, Err(LifeProblem::NotANumber)),
        ("+1", LifeUnit::Days, Err(LifeProblem::NotANumber)),
        ("1.5", LifeUnit::Days, Err(LifeProblem::NotANumber)),
        ("1e3", LifeUnit::Days, Err(LifeProblem::NotANumber)),
        ("٣", LifeUnit::Days, Err(LifeProblem::NotANumber)),
    ] {
        assert_eq!(life_seconds(amount, unit), expected, "{amount} {unit:?}");
    }
    for unit in LifeUnit::ALL {
        assert_eq!(LifeUnit::parse(unit.as_str()), unit);
    }
}

#[test]
fn an_invitation_is_over_when_the_server_or_the_clock_says_so() {
    let one = invite("a", "A", 0, 1_000);
    assert!(!one.is_over(999));
    assert!(one.is_over(1_000), "the end itself is over");
    let said = Invite { expired: true, ..one };
    assert!(said.is_over(0), "whatever this clock says");
    let endless = Invite {
        ends_at: None,
        expired: false,
        ..said
    };
    assert!(!endless.is_over(i64::MAX), "an unreadable end is no end");
}

#[test]
fn what_is_left_is_said_in_the_largest_unit_that_fits() {
    for (seconds, expected) in [
        (-5, Left::Over),
        (0, Left::Over),
        (1, Left::Minutes(1)),
        (3_599, Left::Minutes(59)),
        (3_600, Left::Hours(1)),
        (5_399, Left::Hours(1)),
        (5_400, Left::Hours(2)),
        (86_399, Left::Hours(24)),
        (86_400, Left::Days(1)),
        (129_599, Left::Days(1)),
        (259_199, Left::Days(3)),
        (30 * 86_400, Left::Days(30)),
        (30 * 86_400 + 1, Left::Long),
    ] {
        assert_eq!(left(1_800_000_000 + seconds, 1_800_000_000), expected, "{seconds}");
    }
    assert_eq!(left(i64::MIN, i64::MAX), Left::Over);
}

#[test]
fn an_address_says_what_the_list_shows() {
    assert_eq!(InviteQuery::default().to_query(), "");
    for query in ["q=ada%20%26%20co", "sort=name", "q=x&sort=-ends", "sort=created"] {
        assert_eq!(InviteQuery::parse(query).to_query(), query);
    }
    assert_eq!(InviteQuery::parse("?sort=-created&x=1&q="), InviteQuery::default());
    assert_eq!(InviteQuery::parse("sort=colour&q=a+b").text, "a b");
    assert_eq!(InviteQuery::parse("q=%ff&q").text, "", "the last word counts");
}

#[test]
fn a_click_on_a_head_sorts_and_a_second_turns_round() {
    let once = InviteQuery::default().sorted_by(InviteColumn::Name);
    assert!(!once.descending);
    let twice = once.sorted_by(InviteColumn::Name);
    assert!(twice.descending);
    assert!(!twice.sorted_by(InviteColumn::Name).descending);
}

#[test]
fn a_search_finds_names_addresses_and_the_words_of_role_and_groups() {
    let all = [
        invite("ada", "Ada Okafor", 3, 9),
        invite("bo", "", 2, 8),
        invite("cy", "Cy", 1, 1),
    ];
    let find = |text: &str| {
        let query = InviteQuery {
            text: text.to_owned(),
            ..InviteQuery::default()
        };
        let words = |invite: &Invite| (if invite.id.0 == "cy" { "Auditor" } else { "User" }).to_owned();
        let found = query.visible(&all, 5, words);
        found.into_iter().map(|invite| invite.id.0).collect::<Vec<_>>()
    };
    assert_eq!(find(""), ["ada", "bo", "cy"], "the newest first");
    assert_eq!(find("  OKA "), ["ada"]);
    assert_eq!(find("bo@"), ["bo"]);
    assert_eq!(find("auditor cy"), ["cy"]);
    assert_eq!(find("nobody"), [""; 0]);
}

#[test]
fn every_column_sorts_and_ties_are_settled() {
    let all = [
        invite("b", "Same", 1, 30),
        invite("a", "Same", 1, 10),
        invite("c", "another", 2, 3),
    ];
    let order = |sort: InviteColumn, descending: bool| {
        let query = InviteQuery {
            text: String::new(),
            sort,
            descending,
        };
        let found = query.visible(&all, 5, |_| String::new());
        found.into_iter().map(|invite| invite.id.0).collect::<String>()
    };
    assert_eq!(order(InviteColumn::Name, false), "cab");
    assert_eq!(order(InviteColumn::Name, true), "bac");
    assert_eq!(order(InviteColumn::Status, false), "abc");
    assert_eq!(order(InviteColumn::Status, true), "cab");
    assert_eq!(order(InviteColumn::Role, false), "cab");
    assert_eq!(order(InviteColumn::Ends, false), "cab");
    assert_eq!(order(InviteColumn::Created, false), "abc");
    assert_eq!(order(InviteColumn::Created, true), "cab");
}
