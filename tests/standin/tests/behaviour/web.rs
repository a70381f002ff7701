//! The console's web server: files, fallback, headers, configuration, with an API and without.

use std::path::Path;

use serde_json::json;
use standin::{ConsoleOnly, Mode, Seed};
use tempfile::TempDir;

use crate::support::{Answer, Server};

const HEADERS: &str = "\
/*
  Content-Security-Policy: default-src 'none'; connect-src 'self' https://api.invalid https://issuer.invalid
  X-Content-Type-Options: nosniff
/assets/*
  Cache-Control: public, max-age=31536000, immutable
/
  Cache-Control: no-cache
/config.json
  Cache-Control: no-cache
";

fn console() -> TempDir {
    let dist = tempfile::tempdir().unwrap();
    std::fs::create_dir(dist.path().join("assets")).unwrap();
    for (name, text) in [
        ("index.html", "<!doctype html><title>Roost</title>"),
        ("_headers", HEADERS),
        ("config.json", "{\"auth\":{\"issuer\":\"https://sample.example.com\"}}"),
        ("assets/app-1.wasm", "wasm"),
        ("assets/app-1.wasm.br", "brotli"),
        ("assets/app-1.js", "script"),
    ] {
        std::fs::write(dist.path().join(name), text).unwrap();
    }
    dist
}

fn server(dist: &Path) -> Server {
    Server::with(Seed::Empty, |options| options.dist = Some(dist.to_owned()))
}

fn get(server: &Server, path: &str, headers: &[(&str, &str)]) -> Answer {
    let headers: Vec<(&str, String)> = headers
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect();
    server.send("GET", path, &headers, None)
}

const PAGE: (&str, &str) = ("accept", "text/html,application/xhtml+xml,*/*;q=0.8");

#[test]
fn navigations_get_the_start_page_and_missing_files_do_not() {
    let dist = console();
    let server = server(dist.path());
    for path in [
        "/",
        "/users",
        "/users/CiQ4",
        "/users/john.doe@example.com",
        "/users?role=admin",
        "/a/b/c",
    ] {
        let answer = get(&server, path, &[PAGE]);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
        assert!(answer.text().contains("<title>Roost</title>"));
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
    }
    for (path, accept) in [
        ("/users", ("accept", "*/*")),
        ("/assets/app-0.wasm", ("accept", "*/*")),
        ("/assets/app-0.js", PAGE),
        ("/favicon.ico", PAGE),
        ("/_headers", ("accept", "*/*")),
        ("/%2e%2e/secret", ("accept", "*/*")),
    ] {
        let answer = get(&server, path, &[accept]);
        assert_eq!(answer.status, 404, "{path}");
        assert!(answer.header("content-type").starts_with("text/plain"), "{path}");
        assert_eq!(
            answer.header("cache-control"),
            "no-store",
            "{path}: what is missing is not missing for ever"
        );
    }
    assert_eq!(server.send("POST", "/users", &[], Some("")).status, 405);
    assert_eq!(
        get(&server, "/api/nope", &[PAGE]).text(),
        "404 page not found\n",
        "the API has no fallback"
    );
    for path in ["/api", "/api/", "/oauth2", "/oauth2/nope", "/_standin/nope"] {
        assert_eq!(get(&server, path, &[PAGE]).status, 404, "{path}");
    }
}

#[test]
fn every_answer_has_the_headers_of_the_file() {
    let dist = console();
    let server = server(dist.path());
    for path in ["/", "/users", "/assets/app-1.js", "/assets/missing.js", "/config.json"] {
        let answer = get(&server, path, &[PAGE]);
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        let policy = format!("default-src 'none'; connect-src 'self' {}", server.base);
        assert_eq!(answer.header("content-security-policy"), policy, "{path}");
    }
    assert_eq!(
        get(&server, "/assets/app-1.js", &[]).header("cache-control"),
        "public, max-age=31536000, immutable"
    );
}

#[test]
fn files_are_packed_typed_and_remembered() {
    let dist = console();
    let server = server(dist.path());
    let packed = get(&server, "/assets/app-1.wasm", &[("accept-encoding", "gzip, br")]);
    assert_eq!(
        (packed.text().as_str(), packed.header("content-encoding")),
        ("brotli", "br")
    );
    assert_eq!(
        (packed.header("vary"), packed.header("content-type")),
        ("Accept-Encoding", "application/wasm")
    );
    let plain = get(&server, "/assets/app-1.wasm", &[]);
    assert_eq!((plain.text().as_str(), plain.header("content-encoding")), ("wasm", ""));
    assert_eq!(plain.header("vary"), "Accept-Encoding");
    assert_ne!(plain.header("etag"), packed.header("etag"));

    let again = get(
        &server,
        "/",
        &[PAGE, ("if-none-match", get(&server, "/", &[PAGE]).header("etag"))],
    );
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    assert_eq!(get(&server, "/", &[PAGE, ("if-none-match", "\"other\"")]).status, 200);
    let head = server.send("HEAD", "/assets/app-1.js", &[], None);
    assert_eq!(
        (head.status, head.header("content-length"), head.bytes.len()),
        (200, "6", 0)
    );
}

#[test]
fn the_configuration_says_where_everything_is() {
    let dist = console();
    let own = server(dist.path());
    let config = get(&own, "/config.json", &[]);
    let auth = json!({ "mode": "oidc", "issuer": format!("{}/oauth2", own.base), "client_id": "netbird-dashboard" });
    assert_eq!(config.json(), json!({ "api": "", "auth": auth }));
    assert_eq!(config.header("cache-control"), "no-cache");
    assert_eq!(
        get(&own, "/oauth2/.well-known/openid-configuration", &[]).json()["issuer"],
        auth["issuer"]
    );
}

fn console_only(dist: &Path, issuer: Option<&str>) -> Server {
    Server::with(Seed::Empty, |options| {
        options.dist = Some(dist.to_owned());
        options.mode = Mode::ConsoleOnly(ConsoleOnly {
            api: "https://netbird.example.com".to_owned(),
            issuer: issuer.map(str::to_owned),
            client_id: issuer.map(|_| "roost".to_owned()),
        });
    })
}

#[test]
fn a_console_alone_is_told_about_its_api() {
    let dist = console();
    let token = console_only(dist.path(), None);
    assert_eq!(
        get(&token, "/config.json", &[]).json(),
        json!({ "api": "https://netbird.example.com", "auth": { "mode": "token" } })
    );
    let policy = get(&token, "/users", &[PAGE])
        .header("content-security-policy")
        .to_owned();
    assert_eq!(
        policy,
        "default-src 'none'; connect-src 'self' https://netbird.example.com"
    );
    assert_eq!(get(&token, "/api/users", &[]).status, 404);
    assert_eq!(get(&token, "/oauth2/keys", &[]).status, 404);

    let oidc = console_only(dist.path(), Some("https://id.example.com/realms/x"));
    assert_eq!(
        get(&oidc, "/config.json", &[]).json()["auth"],
        json!({ "mode": "oidc", "issuer": "https://id.example.com/realms/x", "client_id": "roost" })
    );
    let policy = get(&oidc, "/users", &[PAGE])
        .header("content-security-policy")
        .to_owned();
    assert_eq!(
        policy,
        "default-src 'none'; connect-src 'self' https://netbird.example.com https://id.example.com"
    );
}
