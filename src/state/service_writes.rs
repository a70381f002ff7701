//! Making a service user: the groups first, then the user, once each, and what became of a lost answer.

use super::user_writes::make_groups;
use crate::api::error::ApiError;
use crate::api::{groups, users};
use crate::domain::group_choice;
use crate::domain::groups::{Group, Groups};
use crate::domain::service_user::{self, NewServiceUser, ServiceDraft};
use crate::domain::user::User;
use crate::transport::Client;

/// How the making of a service user ended.
pub enum Made {
    /// It is there.
    Done {
        /// the service user as the server has it
        user: User,
        /// the answer was lost, and a later read showed that it was done
        confirmed: bool,
    },
    /// A chosen group was deleted by somebody else; the groups as they are now. No service user was made.
    GroupGone(Groups),
    /// A group could not be made. No service user was.
    GroupFailed(String, ApiError),
    /// The server refused, or a later read showed that it was not made.
    Failed(ApiError),
    /// The answer was lost, and the service users could not be read again.
    Lost,
}

/// Makes a service user. `group_made` is told of every group that was made, at once, so that the form never asks for it
/// again. The service users are read before, because names are not unique: after a lost answer only a new id tells.
pub async fn make(client: &Client, draft: &ServiceDraft, known: &Groups, group_made: &dyn Fn(&str, Group)) -> Made {
    let before = match client.send(users::service_users()).await {
        Ok(before) => before,
        Err(error) => return Made::Failed(error),
    };
    // The server takes the id of a group that is gone and keeps it for ever.
    if group_choice::has_existing(&draft.groups) {
        match client.send(groups::list()).await {
            Ok(now) if !group_choice::unknown(&draft.groups, &now).is_empty() => return Made::GroupGone(now),
            Ok(_) => {}
            Err(error) => return Made::Failed(error),
        }
    }
    let mut chosen = draft.groups.clone();
    let wanted = group_choice::new_names(&chosen);
    if let Err((name, error)) = make_groups(client, wanted, &mut chosen, known, group_made).await {
        return Made::GroupFailed(name, error);
    }
    let new = NewServiceUser {
        name: draft.name.trim().to_owned(),
        role: draft.role.clone(),
        auto_groups: group_choice::ids(&chosen),
    };
    let error = match client.send(users::create_service(&new)).await {
        Ok(user) => return Made::Done { user, confirmed: false },
        Err(error) if error.is_ambiguous() => error,
        Err(error) => return Made::Failed(error),
    };
    match client.send(users::service_users()).await {
        Ok(now) => match service_user::made_meanwhile(&new, &before, &now) {
            Some(user) => Made::Done {
                user: user.clone(),
                confirmed: true,
            },
            None => Made::Failed(error),
        },
        Err(_) => Made::Lost,
    }
}
