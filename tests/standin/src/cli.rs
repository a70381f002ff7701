//! Owns the command line: what can be asked for, and the sentence that refuses the rest.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::event_lag::EventLag;
use lexopt::prelude::{Long, ValueExt};

use crate::clock::{DAY, MOST_AHEAD};
use crate::idp::IdpManager;

const MOST_DAYS: i64 = MOST_AHEAD / DAY;

/// What `--help` prints.
pub const USAGE: &str = "\
standin --listen 127.0.0.1:8080 --data DIR [--dist DIR] [--seed demo|empty|users=N] [--setup-pat]
        [--issuer URL] [--redirect-uri URI]... [--mode embedded|external|none] [--local-auth on|off]
        [--user-delete-from-idp] [--rate-limit on|off] [--clock +DAYS] [--token-lifetime SECONDS]
        [--server-version VERSION] [--oidc-issuer URL --client-id ID] [--auth KEY=VALUE]... [--log]
standin --listen 127.0.0.1:8080 --dist DIR --api URL [--oidc-issuer URL --client-id ID] [--auth KEY=VALUE]... [--log]

  --listen ADDRESS    where to listen; port 0 takes a free one and prints it
  --data DIR          where the database is kept; made when it is missing
  --dist DIR          the built console to serve
  --seed WHAT         what a new database holds: demo (default), empty, or users=N
  --setup-pat         POST /api/setup may hand out an access token
  --issuer URL        the address its own OpenID provider goes by (http://<listen>/oauth2)
  --redirect-uri URI  one more address that sign-ins may return to; may be given again
  --mode WHICH        its identity provider: embedded (default), external (one it may invite people to and
                      delete them from), or none (one it only takes tokens of)
  --local-auth off    nobody has a password with the embedded provider
  --user-delete-from-idp  who is deleted is deleted at the external provider, too
  --rate-limit on     500 calls per access token, then 6 a minute
  --clock +DAYS       its clock is so many days ahead: what is there ages
  --token-lifetime SECONDS  how long tokens of its OpenID provider last (86400)
  --server-version VERSION  what it says its version is (development)
  --api URL           serve only the console, for the management API at this address
  --oidc-issuer URL   with --api: the OpenID provider of that API; without it one signs in with an access token.
                      Without --api: one that really runs elsewhere, whose tokens this server takes and where the
                      console signs in
  --client-id ID      the console's client at that provider
  --auth KEY=VALUE    one more key of \"auth\" in the console's config.json; may be given again
  --log               print every request
";

/// The whole command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Where to listen.
    pub listen: SocketAddr,
    /// The folder of the built console.
    pub dist: Option<PathBuf>,
    /// Print every request to standard output.
    pub log: bool,
    /// Further keys of `auth` in the console's `config.json`.
    pub auth: Vec<(String, String)>,
    /// Which of the two servers to be.
    pub mode: Mode,
}

/// The two servers this program can be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mode {
    /// API, OpenID provider and console.
    StandIn(StandIn),
    /// Only the console, in front of somebody else's API.
    ConsoleOnly(ConsoleOnly),
}

/// Settings of the server that has an API of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// Where the database is kept.
    pub data: PathBuf,
    /// What a new database holds.
    pub seed: Seed,
    /// Whether `POST /api/setup` may create an access token.
    pub setup_pat: bool,
    /// The issuer, when it is not `http://<listen>/oauth2`.
    pub issuer: Option<String>,
    /// Further redirect addresses to register.
    pub redirect_uris: Vec<String>,
    /// A provider that runs elsewhere, and the console's client there.
    pub real_provider: Option<(String, String)>,
    /// How late events show up.
    pub event_lag: EventLag,
    /// Which identity provider there is.
    pub idp: IdpManager,
    /// Whether the embedded provider lets people have a password.
    pub local_auth: bool,
    /// Whether who is deleted is deleted at the external provider, too.
    pub user_delete_from_idp: bool,
    /// Whether calls with access tokens are limited.
    pub rate_limit: bool,
    /// How many days the server's clock is ahead.
    pub days_ahead: u32,
    /// How many seconds tokens of the OpenID provider last.
    pub token_lifetime: u32,
    /// What the server says its version is.
    pub version: String,
}

