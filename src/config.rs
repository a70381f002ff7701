//! Run-time configuration: `config.json`, parsed and validated. What is wrong in it stops the start, by name.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;

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
        let mut file = Section::parse("", text)?;
        let api = file.text("api")?.unwrap_or_default();
        if !api.is_empty() {
            check_origin("api", &api)?;
        }
        let invite_base = file.text("invite_base")?;
        if let Some(link) = &invite_base {
            check_address("invite_base", link)?;
        }
        let auth = file.section("auth")?;
        file.finish(&["api", "auth", "invite_base"])?;
        let auth = AuthConfig::read(auth)?;
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
    fn read(mut section: Section) -> Result<Self, ConfigError> {
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
            check_address("auth.issuer", &issuer)?;
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

/// An object of the file, emptied as its keys are read.
struct Section {
    path: String,
    entries: Vec<(String, Value)>,
}

impl Section {
    fn parse(path: &str, text: &str) -> Result<Self, ConfigError> {
        let entries: Entries = serde_json::from_str(text).map_err(|error| {
            let problem = ["not a JSON object as described: ", &error.to_string()].concat();
            ConfigError::new(path, &problem)
        })?;
        Ok(Self {
            path: path.to_owned(),
            entries: entries.0,
        })
    }

    fn key(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            [self.path.as_str(), ".", name].concat()
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        let at = self.entries.iter().position(|(known, _)| known == name)?;
        Some(self.entries.remove(at).1)
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, ConfigError> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(ConfigError::new(&self.key(name), "must be a text in double quotes")),
        }
    }

    fn word<T: Copy>(&mut self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, ConfigError> {
        let Some(text) = self.text(name)? else { return Ok(None) };
        match words.iter().find(|(word, _)| *word == text) {
            Some((_, value)) => Ok(Some(*value)),
            None => {
                let allowed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
                Err(ConfigError::new(
                    &self.key(name),
                    &["must be one of: ", &allowed.join(", ")].concat(),
                ))
            }
        }
    }

    fn section(&mut self, name: &str) -> Result<Self, ConfigError> {
        match self.take(name) {
            None => Ok(Self {
                path: name.to_owned(),
                entries: Vec::new(),
            }),
            Some(value @ Value::Object(_)) => Self::parse(name, &value.to_string()),
            Some(_) => Err(ConfigError::new(&self.key(name), "must be an object in braces")),
        }
    }

    /// Every key must have been read: what is not known is a mistake, or a secret that does not belong here.
    fn finish(self, known: &[&str]) -> Result<(), ConfigError> {
        let Some((name, _)) = self.entries.first() else {
            return Ok(());
        };
        let key = self.key(name);
        if name.to_lowercase().contains("secret") {
            return Err(ConfigError::new(
                &key,
                "a page cannot keep a secret: register a public client, and remove this key",
            ));
        }
        Err(ConfigError::new(
            &key,
            &["not a key of Roost; allowed here: ", &known.join(", ")].concat(),
        ))
    }
}

/// An object's entries, in order; a key that comes twice is refused, because nobody can know which one was meant.
struct Entries(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor;
        impl<'de> Visitor<'de> for EntriesVisitor {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object in braces")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries: Vec<(String, Value)> = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, NoTwins>()? {
                    if entries.iter().any(|(known, _)| *known == key) {
                        return Err(A::Error::custom(["the key ", &key, " comes twice"].concat()));
                    }
                    entries.push((key, value.0));
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(EntriesVisitor)
    }
}

/// Any value whose objects have no key twice.
struct NoTwins(Value);

impl<'de> Deserialize<'de> for NoTwins {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnyVisitor;
        impl<'de> Visitor<'de> for AnyVisitor {
            type Value = NoTwins;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or an object in braces")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<NoTwins, E> {
                Ok(NoTwins(Value::String(text.to_owned())))
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<NoTwins, E> {
                Ok(NoTwins(Value::Bool(value)))
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<NoTwins, E> {
                Ok(NoTwins(value.into()))
            }

            fn visit_unit<E: Error>(self) -> Result<NoTwins, E> {
                Ok(NoTwins(Value::Null))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<NoTwins, A::Error> {
                let mut object = serde_json::Map::new();
                while let Some((key, value)) = map.next_entry::<String, NoTwins>()? {
                    if object.contains_key(&key) {
                        return Err(A::Error::custom(["the key ", &key, " comes twice"].concat()));
                    }
                    object.insert(key, value.0);
                }
                Ok(NoTwins(Value::Object(object)))
            }
        }
        deserializer.deserialize_any(AnyVisitor)
    }
}

/// Host and port of an address.
pub fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// An address with https, or with http on the computer itself.
fn check_address(key: &str, address: &str) -> Result<(), ConfigError> {
    let odd = address.contains(|c: char| c.is_whitespace() || c.is_control() || matches!(c, '\\' | '"' | '<' | '>'));
    let host_and_port = host(address);
    if odd || host_and_port.is_empty() || host_and_port.contains('@') {
        return Err(ConfigError::new(
            key,
            "must be an address such as https://netbird.example.com",
        ));
    }
    let loopback = matches!(host_name(host_and_port), "127.0.0.1" | "localhost" | "[::1]");
    if address.starts_with("https://") || (address.starts_with("http://") && loopback) {
        return Ok(());
    }
    Err(ConfigError::new(
        key,
        "must begin with https:// (http:// only for this computer: 127.0.0.1, localhost, [::1])",
    ))
}

fn check_origin(key: &str, origin: &str) -> Result<(), ConfigError> {
    check_address(key, origin)?;
    let after = origin.split_once("://").map_or("", |(_, rest)| rest);
    if after == host(origin) {
        return Ok(());
    }
    Err(ConfigError::new(
        key,
        "must be an origin without a path or a slash at its end: https://netbird.example.com",
    ))
}

fn host_name(host_and_port: &str) -> &str {
    if host_and_port.starts_with('[') {
        return host_and_port
            .find(']')
            .and_then(|at| host_and_port.get(..=at))
            .unwrap_or(host_and_port);
    }
    host_and_port.split(':').next().unwrap_or_default()
}

#[cfg(test)]
mod tests;
