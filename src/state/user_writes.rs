//! Changing a user: read again, merge, make groups, write, and find out what became of a lost answer.
//!
//! Every write begins with a fresh read, because the server replaces all three fields and tells nobody about conflicts.
//! The window between that read and the write stays open: it is narrowed, not closed.

use roost_list::{FindUser, Step};

use crate::api::error::ApiError;
use crate::api::{groups, users};
use crate::browser::clock::Slice;
use crate::domain::group_choice::{self, GroupChoice};
use crate::domain::groups::{Group, Groups};
use crate::domain::guard::{Caller, Refusal};
use crate::domain::user::{User, UserId};
use crate::domain::user_edit::{self, EditField, Merge, Outcome, Resolution, UserDraft, UserUpdate};
use crate::transport::Client;

/// Rows looked through between two looks at the clock.
const STEP_ROWS: usize = 256;

/// How a save ended.
#[derive(Clone, Debug)]
pub enum Saved {
    /// Written. The user as the server has it now.
    Done {
        /// the user as stored
        user: User,
        /// fields that somebody else changed and that were kept
        elsewhere: Vec<EditField>,
        /// the answer was lost, and a later read showed that it was done
        confirmed: bool,
    },
    /// The server has all of it already; nothing was written.
    NothingLeft(User),
    /// These fields were edited on both sides. Nothing was written.
    Conflict {
        /// the user as the server has it
        theirs: User,
        /// fields to decide on
        fields: Vec<EditField>,
    },
    /// A rule speaks against it, on the user as they are now. Nothing was written.
    Refused(Refusal),
    /// The user was deleted by somebody else.
    Gone,
    /// A group could not be made. The user was not written.
    GroupFailed(String, ApiError),
    /// Reading again failed, or the server refused. The user was not written.
    Failed(ApiError),
    /// The answer was lost, and what became of the write is known only as far as this says; `None` = not at all.
    Lost(Option<(Outcome, User)>),
}

/// What the write of a whole user needs to know.
pub struct SaveRequest {
    /// who saves
    pub caller: Caller,
    /// the user as the form was opened on
    pub base: User,
    /// what the form holds
    pub draft: UserDraft,
    /// answers to conflicts
    pub answers: Resolution,
}

/// Saves a form. `group_made` is told of every group that was made, at once, so that the form never asks for it again.
pub async fn save(client: &Client, request: SaveRequest, known: &Groups, group_made: &dyn Fn(&str, Group)) -> Saved {
    let SaveRequest {
        caller,
        base,
        draft: mut mine,
        answers,
    } = request;
    let (theirs, elsewhere, update) = loop {
        let theirs = match find(client, &base.id).await {
            Ok(Some(user)) => user,
            Ok(None) => return Saved::Gone,
            Err(error) => return Saved::Failed(error),
        };
        let (draft, elsewhere) = match user_edit::merge(&base, &mine, &theirs, answers) {
            Merge::Ready { draft, elsewhere } => (draft, elsewhere),
            Merge::Ask(fields) => return Saved::Conflict { theirs, fields },
        };
        if let Err(refusal) = user_edit::check(&caller, &theirs, &draft) {
            return Saved::Refused(refusal);
        }
        let wanted = group_choice::new_names(&draft.groups);
        if wanted.is_empty() {
            break (theirs, elsewhere, draft.update());
        }
        // Groups to be made take their time, and the user may be another one after that: they are read again.
        if let Err((name, error)) = make_groups(client, wanted, &mut mine.groups, known, group_made).await {
            return Saved::GroupFailed(name, error);
        }
    };
    if update.is_done(&theirs) {
        return Saved::NothingLeft(theirs);
    }
    write(client, &theirs, &update, elsewhere).await
}

/// Blocks or unblocks, at once, whatever else changed meanwhile: the other fields go back as they are now.
pub async fn set_blocked(client: &Client, caller: &Caller, id: &UserId, blocked: bool) -> Saved {
    let theirs = match find(client, id).await {
        Ok(Some(user)) => user,
        Ok(None) => return Saved::Gone,
        Err(error) => return Saved::Failed(error),
    };
    let draft = UserDraft {
        blocked,
        ..UserDraft::of(&theirs)
    };
    if theirs.is_blocked == blocked {
        return Saved::NothingLeft(theirs);
    }
    if let Err(refusal) = user_edit::check(caller, &theirs, &draft) {
        return Saved::Refused(refusal);
    }
    let update = UserUpdate {
        is_blocked: blocked,
        ..UserUpdate::of(&theirs)
    };
    match write(client, &theirs, &update, Vec::new()).await {
        // Whatever else somebody has changed meanwhile: this is as it was wanted.
        Saved::Lost(Some((_, user))) if user.is_blocked == blocked => Saved::Done {
            user,
            elsewhere: Vec::new(),
            confirmed: true,
        },
        ended => ended,
    }
}

