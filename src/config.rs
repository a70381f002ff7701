//! Run-time configuration: `config.json`, parsed and validated. What is wrong in it stops the start, by name.

mod address;
pub mod release;
mod section;

use address::{check_address, check_issuer, check_mixed, check_origin};
use section::Section;

pub use address::{host, is_address};

/// How one signs in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthMode {
    /// OpenID Connect; an access token is offered as well.
    Oidc,
    /// An access token pasted into the page.
    Token,
    /// A proxy in front adds the credentials; the page holds none.
    Proxy,
}

/// Which of the provider's tokens the API takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// the access token
    AccessToken,
    /// the ID token
    IdToken,
}

/// How a session is renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// by the provider's own session: a new authorization request
    Session,
    /// by a refresh token
    RefreshToken,
    /// not at all
    None,
}

/// Where a session is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StorageKind {
    /// the tab's session storage
    Session,
    /// memory only
    Memory,
}

/// Everything about signing in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthConfig {
    /// how
    pub mode: AuthMode,
    /// the provider's issuer, exactly as its tokens say; empty only where it is not needed
    pub issuer: String,
    /// the client registered for this console
    pub client_id: String,
    /// scopes asked for
    pub scope: String,
    /// audience asked for, where the provider wants one
    pub audience: Option<String>,
    /// which token the API takes
    pub bearer: Bearer,
    /// how a session is renewed
    pub renewal: Renewal,
    /// where it is kept
    pub storage: StorageKind,
}

/// The configuration of a deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunConfig {
    /// Origin of the management API; empty = the page's own.
    pub api: String,
    /// Signing in.
    pub auth: AuthConfig,
    /// What an invitation's token is appended to.
    pub invite_base: String,
    /// The address the console lives at, with a trailing slash (`document.baseURI`).
    pub base: String,
}

/// What is wrong with the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// The key, as a path: `auth.issuer`. Empty for the file as a whole.
    pub key: String,
    /// What is allowed, in English: it is for the person who deploys.
    pub problem: String,
}

impl ConfigError {
    fn new(key: &str, problem: &str) -> Self {
        Self {
            key: key.to_owned(),
            problem: problem.to_owned(),
        }
    }
}

impl RunConfig {
    /// Reads `config.json`. `base` is the document's base address.
    ///
    /// # Errors
    /// The first thing wrong with it.
    pub fn parse(text: &str, base: &str) -> Result<Self, ConfigError> {
        let base = base.split(['?', '#']).next().unwrap_or_default();
        let base = base.rsplit_once('/').map_or(base, |(folder, _)| folder).to_owned() + "/";
        let mut file = Section::parse(text)?;
        let api = file.text("api")?.unwrap_or_default();
        if !api.is_empty() {
            check_mixed("api", &api, &base)?;
            check_origin("api", &api)?;
        }
        let invite_base = file.text("invite_base")?;
        if let Some(link) = &invite_base {
            check_address("invite_base", link)?;
        }
        let auth = file.section("auth")?;
        file.finish(&["api", "auth", "invite_base"])?;
        let auth = AuthConfig::read(auth, &base)?;
        let invite_base = invite_base.unwrap_or_else(|| [base.as_str(), "invite#token="].concat());
        Ok(Self {
            api,
            auth,
            invite_base,
            base,
        })
    }

    /// The path of [`Self::base`]: `/`, `/admin/`.
    pub fn base_path(&self) -> &str {
        let after_scheme = self.base.split_once("://").map_or(self.base.as_str(), |(_, rest)| rest);
        after_scheme
            .find('/')
            .and_then(|at| after_scheme.get(at..))
            .unwrap_or("/")
    }

    /// The console's own origin.
    pub fn own_origin(&self) -> &str {
        self.base
            .len()
            .checked_sub(self.base_path().len())
            .and_then(|end| self.base.get(..end))
            .unwrap_or_default()
    }

    /// The origin of the API, whether or not it is the console's own.
    pub fn api_origin(&self) -> &str {
        if self.api.is_empty() {
            self.own_origin()
        } else {
            &self.api
        }
    }

    /// Where the provider sends back to after a sign-in, as registered there.
    pub fn redirect_uri(&self) -> String {
        [self.base.as_str(), "callback"].concat()
    }

    /// Where the provider sends back to after a sign-out, as registered there.
    pub fn post_logout_uri(&self) -> &str {
        &self.base
    }

    /// The host to name on the sign-in page: the API's.
    pub fn api_host(&self) -> &str {
        let address = if self.api.is_empty() { &self.base } else { &self.api };
        host(address)
    }
}

impl AuthConfig {
    fn read(mut section: Section, base: &str) -> Result<Self, ConfigError> {
        let mode = section
            .word(
                "mode",
                &[
                    ("oidc", AuthMode::Oidc),
                    ("token", AuthMode::Token),
                    ("proxy", AuthMode::Proxy),
                ],
            )?
            .unwrap_or(AuthMode::Oidc);
        let issuer = section.text("issuer")?.unwrap_or_default();
        if !issuer.is_empty() {
            check_mixed("auth.issuer", &issuer, base)?;
            check_issuer("auth.issuer", &issuer)?;
        } else if mode == AuthMode::Oidc {
            return Err(ConfigError::new(
                "auth.issuer",
                "needed for the mode \"oidc\": the provider's https address",
            ));
        }
        let client_id = section
            .text("client_id")?
            .unwrap_or_else(|| "netbird-dashboard".to_owned());
        if client_id.trim().is_empty() {
            return Err(ConfigError::new(
                "auth.client_id",
                "the id of the client registered at the provider",
            ));
        }
        let scope = section
            .text("scope")?
            .unwrap_or_else(|| "openid profile email".to_owned());
        if !scope.split(' ').any(|word| word == "openid") {
            return Err(ConfigError::new("auth.scope", "must contain openid"));
        }
        let audience = section.text("audience")?.filter(|audience| !audience.is_empty());
        let bearer = section
            .word(
                "bearer",
                &[("access_token", Bearer::AccessToken), ("id_token", Bearer::IdToken)],
            )?
            .unwrap_or(Bearer::AccessToken);
        let renewals = [
            ("session", Renewal::Session),
            ("refresh_token", Renewal::RefreshToken),
            ("none", Renewal::None),
        ];
        let renewal = section.word("renewal", &renewals)?.unwrap_or(Renewal::Session);
        // Such a token outlives the session at the provider, and NetBird's own provider does not survive its use.
        if renewal != Renewal::RefreshToken && scope.split(' ').any(|word| word == "offline_access") {
            return Err(ConfigError::new(
                "auth.scope",
                "offline_access goes with the renewal \"refresh_token\" only",
            ));
        }
        let storage = section
            .word(
                "storage",
                &[("session", StorageKind::Session), ("memory", StorageKind::Memory)],
            )?
            .unwrap_or(StorageKind::Session);
        section.finish(&[
            "mode",
            "issuer",
            "client_id",
            "scope",
            "audience",
            "bearer",
            "renewal",
            "storage",
        ])?;
        Ok(Self {
            mode,
            issuer,
            client_id,
            scope,
            audience,
            bearer,
            renewal,
            storage,
        })
    }
}

#[cfg(test)]
mod tests;