impl StandIn {
    /// What a command line means that names only a folder.
    #[must_use]
    pub fn in_folder(data: PathBuf) -> Self {
        Self {
            data,
            seed: Seed::Demo,
            setup_pat: false,
            issuer: None,
            redirect_uris: Vec::new(),
            real_provider: None,
            event_lag: EventLag::default(),
            idp: IdpManager::Embedded,
            local_auth: true,
            user_delete_from_idp: false,
            rate_limit: false,
            days_ahead: 0,
            token_lifetime: 86_400,
            version: "development".to_owned(),
        }
    }
}

/// Settings of the server that has only the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleOnly {
    /// Origin of the management API.
    pub api: String,
    /// Issuer of its OpenID provider.
    pub issuer: Option<String>,
    /// The console's client there.
    pub client_id: Option<String>,
}

/// What a new database holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seed {
    /// A company of about forty people.
    Demo,
    /// Nobody: the first step is `POST /api/setup`.
    Empty,
    /// So many users.
    Users(u32),
}

/// Reads a command line (its first word is the program's name); `None` when help is asked for.
///
/// # Errors
/// One sentence about the first thing that is wrong.
pub fn parse(arguments: impl IntoIterator<Item = OsString>) -> Result<Option<Options>, String> {
    let mut parser = lexopt::Parser::from_iter(arguments);
    let mut found = Found::default();
    while let Some(argument) = parser.next().map_err(|error| error.to_string())? {
        let Long(name) = argument else {
            return Err(argument.unexpected().to_string());
        };
        match name {
            "help" => return Ok(None),
            "log" => found.log = true,
            "setup-pat" | "user-delete-from-idp" => found.switch(name),
            "listen" | "data" | "dist" | "seed" | "issuer" | "redirect-uri" | "mode" | "local-auth" | "rate-limit"
            | "clock" | "token-lifetime" | "server-version" | "api" | "oidc-issuer" | "client-id" | "auth" => {
                let name = name.to_owned();
                let value = parser.value().map_err(|error| error.to_string())?;
                found.take(&name, value)?;
            }
            _ => return Err(argument.unexpected().to_string()),
        }
    }
    found.finish().map(Some)
}

/// What was found so far. Settings of the server with an API of its own go into `own`, and their names into `own_names`.
struct Found {
    listen: Option<SocketAddr>,
    dist: Option<PathBuf>,
    own: StandIn,
    own_names: Vec<String>,
    api: Option<String>,
    oidc_issuer: Option<String>,
    client_id: Option<String>,
    auth: Vec<(String, String)>,
    log: bool,
}

impl Default for Found {
    fn default() -> Self {
        Self {
            listen: None,
            dist: None,
            own: StandIn::in_folder(PathBuf::new()),
            own_names: Vec::new(),
            api: None,
            oidc_issuer: None,
            client_id: None,
            auth: Vec::new(),
            log: false,
        }
    }
}

impl Found {
    fn switch(&mut self, name: &str) {
        self.own_names.push(name.to_owned());
        if name == "setup-pat" {
            self.own.setup_pat = true;
        } else {
            self.own.user_delete_from_idp = true;
        }
    }

    fn take(&mut self, name: &str, value: OsString) -> Result<(), String> {
        if name == "dist" {
            self.dist = Some(PathBuf::from(value));
            return Ok(());
        }
        if name == "data" {
            self.own.data = PathBuf::from(value);
            self.own_names.push(name.to_owned());
            return Ok(());
        }
        let text = value.string().map_err(|_| format!("--{name} is not valid UTF-8"))?;
        match name {
            "listen" => {
                self.listen = Some(
                    text.parse()
                        .map_err(|_| format!("--listen takes an address like 127.0.0.1:8080, not {text}"))?,
                );
            }
            "client-id" => self.client_id = Some(text),
            "auth" => {
                let pair = text
                    .split_once('=')
                    .ok_or_else(|| format!("--auth takes KEY=VALUE like renewal=none, not {text}"))?;
                self.auth.push((pair.0.to_owned(), pair.1.to_owned()));
            }
            "oidc-issuer" => self.oidc_issuer = Some(http_url(name, &text)?),
            "api" => self.api = Some(http_url(name, &text)?.trim_end_matches('/').to_owned()),
            _ => {
                self.take_own(name, text)?;
                self.own_names.push(name.to_owned());
            }
        }
        Ok(())
    }

