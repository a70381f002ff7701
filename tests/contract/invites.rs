//! How the recorded invitations and new people are judged.

use roost::api::{invites, users};
use roost::domain::invite::{Invite, InviteId};
use roost::domain::new_user::NewUser;
use roost::domain::role::Role;
use roost::domain::user::UserId;
use roost_list::rfc3339_seconds;
use serde_json::Value;

use crate::calls::{Call, assert_user, body_of, decode, goes_by, nothing, texts};
use crate::recordings::Exchange;

/// The server's own life of a link: what an absent `expires_in` means.
pub const USUAL_SECONDS: u64 = 259_200;

/// All invitations.
pub const LIST: Call = Call {
    function: "invites::list",
    answer: Some("UserInvite"),
    is_list: true,
    body: None,
    is: |one| goes_by(one, &invites::list()),
    sends: nothing,
    check: |one| {
        let read = decode(invites::list(), one);
        let recorded = one.json.as_ref().unwrap().as_array().unwrap();
        assert_eq!(read.len(), recorded.len(), "{}", one.title);
        for (read, recorded) in read.iter().zip(recorded) {
            assert_invite(read, recorded, &one.title);
        }
    },
};

/// A new one.
pub const CREATE: Call = Call {
    function: "invites::create",
    answer: Some("UserInvite"),
    is_list: false,
    body: Some("UserInviteCreateRequest"),
    is: |one| goes_by(one, &invites::create(&person(one), USUAL_SECONDS)),
    sends: |one| {
        let seconds = one.sent.as_ref()?["expires_in"].as_u64().unwrap_or(USUAL_SECONDS);
        body_of(&invites::create(&person(one), seconds))
    },
    check: |one| {
        let made = decode(invites::create(&person(one), USUAL_SECONDS), one);
        let recorded = one.json.as_ref().unwrap();
        assert_invite(&made.invite, recorded, &one.title);
        assert_eq!(recorded["invite_token"], made.token.as_str(), "{}", one.title);
        assert!(!made.token.is_empty(), "{}", one.title);
    },
};

/// Another link.
pub const REGENERATE: Call = Call {
    function: "invites::regenerate",
    answer: Some("UserInviteRegenerateResponse"),
    is_list: false,
    body: Some("UserInviteRegenerateRequest"),
    is: |one| id(one, "/regenerate").is_some_and(|id| goes_by(one, &invites::regenerate(&id, USUAL_SECONDS))),
    sends: |one| {
        let seconds = one.sent.as_ref().and_then(|sent| sent["expires_in"].as_u64());
        body_of(&invites::regenerate(
            &id(one, "/regenerate")?,
            seconds.unwrap_or(USUAL_SECONDS),
        ))
    },
    check: |one| {
        let link = decode(
            invites::regenerate(&id(one, "/regenerate").unwrap(), USUAL_SECONDS),
            one,
        );
        let recorded = one.json.as_ref().unwrap();
        assert_eq!(recorded["invite_token"], link.token.as_str(), "{}", one.title);
        assert_eq!(link.ends_at, seconds(recorded, "invite_expires_at"), "{}", one.title);
        assert!(link.ends_at.is_some(), "{}", one.title);
    },
};

/// One taken back.
pub const DELETE: Call = Call {
    function: "invites::delete",
    answer: None,
    is_list: false,
    body: None,
    is: |one| id(one, "").is_some_and(|id| goes_by(one, &invites::delete(&id))),
    sends: nothing,
    check: |one| decode(invites::delete(&id(one, "").unwrap()), one),
};

/// A person made at once, or invited by mail.
pub const CREATE_USER: Call = Call {
    function: "users::create",
    answer: Some("User"),
    is_list: false,
    body: Some("UserCreateRequest"),
    is: |one| {
        let is_person = one.sent.as_ref().is_some_and(|sent| sent["is_service_user"] != true);
        is_person && goes_by(one, &users::create(&person(one)))
    },
    sends: |one| body_of(&users::create(&person(one))),
    check: |one| {
        let made = decode(users::create(&person(one)), one);
        let recorded = one.json.as_ref().unwrap();
        assert_user(&made.user, recorded, &one.title);
        assert_eq!(
            recorded["password"].as_str().unwrap_or_default(),
            made.password.as_str(),
            "{}",
            one.title
        );
        assert!(!made.password.is_empty(), "{}", one.title);
    },
};

/// An invitation sent again.
pub const RESEND: Call = Call {
    function: "users::resend_invitation",
    answer: None,
    is_list: false,
    body: None,
    is: |one| user_id(one).is_some_and(|id| goes_by(one, &users::resend_invitation(&id))),
    sends: nothing,
    check: |_| {},
};

fn user_id(one: &Exchange) -> Option<UserId> {
    let id = one.path.strip_prefix("/api/users/")?.strip_suffix("/invite")?;
    Some(UserId(id.to_owned()))
}

fn id(one: &Exchange, end: &str) -> Option<InviteId> {
    let id = one.path.strip_prefix("/api/users/invites/")?.strip_suffix(end)?;
    (!id.contains('/')).then(|| InviteId(id.to_owned()))
}

fn person(one: &Exchange) -> NewUser {
    let sent = one.sent.clone().unwrap_or_default();
    let text = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
    NewUser {
        name: text("name"),
        email: text("email"),
        role: Role::parse(&text("role")),
        auto_groups: texts(&sent["auto_groups"]),
    }
}

fn seconds(recorded: &Value, name: &str) -> Option<i64> {
    rfc3339_seconds(recorded[name].as_str().unwrap())
}

fn assert_invite(read: &Invite, recorded: &Value, title: &str) {
    let text = |name: &str| recorded[name].as_str().unwrap().to_owned();
    let expected = Invite {
        id: InviteId(text("id")),
        email: text("email"),
        name: text("name"),
        role: Role::parse(&text("role")),
        auto_groups: texts(&recorded["auto_groups"]),
        created_at: seconds(recorded, "created_at"),
        ends_at: seconds(recorded, "expires_at"),
        ends_as_sent: text("expires_at"),
        expired: recorded["expired"] == true,
    };
    assert_eq!(read, &expected, "{title}");
    assert_eq!(read.role.as_str(), text("role"), "{title}");
}
