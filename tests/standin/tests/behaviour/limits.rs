//! Rate limits: what is counted, what is said, and how it comes back.

use std::time::Instant;

use serde_json::json;
use standin::Seed;

use crate::support::{Answer, OWNER_TOKEN, PASSWORD, Server, agent, bearer};

fn get(server: &Server, path: &str, authorization: &str, agent: &str) -> Answer {
    let headers = [
        ("authorization", authorization.to_owned()),
        ("user-agent", agent.to_owned()),
        ("origin", "http://console.example.com".to_owned()),
        ("x-forwarded-for", next_address()),
    ];
    server.send("GET", path, &headers, None)
}

/// Another address each time: a header must not get anybody around a limit.
fn next_address() -> String {
    use std::sync::atomic::{AtomicU8, Ordering};
    static NEXT: AtomicU8 = AtomicU8::new(1);
    format!("10.0.0.{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

fn is_bare_refusal(answer: &Answer, text: &str) {
    assert_eq!(answer.error(), (429, text.to_owned()));
    assert_eq!(answer.text(), format!("{{\"message\":\"{text}\",\"code\":429}}\n"));
    assert_eq!(answer.header("content-type"), "application/json; charset=UTF-8");
    assert_eq!(answer.header("access-control-allow-origin"), "*", "a page can read it");
    for name in ["retry-after", "x-ratelimit-limit", "x-ratelimit-remaining", "ratelimit"] {
        assert_eq!(answer.header(name), "", "{name}");
    }
}

#[test]
fn invite_links_five_at_once_then_one_each_six_seconds() {
    let server = Server::start(Seed::Demo);
    let link = "nbi_0123456789ABCDEFGHIJKLMNOPQRST4PMbyp";
    let path = format!("/api/users/invites/{link}");
    let look = || get(&server, &path, "", "browser");
    let accept = || server.call("POST", &format!("{path}/accept"), "", Some(json!({ "password": "" })));
    assert_eq!(
        [look(), accept(), look(), accept(), look()].map(|answer| answer.status),
        [200, 422, 200, 422, 200]
    );
    let text = "rate limit exceeded, please try again later";
    is_bare_refusal(&look(), text);
    assert_eq!(accept().error(), (429, text.to_owned()), "before the body is looked at");
    let short = get(&server, "/api/users/invites/nbi_short", "", "browser");
    assert_eq!(short.status, 429, "before the link is looked at");
    server.forward(6);
    assert_eq!([look(), look()].map(|answer| answer.status), [200, 429]);
    server.forward(3_600);
    let statuses: Vec<u16> = (0..7).map(|_| look().status).collect();
    assert_eq!(statuses, [200, 200, 200, 200, 200, 429, 429]);
    // Nothing else is limited, and a reset forgets.
    assert_eq!(server.get("/api/users/invites", OWNER_TOKEN).status, 200);
    assert_eq!(server.get("/api/instance", "").status, 200);
    assert_eq!(server.call("POST", "/_standin/reset", "", None).status, 200);
    assert_eq!(look().status, 200);
}

/// How many calls pass until one is refused, and that refusal. All over one connection: there are many.
fn calls_until_refused(server: &Server, at_most: usize) -> (usize, Option<Answer>) {
    let agent = agent();
    for n in 0..at_most {
        let headers = [
            ("authorization", OWNER_TOKEN.to_owned()),
            ("origin", "http://console.example.com".to_owned()),
        ];
        let answer = server.send_with(&agent, "GET", "/api/instance/version", &headers, None);
        if answer.status != 200 {
            return (n, Some(answer));
        }
    }
    (at_most, None)
}

/// What came back meanwhile: one call each ten seconds, and the one that is under way.
fn came_back(since: Instant) -> usize {
    1 + usize::try_from(since.elapsed().as_secs() / 10).unwrap()
}

#[test]
fn access_tokens_are_not_limited_unless_asked_for() {
    let server = Server::start(Seed::Demo);
    assert_eq!(calls_until_refused(&server, 600).0, 600);
}

#[test]
fn access_tokens_500_at_once_then_six_a_minute() {
    let server = Server::stand_in(Seed::Demo, |settings| settings.rate_limit = true);
    let begin = Instant::now();
    let (calls, refusal) = calls_until_refused(&server, 1_000);
    assert!((500..=500 + came_back(begin)).contains(&calls), "{calls}");
    is_bare_refusal(&refusal.unwrap(), "too many requests");

    let header = bearer(&server, "ada.okafor@example.com", PASSWORD);
    assert_eq!(
        get(&server, "/api/users", &header, "browser").status,
        200,
        "sign-ins are free"
    );
    let unknown = "Token nbp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0uCPlr";
    assert_eq!(
        get(&server, "/api/users", unknown, "browser").status,
        404,
        "another token"
    );
    for agent in ["Terraform/1.9", "go-terraform-provider-netbird"] {
        for _ in 0..5 {
            assert_eq!(get(&server, "/api/users", OWNER_TOKEN, agent).status, 200, "{agent}");
        }
    }

    let begin = Instant::now();
    calls_until_refused(&server, 1_000);
    server.forward(60);
    let (calls, _) = calls_until_refused(&server, 1_000);
    assert!((6..=6 + came_back(begin)).contains(&calls), "{calls}");
    let as_bearer = OWNER_TOKEN.replace("Token", "Bearer");
    server.forward(10);
    let begin = Instant::now();
    let statuses: Vec<u16> = (0..4 + came_back(begin))
        .map(|_| get(&server, "/api/users", &as_bearer, "x").status)
        .collect();
    assert!(
        statuses.contains(&200) && statuses.contains(&429),
        "the same token: {statuses:?}"
    );
}
