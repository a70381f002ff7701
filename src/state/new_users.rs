//! Making and inviting people: read again, make groups, send once, and find out what became of a lost answer. A secret
//! whose answer is lost is lost: what is there without it is said, with the way to another one.

use super::access::find_first;
use super::user_writes::make_groups;
use crate::api::error::ApiError;
use crate::api::groups;
use crate::api::invites::{self, MadeInvite, NewLink};
use crate::api::users::{self, MadeUser};
use crate::domain::group_choice;
use crate::domain::groups::{Group, Groups};
use crate::domain::invite::{Invite, InviteId};
use crate::domain::new_user::{NewUserDraft, Way, same_address};
use crate::domain::user::{User, UserId};
use crate::transport::Client;

/// Who has an address already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Present {
    /// A user of the account.
    User(User),
    /// Somebody with an invitation, open or ended: the server refuses a second one either way.
    Invite(Invite),
}

/// How the making of a person ended.
pub enum Made {
    /// Invited; the secret of the link is in it.
    Link(MadeInvite),
    /// Made, with a password.
    WithPassword(MadeUser),
    /// Invited by an e-mail of the outside provider; whether that is known from a later read only.
    Mailed(User, bool),
    /// Made, but the only answer with the secret was lost.
    SecretLost(Present),
    /// Somebody has the address. Nothing was made.
    Taken(Present),
    /// A chosen group was deleted by somebody else; the groups as they are now. Nobody was made.
    GroupGone(Groups),
    /// A group could not be made. Nobody was made.
    GroupFailed(String, ApiError),
    /// Reading before, or the server, said no. Nobody was made.
    Failed(ApiError),
    /// The answer was lost, and a later read shows that nobody was made.
    NotMade,
    /// The answer was lost, and the lists could not be read again.
    Unknown,
}

/// Makes or invites a person. `group_made` is told of every group that was made, at once.
pub async fn make(client: &Client, draft: NewUserDraft, known: &Groups, group_made: &dyn Fn(&str, Group)) -> Made {
    let mut draft = draft;
    let email = draft.email.trim().to_owned();
    match present(client, &email, draft.way).await {
        Ok(None) => {}
        Ok(Some(present)) => return Made::Taken(present),
        Err(error) => return Made::Failed(error),
    }
    // The server takes the id of a group that is gone and keeps it for ever.
    if group_choice::has_existing(&draft.groups) {
        match client.send(groups::list()).await {
            Ok(now) if draft.problems(Some(&now)).groups.is_some() => return Made::GroupGone(now),
            Ok(_) => {}
            Err(error) => return Made::Failed(error),
        }
    }
    let wanted = group_choice::new_names(&draft.groups);
    if let Err((name, error)) = make_groups(client, wanted, &mut draft.groups, known, group_made).await {
        return Made::GroupFailed(name, error);
    }
    let person = draft.person();
    let sent = match draft.way {
        Way::Link => {
            let seconds = draft.seconds().unwrap_or_default();
            client.send(invites::create(&person, seconds)).await.map(|made| {
                if made.token.is_empty() {
                    Made::SecretLost(Present::Invite(made.invite))
                } else {
                    Made::Link(made)
                }
            })
        }
        Way::Mail => client
            .send(users::create(&person))
            .await
            .map(|made| Made::Mailed(made.user, false)),
        Way::Password => client.send(users::create(&person)).await.map(|made| {
            if made.password.is_empty() {
                Made::SecretLost(Present::User(made.user))
            } else {
                Made::WithPassword(made)
            }
        }),
    };
    let error = match sent {
        Ok(made) => return made,
        Err(error) if error.is_ambiguous() || error.is_conflict() => error,
        Err(error) => return Made::Failed(error),
    };
    match (present(client, &email, draft.way).await, error.is_conflict()) {
        (Ok(Some(present)), true) => Made::Taken(present),
        (_, true) => Made::Failed(error),
        (Ok(Some(Present::User(user))), false) if draft.way == Way::Mail => Made::Mailed(user, true),
        (Ok(Some(present)), false) => Made::SecretLost(present),
        (Ok(None), false) => Made::NotMade,
        (Err(_), false) => Made::Unknown,
    }
}

