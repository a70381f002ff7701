//! How the recorded calls of people who are not signed in are judged: the server as a whole, and invite links.

use roost::api::{instance, invites};
use roost::domain::first_owner::Draft;
use roost::domain::new_password::{OF_INVITED, check};
use roost_list::rfc3339_seconds;

use crate::calls::{Call, body_of, decode, goes_by, nothing};
use crate::recordings::Exchange;

/// Whether the server is set up.
pub const SETUP_REQUIRED: Call = Call {
    function: "instance::setup_required",
    answer: Some("InstanceStatus"),
    is_list: false,
    body: None,
    is: |one| goes_by(one, &instance::setup_required()),
    sends: nothing,
    check: |one| {
        let required = one.json.as_ref().unwrap()["setup_required"].as_bool().unwrap();
        assert_eq!(decode(instance::setup_required(), one), required, "{}", one.title);
    },
};

/// Its version.
pub const VERSION: Call = Call {
    function: "instance::version",
    answer: Some("InstanceVersionInfo"),
    is_list: false,
    body: None,
    is: |one| goes_by(one, &instance::version()),
    sends: nothing,
    check: |one| {
        let recorded = one.json.as_ref().unwrap();
        let read = decode(instance::version(), one);
        assert_eq!(recorded["management_current_version"], read, "{}", one.title);
    },
};

/// The first owner.
pub const SET_UP: Call = Call {
    function: "instance::set_up",
    answer: Some("SetupResponse"),
    is_list: false,
    body: Some("SetupRequest"),
    is: |one| goes_by(one, &instance::set_up(&draft(one))),
    // What the server refuses for its fields, the console does not send.
    sends: |one| {
        let draft = draft(one);
        draft
            .problems()
            .is_none()
            .then(|| body_of(&instance::set_up(&draft)))
            .flatten()
    },
    check: |one| {
        let token = decode(instance::set_up(&draft(one)), one);
        let recorded = one.json.as_ref().unwrap();
        let expected = recorded["personal_access_token"].as_str().unwrap_or_default();
        assert_eq!(expected, token.as_str(), "{}", one.title);
        assert_eq!(draft(one).days().is_some(), !token.is_empty(), "{}", one.title);
    },
};

/// What a link is about.
pub const INFO: Call = Call {
    function: "invites::info",
    answer: Some("UserInviteInfo"),
    is_list: false,
    body: None,
    is: |one| secret(one, "").is_some_and(|secret| goes_by(one, &invites::info(&secret))),
    sends: nothing,
    check: |one| {
        let read = decode(invites::info(&secret(one, "").unwrap()), one);
        let recorded = one.json.as_ref().unwrap();
        assert_eq!(recorded["email"], read.email, "{}", one.title);
        assert_eq!(recorded["name"], read.name, "{}", one.title);
        assert_eq!(recorded["invited_by"], read.invited_by, "{}", one.title);
        assert_eq!(recorded["valid"], read.valid, "{}", one.title);
        assert_eq!(read.ends_at, rfc3339_seconds(recorded["expires_at"].as_str().unwrap()));
        assert!(read.ends_at.is_some(), "{}", one.title);
    },
};

/// A link that is accepted.
pub const ACCEPT: Call = Call {
    function: "invites::accept",
    answer: Some("UserInviteAcceptResponse"),
    is_list: false,
    body: Some("UserInviteAcceptRequest"),
    is: |one| secret(one, "/accept").is_some_and(|secret| goes_by(one, &invites::accept(&secret, ""))),
    sends: |one| {
        let password = one.sent.as_ref()?["password"].as_str()?;
        check(password, OF_INVITED).ok()?;
        body_of(&invites::accept(&secret(one, "/accept")?, password))
    },
    check: |one| decode(invites::accept(&secret(one, "/accept").unwrap(), ""), one),
};

fn secret(one: &Exchange, end: &str) -> Option<String> {
    let secret = one.path.strip_prefix("/api/users/invites/")?.strip_suffix(end)?;
    (!secret.contains('/')).then(|| secret.to_owned())
}

fn draft(one: &Exchange) -> Draft {
    let sent = one.sent.clone().unwrap_or_default();
    let text = |name: &str| sent[name].as_str().unwrap_or_default().to_owned();
    let days = sent["pat_expire_in"].as_u64().map(|days| days.to_string());
    Draft {
        name: text("name"),
        email: text("email"),
        password: text("password"),
        token_days: days.filter(|_| sent["create_pat"] == true),
    }
}