/// How a deletion ended.
#[derive(Clone, Debug)]
pub enum Deleted {
    /// The server did it.
    Done,
    /// There was nobody any more.
    Already,
    /// The server refused or could not be reached. Nothing was deleted.
    Failed(ApiError),
    /// The answer was lost, and the list could not be read again.
    Lost,
}

/// Deletes a user. A lost answer is cleared up by reading the list again.
pub async fn delete(client: &Client, id: &UserId) -> Deleted {
    match client.send(users::delete(id)).await {
        Ok(()) => Deleted::Done,
        Err(error) if error.is_not_found() => Deleted::Already,
        Err(error) if error.is_ambiguous() => match find(client, id).await {
            Ok(None) => Deleted::Done,
            Ok(Some(_)) => Deleted::Failed(error),
            Err(_) => Deleted::Lost,
        },
        Err(error) => Deleted::Failed(error),
    }
}

/// Reads one user from the server. There is no request for one: the list is read until they come, and no further.
///
/// # Errors
/// The list could not be read far enough to know.
pub async fn find(client: &Client, id: &UserId) -> Result<Option<User>, ApiError> {
    let mut stream = client.open_stream(users::list()).await?;
    let mut search = FindUser::new(id.as_str());
    let mut slice = Slice::begin();
    'body: while let Some(piece) = stream.next().await? {
        search.push(piece);
        loop {
            match search.step(STEP_ROWS).map_err(|error| ApiError::decode(&error))? {
                Step::Stopped => break 'body,
                Step::Hungry => break,
                Step::Full => {}
            }
            if slice.is_over() {
                slice = slice.rest().await;
            }
        }
    }
    let found = search.finish().map_err(|error| ApiError::decode(&error))?;
    Ok(found.map(|row| User::from(&row)))
}

async fn write(client: &Client, before: &User, update: &UserUpdate, elsewhere: Vec<EditField>) -> Saved {
    let error = match client.send(users::update(&before.id, update)).await {
        Ok(answer) => {
            // The list is what everybody sees, so it has the last word; if it cannot be read, the answer has it.
            let user = find(client, &before.id).await.ok().flatten().unwrap_or(answer);
            return Saved::Done {
                user,
                elsewhere,
                confirmed: false,
            };
        }
        Err(error) if error.is_ambiguous() => error,
        Err(error) if error.is_not_found() => return Saved::Gone,
        Err(error) => return Saved::Failed(error),
    };
    match find(client, &before.id).await {
        Ok(Some(now)) => match user_edit::outcome(update, before, &now) {
            Outcome::Done => Saved::Done {
                user: now,
                elsewhere,
                confirmed: true,
            },
            outcome => Saved::Lost(Some((outcome, now))),
        },
        Ok(None) => Saved::Gone,
        Err(_) if error.is_unauthorized() => Saved::Failed(error),
        Err(_) => Saved::Lost(None),
    }
}

/// Makes the groups that are `wanted` and puts them into the form's `choices`; `group_made` is told of each at once.
///
/// # Errors
/// The name of the first that could not be made, and why; those after it were not tried.
pub(super) async fn make_groups(
    client: &Client,
    wanted: Vec<String>,
    choices: &mut [GroupChoice],
    known: &Groups,
    group_made: &dyn Fn(&str, Group),
) -> Result<(), (String, ApiError)> {
    for name in wanted {
        match make_group(client, &name, known).await {
            Ok(group) => {
                group_choice::made(choices, &name, &group.id);
                group_made(&name, group);
            }
            Err(error) => return Err((name, error)),
        }
    }
    Ok(())
}

/// Makes a group, once. One of that name that somebody made meanwhile, or that a lost answer belongs to, is taken.
async fn make_group(client: &Client, name: &str, known: &Groups) -> Result<Group, ApiError> {
    if let Some(group) = known.named(name) {
        return Ok(group.clone());
    }
    let error = match client.send(groups::create(name)).await {
        Ok(group) => return Ok(group),
        Err(error) => error,
    };
    if !(error.is_conflict() || error.is_ambiguous()) {
        return Err(error);
    }
    match client.send(groups::list()).await {
        Ok(groups) => groups.named(name).cloned().ok_or(error),
        Err(_) => Err(error),
    }
}
