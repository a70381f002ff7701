//! The Users API: requests and what comes back (`contract` 2.1 to 2.8).

use std::ops::ControlFlow;

use roost_list::{Decoder, Sink, Step, UserRef};
use serde_json::Value;
use zeroize::Zeroizing;

use super::error::ApiError;
use super::json::{self, Fields};
use super::request::Request;
use crate::domain::new_user::NewUser;
use crate::domain::permission::{Grant, Permissions};
use crate::domain::role::Role;
use crate::domain::service_user::NewServiceUser;
use crate::domain::user::{User, UserId};
use crate::domain::user_edit::UserUpdate;

/// The signed-in user and what they may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurrentUser {
    /// The user.
    pub user: User,
    /// Their grants.
    pub permissions: Permissions,
}

/// A person who was just made.
pub struct MadeUser {
    /// The user.
    pub user: User,
    /// The password that the embedded provider made up, which the server never says again; empty when there is none.
    pub password: Zeroizing<String>,
}

/// All users of the account, people and service users, in random order. The answer is read as a stream
/// (`transport::open_stream`), because it has no pages and can hold 100,000 rows.
pub fn list() -> Request<()> {
    Request::get(&["users"]).list()
}

/// The service users alone: few, where the list of all can be long.
pub fn service_users() -> Request<Vec<User>> {
    Request::get(&["users"])
        .query("service_user", "true")
        .list()
        .decode(decode_users)
}

/// Makes a service user.
pub fn create_service(new: &NewServiceUser) -> Request<User> {
    let body = json::plain([
        ("name", new.name.as_str().into()),
        ("role", new.role.as_str().into()),
        ("auto_groups", new.auto_groups.as_slice().into()),
        ("is_service_user", true.into()),
    ]);
    Request::post(&["users"]).json_body(&body).decode(decode_user)
}

/// Who is signed in. Refused to service users (403): see [`Permissions::of_service_user`].
pub fn current() -> Request<CurrentUser> {
    Request::get(&["users", "current"]).decode(decode_current)
}

/// Makes a person: at once with a password at the embedded provider, by an e-mail of an outside one.
pub fn create(person: &NewUser) -> Request<MadeUser> {
    let body = json::plain([
        ("email", person.email.as_str().into()),
        ("name", person.name.as_str().into()),
        ("role", person.role.as_str().into()),
        ("auto_groups", person.auto_groups.as_slice().into()),
        ("is_service_user", false.into()),
    ]);
    Request::post(&["users"]).json_body(&body).decode(decode_made)
}

/// Has the outside provider send its invitation once more.
pub fn resend_invitation(id: &UserId) -> Request<()> {
    Request::post(&["users", id.as_str(), "invite"])
}

/// Replaces role, auto groups and blocked. The answer is the user as stored.
pub fn update(id: &UserId, update: &UserUpdate) -> Request<User> {
    let body = json::plain([
        ("role", update.role.as_str().into()),
        ("auto_groups", update.auto_groups.as_slice().into()),
        ("is_blocked", update.is_blocked.into()),
    ]);
    Request::put(&["users", id.as_str()])
        .json_body(&body)
        .decode(decode_user)
}

/// Deletes a user with their devices and tokens.
pub fn delete(id: &UserId) -> Request<()> {
    Request::delete(&["users", id.as_str()])
}

/// Approves somebody who waits. The answer is the user as stored.
pub fn approve(id: &UserId) -> Request<User> {
    Request::post(&["users", id.as_str(), "approve"]).decode(decode_user)
}

/// Rejects somebody who waits: the server deletes them.
pub fn reject(id: &UserId) -> Request<()> {
    Request::delete(&["users", id.as_str(), "reject"])
}

/// Changes the caller's own password.
pub fn change_password(id: &UserId, old: &str, new: &str) -> Request<()> {
    let body = json::plain([("old_password", old.into()), ("new_password", new.into())]);
    Request::put(&["users", id.as_str(), "password"]).json_body(&body)
}

impl From<&UserRef<'_>> for User {
    fn from(row: &UserRef<'_>) -> Self {
        Self {
            id: UserId(row.id.clone().into_owned()),
            name: row.name.clone().into_owned(),
            email: row.email.clone().into_owned(),
            role: Role::parse(&row.role),
            raw_status: row.status.clone().into_owned(),
            auto_groups: row.auto_groups.iter().map(|id| id.clone().into_owned()).collect(),
            is_blocked: row.is_blocked,
            pending_approval: row.pending_approval,
            is_current: row.is_current,
            is_service_user: row.is_service_user,
            issued: row.issued.clone().into_owned(),
            last_login: row.last_login,
            idp_id: row.idp_id.clone().map(std::borrow::Cow::into_owned),
        }
    }
}

