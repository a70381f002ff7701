//! Users that no list should stumble over, and the plain way to do what the crate does fast.
#![allow(dead_code, reason = "every test file uses its own part")]

use proptest::prelude::*;
use roost_list::{LastLogin, Store, UserRef, fold};
use serde_json::{Value, json};

/// Texts with everything that has ever broken a list: capitals and accents, other scripts, emoji, escapes, control and
/// direction characters, numbers, nothing.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[A-Ca-c0-2 .@-]{0,8}",
        2 => "(web|Web|wéb|)-?0{0,2}[0-9]{0,3}",
        1 => "[ÀÉßÆſİıςΣЖжญ李龍😀\u{301}]{0,5}",
        1 => "[\\\\\"/\u{0}\u{1}\u{7f}\n\t\u{202e}\u{ffff}\u{10ffff}]{0,4}",
        1 => any::<String>(),
    ]
}

fn last_login() -> impl Strategy<Value = LastLogin> {
    prop_oneof![
        Just(LastLogin::Never),
        Just(LastLogin::Unreadable),
        // Few values, so that there are ties.
        (1_u32..5).prop_map(|n| LastLogin::At(n * 400_000_000)),
    ]
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![8 => prop::sample::select(words).prop_map(str::to_owned), 1 => "[a-zA-Z]{0,3}"]
}

pub fn user() -> impl Strategy<Value = UserRef<'static>> {
    let texts = (text(), text(), text());
    let words = (
        one_of(&["owner", "admin", "network_admin", "auditor", "user", "billing_admin"]),
        one_of(&["active", "invited", "blocked"]),
        one_of(&["api", "integration", ""]),
        prop::option::of(one_of(&["local", "google"])),
    );
    let groups = prop::collection::vec(one_of(&["g1", "g2", "g3"]), 0..4);
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (texts, words, groups, flags, last_login()).prop_map(|(texts, words, groups, flags, last_login)| UserRef {
        id: texts.0.into(),
        name: texts.1.into(),
        email: texts.2.into(),
        role: words.0.into(),
        status: words.1.into(),
        issued: words.2.into(),
        idp_id: words.3.map(Into::into),
        auto_groups: groups.into_iter().map(Into::into).collect(),
        is_blocked: flags.0,
        is_service_user: flags.1,
        pending_approval: flags.2,
        is_current: false,
        last_login,
    })
}

pub fn users(most: usize) -> impl Strategy<Value = Vec<UserRef<'static>>> {
    prop::collection::vec(user(), 0..most)
}

/// The user as the API writes it.
pub fn to_json(user: &UserRef<'_>) -> Value {
    let mut value = json!({
        "id": user.id, "name": user.name, "email": user.email, "role": user.role, "status": user.status,
        "auto_groups": user.auto_groups, "is_blocked": user.is_blocked, "is_current": user.is_current,
        "is_service_user": user.is_service_user, "pending_approval": user.pending_approval, "issued": user.issued,
        "last_login": time_text(user.last_login), "something_new": {"a": [1, null, "x"]},
    });
    if let (Some(idp), Some(fields)) = (&user.idp_id, value.as_object_mut()) {
        fields.insert("idp_id".to_owned(), json!(idp));
    }
    value
}

fn time_text(login: LastLogin) -> String {
    match login {
        LastLogin::Never => "0001-01-01T00:00:00Z".to_owned(),
        LastLogin::Unreadable => "no idea".to_owned(),
        // The tests use multiples of 400,000,000 seconds only.
        LastLogin::At(400_000_000) => "1982-09-04T15:06:40Z".to_owned(),
        LastLogin::At(800_000_000) => "1995-05-09T06:13:20.5Z".to_owned(),
        LastLogin::At(1_200_000_000) => "2008-01-10T22:20:00+01:00".to_owned(),
        LastLogin::At(_) => "2020-09-13T12:26:40.123456789Z".to_owned(),
    }
}

/// The body of `GET /users`.
pub fn body(users: &[UserRef<'_>]) -> Vec<u8> {
    Value::from(users.iter().map(to_json).collect::<Vec<_>>())
        .to_string()
        .into_bytes()
}

/// A store of these users.
pub fn store(users: &[UserRef<'_>]) -> Store {
    let mut store = Store::new();
    for user in users {
        store.push(user);
    }
    store
}

/// Everything in a store, in its order.
pub fn contents(store: &Store) -> Vec<UserRef<'_>> {
    store.iter().map(|row| row.to_user()).collect()
}

/// A named user.
pub fn named(id: &str, name: &str) -> UserRef<'static> {
    UserRef {
        id: id.to_owned().into(),
        name: name.to_owned().into(),
        role: "user".into(),
        status: "active".into(),
        ..UserRef::default()
    }
}

/// A text as pieces of letters and numbers, compared the way people count.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub struct Natural(Vec<(u8, usize, Vec<u8>)>);

pub fn natural(text: &str) -> Natural {
    let folded = fold(text);
    let mut rest = folded.trim_start_matches([' ', '\t', '\n', '\r', '\u{c}']).as_bytes();
    let mut pieces = Vec::new();
    while let Some((first, more)) = rest.split_first() {
        if first.is_ascii_digit() {
            let end = rest
                .iter()
                .position(|byte| !byte.is_ascii_digit())
                .unwrap_or(rest.len());
            let (digits, more) = rest.split_at(end);
            let number: Vec<u8> = digits.iter().copied().skip_while(|digit| *digit == b'0').collect();
            pieces.push((b'0', number.len(), number));
            rest = more;
        } else {
            pieces.push(((*first).max(1), 0, Vec::new()));
            rest = more;
        }
    }
    Natural(pieces)
}

impl Natural {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
