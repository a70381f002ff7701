//! Signing in: OpenID Connect, access tokens, the session.

pub mod access_token;
pub mod claims;
pub mod oidc;
pub mod pending;
pub mod pkce;
pub mod session;

#[cfg(feature = "ui")]
pub mod flow;
#[cfg(feature = "ui")]
mod provider;
#[cfg(feature = "ui")]
mod siblings;
