//! The program as a process of its own, so that it can be killed and measured.

use std::ffi::{OsStr, OsString};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use ureq::http;

use crate::support::agent;

/// The program to measure: an optimised one if `STANDIN` names it.
pub fn optimised() -> Option<OsString> {
    std::env::var_os("STANDIN").filter(|path| !path.is_empty())
}

/// A running program; it is killed when this is dropped.
pub struct Program {
    child: Child,
    pub base: String,
}

impl Program {
    /// Starts the one that the tests were built with.
    pub fn start(data: &Path, seed: &str) -> Self {
        Self::run(env!("CARGO_BIN_EXE_standin").as_ref(), data, seed)
    }

    /// Starts whichever is to be measured.
    pub fn start_optimised(data: &Path, seed: &str) -> Self {
        let program = optimised().unwrap_or_else(|| env!("CARGO_BIN_EXE_standin").into());
        Self::run(&program, data, seed)
    }

    fn run(program: &OsStr, data: &Path, seed: &str) -> Self {
        let mut child = Command::new(program)
            .args(["--listen", "127.0.0.1:0", "--seed", seed, "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let base = line
            .strip_prefix("listening on ")
            .unwrap()
            .trim_end()
            .trim_end_matches('/');
        Self {
            base: base.to_owned(),
            child,
        }
    }

    /// Ends it at once, as the kernel does: SIGKILL, nothing is flushed.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// The most memory it had at once, in bytes, where the system says so.
    pub fn peak_memory(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
        let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
        Some(kibibytes << 10)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may be dead already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A client that keeps its connection from call to call.
#[derive(Clone)]
pub struct Client {
    agent: ureq::Agent,
    base: String,
    authorization: String,
}

impl Client {
    pub fn new(base: &str, authorization: &str) -> Self {
        Self {
            agent: agent(),
            base: base.to_owned(),
            authorization: authorization.to_owned(),
        }
    }

    /// Status and body; `None` when there was no whole answer.
    pub fn call(&self, method: &str, path: &str, body: Option<&Value>) -> Option<(u16, Vec<u8>)> {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header("authorization", &self.authorization);
        let answer = match body {
            Some(body) => self.agent.run(request.body(body.to_string()).unwrap()),
            None => self.agent.run(request.body(()).unwrap()),
        };
        let mut answer = answer.ok()?;
        let bytes = answer.body_mut().with_config().limit(256 << 20).read_to_vec().ok()?;
        Some((answer.status().as_u16(), bytes))
    }

    /// The JSON of a call that must work.
    pub fn get(&self, path: &str) -> Value {
        let (status, bytes) = self.call("GET", path, None).unwrap();
        assert_eq!(status, 200, "{path}: {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap()
    }
}
