//! Faults beyond an error and a delay, as a client over a real connection sees them.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use standin::Seed;

use crate::support::{Answer, OWNER_TOKEN, Server};

fn switch(server: &Server, fault: Value) {
    let answer = server.call("POST", "/_standin/faults", "", Some(fault));
    assert_eq!(answer.status, 200, "{}", answer.text());
}

/// What the log says was made to go wrong, call by call.
fn played(server: &Server) -> Vec<(Value, Value)> {
    let log = server.get("/_standin/requests", "").json();
    let entries = log.as_array().unwrap().iter();
    entries
        .map(|entry| (entry["status"].clone(), entry["played"].clone()))
        .collect()
}

/// One connection, used for one call after the other.
struct Connection(TcpStream);

impl Connection {
    fn open(server: &Server) -> Self {
        let stream = TcpStream::connect(server.base.trim_start_matches("http://")).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        Self(stream)
    }

    /// Sends a call; gives the first line of the answer, or how the connection broke.
    fn call(&mut self, method: &str, path: &str, body: &str) -> Result<String, ErrorKind> {
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {OWNER_TOKEN}\r\nContent-Length: {length}\r\n\r\n"
        );
        self.0
            .write_all(format!("{head}{body}").as_bytes())
            .map_err(|error| error.kind())?;
        let mut answer = vec![0; 64 << 10];
        match self.0.read(&mut answer) {
            Ok(0) => Ok("closed".to_owned()),
            Ok(count) => {
                let text = String::from_utf8_lossy(&answer[..count]).into_owned();
                Ok(text.lines().next().unwrap_or_default().to_owned())
            }
            Err(error) => Err(error.kind()),
        }
    }
}

/// Somebody to block, the path to do it, and whether they are.
struct Target {
    id: String,
    path: String,
}

impl Target {
    fn new(server: &Server) -> Self {
        let id = server.person("uma.sato@example.com")["id"].as_str().unwrap().to_owned();
        let path = format!("/api/users/{id}");
        Self { id, path }
    }

    fn is_blocked(&self, server: &Server) -> bool {
        server.user(&self.id)["is_blocked"] == true
    }
}

const BLOCK: &str = r#"{"role":"user","auto_groups":[],"is_blocked":true}"#;

#[test]
fn a_connection_is_reset_before_or_after_the_work() {
    let server = Server::start(Seed::Demo);
    let target = Target::new(&server);
    for (kind, is_done) in [("reset_before", false), ("reset_after", true)] {
        switch(&server, json!({ "path": target.path, "kind": kind, "method": "PUT" }));
        server.call("DELETE", "/_standin/requests", "", None);
        let broken = Connection::open(&server).call("PUT", &target.path, BLOCK);
        assert_eq!(broken, Err(ErrorKind::ConnectionReset), "{kind}");
        assert_eq!(
            played(&server),
            [(Value::Null, json!(kind))],
            "no answer, and the log says why"
        );
        assert_eq!(target.is_blocked(&server), is_done, "{kind}");
    }
    let healed = Connection::open(&server).call("PUT", &target.path, BLOCK);
    assert_eq!(healed.as_deref(), Ok("HTTP/1.1 200 OK"));
}

#[test]
fn a_reset_reaches_the_page_although_browsers_repeat_calls_over_used_connections() {
    let server = Server::start(Seed::Demo);
    let target = Target::new(&server);
    let mut used = Connection::open(&server);
    assert_eq!(used.call("GET", "/api/instance", "").as_deref(), Ok("HTTP/1.1 200 OK"));
    switch(
        &server,
        json!({ "path": target.path, "kind": "reset_after", "method": "PUT" }),
    );
    assert_eq!(
        used.call("PUT", &target.path, BLOCK),
        Err(ErrorKind::ConnectionReset),
        "the browser repeats this one by itself"
    );
    assert!(!target.is_blocked(&server), "so nothing may be done");
    assert_eq!(
        Connection::open(&server).call("PUT", &target.path, BLOCK),
        Err(ErrorKind::ConnectionReset),
        "and this one it gives up"
    );
    assert!(target.is_blocked(&server));
    assert_eq!(server.get("/_standin/faults", "").json(), json!([]));
}

