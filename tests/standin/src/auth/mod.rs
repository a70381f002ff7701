//! Owns who is calling: from the `Authorization` header to a user of an account (contract 1.1 and 1.2).

pub mod join;
pub mod jwt;
pub mod real_provider;

use axum::http::HeaderMap;
use axum::http::header::{AUTHORIZATION, USER_AGENT};
use rusqlite::Connection;

use crate::app::Backend;
use crate::clock::Nanos;
use crate::errors::ApiError;
use crate::store::users::User;
use crate::store::{accounts, tokens, users};
use crate::{http, ids};

/// What an `Authorization` header carries.
#[derive(Debug, PartialEq, Eq)]
enum Credential<'a> {
    AccessToken(&'a str),
    Jwt(&'a str),
}

/// Finds the caller. A first call with a valid JWT makes what is missing (contract 4.5).
pub fn caller(backend: &Backend, db: &Connection, headers: &HeaderMap) -> Result<User, ApiError> {
    let now = backend.clock.now();
    match credential(http::header(headers, AUTHORIZATION))? {
        Credential::AccessToken(token) => {
            let user_agent = http::header(headers, USER_AGENT).unwrap_or_default();
            backend.limits.count_token(token, user_agent)?;
            by_access_token(db, token, now)
        }
        Credential::Jwt(token) => {
            let own = || backend.keys.verify(token, &backend.issuer, now);
            let elsewhere = || backend.real_provider.as_ref()?.verify(token, now);
            let claims = own().or_else(elsewhere).ok_or_else(invalid)?;
            let user = join::user_of(db, &claims, now)?;
            if is_shut_out(db, &user)? {
                return Err(invalid());
            }
            Ok(user)
        }
    }
}

/// Whether the account lets only people of certain groups in and this is none of them. Tokens of this provider carry
/// no groups; people with a password here are exempt (contract 5.1).
fn is_shut_out(db: &Connection, user: &User) -> rusqlite::Result<bool> {
    if ids::connector(&user.id).as_deref() == Some(ids::LOCAL) {
        return Ok(false);
    }
    let settings = accounts::get(db, &user.account)?.settings;
    let is_limited = settings.jwt_groups_enabled && !settings.jwt_groups_claim_name.is_empty();
    Ok(is_limited && !settings.jwt_allow_groups.is_empty())
}

fn invalid() -> ApiError {
    ApiError::handler(401, "token invalid")
}

fn credential(header: Option<&str>) -> Result<Credential<'_>, ApiError> {
    let header = header.unwrap_or_default();
    let mut parts = header.split(' ');
    let scheme = parts.next().unwrap_or_default().to_lowercase();
    if scheme != "bearer" && scheme != "token" {
        return Err(ApiError::handler(401, "no valid authentication provided"));
    }
    let (Some(token), None) = (parts.next(), parts.next()) else {
        return Err(invalid());
    };
    if scheme == "token" || token.starts_with(ids::PAT) {
        Ok(Credential::AccessToken(token))
    } else {
        Ok(Credential::Jwt(token))
    }
}

fn by_access_token(db: &Connection, token: &str, now: Nanos) -> Result<User, ApiError> {
    ids::check_token(token, ids::PAT).map_err(|_| invalid())?;
    let hash = ids::token_hash(token);
    let unknown = || ApiError::business(404, &format!("invalid token: pat: {hash} not found"));
    let known = tokens::by_hash(db, &hash)?.ok_or_else(unknown)?;
    if known.expires_at <= now {
        return Err(invalid());
    }
    tokens::touch(db, &known.id, now)?;
    users::find(db, &known.user)?.ok_or_else(unknown)
}

/// The scheme of an `Authorization` header in lower case, for the request log: never the credential.
pub fn scheme(header: Option<&str>) -> Option<String> {
    let scheme = header?.split(' ').next()?;
    Some(if scheme.len() <= 16 {
        scheme.to_lowercase()
    } else {
        "?".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_has_a_known_scheme_and_two_parts() {
        let message = |header| credential(header).map_err(|error| error.message);
        assert_eq!(message(Some("Token nbp_x")), Ok(Credential::AccessToken("nbp_x")));
        assert_eq!(message(Some("bEARER nbp_x")), Ok(Credential::AccessToken("nbp_x")));
        assert_eq!(message(Some("Bearer ey.J.x")), Ok(Credential::Jwt("ey.J.x")));
        for header in [None, Some(""), Some("Basic abc")] {
            assert_eq!(
                message(header),
                Err("no valid authentication provided".to_owned()),
                "{header:?}"
            );
        }
        for header in ["Token", "Bearer", "Token  nbp_x", "Token nbp_x ", "Bearer a b"] {
            assert_eq!(message(Some(header)), Err("token invalid".to_owned()), "{header:?}");
        }
    }

    #[test]
    fn the_log_sees_only_the_scheme() {
        assert_eq!(scheme(Some("Bearer secret")).as_deref(), Some("bearer"));
        assert_eq!(scheme(Some("eyJhbGciOiJSUzI1NiIsImtpZCI6Ing")).as_deref(), Some("?"));
        assert_eq!(scheme(None), None);
    }
}
