//! Deleting the account: one request with nothing beside it, and what became of it.

use crate::api::error::ApiError;
use crate::api::{accounts, users};
use crate::transport::Client;

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// The account is gone. Nothing is sent any more.
    Done,
    /// The server did not do it. The session goes on.
    Failed(ApiError),
    /// The answer was lost, and to ask would be wrong: a sign-in whose account is gone is given a new one by the next
    /// request (`contract` 6). Nothing is sent any more.
    Unknown,
}

/// Deletes the account. `can_ask`: the caller came with an access token. It dies with the account and makes no new one,
/// so a lost answer can be cleared up.
pub async fn delete(client: &Client, id: &str, can_ask: bool) -> Deletion {
    let error = match client.send_alone(accounts::delete(id)).await {
        Ok(()) => return Deletion::Done,
        Err(error) => error,
    };
    if error.is_ambiguous() {
        if !can_ask {
            return Deletion::Unknown;
        }
        match client.send_alone(users::current()).await {
            Err(answer) if answer.is_unauthorized() => return Deletion::Done,
            Err(answer) if answer.is_ambiguous() => return Deletion::Unknown,
            _ => {}
        }
    }
    client.reopen();
    Deletion::Failed(error)
}