#[test]
fn an_answer_can_be_empty_or_not_for_other_origins() {
    let server = Server::start(Seed::Demo);
    let target = Target::new(&server);
    switch(&server, json!({ "path": "/api/users", "kind": "empty" }));
    let empty = server.get("/api/users", OWNER_TOKEN);
    assert_eq!((empty.status, empty.bytes.len()), (200, 0));

    let put = |server: &Server| {
        let headers = [
            ("authorization", OWNER_TOKEN.to_owned()),
            ("origin", "http://console.example.com".to_owned()),
        ];
        server.send("PUT", &target.path, &headers, Some(BLOCK))
    };
    switch(&server, json!({ "path": "/api/users", "kind": "no_cors" }));
    let closed = put(&server);
    assert_eq!(
        (closed.status, closed.header("access-control-allow-origin")),
        (200, ""),
        "the browser keeps the answer from the page"
    );
    assert!(target.is_blocked(&server), "but the write was done");
    assert_eq!(put(&server).header("access-control-allow-origin"), "*");

    switch(
        &server,
        json!({ "path": "/api/users", "kind": "no_cors", "method": "OPTIONS" }),
    );
    let preflight = || {
        let headers = [
            ("origin", "http://console.example.com".to_owned()),
            ("access-control-request-method", "GET".to_owned()),
            ("access-control-request-headers", "authorization".to_owned()),
        ];
        server.send("OPTIONS", "/api/users", &headers, None)
    };
    let names = |answer: &Answer| {
        let names = answer.headers.keys().map(ToString::to_string);
        names.filter(|name| name.starts_with("access-control-")).count()
    };
    assert_eq!(names(&preflight()), 0);
    assert_eq!(names(&preflight()), 3);
}

