//! Signing in: OpenID Connect, access tokens, the session.

pub mod access_token;
pub mod claims;
pub mod oidc;
pub mod pending;
pub mod pkce;
pub mod renewal;
pub mod rounds;
pub mod session;
pub mod step_up;

#[cfg(feature = "ui")]
mod callback;
#[cfg(feature = "ui")]
pub mod flow;
#[cfg(feature = "ui")]
mod leaving;
#[cfg(feature = "ui")]
pub mod newcomer;
#[cfg(feature = "ui")]
pub mod prolong;
#[cfg(feature = "ui")]
mod provider;
#[cfg(feature = "ui")]
pub mod report;
#[cfg(feature = "ui")]
mod siblings;
#[cfg(feature = "ui")]
mod tab;
#[cfg(feature = "ui")]
pub mod talk;
