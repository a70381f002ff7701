//! Making and revoking tokens, once each, and finding out what became of a lost answer.

use super::user_writes::Deleted;
use crate::api::error::ApiError;
use crate::api::tokens::{self, CreatedToken};
use crate::domain::token::{self, NewToken, Token};
use crate::domain::user::UserId;
use crate::transport::Client;

/// How the making of a token ended.
pub enum Made {
    /// It is there, with its secret.
    Done(CreatedToken),
    /// The answer was lost, and a later read showed the token: its secret is lost as well.
    SecretLost(Token),
    /// The server refused, or a later read showed that it was not made.
    Failed(ApiError),
    /// The answer was lost, and the tokens could not be read again.
    Lost,
}

/// Makes a token. The tokens are read before, because names are not unique: after a lost answer only a new id tells.
pub async fn make(client: &Client, user: &UserId, new: &NewToken) -> Made {
    let before = match client.send(tokens::list(user)).await {
        Ok(before) => before,
        Err(error) => return Made::Failed(error),
    };
    let error = match client.send(tokens::create(user, new)).await {
        Ok(created) => return Made::Done(created),
        Err(error) if error.is_ambiguous() => error,
        Err(error) => return Made::Failed(error),
    };
    match client.send(tokens::list(user)).await {
        Ok(now) => match token::made_meanwhile(&new.name, &before, &now) {
            Some(token) => Made::SecretLost(token.clone()),
            None => Made::Failed(error),
        },
        Err(_) => Made::Lost,
    }
}

/// Revokes a token. A lost answer is cleared up by reading the tokens again.
pub async fn revoke(client: &Client, user: &UserId, id: &str) -> Deleted {
    let error = match client.send(tokens::delete(user, id)).await {
        Ok(()) => return Deleted::Done,
        Err(error) if error.is_not_found() => return Deleted::Already,
        Err(error) if error.is_ambiguous() => error,
        Err(error) => return Deleted::Failed(error),
    };
    match client.send(tokens::list(user)).await {
        Ok(now) if now.iter().all(|token| token.id != id) => Deleted::Done,
        Ok(_) => Deleted::Failed(error),
        Err(_) => Deleted::Lost,
    }
}