#[test]
fn answers_are_changed_as_other_versions_and_broken_servers_would() {
    let server = Server::start(Seed::Demo);
    let list = |kind: &str| {
        switch(&server, json!({ "path": "/api/users", "kind": kind, "exact": true }));
        let answer = server.get("/api/users", OWNER_TOKEN);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "application/json; charset=UTF-8")
        );
        answer.json().as_array().unwrap().clone()
    };
    let all = server.get("/api/users", OWNER_TOKEN).json().as_array().unwrap().len();

    let wrong = list("wrong_types");
    assert_eq!(wrong.len(), all);
    assert!(
        wrong
            .iter()
            .all(|user| user["name"].is_u64() && user["is_blocked"].is_string() && user["auto_groups"].is_string())
    );
    let more = list("extra_fields");
    assert!(
        more.iter()
            .all(|user| user["_future"].is_object() && user["name"].is_string())
    );
    let null = list("null_arrays");
    assert!(null.len() == all && null.iter().all(|user| user["auto_groups"].is_null()));
    let unknown = list("unknown_values");
    assert!(
        unknown
            .iter()
            .all(|user| user["role"] == "role_of_tomorrow" && user["status"] == "status_of_tomorrow")
    );
    let twice = list("duplicate_ids");
    let mut ids: Vec<&str> = twice.iter().map(|user| user["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!((twice.len(), ids.len()), (all, all.div_ceil(2)));

    switch(
        &server,
        json!({ "path": "/api/users", "kind": "wrong_types", "field": "role", "times": 2 }),
    );
    let current = server.get("/api/users/current", OWNER_TOKEN).json();
    assert!(current["role"].is_u64() && current["name"].is_string());
    let error = server.get("/api/users?service_user=maybe", OWNER_TOKEN);
    assert_eq!(error.status, 422, "an error stays one");
    assert_eq!(server.get("/_standin/faults", "").json(), json!([]));
}

#[test]
fn too_many_requests_with_and_without_a_time_to_wait() {
    let server = Server::start(Seed::Demo);
    for seconds in [None, Some(7)] {
        let mut fault = json!({ "path": "/api/users", "kind": "status", "status": 429, "times": 2 });
        if let Some(seconds) = seconds {
            fault["retry_after"] = json!(seconds);
        }
        switch(&server, fault);
        for _ in 0..2 {
            let answer = server.get("/api/users", OWNER_TOKEN);
            assert_eq!(answer.error(), (429, "too many requests".to_owned()));
            let waits = seconds.map_or_else(String::new, |seconds: u32| seconds.to_string());
            assert_eq!(answer.header("retry-after"), waits);
        }
        assert_eq!(server.get("/api/users", OWNER_TOKEN).status, 200);
    }
}

#[test]
fn a_slow_line_delays_everything_and_other_faults_still_play() {
    let server = Server::start(Seed::Demo);
    switch(
        &server,
        json!({ "path": "/api/", "kind": "delay", "delay_ms": 60, "jitter_ms": 40, "seed": 3, "times": 0 }),
    );
    switch(
        &server,
        json!({ "path": "/api/groups", "kind": "status", "status": 503 }),
    );
    let timed = |path: &str| {
        let begin = Instant::now();
        (server.get(path, OWNER_TOKEN).status, begin.elapsed())
    };
    for (path, status) in [("/api/users", 200), ("/api/groups", 503), ("/api/groups", 200)] {
        let (answered, took) = timed(path);
        assert_eq!(answered, status);
        assert!(took >= Duration::from_millis(60), "{path}: {took:?}");
    }
    let faults = server.get("/_standin/faults", "").json();
    assert_eq!(faults.as_array().unwrap().len(), 1);
    let off = format!("/_standin/faults/{}", faults[0]["n"]);
    assert_eq!(server.call("DELETE", &off, "", None).json(), json!([]));
    assert_eq!(server.call("DELETE", &off, "", None).status, 404);
}

/// What happens to `calls` calls in a row under chaos of that seed.
fn chaos(server: &Server, seed: u64, calls: usize) -> Vec<String> {
    server.call("DELETE", "/_standin/requests", "", None);
    let begun = server.call(
        "POST",
        "/_standin/chaos",
        "",
        Some(json!({ "seed": seed, "share": 0.15 })),
    );
    assert_eq!(begun.json(), json!({ "seed": seed, "share": 0.15, "path": "/api/" }));
    let mut told = Vec::new();
    for _ in 0..calls {
        told.push(Connection::open(server).call("GET", "/api/instance", ""));
    }
    assert_eq!(server.call("DELETE", "/_standin/chaos", "", None).json(), Value::Null);
    let log = played(server);
    for (answer, (_, played)) in told.iter().zip(&log) {
        let played = played.as_str().unwrap_or_default();
        let expected = match played.trim_start_matches("chaos: ") {
            "status 500" => Ok("HTTP/1.1 500 Internal Server Error"),
            "status 429" => Ok("HTTP/1.1 429 Too Many Requests"),
            "reset_before" | "reset_after" => Err(ErrorKind::ConnectionReset),
            _ => Ok("HTTP/1.1 200 OK"),
        };
        assert_eq!(answer.as_deref().map_err(|error| *error), expected, "{played}");
    }
    log.into_iter().map(|(_, played)| played.to_string()).collect()
}

#[test]
fn chaos_is_the_same_for_the_same_seed() {
    let server = Server::start(Seed::Demo);
    // Beside each other, on a server each: some of the calls are late on purpose.
    let [first, second, other] = std::thread::scope(|scope| {
        [11, 11, 12]
            .map(|seed| scope.spawn(move || chaos(&Server::start(Seed::Empty), seed, 20)))
            .map(|thread| thread.join().unwrap())
    });
    assert_eq!(first, second);
    assert_ne!(first, other);
    assert!(
        first.iter().filter(|played| *played != "null").count() > 10,
        "{first:?}"
    );
    chaos(&server, 12, 2);
    assert_eq!(first[..1], chaos(&server, 11, 1), "it begins from the beginning");
    for wrong in [json!({ "share": 0.1 }), json!({ "seed": 1, "share": 0.5 })] {
        assert_eq!(server.call("POST", "/_standin/chaos", "", Some(wrong)).status, 400);
    }
    assert_eq!(server.get("/_standin/chaos", "").json(), Value::Null);
}
