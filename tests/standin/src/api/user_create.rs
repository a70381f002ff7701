//! Owns `POST /users`: service users, people with a password made up for them, people invited by mail (contract 2.3).

use serde::Deserialize;

use crate::api::users::UserOut;
use crate::api::{Call, Outcome, passwords};
use crate::errors::ApiError;
use crate::ids::{self, LOCAL, Source};
use crate::permissions::{self, Operation, Role};
use crate::store::identities::{self, Identity};
use crate::store::users::{self, User};
use crate::{http, json};

#[derive(Deserialize, Default)]
#[serde(default)]
struct Request {
    role: String,
    is_service_user: bool,
    auto_groups: Vec<String>,
    name: String,
    email: String,
}

/// `POST /users`.
pub fn create(call: &Call<'_>) -> Outcome {
    let request: Request = json::object(call.body).ok_or_else(ApiError::bad_json)?;
    let role = Role::parse(&request.role)
        .ok_or_else(|| ApiError::business(422, &format!("unknown user role {}", request.role)))?;
    if request.is_service_user {
        service_user(call, request, role)
    } else {
        person(call, request, role)
    }
}

fn service_user(call: &Call<'_>, request: Request, role: Role) -> Outcome {
    call.allowed(permissions::USERS, Operation::Create)?;
    if role == Role::Owner {
        return Err(ApiError::business(422, "can't create a service user with owner role"));
    }
    let id = ids::uuid(&mut Source::System);
    let user = User {
        auto_groups: request.auto_groups,
        ..User::service(id, &call.caller.account, role, &request.name, call.now)
    };
    users::insert(call.db, &user)?;
    call.note("service.user.create", &user.id, [("name", user.name.clone())])?;
    Ok(http::json(200, &UserOut::created(&user, call.caller, None)))
}

fn person(call: &Call<'_>, request: Request, role: Role) -> Outcome {
    let idp = call.backend.idp;
    idp.must_have_manager()?;
    check_person(&request.name, &request.email, role == Role::Owner)?;
    call.allowed(permissions::USERS, Operation::Create)?;
    idp.must_have_local_auth()?;
    let is_taken = || {
        Err(ApiError::business(
            409,
            "can't invite a user with an existing netbird account",
        ))
    };
    if users::email_is_taken(call.db, &call.caller.account, &request.email)? {
        return is_taken();
    }
    if idp.is_embedded() {
        if identities::local_by_email(call.db, &request.email)?.is_some() {
            return Err(ApiError::internal());
        }
        return with_password(call, request, role);
    }
    if identities::email_is_known(call.db, &request.email)? {
        return is_taken();
    }
    by_mail(call, request, role)
}

/// What is wrong with somebody who is to become a user.
pub fn check_person(name: &str, email: &str, as_owner: bool) -> Result<(), ApiError> {
    let refusal = if name.is_empty() {
        "name can't be empty"
    } else if email.is_empty() {
        "email can't be empty"
    } else if as_owner {
        "can't invite a user with owner role"
    } else {
        return Ok(());
    };
    Err(ApiError::business(422, refusal))
}

/// The embedded provider makes somebody at once, with a password that is shown once.
fn with_password(call: &Call<'_>, request: Request, role: Role) -> Outcome {
    let password = ids::password(&mut Source::System);
    let identity = new_identity(&request.email, &request.name, &password)?;
    identities::insert(call.db, &identity)?;
    let user = new_user(call, request, role, identity.id);
    users::insert(call.db, &user)?;
    call.note("user.create", &user.id, [])?;
    Ok(http::json(200, &UserOut::created(&user, call.caller, Some(&password))))
}

/// An external provider sends a mail. Its link is the login page here, which then offers the new person.
fn by_mail(call: &Call<'_>, request: Request, role: Role) -> Outcome {
    let identity = Identity {
        id: ids::outside_person(&mut Source::System),
        email: request.email.clone(),
        name: request.name.clone(),
        password_hash: None,
    };
    identities::insert(call.db, &identity)?;
    identities::offer(call.db, &identity.id, None)?;
    let user = User {
        invited: true,
        ..new_user(call, request, role, identity.id)
    };
    users::insert(call.db, &user)?;
    call.note("user.invite", &user.id, [])?;
    Ok(http::json(200, &UserOut::created(&user, call.caller, None)))
}

fn new_user(call: &Call<'_>, request: Request, role: Role, id: String) -> User {
    User {
        auto_groups: request.auto_groups,
        ..User::person(id, &call.caller.account, role, &request.name, &request.email, call.now)
    }
}

/// Somebody new who signs in with a password.
pub fn new_identity(email: &str, name: &str, password: &str) -> Result<Identity, ApiError> {
    // Too long a password: nobody looks at its length before the provider does.
    let hash = passwords::hash(password).map_err(|_| ApiError::internal())?;
    Ok(Identity {
        id: ids::person(&ids::uuid(&mut Source::System), LOCAL),
        email: email.to_owned(),
        name: name.to_owned(),
        password_hash: Some(hash),
    })
}
