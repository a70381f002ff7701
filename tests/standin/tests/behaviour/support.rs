//! A server of its own for each test, and a client that follows nothing by itself.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use standin::{Mode, Options, Running, Seed, StandIn};
use tempfile::TempDir;
use ureq::http;

/// Where the recorded sign-ins return to; also a registered address of every server here.
pub const CALLBACK: &str = "http://127.0.0.1:8080/callback";

/// The owner's access token in seeded data.
pub const OWNER_TOKEN: &str = "Token nbp_abcdefghijklmnopqrstuvwxyz01232LolCm";

/// The password of everybody in seeded data.
pub const PASSWORD: &str = "Roost-demo-1";

/// A server with its data folder; both go when it is dropped.
pub struct Server {
    pub base: String,
    running: Option<Running>,
    runtime: Option<tokio::runtime::Runtime>,
    data: TempDir,
    options: Options,
}

impl Server {
    pub fn start(seed: Seed) -> Self {
        Self::with(seed, |_| {})
    }

    /// A server whose options are changed first.
    pub fn with(seed: Seed, change: impl FnOnce(&mut Options)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            dist: None,
            auth: Vec::new(),
            log: false,
            mode: Mode::StandIn(StandIn {
                seed,
                setup_pat: true,
                redirect_uris: vec![CALLBACK.to_owned()],
                ..StandIn::in_folder(data.path().to_owned())
            }),
        };
        change(&mut options);
        let mut server = Self {
            base: String::new(),
            running: None,
            runtime: None,
            data,
            options,
        };
        server.run();
        server
    }

    /// A server with an API whose settings are changed first.
    pub fn stand_in(seed: Seed, change: impl FnOnce(&mut StandIn)) -> Self {
        Self::with(seed, |options| {
            if let Mode::StandIn(settings) = &mut options.mode {
                change(settings);
            }
        })
    }

    fn run(&mut self) {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .unwrap();
        let running = runtime.block_on(standin::start(self.options.clone())).unwrap();
        running.url().trim_end_matches('/').clone_into(&mut self.base);
        self.running = Some(running);
        self.runtime = Some(runtime);
    }

    fn stop(&mut self) {
        self.running = None;
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(Duration::from_millis(50));
        }
    }

    /// Ends the server and starts another one with the same data, under the same issuer. Its port may be another: a free
    /// one may be somebody else's a moment later.
    pub fn restart(&mut self) {
        self.restart_with(|_| {});
    }

    /// The same, with other settings.
    pub fn restart_with(&mut self, change: impl FnOnce(&mut StandIn)) {
        let issuer = format!("{}/oauth2", self.base);
        if let Mode::StandIn(settings) = &mut self.options.mode {
            settings.issuer.get_or_insert(issuer);
            change(settings);
        }
        self.stop();
        self.run();
    }

    /// Moves the server's clock forward.
    pub fn forward(&self, seconds: u64) {
        let answer = self.call("POST", "/_standin/clock", "", Some(json!({ "forward": seconds })));
        assert_eq!(answer.status, 200, "{}", answer.text());
    }

    pub fn folder(&self) -> &Path {
        self.data.path()
    }

    /// Calls the API.
    pub fn call(&self, method: &str, path: &str, authorization: &str, body: Option<Value>) -> Answer {
        let mut headers = Vec::new();
        if !authorization.is_empty() {
            headers.push(("authorization", authorization.to_owned()));
        }
        if body.is_some() {
            headers.push(("content-type", "application/json".to_owned()));
        }
        self.send(method, path, &headers, body.map(|body| body.to_string()).as_deref())
    }

    pub fn get(&self, path: &str, authorization: &str) -> Answer {
        self.call("GET", path, authorization, None)
    }

    /// Sends one request and follows nothing. `path` may also be a whole address of this server.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, String)], body: Option<&str>) -> Answer {
        self.send_with(&agent(), method, path, headers, body)
    }

    /// The same over a client's connections, which it may keep.
    pub fn send_with(
        &self,
        agent: &ureq::Agent,
        method: &str,
        path: &str,
        headers: &[(&str, String)],
        body: Option<&str>,
    ) -> Answer {
        let address = if path.starts_with('/') {
            format!("{}{path}", self.base)
        } else {
            path.to_owned()
        };
        let mut request = http::Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        let answer = match body {
            Some(body) => agent.run(request.body(body.to_owned()).unwrap()),
            None => agent.run(request.body(()).unwrap()),
        };
        Answer::read(answer.unwrap_or_else(|error| panic!("{method} {path}: {error}")))
    }

    /// Somebody of the demo data by e-mail address.
    pub fn person(&self, email: &str) -> Value {
        let people = self.get("/_standin/people", "").json();
        people
            .as_array()
            .unwrap()
            .iter()
            .find(|person| person["email"] == email)
            .unwrap()
            .clone()
    }

    /// A user as the owner sees them.
    pub fn user(&self, id: &str) -> Value {
        let users = self.get("/api/users", OWNER_TOKEN).json();
        users
            .as_array()
            .unwrap()
            .iter()
            .find(|user| user["id"] == id)
            .cloned()
            .unwrap_or(Value::Null)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// A client that treats every status as an answer.
pub fn agent() -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(Duration::from_secs(20)))
        .allow_non_standard_methods(true)
        .build()
        .into()
}

