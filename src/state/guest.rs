//! Requests of somebody who is not signed in, and what became of those whose answer got lost.

use zeroize::Zeroizing;

use crate::api::error::ApiError;
use crate::api::{instance, invites};
use crate::config::{AuthMode, RunConfig};
use crate::domain::first_owner::Draft;
use crate::domain::invite_link::{self, Dead, Invitation};
use crate::transport::{Client, Credential, FetchTransport, Target};

/// The calls that need nobody to be signed in. Copies are handles on the same.
#[derive(Clone)]
pub struct GuestCalls(Client);

impl GuestCalls {
    /// Sends without credentials. A proxy in front still knows its own cookies.
    pub fn new(config: &RunConfig) -> Self {
        Self::with(config, None)
    }

    /// Sends with credentials, of which it keeps nothing to itself: an answer that refuses them ends no session.
    pub fn with(config: &RunConfig, authorization: Option<String>) -> Self {
        let target = Target {
            api: config.api.clone(),
            credential: Credential::new(authorization),
            cookies: config.auth.mode == AuthMode::Proxy,
        };
        Self(Client::new(FetchTransport::new(target, Vec::new()), |_| (), || ()))
    }

    /// Whether nobody has set the server up.
    ///
    /// # Errors
    /// It did not say.
    pub async fn setup_required(&self) -> Result<bool, ApiError> {
        self.0.send(instance::setup_required()).await
    }

    /// The version of the management server.
    ///
    /// # Errors
    /// It did not say.
    pub async fn version(&self) -> Result<String, ApiError> {
        self.0.send(instance::version()).await
    }

    /// Makes the first owner, once.
    pub async fn set_up(&self, draft: &Draft) -> SetUp {
        match self.0.send(instance::set_up(draft)).await {
            Ok(token) => SetUp::Done(token),
            Err(error) if error.status == Some(412) => SetUp::Already,
            Err(error) if error.is_ambiguous() => self.look_at_setup().await,
            Err(error) => SetUp::Failed(error),
        }
    }

    /// What became of a setup whose answer got lost.
    pub async fn look_at_setup(&self) -> SetUp {
        match self.setup_required().await {
            Ok(false) => SetUp::Confirmed,
            Ok(true) => SetUp::NotDone,
            Err(_) => SetUp::Lost,
        }
    }

    /// What an invite link is about.
    ///
    /// # Errors
    /// The server did not say.
    pub async fn invitation(&self, secret: &str) -> Result<Invitation, ApiError> {
        self.0.send(invites::info(secret)).await
    }

    /// Accepts an invitation, once.
    pub async fn join(&self, secret: &str, password: &str) -> Joined {
        match self.0.send(invites::accept(secret, password)).await {
            Ok(()) => Joined::Done,
            Err(error) if error.is_ambiguous() => self.look_at_invitation(secret).await,
            Err(error) => match invite_link::dead(error.status, &error.message) {
                Some(dead) => Joined::Dead(dead),
                None => Joined::Failed(error),
            },
        }
    }

    /// What became of an acceptance whose answer got lost: a used invitation is gone.
    pub async fn look_at_invitation(&self, secret: &str) -> Joined {
        match self.invitation(secret).await {
            Ok(_) => Joined::NotDone,
            Err(error) if invite_link::dead(error.status, &error.message) == Some(Dead::Gone) => Joined::Confirmed,
            Err(_) => Joined::Lost,
        }
    }
}

/// How setting a server up ended.
pub enum SetUp {
    /// The first owner is there; with an access token, if the server hands one out.
    Done(Zeroizing<String>),
    /// The same, but the answer was lost, and the token with it.
    Confirmed,
    /// Somebody else was quicker.
    Already,
    /// The server refused.
    Failed(ApiError),
    /// The answer was lost, and a later question showed that nothing was done.
    NotDone,
    /// The answer was lost, and the server could not be asked again.
    Lost,
}

/// How accepting an invitation ended.
pub enum Joined {
    /// They are in.
    Done,
    /// The same, but the answer was lost: the invitation is used.
    Confirmed,
    /// The link opens nothing.
    Dead(Dead),
    /// The server refused.
    Failed(ApiError),
    /// The answer was lost, and a later question showed that the invitation is open as before.
    NotDone,
    /// The answer was lost, and the server could not be asked again.
    Lost,
}