impl<'a> From<&'a User> for UserRef<'a> {
    fn from(user: &'a User) -> Self {
        UserRef {
            id: user.id.as_str().into(),
            name: user.name.as_str().into(),
            email: user.email.as_str().into(),
            role: user.role.as_str().into(),
            status: user.raw_status.as_str().into(),
            auto_groups: user.auto_groups.iter().map(|id| id.as_str().into()).collect(),
            is_blocked: user.is_blocked,
            is_current: user.is_current,
            is_service_user: user.is_service_user,
            pending_approval: user.pending_approval,
            issued: user.issued.as_str().into(),
            last_login: user.last_login,
            idp_id: user.idp_id.as_deref().map(Into::into),
        }
    }
}

/// Takes every row.
struct All(Vec<User>);

impl Sink for All {
    fn take(&mut self, row: &UserRef<'_>) -> ControlFlow<()> {
        self.0.push(User::from(row));
        ControlFlow::Continue(())
    }
}

fn decode_users(text: &str) -> Result<Vec<User>, ApiError> {
    let (mut all, mut decoder) = (All(Vec::new()), Decoder::new());
    decoder.push(text.as_bytes());
    while decoder
        .step(&mut all, usize::MAX)
        .map_err(|error| ApiError::decode(&error))?
        == Step::Full
    {}
    decoder.finish(&mut all).map_err(|error| ApiError::decode(&error))?;
    Ok(all.0)
}

fn decode_user(text: &str) -> Result<User, ApiError> {
    let row: UserRef<'_> = serde_json::from_slice(text.as_bytes()).map_err(|error| ApiError::decode(&error))?;
    if row.id.is_empty() {
        return Err(ApiError::decode_message("a user without an id"));
    }
    Ok(User::from(&row))
}

fn decode_made(text: &str) -> Result<MadeUser, ApiError> {
    let (_, password) = json::with_secret(text, "password")?;
    Ok(MadeUser {
        user: decode_user(text)?,
        password,
    })
}

fn decode_current(text: &str) -> Result<CurrentUser, ApiError> {
    let user = decode_user(text)?;
    // A second pass over one small object: cheaper in code than a flattened struct.
    let value = json::parse(text)?;
    let permissions = Fields::of(&value)?.object("permissions")?;
    Ok(CurrentUser {
        user,
        permissions: permissions.map_or_else(|| Ok(Permissions::none()), grants)?,
    })
}

fn grants(permissions: Fields<'_>) -> Result<Permissions, ApiError> {
    let mut read = Permissions {
        is_restricted: permissions.flag("is_restricted")?,
        ..Permissions::none()
    };
    if let Some(modules) = permissions.object("modules")? {
        for (name, value) in modules.iter() {
            read.modules.insert(name.to_owned(), grant(value)?);
        }
    }
    Ok(read)
}