    fn take_own(&mut self, name: &str, text: String) -> Result<(), String> {
        let own = &mut self.own;
        match name {
            "seed" => own.seed = seed(&text)?,
            "redirect-uri" => own.redirect_uris.push(http_url(name, &text)?),
            "issuer" => own.issuer = Some(http_url(name, &text)?.trim_end_matches('/').to_owned()),
            "mode" => own.idp = idp(&text)?,
            "local-auth" => own.local_auth = on_or_off(name, &text)?,
            "rate-limit" => own.rate_limit = on_or_off(name, &text)?,
            "clock" => {
                own.days_ahead = text
                    .strip_prefix('+')
                    .and_then(|days| days.parse().ok())
                    .filter(|days| i64::from(*days) <= MOST_DAYS)
                    .ok_or_else(|| format!("--clock takes days like +30 (at most +{MOST_DAYS}), not {text}"))?;
            }
            "token-lifetime" => {
                own.token_lifetime = text
                    .parse()
                    .ok()
                    .filter(|seconds| *seconds > 0)
                    .ok_or_else(|| format!("--token-lifetime takes seconds like 300, not {text}"))?;
            }
            _ => own.version = text,
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Options, String> {
        let listen = self.listen.ok_or("--listen is missing, e.g. --listen 127.0.0.1:8080")?;
        let mode = match self.api {
            None => {
                self.own.real_provider = match (self.oidc_issuer, self.client_id) {
                    (Some(issuer), Some(client)) => Some((issuer, client)),
                    (None, None) => None,
                    _ => return Err("--oidc-issuer and --client-id go together".to_owned()),
                };
                check_own(&self.own)?;
                Mode::StandIn(self.own)
            }
            Some(api) => {
                if let Some(name) = self.own_names.first() {
                    return Err(format!(
                        "--{name} does not go with --api: there is no API of its own then"
                    ));
                }
                if self.dist.is_none() {
                    return Err("--dist is missing: with --api there is only the console to serve".to_owned());
                }
                if self.oidc_issuer.is_none() && self.client_id.is_some() {
                    return Err("--client-id goes with --oidc-issuer".to_owned());
                }
                Mode::ConsoleOnly(ConsoleOnly {
                    api,
                    issuer: self.oidc_issuer,
                    client_id: self.client_id,
                })
            }
        };
        Ok(Options {
            listen,
            dist: self.dist,
            log: self.log,
            auth: self.auth,
            mode,
        })
    }
}

/// Refuses settings that mean nothing together.
fn check_own(own: &StandIn) -> Result<(), String> {
    if own.data.as_os_str().is_empty() {
        return Err("--data is missing: the folder to keep the database in".to_owned());
    }
    if !own.local_auth && own.idp != IdpManager::Embedded {
        return Err("--local-auth off goes with --mode embedded".to_owned());
    }
    if !own.local_auth && own.seed == Seed::Empty {
        return Err("--local-auth off does not go with --seed empty: nobody could ever sign in".to_owned());
    }
    if own.user_delete_from_idp && own.idp != IdpManager::External {
        return Err("--user-delete-from-idp goes with --mode external".to_owned());
    }
    Ok(())
}

fn idp(text: &str) -> Result<IdpManager, String> {
    match text {
        "embedded" => Ok(IdpManager::Embedded),
        "external" => Ok(IdpManager::External),
        "none" => Ok(IdpManager::None),
        _ => Err(format!("--mode takes embedded, external or none, not {text}")),
    }
}

fn on_or_off(name: &str, text: &str) -> Result<bool, String> {
    match text {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err(format!("--{name} takes on or off, not {text}")),
    }
}

fn seed(text: &str) -> Result<Seed, String> {
    let refusal = || format!("--seed takes demo, empty or users=N (1 to 1000000), not {text}");
    match text {
        "demo" => Ok(Seed::Demo),
        "empty" => Ok(Seed::Empty),
        _ => {
            let count = text
                .strip_prefix("users=")
                .and_then(|count| count.parse().ok())
                .ok_or_else(refusal)?;
            if (1..=1_000_000).contains(&count) {
                Ok(Seed::Users(count))
            } else {
                Err(refusal())
            }
        }
    }
}

fn http_url(name: &str, text: &str) -> Result<String, String> {
    let host = text.strip_prefix("http://").or_else(|| text.strip_prefix("https://"));
    match host {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') && !rest.contains(['"', '\'', ' ', ';', ',']) => {
            Ok(text.to_owned())
        }
        _ => Err(format!(
            "--{name} takes a URL like https://netbird.example.com, not {text}"
        )),
    }
}

#[cfg(test)]
#[path = "cli_tests.rs"]
mod tests;
