//! The requests that the console makes, and for each how its recorded answer is judged.

use std::ops::ControlFlow;

use roost::api::error::ApiError;
use roost::api::request::Request;
use roost::api::{accounts, groups, peers, users};
use roost::domain::groups::Group;
use roost::domain::permission::{Grant, Modules};
use roost::domain::role::Role;
use roost::domain::user::{User, UserId};
use roost::domain::user_edit::UserUpdate;
use roost_list::{Decoder, FindUser, LastLogin, Sink, Step, UserRef, rfc3339_seconds};
use serde_json::{Map, Value};

use crate::guests;
use crate::invites;
use crate::people;
use crate::recordings::Exchange;
use crate::settings;
use crate::tokens;

/// So many bytes of a list at a time: few enough that every kind of token is cut somewhere.
const PIECE: usize = 7;

/// One request of `src/api`.
pub struct Call {
    /// `file::function` in `src/api`.
    pub function: &'static str,
    /// The schema of a successful answer, if it has one.
    pub answer: Option<&'static str>,
    /// Whether that answer is a list of them.
    pub is_list: bool,
    /// The schema of the body that is sent.
    pub body: Option<&'static str>,
    /// Whether a recorded exchange is this call.
    pub is: fn(&Exchange) -> bool,
    /// The body that the console sends where the recorded one was sent.
    pub sends: fn(&Exchange) -> Option<String>,
    /// Decodes a successful answer and compares it with the recording.
    pub check: fn(&Exchange),
}

/// For what has no body.
pub fn nothing(_: &Exchange) -> Option<String> {
    None
}

