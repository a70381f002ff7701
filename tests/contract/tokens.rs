//! The requests about service users and tokens, and how their recorded answers are judged.

use roost::api::request::Request;
use roost::api::tokens::{self, CreatedToken};
use roost::api::users;
use roost::domain::role::Role;
use roost::domain::service_user::NewServiceUser;
use roost::domain::time::Moment;
use roost::domain::token::{MOST_DAYS, NewToken, Token};
use roost::domain::user::{User, UserId};
use roost_list::rfc3339_seconds;
use serde_json::Value;

use crate::calls::{Call, assert_user, body_of, decode, goes_by, nothing, texts};
use crate::recordings::Exchange;

/// `GET /users?service_user=true`.
pub const SERVICE_USERS: Call = Call {
    function: "users::service_users",
    answer: Some("User"),
    is_list: true,
    body: None,
    is: |one| goes_by(one, &users::service_users()),
    sends: nothing,
    check: |one| {
        let read = decode(users::service_users(), one);
        let recorded = one.json.as_ref().unwrap().as_array().unwrap();
        assert_eq!(read.len(), recorded.len(), "{}", one.title);
        for (read, recorded) in read.iter().zip(recorded) {
            assert!(read.is_service_user, "{}", one.title);
            assert_user(read, recorded, &one.title);
        }
    },
};

/// `POST /users` of a service user.
pub const CREATE_SERVICE: Call = Call {
    function: "users::create_service",
    answer: Some("User"),
    is_list: false,
    body: Some("UserCreateRequest"),
    is: |one| goes_by(one, &create_of(one)) && one.sent.as_ref().is_some_and(|sent| sent["is_service_user"] == true),
    sends: |one| body_of(&create_of(one)),
    check: |one| assert_user(&decode(create_of(one), one), one.json.as_ref().unwrap(), &one.title),
};

/// `GET /users/{id}/tokens`.
pub const LIST: Call = Call {
    function: "tokens::list",
    answer: Some("PersonalAccessToken"),
    is_list: true,
    body: None,
    is: |one| owner(one).is_some_and(|user| goes_by(one, &tokens::list(&user))),
    sends: nothing,
    check: |one| {
        let read = decode(tokens::list(&owner(one).unwrap()), one);
        // An empty list is recorded as null.
        let none = Vec::new();
        let recorded = one.json.as_ref().unwrap().as_array().unwrap_or(&none);
        assert_eq!(read.len(), recorded.len(), "{}", one.title);
        for recorded in recorded {
            let found = read.iter().find(|token| recorded["id"] == token.id.as_str()).unwrap();
            assert_token(found, recorded, &one.title);
        }
    },
};

/// `POST /users/{id}/tokens`.
pub const CREATE: Call = Call {
    function: "tokens::create",
    answer: Some("PersonalAccessTokenGenerated"),
    is_list: false,
    body: Some("PersonalAccessTokenRequest"),
    is: |one| owner(one).is_some_and(|user| goes_by(one, &token_of(&user, one))),
    // Days that no token can have never come out of the form (`domain::token::check_days`).
    sends: |one| body_of(&token_of(&owner(one)?, one)).filter(|_| days_of(one).is_some_and(|days| days <= MOST_DAYS)),
    check: |one| {
        let read = decode(token_of(&owner(one).unwrap(), one), one);
        let recorded = one.json.as_ref().unwrap();
        assert_eq!(recorded["plain_token"], read.secret.as_str(), "{}", one.title);
        assert_token(&read.token, &recorded["personal_access_token"], &one.title);
    },
};

/// `DELETE /users/{id}/tokens/{token}`.
pub const DELETE: Call = Call {
    function: "tokens::delete",
    answer: None,
    is_list: false,
    body: None,
    is: |one| ids(one).is_some_and(|(user, token)| goes_by(one, &tokens::delete(&user, token))),
    sends: nothing,
    check: |one| {
        let (user, token) = ids(one).unwrap();
        decode(tokens::delete(&user, token), one);
    },
};

/// Whose tokens are meant.
fn owner(one: &Exchange) -> Option<UserId> {
    let id = one.path.strip_prefix("/api/users/")?.strip_suffix("/tokens")?;
    Some(UserId(id.to_owned()))
}

/// Whose token is meant, and which.
fn ids(one: &Exchange) -> Option<(UserId, &str)> {
    let (user, token) = one.path.strip_prefix("/api/users/")?.split_once("/tokens/")?;
    Some((UserId(user.to_owned()), token))
}

/// The service user that the recorded body describes.
fn create_of(one: &Exchange) -> Request<User> {
    let sent = one.sent.clone().unwrap_or_default();
    users::create_service(&NewServiceUser {
        name: sent["name"].as_str().unwrap_or_default().to_owned(),
        role: Role::parse(sent["role"].as_str().unwrap_or_default()),
        auto_groups: texts(&sent["auto_groups"]),
    })
}

fn days_of(one: &Exchange) -> Option<u16> {
    let days = one.sent.as_ref()?["expires_in"].as_u64()?;
    Some(days.try_into().unwrap()).filter(|days| *days > 0)
}

/// The token that the recorded body describes.
fn token_of(user: &UserId, one: &Exchange) -> Request<CreatedToken> {
    let sent = one.sent.clone().unwrap_or_default();
    tokens::create(
        user,
        &NewToken {
            name: sent["name"].as_str().unwrap_or_default().to_owned(),
            days: days_of(one).unwrap_or_default(),
        },
    )
}

fn assert_token(read: &Token, recorded: &Value, title: &str) {
    let moment = |name: &str| {
        recorded[name]
            .as_str()
            .map_or(Moment::Never, |text| Moment::At(rfc3339_seconds(text).unwrap()))
    };
    let expected = Token {
        id: recorded["id"].as_str().unwrap().to_owned(),
        name: recorded["name"].as_str().unwrap().to_owned(),
        created_by: UserId(recorded["created_by"].as_str().unwrap().to_owned()),
        created_at: moment("created_at"),
        expires_at: moment("expiration_date"),
        last_used: moment("last_used"),
    };
    assert_eq!(read, &expected, "{title}");
}