/// An answer, read to its end.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    fn read(mut answer: http::Response<ureq::Body>) -> Self {
        let bytes = answer.body_mut().with_config().limit(256 << 20).read_to_vec().unwrap();
        Self {
            status: answer.status().as_u16(),
            headers: answer.headers().clone(),
            bytes,
        }
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.bytes.clone()).unwrap()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| panic!("{}: {error}: {}", self.status, self.text()))
    }

    /// Status and error text.
    pub fn error(&self) -> (u16, String) {
        (
            self.status,
            self.json()["message"].as_str().unwrap_or_default().to_owned(),
        )
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A browser as far as the provider needs one: it keeps the session cookie.
#[derive(Default, Clone)]
pub struct Browser {
    pub cookie: Option<String>,
}

/// A PKCE verifier; any string of the allowed characters.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mBYyGM9ABcDefGhijKlmnOpqRstUvWx";

/// The address of an authorization request; `more` are further pairs.
pub fn authorize_path(scope: &str, more: &[(&str, &str)]) -> String {
    let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER));
    let mut pairs = vec![
        ("client_id", "netbird-dashboard"),
        ("response_type", "code"),
        ("scope", scope),
        ("redirect_uri", CALLBACK),
        ("state", "st"),
        ("nonce", "no"),
        ("code_challenge", challenge.as_str()),
        ("code_challenge_method", "S256"),
    ];
    pairs.extend_from_slice(more);
    let query: String = form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish();
    format!("/oauth2/auth?{query}")
}

impl Browser {
    pub fn send(&mut self, server: &Server, method: &str, path: &str, form: Option<&str>) -> Answer {
        let mut headers = Vec::new();
        if let Some(cookie) = &self.cookie {
            headers.push(("cookie", cookie.clone()));
        }
        if form.is_some() {
            headers.push(("content-type", "application/x-www-form-urlencoded".to_owned()));
        }
        let answer = server.send(method, path, &headers, form);
        if let Some(cookie) = answer.headers.get("set-cookie") {
            self.cookie = cookie.to_str().unwrap().split(';').next().map(str::to_owned);
        }
        answer
    }

    /// Follows redirects as long as they stay on the server; gives every answer on the way.
    pub fn follow(&mut self, server: &Server, path: &str) -> Vec<Answer> {
        let mut answers = vec![self.send(server, "GET", path, None)];
        loop {
            let location = answers.last().unwrap().header("location").to_owned();
            if !location.starts_with('/') || answers.len() > 5 {
                return answers;
            }
            answers.push(self.send(server, "GET", &location, None));
        }
    }

    /// Signs in with a password; gives the answer to the form.
    pub fn sign_in(&mut self, server: &Server, scope: &str, email: &str, password: &str) -> Answer {
        let page = self.login_page(server, &authorize_path(scope, &[]));
        let form = form(&[("login", email), ("password", password)]);
        self.send(server, "POST", &page, Some(&form))
    }
}

pub fn form(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

/// A field of the query of a redirect.
pub fn query_field(location: &str, name: &str) -> String {
    let query = location.split_once('?').map_or("", |(_, query)| query);
    let fields: HashMap<String, String> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    fields.get(name).cloned().unwrap_or_default()
}

/// Exchanges the code of a redirect for tokens.
pub fn exchange(server: &Server, location: &str, verifier: &str) -> Answer {
    let form = form(&[
        ("grant_type", "authorization_code"),
        ("code", &query_field(location, "code")),
        ("redirect_uri", CALLBACK),
        ("client_id", "netbird-dashboard"),
        ("code_verifier", verifier),
    ]);
    Browser::default().send(server, "POST", "/oauth2/token", Some(&form))
}

/// The tokens of somebody who signs in through the pages.
pub fn tokens_of(server: &Server, scope: &str, email: &str, password: &str) -> Value {
    let answer = Browser::default().sign_in(server, scope, email, password);
    assert_eq!(answer.status, 303, "{email}: {}", answer.text());
    let tokens = exchange(server, answer.header("location"), VERIFIER);
    assert_eq!(tokens.status, 200, "{email}: {}", tokens.text());
    tokens.json()
}

/// The `Authorization` header of somebody who signs in through the pages.
pub fn bearer(server: &Server, email: &str, password: &str) -> String {
    let tokens = tokens_of(server, "openid profile email", email, password);
    format!("Bearer {}", tokens["access_token"].as_str().unwrap())
}

/// The folder of the recorded exchanges.
pub fn recorded(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../fixtures/recorded")
        .join(name);
    serde_json::from_str(&std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        .unwrap()
}