/// Every request that `src/api` can build.
pub const CALLS: &[Call] = &[
    tokens::SERVICE_USERS,
    tokens::CREATE_SERVICE,
    tokens::LIST,
    tokens::CREATE,
    tokens::DELETE,
    guests::SETUP_REQUIRED,
    guests::VERSION,
    guests::SET_UP,
    guests::INFO,
    guests::ACCEPT,
    invites::LIST,
    invites::CREATE,
    invites::REGENERATE,
    invites::DELETE,
    invites::CREATE_USER,
    invites::RESEND,
    people::APPROVE,
    people::REJECT,
    people::CHANGE_PASSWORD,
    people::JOINS,
    people::PROVIDERS,
    people::DEVICES,
    settings::CURRENT,
    settings::LOG,
    settings::UPDATE,
    settings::PEERS,
    Call {
        function: "users::list",
        answer: Some("User"),
        is_list: true,
        body: None,
        is: |one| goes_by(one, &users::list()),
        sends: nothing,
        check: check_users,
    },
    Call {
        function: "users::current",
        answer: Some("User"),
        is_list: false,
        body: None,
        is: |one| goes_by(one, &users::current()),
        sends: nothing,
        check: check_current,
    },
    Call {
        function: "users::update",
        answer: Some("User"),
        is_list: false,
        body: Some("UserRequest"),
        is: |one| one.user_id().is_some_and(|id| goes_by(one, &update_of(id, one))),
        sends: |one| body_of(&update_of(one.user_id()?, one)),
        check: |one| {
            let read = decode(update_of(one.user_id().unwrap(), one), one);
            assert_user(&read, one.json.as_ref().unwrap(), &one.title);
        },
    },
    Call {
        function: "users::delete",
        answer: None,
        is_list: false,
        body: None,
        is: |one| {
            one.user_id()
                .is_some_and(|id| goes_by(one, &users::delete(&UserId(id.to_owned()))))
        },
        sends: nothing,
        check: |one| decode(users::delete(&UserId(one.user_id().unwrap().to_owned())), one),
    },
    Call {
        function: "groups::list",
        answer: Some("Group"),
        is_list: true,
        body: None,
        is: |one| goes_by(one, &groups::list()),
        sends: nothing,
        check: |one| {
            let read = decode(groups::list(), one);
            let recorded = one.json.as_ref().unwrap().as_array().unwrap();
            assert_eq!(read.iter().count(), recorded.len(), "{}", one.title);
            for group in recorded {
                let found = read.iter().find(|known| group["id"] == known.id).unwrap();
                assert_group(found, group, &one.title);
            }
        },
    },
    Call {
        function: "groups::create",
        answer: Some("Group"),
        is_list: false,
        body: Some("GroupRequest"),
        is: |one| goes_by(one, &groups::create("")),
        sends: |one| body_of(&groups::create(one.sent.as_ref()?["name"].as_str()?)),
        check: |one| {
            let read = decode(groups::create(""), one);
            assert_group(&read, one.json.as_ref().unwrap(), &one.title);
        },
    },
    Call {
        function: "peers::count_by_user",
        answer: Some("PeerBatch"),
        is_list: true,
        body: None,
        is: |one| goes_by(one, &peers::count_by_user()),
        sends: nothing,
        check: |one| {
            let read = decode(peers::count_by_user(), one);
            for peer in one.json.as_ref().unwrap().as_array().unwrap() {
                assert!(read.of(peer["user_id"].as_str().unwrap()) > 0, "{}", one.title);
            }
        },
    },
    Call {
        function: "accounts::delete",
        answer: None,
        is_list: false,
        body: None,
        is: |one| account_id(one).is_some_and(|id| goes_by(one, &accounts::delete(id))),
        sends: nothing,
        check: |one| decode(accounts::delete(account_id(one).unwrap()), one),
    },
    Call {
        function: "accounts::current",
        answer: Some("Account"),
        is_list: true,
        body: None,
        is: |one| goes_by(one, &accounts::current()),
        sends: nothing,
        check: |one| {
            let read = decode(accounts::current(), one);
            let recorded = &one.json.as_ref().unwrap()[0];
            let settings = &recorded["settings"];
            let title = &one.title;
            assert_eq!(
                (&recorded["id"], &recorded["domain"]),
                (&read.id.into(), &read.domain.into()),
                "{title}"
            );
            assert_eq!(settings["embedded_idp_enabled"], read.embedded_idp, "{title}");
            assert_eq!(settings["local_auth_disabled"], read.local_auth_disabled, "{title}");
            assert_eq!(
                settings["groups_propagation_enabled"], read.groups_propagation,
                "{title}"
            );
        },
    },
];

/// Whether a recorded exchange has method and path of a request.
pub fn goes_by<T>(one: &Exchange, request: &Request<T>) -> bool {
    let parts = request.clone().into_parts().0;
    parts.method.as_str() == one.method && parts.path.as_deref() == Ok(one.path.as_str())
}

/// The body of a request.
pub fn body_of<T>(request: &Request<T>) -> Option<String> {
    request.body().map(str::to_owned)
}

/// The update that says what the recorded one said.
fn update_of(id: &str, one: &Exchange) -> Request<User> {
    let sent = one.sent.clone().unwrap_or_default();
    let update = UserUpdate {
        role: Role::parse(sent["role"].as_str().unwrap_or_default()),
        auto_groups: texts(&sent["auto_groups"]),
        is_blocked: sent["is_blocked"] == true,
    };
    users::update(&UserId(id.to_owned()), &update)
}

/// Reads a recorded answer as the console does.
pub fn decode<T>(request: Request<T>, one: &Exchange) -> T {
    let decode = request.into_parts().1;
    decode(&one.text).unwrap_or_else(|error| panic!("{}: {error:?}", one.title))
}

/// Takes every row.
#[derive(Default)]
struct Rows(Vec<User>);

impl Sink for Rows {
    fn take(&mut self, row: &UserRef<'_>) -> ControlFlow<()> {
        self.0.push(User::from(row));
        ControlFlow::Continue(())
    }
}

