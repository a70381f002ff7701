//! Handing on the ownership: read again, ask every rule once more, write once, and find out what became of a lost answer.

use super::user_writes::find;
use crate::api::error::ApiError;
use crate::api::users;
use crate::domain::guard::Caller;
use crate::domain::ownership::{self, Obstacle};
use crate::domain::user::{User, UserId};
use crate::domain::user_edit::{self, Outcome};
use crate::transport::Client;

/// How it ended.
#[derive(Clone, Debug)]
pub enum Transferred {
    /// They own the account. The user as the server has them now.
    Done {
        /// the user as stored
        user: User,
        /// the answer was lost, and a later read showed that it was done
        confirmed: bool,
    },
    /// A rule speaks against it, on the user as they are now. Nothing was sent.
    Refused(Obstacle, User),
    /// They are gone.
    Gone,
    /// Nothing was changed.
    Failed(ApiError),
    /// The answer was lost, and nobody knows.
    Lost,
}

/// Hands the ownership to somebody.
pub async fn transfer(client: &Client, caller: &Caller, id: &UserId) -> Transferred {
    let theirs = match find(client, id).await {
        Ok(Some(user)) => user,
        Ok(None) => return Transferred::Gone,
        Err(error) => return Transferred::Failed(error),
    };
    if let Err(obstacle) = ownership::transfer(caller, &theirs) {
        return Transferred::Refused(obstacle, theirs);
    }
    let update = ownership::update(&theirs);
    let error = match client.send(users::update(id, &update)).await {
        Ok(user) => return Transferred::Done { user, confirmed: false },
        Err(error) if error.is_not_found() => return Transferred::Gone,
        Err(error) if error.is_ambiguous() => error,
        Err(error) => return Transferred::Failed(error),
    };
    match find(client, id).await {
        // Their groups may have changed since; the role is what was asked for.
        Ok(Some(user)) if user.role == update.role => Transferred::Done { user, confirmed: true },
        Ok(Some(user)) if user_edit::outcome(&update, &theirs, &user) == Outcome::NotDone => Transferred::Failed(error),
        Ok(None) => Transferred::Gone,
        _ => Transferred::Lost,
    }
}
