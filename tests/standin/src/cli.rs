//! Owns the command line: what can be asked for, and the sentence that refuses the rest.

use std::ffi::OsString;
use std::net::SocketAddr;
use std::path::PathBuf;

use crate::event_lag::EventLag;
use lexopt::prelude::{Long, ValueExt};

/// What `--help` prints.
pub const USAGE: &str = "\
standin --listen 127.0.0.1:8080 --data DIR [--dist DIR] [--seed demo|empty|users=N] [--setup-pat]
        [--issuer URL] [--redirect-uri URI]... [--log]
standin --listen 127.0.0.1:8080 --dist DIR --api URL [--oidc-issuer URL --client-id ID] [--log]

  --listen ADDRESS    where to listen; port 0 takes a free one and prints it
  --data DIR          where the database is kept; made when it is missing
  --dist DIR          the built console to serve
  --seed WHAT         what a new database holds: demo (default), empty, or users=N
  --setup-pat         POST /api/setup may hand out an access token
  --issuer URL        the address its own OpenID provider goes by (http://<listen>/oauth2)
  --redirect-uri URI  one more address that sign-ins may return to; may be given again
  --api URL           serve only the console, for the management API at this address
  --oidc-issuer URL   the OpenID provider of that API; without it one signs in with an access token
  --client-id ID      the console's client at that provider
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
    /// How late events show up.
    pub event_lag: EventLag,
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
            "setup-pat" => found.setup_pat = true,
            "log" => found.log = true,
            "listen" | "data" | "dist" | "seed" | "issuer" | "redirect-uri" | "api" | "oidc-issuer" | "client-id" => {
                let name = name.to_owned();
                let value = parser.value().map_err(|error| error.to_string())?;
                found.take(&name, value)?;
            }
            _ => return Err(argument.unexpected().to_string()),
        }
    }
    found.finish().map(Some)
}

#[derive(Default)]
struct Found {
    listen: Option<SocketAddr>,
    data: Option<PathBuf>,
    dist: Option<PathBuf>,
    seed: Option<Seed>,
    setup_pat: bool,
    issuer: Option<String>,
    redirect_uris: Vec<String>,
    api: Option<String>,
    oidc_issuer: Option<String>,
    client_id: Option<String>,
    log: bool,
}

impl Found {
    fn take(&mut self, name: &str, value: OsString) -> Result<(), String> {
        if name == "data" || name == "dist" {
            let folder = Some(PathBuf::from(value));
            if name == "data" {
                self.data = folder;
            } else {
                self.dist = folder;
            }
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
            "seed" => self.seed = Some(seed(&text)?),
            "client-id" => self.client_id = Some(text),
            "redirect-uri" => self.redirect_uris.push(http_url(name, &text)?),
            "issuer" => self.issuer = Some(http_url(name, &text)?.trim_end_matches('/').to_owned()),
            "oidc-issuer" => self.oidc_issuer = Some(http_url(name, &text)?),
            _ => self.api = Some(http_url(name, &text)?.trim_end_matches('/').to_owned()),
        }
        Ok(())
    }

    fn finish(self) -> Result<Options, String> {
        let listen = self.listen.ok_or("--listen is missing, e.g. --listen 127.0.0.1:8080")?;
        let mode = match self.api {
            None => {
                if self.oidc_issuer.is_some() || self.client_id.is_some() {
                    return Err("--oidc-issuer and --client-id go with --api".to_owned());
                }
                Mode::StandIn(StandIn {
                    data: self
                        .data
                        .ok_or("--data is missing: the folder to keep the database in")?,
                    seed: self.seed.unwrap_or(Seed::Demo),
                    setup_pat: self.setup_pat,
                    issuer: self.issuer,
                    redirect_uris: self.redirect_uris,
                    event_lag: EventLag::default(),
                })
            }
            Some(api) => {
                let of_its_own = [
                    ("--data", self.data.is_some()),
                    ("--seed", self.seed.is_some()),
                    ("--setup-pat", self.setup_pat),
                    ("--issuer", self.issuer.is_some()),
                    ("--redirect-uri", !self.redirect_uris.is_empty()),
                ];
                if let Some((name, _)) = of_its_own.iter().find(|(_, given)| *given) {
                    return Err(format!(
                        "{name} does not go with --api: there is no API of its own then"
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
            mode,
        })
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
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Options>, String> {
        parse(
            std::iter::once("standin")
                .chain(line.split_whitespace())
                .map(OsString::from),
        )
    }

    #[test]
    fn a_stand_in_with_everything() {
        let options = read(
            "--listen 127.0.0.1:0 --data d --dist e --seed users=7 --setup-pat --issuer http://a/oauth2/ \
             --redirect-uri http://b/callback --redirect-uri http://c/callback --log",
        );
        assert_eq!(
            options.unwrap().unwrap(),
            Options {
                listen: "127.0.0.1:0".parse().unwrap(),
                dist: Some("e".into()),
                log: true,
                mode: Mode::StandIn(StandIn {
                    data: "d".into(),
                    seed: Seed::Users(7),
                    setup_pat: true,
                    issuer: Some("http://a/oauth2".to_owned()),
                    redirect_uris: vec!["http://b/callback".to_owned(), "http://c/callback".to_owned()],
                    event_lag: EventLag::default(),
                }),
            }
        );
    }

    #[test]
    fn a_console_alone() {
        let options =
            read("--listen 127.0.0.1:1 --dist e --api https://n.example.com/ --oidc-issuer https://i --client-id c");
        assert_eq!(
            options.unwrap().unwrap().mode,
            Mode::ConsoleOnly(ConsoleOnly {
                api: "https://n.example.com".to_owned(),
                issuer: Some("https://i".to_owned()),
                client_id: Some("c".to_owned()),
            })
        );
    }

    #[test]
    fn what_cannot_be_is_refused_in_a_sentence() {
        for (line, part) in [
            ("--data d", "--listen is missing"),
            ("--listen nowhere --data d", "--listen takes an address"),
            ("--listen 127.0.0.1:0", "--data is missing"),
            ("--listen 127.0.0.1:0 --data d --seed some", "--seed takes"),
            ("--listen 127.0.0.1:0 --data d --seed users=0", "--seed takes"),
            ("--listen 127.0.0.1:0 --data d --client-id x", "go with --api"),
            ("--listen 127.0.0.1:0 --api https://a", "--dist is missing"),
            ("--listen 127.0.0.1:0 --api ftp://a --dist d", "--api takes a URL"),
            (
                "--listen 127.0.0.1:0 --api https://a --dist d --data e",
                "--data does not go with --api",
            ),
            (
                "--listen 127.0.0.1:0 --api https://a --dist d --client-id e",
                "goes with --oidc-issuer",
            ),
            ("--listen 127.0.0.1:0 --data d --wrong", "--wrong"),
            ("--listen 127.0.0.1:0 --data d extra", "extra"),
        ] {
            let refusal = read(line).unwrap_err();
            assert!(refusal.contains(part), "{line}: {refusal}");
        }
    }

    #[test]
    fn help_is_no_error() {
        assert_eq!(read("--help"), Ok(None));
    }
}