/// The list has a decoder of its own: a stream, cut anywhere.
fn check_users(one: &Exchange) {
    let mut rows = Rows::default();
    let mut decoder = Decoder::new();
    for piece in one.text.as_bytes().chunks(PIECE) {
        decoder.push(piece);
        while decoder.step(&mut rows, 1).unwrap() == Step::Full {}
    }
    decoder.finish(&mut rows).unwrap();
    let recorded = one.json.as_ref().unwrap().as_array().unwrap();
    assert_eq!(rows.0.len(), recorded.len(), "{}", one.title);
    for (read, recorded) in rows.0.iter().zip(recorded) {
        assert_user(read, recorded, &one.title);
        let mut search = FindUser::new(read.id.as_str());
        search.push(one.text.as_bytes());
        while search.step(1).unwrap() == Step::Full {}
        assert_user(&User::from(&search.finish().unwrap().unwrap()), recorded, &one.title);
    }
}

fn check_current(one: &Exchange) {
    let read = decode(users::current(), one);
    let recorded = one.json.as_ref().unwrap();
    assert_user(&read.user, recorded, &one.title);
    let permissions = &recorded["permissions"];
    let modules: Modules = permissions["modules"]
        .as_object()
        .unwrap_or(&Map::new())
        .iter()
        .map(|(name, grant)| {
            let grant = Grant {
                create: grant["create"] == true,
                read: grant["read"] == true,
                update: grant["update"] == true,
                delete: grant["delete"] == true,
            };
            (name.clone(), grant)
        })
        .collect();
    assert_eq!(
        permissions["is_restricted"], read.permissions.is_restricted,
        "{}",
        one.title
    );
    assert_eq!(read.permissions.modules, modules, "{}", one.title);
}

/// A list of texts.
pub fn texts(value: &Value) -> Vec<String> {
    let items = value.as_array().into_iter().flatten();
    items.map(|item| item.as_str().unwrap().to_owned()).collect()
}

/// Holds a user against the recording.
pub fn assert_user(read: &User, recorded: &Value, title: &str) {
    let text = |name: &str| recorded[name].as_str().unwrap_or_default().to_owned();
    let flag = |name: &str| recorded[name] == true;
    let last_login = match text("last_login").as_str() {
        "" | "0001-01-01T00:00:00Z" => LastLogin::Never,
        time => LastLogin::At(rfc3339_seconds(time).unwrap().try_into().unwrap()),
    };
    let expected = User {
        id: UserId(text("id")),
        name: text("name"),
        email: text("email"),
        role: Role::parse(&text("role")),
        raw_status: text("status"),
        auto_groups: texts(&recorded["auto_groups"]),
        is_blocked: flag("is_blocked"),
        pending_approval: flag("pending_approval"),
        is_current: flag("is_current"),
        is_service_user: flag("is_service_user"),
        issued: text("issued"),
        last_login,
        idp_id: recorded["idp_id"].as_str().map(str::to_owned),
    };
    assert_eq!(read, &expected, "{title}");
    assert_eq!(read.role.as_str(), text("role"), "{title}");
}

fn assert_group(read: &Group, recorded: &Value, title: &str) {
    let expected = [&recorded["id"], &recorded["name"], &recorded["issued"]];
    assert_eq!(
        expected,
        [read.id.as_str(), read.name.as_str(), read.issued.as_str()],
        "{title}"
    );
}

/// What a refusal is read as: never an answer, always with the server's words, but for a session that has ended.
pub fn check_refusal(one: &Exchange) -> ApiError {
    let error = ApiError::from_answer(one.status, &one.text);
    assert_eq!(error.status, Some(one.status), "{}", one.title);
    let words = match &one.json {
        Some(json) => json["message"].as_str().unwrap(),
        None => one.text.trim(),
    };
    let expected = if error.is_unauthorized() { "" } else { words };
    assert_eq!(error.message, expected, "{}", one.title);
    error
}

/// The account of a call's path.
fn account_id(one: &Exchange) -> Option<&str> {
    one.path.strip_prefix("/api/accounts/")
}
