//! Deciding on people who wait: read again, save what was chosen, approve, reject or keep out, and find out what became
//! of a lost answer.

use super::user_writes::{self, SaveRequest, Saved, find};
use crate::api::error::{ApiError, ErrorKind};
use crate::api::users;
use crate::domain::approval::{self, Outcome};
use crate::domain::groups::{Group, Groups};
use crate::domain::guard::{Caller, Refusal};
use crate::domain::user::{User, UserId};
use crate::transport::Client;

/// How an approval ended.
#[derive(Clone, Debug)]
pub enum Approved {
    /// They are approved. The user as the server has them now.
    Done {
        /// the user as stored
        user: User,
        /// the answer was lost, and a later read showed that it was done
        confirmed: bool,
    },
    /// Somebody else had approved them before. Nothing was sent.
    Already(User),
    /// They are gone: somebody else has rejected or deleted them.
    Gone,
    /// A rule speaks against it, on the user as they are now. Nothing was sent.
    Refused(Refusal),
    /// They still wait.
    Failed(ApiError),
    /// The answer was lost, and nobody knows.
    Lost,
}

/// How an approval with role and groups chosen before it ended: two writes, of which the second may fail.
#[derive(Clone, Debug)]
pub enum Decided {
    /// Role and groups were not saved, so nobody was approved. Never [`Saved::Done`] or [`Saved::NothingLeft`].
    NotSaved(Saved),
    /// Role and groups are saved, or were not changed; how the approval ended.
    Then {
        /// the user as saved, when something was
        saved: Option<User>,
        /// the second write
        end: Approved,
    },
}

/// Approves somebody as they are.
pub async fn approve(client: &Client, caller: &Caller, id: &UserId) -> Approved {
    approve_if(client, id, |user| approval::approve(caller, user)).await
}

/// Saves role and groups, in an update that leaves them blocked as they are, then approves. Who was let in or turned away
/// meanwhile is left alone: what was chosen was chosen for somebody who waits.
pub async fn save_and_approve(
    client: &Client,
    request: SaveRequest,
    known: &Groups,
    group_made: &dyn Fn(&str, Group),
) -> Decided {
    let (caller, id) = (request.caller.clone(), request.base.id.clone());
    let just = |end| Decided::Then { saved: None, end };
    if request.draft.changed(&request.base).is_empty() {
        return just(approve(client, &caller, &id).await);
    }
    match look(client, &id, |user| approval::approve(&caller, user)).await {
        Ok(_) => {}
        Err(end) => return just(end),
    }
    match user_writes::save(client, request, known, group_made).await {
        Saved::Done { user, .. } | Saved::NothingLeft(user) => Decided::Then {
            saved: Some(user),
            end: send_approval(client, &id).await,
        },
        not_saved => Decided::NotSaved(not_saved),
    }
}

/// How a rejection ended.
#[derive(Clone, Debug)]
pub enum Rejected {
    /// They are gone.
    Done,
    /// There was nobody any more.
    Already,
    /// Somebody else has approved them. Nothing was sent, or the server refused.
    Approved(User),
    /// A rule speaks against it. Nothing was sent.
    Refused(Refusal),
    /// They still wait.
    Failed(ApiError),
    /// The answer was lost, and nobody knows.
    Lost,
}

/// Rejects somebody. A lost answer is cleared up by reading the list again.
pub async fn reject(client: &Client, caller: &Caller, id: &UserId) -> Rejected {
    match find(client, id).await {
        Ok(None) => return Rejected::Already,
        Ok(Some(user)) if !user.pending_approval => return Rejected::Approved(user),
        Ok(Some(user)) => {
            if let Err(reason) = approval::reject(caller, &user) {
                return Rejected::Refused(reason);
            }
        }
        Err(error) => return Rejected::Failed(error),
    }
    let error = match client.send(users::reject(id)).await {
        Ok(()) => return Rejected::Done,
        Err(error) if error.is_not_found() => return Rejected::Already,
        Err(error) => error,
    };
    if !says_little(&error) {
        return Rejected::Failed(error);
    }
    match find(client, id).await {
        Ok(None) => Rejected::Done,
        Ok(Some(user)) if !user.pending_approval => Rejected::Approved(user),
        Err(_) if error.is_ambiguous() => Rejected::Lost,
        _ => Rejected::Failed(error),
    }
}

/// How keeping somebody out for good ended: approved, which closes the question, and then blocked.
#[derive(Clone, Debug)]
pub enum KeptOut {
    /// They are blocked and wait no more.
    Done(User),
    /// They were not approved, so nothing has changed for them. Never [`Approved::Done`] or [`Approved::Already`].
    NotApproved(Approved),
    /// They are approved and the block failed: they are in. Never a success of [`Saved`].
    LetIn(Box<(User, Saved)>),
}

/// Keeps somebody out for good. All rules are asked first, about them as they are now.
pub async fn keep_out(client: &Client, caller: &Caller, id: &UserId) -> KeptOut {
    let user = match approve_if(client, id, |user| approval::keep_out(caller, user)).await {
        Approved::Done { user, .. } | Approved::Already(user) => user,
        not_approved => return KeptOut::NotApproved(not_approved),
    };
    match user_writes::set_blocked(client, caller, id, true).await {
        Saved::Done { user, .. } | Saved::NothingLeft(user) => KeptOut::Done(user),
        not_blocked => KeptOut::LetIn(Box::new((user, not_blocked))),
    }
}

async fn approve_if(client: &Client, id: &UserId, rule: impl Fn(&User) -> Result<(), Refusal>) -> Approved {
    match look(client, id, rule).await {
        Ok(_) => send_approval(client, id).await,
        Err(end) => end,
    }
}

/// Reads somebody again, and ends it unless they still wait and the rule allows it.
async fn look(client: &Client, id: &UserId, rule: impl Fn(&User) -> Result<(), Refusal>) -> Result<User, Approved> {
    let user = match find(client, id).await {
        Ok(Some(user)) => user,
        Ok(None) => return Err(Approved::Gone),
        Err(error) => return Err(Approved::Failed(error)),
    };
    if !user.pending_approval {
        return Err(Approved::Already(user));
    }
    rule(&user).map_err(Approved::Refused)?;
    Ok(user)
}

async fn send_approval(client: &Client, id: &UserId) -> Approved {
    let error = match client.send(users::approve(id)).await {
        Ok(answer) => {
            // The list is what everybody sees, so it has the last word; if it cannot be read, the answer has it.
            let user = find(client, id).await.ok().flatten().unwrap_or(answer);
            return Approved::Done { user, confirmed: false };
        }
        Err(error) if error.is_not_found() => return Approved::Gone,
        Err(error) => error,
    };
    if !says_little(&error) {
        return Approved::Failed(error);
    }
    let Ok(now) = find(client, id).await else {
        return if error.is_ambiguous() {
            Approved::Lost
        } else {
            Approved::Failed(error)
        };
    };
    match (approval::outcome(now.as_ref()), now) {
        (Outcome::Done, Some(user)) if error.is_ambiguous() => Approved::Done { user, confirmed: true },
        // "Is not pending approval": somebody was quicker.
        (Outcome::Done, Some(user)) => Approved::Already(user),
        (Outcome::Gone, _) => Approved::Gone,
        _ => Approved::Failed(error),
    }
}

/// Whether only a look at the list tells what is so now: the answer got lost, or the server refused because somebody
/// does not wait any more.
fn says_little(error: &ApiError) -> bool {
    error.is_ambiguous() || error.kind == ErrorKind::Invalid
}
