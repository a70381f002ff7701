//! The requests about people who wait, passwords, devices and where somebody comes from.

use roost::api::request::Request;
use roost::api::{events, identity_providers, peers, users};
use roost::domain::user::UserId;
use roost_list::rfc3339_seconds;

use crate::calls::{Call, assert_user, body_of, decode, goes_by, nothing};
use crate::recordings::Exchange;

/// `users::approve`.
pub const APPROVE: Call = Call {
    function: "users::approve",
    answer: Some("User"),
    is_list: false,
    body: None,
    is: |one| {
        one.user_action("approve")
            .is_some_and(|id| goes_by(one, &users::approve(&id)))
    },
    sends: nothing,
    check: |one| {
        let read = decode(users::approve(&one.user_action("approve").unwrap()), one);
        assert_user(&read, one.json.as_ref().unwrap(), &one.title);
    },
};

/// `users::reject`.
pub const REJECT: Call = Call {
    function: "users::reject",
    answer: None,
    is_list: false,
    body: None,
    is: |one| {
        one.user_action("reject")
            .is_some_and(|id| goes_by(one, &users::reject(&id)))
    },
    sends: nothing,
    check: |one| decode(users::reject(&one.user_action("reject").unwrap()), one),
};

/// `users::change_password`.
pub const CHANGE_PASSWORD: Call = Call {
    function: "users::change_password",
    answer: None,
    is_list: false,
    body: Some("PasswordChangeRequest"),
    is: |one| {
        one.user_action("password")
            .is_some_and(|id| goes_by(one, &users::change_password(&id, "", "")))
    },
    sends: |one| body_of(&password_of(one)),
    check: |one| decode(password_of(one), one),
};

/// `events::joins`.
pub const JOINS: Call = Call {
    function: "events::joins",
    answer: Some("Event"),
    is_list: true,
    body: None,
    is: |one| goes_by(one, &events::joins()),
    sends: nothing,
    check: |one| {
        let read = decode(events::joins(), one);
        for event in one.json.as_ref().unwrap().as_array().unwrap() {
            if event["activity_code"] == "user.join" {
                let time = rfc3339_seconds(event["timestamp"].as_str().unwrap()).unwrap();
                let target = UserId(event["target_id"].as_str().unwrap().to_owned());
                assert!(read.of(&target).is_some_and(|known| known >= time), "{}", one.title);
            }
        }
    },
};

/// `identity_providers::list`.
pub const PROVIDERS: Call = Call {
    function: "identity_providers::list",
    answer: Some("IdentityProvider"),
    is_list: true,
    body: None,
    is: |one| goes_by(one, &identity_providers::list()),
    sends: nothing,
    check: |one| {
        let read = decode(identity_providers::list(), one);
        for provider in one.json.as_ref().unwrap().as_array().unwrap() {
            let name = read.name(provider["id"].as_str().unwrap());
            assert_eq!(name, provider["name"].as_str(), "{}", one.title);
        }
    },
};

/// `peers::list`.
pub const DEVICES: Call = Call {
    function: "peers::list",
    answer: Some("PeerBatch"),
    is_list: true,
    body: None,
    is: |one| goes_by(one, &peers::list()),
    sends: nothing,
    check: |one| {
        let read = decode(peers::list(), one);
        let recorded = one.json.as_ref().unwrap().as_array().unwrap();
        assert_eq!(read.len(), recorded.len(), "{}", one.title);
    },
};

/// The change of a password as it was sent.
fn password_of(one: &Exchange) -> Request<()> {
    let sent = one.sent.clone().unwrap_or_default();
    let text = |name: &str| sent[name].as_str().unwrap().to_owned();
    let id = one.user_action("password").unwrap();
    users::change_password(&id, &text("old_password"), &text("new_password"))
}
