//! Making a service user: the groups first, then the user, once each, and what became of a lost answer.

use super::user_writes::make_group;
use crate::api::error::ApiError;
use crate::api::users;
use crate::domain::groups::{Group, Groups};
use crate::domain::service_user::{self, NewServiceUser, ServiceDraft};
use crate::domain::user::User;
use crate::domain::user_edit::GroupChoice;
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
    let mut auto_groups: Vec<String> = Vec::with_capacity(draft.groups.len());
    for choice in &draft.groups {
        let id = match choice {
            GroupChoice::Existing(id) => id.clone(),
            GroupChoice::New(name) => match make_group(client, name, known).await {
                Ok(group) => {
                    let id = group.id.clone();
                    group_made(name, group);
                    id
                }
                Err(error) => return Made::GroupFailed(name.clone(), error),
            },
        };
        if !auto_groups.contains(&id) {
            auto_groups.push(id);
        }
    }
    let new = NewServiceUser {
        name: draft.name.trim().to_owned(),
        role: draft.role.clone(),
        auto_groups,
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
