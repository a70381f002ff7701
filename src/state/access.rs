//! Who is signed in and what they may do, told from those the server keeps out.

use std::ops::ControlFlow;

use roost_list::{Decoder, Sink, Step, UserRef};

use crate::api::error::{ApiError, ErrorKind};
use crate::api::users::{self, CurrentUser};
use crate::browser::chunk::{NotLoaded, Working, chunk};
use crate::browser::clock::Slice;
use crate::domain::guard::Caller;
use crate::domain::permission::Permissions;
use crate::domain::user::User;
use crate::transport::Client;

/// What the server says about the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// They may work, as far as their grants go.
    Granted(Box<CurrentUser>),
    /// An administrator has blocked them.
    Blocked,
    /// Nobody has approved them yet.
    Pending,
    /// They are no user of the account any more.
    Gone,
}

impl CurrentUser {
    /// The caller, as far as rules ask.
    pub fn caller(&self) -> Caller {
        Caller {
            id: self.user.id.clone(),
            role: self.user.role.clone(),
            is_service_user: self.user.is_service_user,
            permissions: self.permissions.clone(),
        }
    }
}

/// Asks who the caller is. Service users are refused the direct question (`contract` 2.2) and are found in the list; to
/// people who wait for approval it says "blocked", and only another call says which.
///
/// # Errors
/// The server did not say.
pub async fn who_am_i(client: &Client) -> Result<Access, ApiError> {
    let error = match client.send(users::current()).await {
        Ok(current) => return Ok(Access::Granted(Box::new(current))),
        Err(error) if error.says_caller_gone() => return Ok(Access::Gone),
        Err(error) if error.kind == ErrorKind::Forbidden => error,
        Err(error) => return Err(error),
    };
    // Most callers are told at once: the second question travels apart.
    match look_in_part(client.clone(), error.clone()).await {
        Ok(looking) => looking.await,
        Err(NotLoaded) => Err(error),
    }
}

chunk!(panels: fn look_in_part(client: Client, error: ApiError) -> Working<Result<Access, ApiError>> {
    Box::pin(look_in_list(client, error))
});

/// Looks for the caller in the list, after a refusal of the direct question.
async fn look_in_list(client: Client, error: ApiError) -> Result<Access, ApiError> {
    match find_first(&client, Box::new(|row| row.is_current)).await {
        Ok(Some(user)) => {
            let permissions = Permissions::of_service_user(&user.role);
            Ok(Access::Granted(Box::new(CurrentUser { user, permissions })))
        }
        Err(second) if second.says_pending_approval() => Ok(Access::Pending),
        Err(second) if second.says_blocked() => Ok(Access::Blocked),
        Err(second) if second.says_caller_gone() => Ok(Access::Gone),
        _ if error.says_blocked() => Ok(Access::Blocked),
        Ok(None) => Err(error),
        Err(second) => Err(second),
    }
}

/// What a user must be like to be the one who is looked for.
pub(super) type Wanted = Box<dyn Fn(&UserRef<'_>) -> bool>;

/// Takes the first row that is wanted and no other.
struct First {
    wanted: Wanted,
    found: Option<User>,
}

impl Sink for First {
    fn take(&mut self, row: &UserRef<'_>) -> ControlFlow<()> {
        if (self.wanted)(row) {
            self.found = Some(User::from(row));
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    }
}

/// Reads the list of users until the first who is wanted comes, and no further.
pub(super) async fn find_first(client: &Client, wanted: Wanted) -> Result<Option<User>, ApiError> {
    let mut stream = client.open_stream(users::list()).await?;
    let mut decoder = Decoder::new();
    let mut first = First { wanted, found: None };
    let mut slice = Slice::begin();
    while let Some(piece) = stream.next().await? {
        decoder.push(piece);
        loop {
            match decoder
                .step(&mut first, 256)
                .map_err(|error| ApiError::decode(&error))?
            {
                Step::Stopped => return Ok(first.found),
                Step::Hungry => break,
                Step::Full if slice.is_over() => slice = slice.rest().await,
                Step::Full => {}
            }
        }
    }
    decoder.finish(&mut first).map_err(|error| ApiError::decode(&error))?;
    Ok(first.found)
}
