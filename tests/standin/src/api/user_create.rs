//! Owns `POST /users`: service users, and people with a password made up for them (contract 2.3).

use serde::Deserialize;

use crate::api::users::UserOut;
use crate::api::{Call, Outcome};
use crate::clock;
use crate::errors::ApiError;
use crate::ids::{self, LOCAL, Source};
use crate::permissions::{self, Operation, Role};
use crate::store::identities::{self, Identity};
use crate::store::users::{self, User};
use crate::{http, json};

/// Cost of password hashes, the embedded provider's.
const BCRYPT_COST: u32 = 10;

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
        ..User::service(id, &call.caller.account, role, &request.name, clock::now())
    };
    users::insert(call.db, &user)?;
    call.note("service.user.create", &user.id, [("name", user.name.clone())])?;
    Ok(http::json(200, &UserOut::created(&user, call.caller, None)))
}

fn person(call: &Call<'_>, request: Request, role: Role) -> Outcome {
    let invalid = |text: &str| Err(ApiError::business(422, text));
    if request.name.is_empty() {
        return invalid("name can't be empty");
    }
    if request.email.is_empty() {
        return invalid("email can't be empty");
    }
    if role == Role::Owner {
        return invalid("can't invite a user with owner role");
    }
    call.allowed(permissions::USERS, Operation::Create)?;
    if users::email_is_taken(call.db, &call.caller.account, &request.email)? {
        return Err(ApiError::business(
            409,
            "can't invite a user with an existing netbird account",
        ));
    }
    if identities::local_by_email(call.db, &request.email)?.is_some() {
        return Err(ApiError::internal());
    }
    let password = ids::password(&mut Source::System);
    let identity = new_identity(&request.email, &request.name, &password)?;
    identities::insert(call.db, &identity)?;
    let user = User {
        auto_groups: request.auto_groups,
        ..User::person(
            identity.id,
            &call.caller.account,
            role,
            &request.name,
            &request.email,
            clock::now(),
        )
    };
    users::insert(call.db, &user)?;
    call.note("user.create", &user.id, [])?;
    Ok(http::json(200, &UserOut::created(&user, call.caller, Some(&password))))
}

/// Somebody new who signs in with a password.
pub fn new_identity(email: &str, name: &str, password: &str) -> Result<Identity, ApiError> {
    let hash = bcrypt::hash(password, BCRYPT_COST).map_err(|error| {
        crate::errors::report(&error);
        ApiError::internal()
    })?;
    Ok(Identity {
        id: ids::person(&ids::uuid(&mut Source::System), LOCAL),
        email: email.to_owned(),
        name: name.to_owned(),
        password_hash: Some(hash),
    })
}