/// Who has an address by now: looked for among the users, and where there are invitations among those, too.
async fn present(client: &Client, email: &str, way: Way) -> Result<Option<Present>, ApiError> {
    // An outside provider has no invitations of this kind: asking for them would be refused.
    if way != Way::Mail {
        let invites = client.send(invites::list()).await?;
        let found = invites.into_iter().find(|invite| same_address(&invite.email, email));
        if let Some(invite) = found {
            return Ok(Some(Present::Invite(invite)));
        }
    }
    let wanted = email.to_owned();
    let user = find_first(client, Box::new(move |row| same_address(&row.email, &wanted))).await?;
    Ok(user.map(Present::User))
}

/// How a new link for an invitation ended.
pub enum Renewed {
    /// There is one, and the old one works no more.
    Done(NewLink),
    /// The invitation is gone: accepted, or deleted.
    Gone,
    /// The server refused, or could not be read. The old link is as it was.
    Failed(ApiError),
    /// The answer was lost, and the old link is as it was.
    NotDone,
    /// The answer was lost with the new link, and the old one works no more.
    LinkLost,
    /// The answer was lost, and what became of the old link is not known.
    Unknown,
}

/// Makes another link for an invitation.
pub async fn renew(client: &Client, id: &InviteId, seconds: u64) -> Renewed {
    let before = match find(client, id).await {
        Ok(Some(invite)) => invite,
        Ok(None) => return Renewed::Gone,
        Err(error) => return Renewed::Failed(error),
    };
    match client.send(invites::regenerate(id, seconds)).await {
        Ok(link) if link.token.is_empty() => Renewed::LinkLost,
        Ok(link) => Renewed::Done(link),
        Err(error) if error.is_not_found() => Renewed::Gone,
        Err(error) if error.is_ambiguous() => match find(client, id).await {
            Ok(Some(now)) if now.ends_as_sent == before.ends_as_sent => Renewed::NotDone,
            Ok(Some(_)) => Renewed::LinkLost,
            Ok(None) => Renewed::Gone,
            Err(_) => Renewed::Unknown,
        },
        Err(error) => Renewed::Failed(error),
    }
}

/// How the deletion of an invitation ended.
pub enum TakenBack {
    /// It is gone, and its link with it.
    Done,
    /// It was gone already: accepted, or deleted.
    Already,
    /// Not deleted.
    Failed(ApiError),
    /// The answer was lost, and the list could not be read again.
    Unknown,
}

/// Deletes an invitation.
pub async fn take_back(client: &Client, id: &InviteId) -> TakenBack {
    match client.send(invites::delete(id)).await {
        Ok(()) => TakenBack::Done,
        Err(error) if error.is_not_found() => TakenBack::Already,
        Err(error) if error.is_ambiguous() => match find(client, id).await {
            Ok(None) => TakenBack::Done,
            Ok(Some(_)) => TakenBack::Failed(error),
            Err(_) => TakenBack::Unknown,
        },
        Err(error) => TakenBack::Failed(error),
    }
}

async fn find(client: &Client, id: &InviteId) -> Result<Option<Invite>, ApiError> {
    let invites = client.send(invites::list()).await?;
    Ok(invites.into_iter().find(|invite| invite.id == *id))
}

/// How sending an invitation once more ended.
pub enum Resent {
    /// The provider sends it.
    Done,
    /// They have come already, or nobody knows them any more; the list knows more.
    Outdated(ApiError),
    /// The server refused.
    Failed(ApiError),
    /// The answer was lost. No read tells whether an e-mail was sent.
    Unknown,
}

/// Has the outside provider send its invitation once more.
pub async fn resend(client: &Client, id: &UserId) -> Resent {
    match client.send(users::resend_invitation(id)).await {
        Ok(()) => Resent::Done,
        Err(error) if error.says_activated() || error.is_not_found() => Resent::Outdated(error),
        Err(error) if error.is_ambiguous() => Resent::Unknown,
        Err(error) => Resent::Failed(error),
    }
}