fn grant(value: &Value) -> Result<Grant, ApiError> {
    if value.is_null() {
        return Ok(Grant::default());
    }
    let fields = Fields::of(value)?;
    Ok(Grant {
        create: fields.flag("create")?,
        read: fields.flag("read")?,
        update: fields.flag("update")?,
        delete: fields.flag("delete")?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::permission::{Module, Operation};

    #[test]
    fn the_current_user_comes_with_grants() {
        let text = r#"{"id":"u1","role":"admin","is_current":true,"auto_groups":null,"permissions":
            {"is_restricted":false,"modules":{"users":{"create":true,"read":true,"update":true,"delete":true},"odd":null}}}"#;
        let current = decode_current(text).unwrap();
        assert_eq!(current.user.role, Role::Admin);
        assert!(current.permissions.allows(Module::Users, Operation::Create));
        assert!(!current.permissions.allows(Module::Accounts, Operation::Read));
    }

    #[test]
    fn an_answer_without_grants_grants_nothing() {
        for text in [
            r#"{"id":"u1"}"#,
            r#"{"id":"u1","permissions":null}"#,
            r#"{"id":"u1","permissions":{"modules":null}}"#,
        ] {
            assert!(decode_current(text).unwrap().permissions.is_empty(), "{text}");
        }
        assert!(
            decode_current(r#"{"permissions":{}}"#).is_err(),
            "a user without an id is none"
        );
        assert!(decode_current("[]").is_err());
    }

    #[test]
    fn an_update_says_everything_because_the_server_replaces() {
        let update_body = UserUpdate {
            role: Role::Auditor,
            auto_groups: vec!["g".into()],
            is_blocked: true,
        };
        let request = update(&UserId("google-oauth2|1".into()), &update_body);
        assert_eq!(request.path().unwrap(), "/api/users/google-oauth2%7C1");
        assert_eq!(
            request.body().unwrap(),
            r#"{"role":"auditor","auto_groups":["g"],"is_blocked":true}"#
        );
    }

    #[test]
    fn a_service_user_is_sent_with_all_it_has_and_no_address() {
        let new = NewServiceUser {
            name: "ci \"x\"".into(),
            role: Role::NetworkAdmin,
            auto_groups: vec!["g".into()],
        };
        assert_eq!(
            create_service(&new).body().unwrap(),
            r#"{"name":"ci \"x\"","role":"network_admin","auto_groups":["g"],"is_service_user":true}"#
        );
    }

    #[test]
    fn a_list_of_users_is_read_whole_or_refused() {
        let ids =
            |text: &str| decode_users(text).map(|users| users.into_iter().map(|user| user.id.0).collect::<Vec<_>>());
        assert_eq!(
            ids(r#"[{"id":"a"},{"id":"b","is_service_user":true}]"#).unwrap(),
            ["a", "b"]
        );
        assert!(ids("[]").unwrap().is_empty());
        assert!(ids(r#"[{"id":"a"}"#).is_err());
        assert!(ids(r#"{"message":"x"}"#).is_err());
    }

    #[test]
    fn a_new_person_is_sent_whole_and_comes_with_a_password_or_without() {
        let person = NewUser {
            name: "Nina".to_owned(),
            email: "nina@example.com".to_owned(),
            role: Role::NetworkAdmin,
            auto_groups: Vec::new(),
        };
        let request = create(&person);
        assert_eq!(request.path(), Ok("/api/users"));
        assert_eq!(
            request.body(),
            Some(
                r#"{"email":"nina@example.com","name":"Nina","role":"network_admin","auto_groups":[],"is_service_user":false}"#
            )
        );
        let made = decode_made(r#"{"id":"u1","role":"user","password":"p!23"}"#).unwrap();
        assert_eq!((made.user.id.as_str(), made.password.as_str()), ("u1", "p!23"));
        let mailed = decode_made(r#"{"id":"u1","status":"invited"}"#).unwrap();
        assert_eq!(mailed.password.as_str(), "");
        assert!(decode_made(r#"{"password":"p!23"}"#).is_err());
    }

    #[test]
    fn an_invitation_is_sent_again_to_the_very_id() {
        let request = resend_invitation(&UserId("auth0|1".to_owned()));
        assert_eq!(request.path(), Ok("/api/users/auth0%7C1/invite"));
        assert_eq!(request.body(), None);
    }

    #[test]
    fn a_decision_and_a_password_go_to_the_very_user() {
        let id = UserId("google-oauth2|1".into());
        assert_eq!(approve(&id).path().unwrap(), "/api/users/google-oauth2%7C1/approve");
        assert_eq!(reject(&id).path().unwrap(), "/api/users/google-oauth2%7C1/reject");
        assert_eq!((approve(&id).body(), reject(&id).body()), (None, None));
        let change = change_password(&id, "old \"one\"", "n\u{20ac}w");
        assert_eq!(change.path().unwrap(), "/api/users/google-oauth2%7C1/password");
        assert_eq!(
            change.body().unwrap(),
            "{\"old_password\":\"old \\\"one\\\"\",\"new_password\":\"n\u{20ac}w\"}"
        );
        for id in ["..", "a/b", ""] {
            assert!(reject(&UserId(id.into())).path().is_err(), "{id}");
        }
    }

    #[test]
    fn a_user_survives_the_way_through_the_list() {
        let text = r#"{"id":"u1","name":"Ada \u0022x\u0022","email":"a@example.com","role":"gatekeeper","status":"odd",
            "auto_groups":["g1","g2"],"is_blocked":true,"pending_approval":true,"is_service_user":true,"issued":"api",
            "last_login":"2026-08-22T19:00:00Z","idp_id":"local"}"#;
        let user = decode_user(text).unwrap();
        assert_eq!(user.last_login.seconds(), Some(1_787_425_200));
        assert_eq!(User::from(&UserRef::from(&user)), user);
    }
}
