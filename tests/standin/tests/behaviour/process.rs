//! The program itself: its line, its exit codes, its end, and data that outlives it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use standin::Seed;

use crate::support::{OWNER_TOKEN, PASSWORD, Server, agent, bearer};

fn program(data: &Path, listen: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_standin"))
        .args(["--listen", listen, "--seed", "empty", "--setup-pat", "--data"])
        .arg(data)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn it_says_where_it_listens_and_stops_with_connections_open() {
    for signal in ["-TERM", "-INT"] {
        let data = tempfile::tempdir().unwrap();
        let mut child = program(data.path(), "127.0.0.1:0");
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        out.read_line(&mut line).unwrap();
        let address = line
            .strip_prefix("listening on http://")
            .and_then(|rest| rest.strip_suffix("/\n"))
            .unwrap();

        let mut open = TcpStream::connect(address).unwrap();
        open.write_all(b"GET /api/instance HTTP/1.1\r\nHost: x\r\n\r\n")
            .unwrap();
        let mut first = [0; 12];
        open.read_exact(&mut first).unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");

        kill(&child, signal);
        let begin = Instant::now();
        assert!(child.wait().unwrap().success());
        assert!(begin.elapsed() < Duration::from_secs(2));
        let mut rest = String::new();
        out.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "", "one line and nothing else");
    }
}

/// The address in the line of a program that has started.
fn base(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    line.strip_prefix("listening on ")
        .unwrap()
        .trim_end_matches("/\n")
        .to_owned()
}

fn kill(child: &Child, signal: &str) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args([signal, &id]).status().unwrap().success());
}

fn stop(mut child: Child) {
    kill(&child, "-TERM");
    assert!(child.wait().unwrap().success());
}

#[test]
fn events_of_the_last_moment_are_there_after_a_stop() {
    let data = tempfile::tempdir().unwrap();
    let mut child = program(data.path(), "127.0.0.1:0");
    let body = json!({ "email": "o@example.com", "password": "Owner-passw0rd!", "name": "Olive", "create_pat": true });
    let setup = agent()
        .post(format!("{}/api/setup", base(&mut child)))
        .send(body.to_string())
        .unwrap();
    assert_eq!(setup.status(), 200);
    stop(child);
    let setup: Value = serde_json::from_str(&setup.into_body().read_to_string().unwrap()).unwrap();
    let token = setup["personal_access_token"].as_str().unwrap();

    let mut child = program(data.path(), "127.0.0.1:0");
    let events = agent()
        .get(format!("{}/api/events/audit", base(&mut child)))
        .header("authorization", format!("Token {token}"))
        .call()
        .unwrap();
    let events: Value = serde_json::from_str(&events.into_body().read_to_string().unwrap()).unwrap();
    let codes: Vec<&Value> = events
        .as_array()
        .unwrap()
        .iter()
        .map(|event| &event["activity_code"])
        .collect();
    assert_eq!(codes, ["personal.access.token.create", "account.create"]);
    stop(child);
}

#[test]
fn a_taken_port_and_a_wrong_line_are_one_sentence_and_code_2() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let data = tempfile::tempdir().unwrap();
    let output = program(data.path(), &taken.local_addr().unwrap().to_string())
        .wait_with_output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let sentence = String::from_utf8(output.stderr).unwrap();
    assert!(
        sentence.starts_with("standin: port ") && sentence.contains("is taken") && sentence.lines().count() == 1,
        "{sentence}"
    );

    let output = Command::new(env!("CARGO_BIN_EXE_standin"))
        .arg("--nonsense")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let help = Command::new(env!("CARGO_BIN_EXE_standin"))
        .arg("--help")
        .output()
        .unwrap();
    assert!(help.status.success() && String::from_utf8(help.stdout).unwrap().contains("--listen"));
}

#[test]
fn settings_of_the_command_line_reach_the_server() {
    let data = tempfile::tempdir().unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_standin"))
        .args([
            "--listen",
            "127.0.0.1:0",
            "--mode",
            "none",
            "--clock",
            "+3",
            "--server-version",
            "1.2.3",
            "--data",
        ])
        .arg(data.path())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let base = line.trim().strip_prefix("listening on ").unwrap();
    let get = |path: &str| -> serde_json::Value {
        let request = agent()
            .get(format!("{base}{path}"))
            .header("authorization", OWNER_TOKEN);
        let mut answer = request.call().unwrap();
        serde_json::from_slice(&answer.body_mut().read_to_vec().unwrap()).unwrap()
    };
    let (version, accounts) = (get("api/instance/version"), get("api/accounts"));
    let clock = get("_standin/clock");
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(version["management_current_version"], "1.2.3");
    assert_eq!(accounts[0]["settings"]["embedded_idp_enabled"], false);
    assert_eq!(clock["ahead"], 3 * 86_400);
}

#[test]
fn a_restart_keeps_everything() {
    let mut server = Server::start(Seed::Demo);
    let uma = server.person("uma.sato@example.com")["id"].as_str().unwrap().to_owned();
    let header = bearer(&server, "ada.okafor@example.com", PASSWORD);
    let change = json!({ "role": "auditor", "auto_groups": [], "is_blocked": true });
    assert_eq!(
        server
            .call("PUT", &format!("/api/users/{uma}"), &header, Some(change))
            .status,
        200
    );
    let wanda = server.person("wanda.kowalska@example.com")["id"]
        .as_str()
        .unwrap()
        .to_owned();
    assert_eq!(
        server
            .call("DELETE", &format!("/api/users/{wanda}"), &header, None)
            .status,
        200
    );
    server.newest_event(&header, "user.delete");
    let before = (server.user(&uma), server.get("/api/events/audit", &header).json());
    let key = server.get("/oauth2/keys", "").json();

    server.restart();
    assert_eq!(
        before,
        (server.user(&uma), server.get("/api/events/audit", &header).json())
    );
    assert_eq!(key, server.get("/oauth2/keys", "").json());
    assert!(server.user(&wanda).is_null(), "not sown again");
    assert_eq!(server.get("/api/users", OWNER_TOKEN).status, 200);
    assert!(server.folder().join("standin.db").is_file());
}
