//! The page of the switches: what it shows, its forms without scripts, and who may send them.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use standin::Seed;

use crate::support::{Answer, OWNER_TOKEN, Server, form};

/// The page as a browser gets it.
fn page(server: &Server) -> Answer {
    let answer = server.get("/_standin", "");
    assert_eq!(answer.status, 200);
    answer
}

/// Sends a form as the page itself does.
fn submit(server: &Server, pairs: &[(&str, &str)]) -> Answer {
    submit_from(
        server,
        &[
            ("sec-fetch-site", "same-origin".to_owned()),
            ("origin", server.base.clone()),
        ],
        pairs,
    )
}

fn submit_from(server: &Server, from: &[(&str, String)], pairs: &[(&str, &str)]) -> Answer {
    let mut headers = vec![("content-type", "application/x-www-form-urlencoded".to_owned())];
    headers.extend_from_slice(from);
    server.send("POST", "/_standin", &headers, Some(&form(pairs)))
}

fn done(answer: &Answer) {
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, "/_standin"),
        "{}",
        answer.text()
    );
}

/// The values of an attribute, in the order of the page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    let pieces = page.split(&begin).skip(1);
    pieces.map(|piece| piece.split('"').next().unwrap()).collect()
}

#[test]
fn the_page_has_a_policy_no_script_and_a_label_for_every_field() {
    let server = Server::start(Seed::Demo);
    let answer = page(&server);
    let policy = answer.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'self';"), "{policy}");
    assert!(policy.contains("form-action 'self'") && !policy.contains("unsafe"));
    assert!(answer.header("content-type").starts_with("text/html"));
    assert_eq!(answer.header("cache-control"), "no-store");
    let text = answer.text();
    for forbidden in ["<script", "<style", " style=", " onclick", "javascript:"] {
        assert!(!text.contains(forbidden), "{forbidden}");
    }
    assert!(text.contains("<meta name=\"color-scheme\" content=\"light dark\">"));
    assert_eq!(text.matches("<h1>").count(), 1);

    let ids = values(&text, "id");
    assert_eq!(
        ids.len(),
        ids.iter().collect::<BTreeSet<_>>().len(),
        "an id occurs twice"
    );
    for name in ["for", "aria-labelledby", "list"] {
        for id in values(&text, name) {
            assert!(ids.contains(&id), "{name}={id} names nothing");
        }
    }
    let labelled = values(&text, "for");
    for tag in text
        .split('<')
        .filter(|tag| tag.starts_with("input") || tag.starts_with("select"))
    {
        let hidden = tag.contains("type=\"hidden\"");
        let in_label = tag.contains("type=\"checkbox\"");
        let named = values(tag, "id").iter().any(|id| labelled.contains(id));
        assert!(hidden || in_label || named, "no label: <{tag}");
    }
    for target in values(&text, "action") {
        assert_eq!(target, "/_standin");
    }
    let sheet = values(&text, "href")
        .into_iter()
        .find(|path| path.contains("css"))
        .unwrap();
    let sheet = server.get(sheet, "");
    assert_eq!(sheet.header("content-type"), "text/css; charset=utf-8");
    assert!(sheet.text().contains("color-scheme: light dark"));
}

#[test]
fn a_fault_goes_on_and_off_by_the_forms_alone() {
    let server = Server::start(Seed::Demo);
    assert!(page(&server).text().contains("No fault is on."));
    let fields = [
        ("kind", "status"),
        ("path", "/api/<users>"),
        ("method", "GET"),
        ("times", "3"),
        ("status", "429"),
        ("retry_after", "9"),
        ("delay_ms", ""),
        ("field", ""),
        ("exact", "true"),
        ("do", "fault"),
    ];
    done(&submit(&server, &fields));
    let faults = server.get("/_standin/faults", "").json();
    assert_eq!(
        ["kind", "path", "method", "times", "status", "retry_after", "exact"].map(|name| faults[0][name].clone()),
        [
            json!("status"),
            json!("/api/<users>"),
            json!("GET"),
            json!(3),
            json!(429),
            json!(9),
            json!(true)
        ]
    );
    let text = page(&server).text();
    assert!(text.contains("<td>status 429</td>") && text.contains("Retry-After 9"));
    assert!(text.contains("exactly /api/&lt;users&gt;") && !text.contains("<users>"));

    done(&submit(
        &server,
        &[
            ("kind", "hang"),
            ("path", "/api/peers"),
            ("times", "0"),
            ("do", "fault"),
        ],
    ));
    assert!(page(&server).text().contains("Until switched off"));
    let n = faults[0]["n"].to_string();
    done(&submit(&server, &[("n", &n), ("do", "off")]));
    let left = server.get("/_standin/faults", "").json();
    assert_eq!((left.as_array().unwrap().len(), &left[0]["kind"]), (1, &json!("hang")));
    done(&submit(&server, &[("do", "all_off")]));
    assert_eq!(server.get("/_standin/faults", "").json(), json!([]));
}

#[test]
fn every_kind_the_page_offers_can_be_switched_on() {
    let server = Server::start(Seed::Demo);
    let text = page(&server).text();
    let offered = |id: &str| {
        let select = text.split(&format!("<select id=\"{id}\"")).nth(1).unwrap();
        let select = select.split("</select>").next().unwrap();
        values(select, "value")
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let kinds = offered("kind");
    assert_eq!(kinds.len(), 15);
    for kind in &kinds {
        done(&submit(
            &server,
            &[("kind", kind), ("path", "/api/"), ("times", "1"), ("do", "fault")],
        ));
    }
    let changes = offered("what");
    assert_eq!(changes.len(), 8);
    for what in &changes {
        let value = if what == "user_blocked" { "true" } else { "7" };
        let fields = [
            ("path", "/api/users"),
            ("what", what.as_str()),
            ("target", "x"),
            ("value", value),
            ("do", "change"),
        ];
        done(&submit(&server, &fields));
    }
    let on = server.get("/_standin/faults", "").json();
    assert_eq!(on.as_array().unwrap().len(), kinds.len() + changes.len());
    page(&server);
}

#[test]
fn somebody_elses_change_conditions_chaos_and_the_reset_by_form() {
    let server = Server::start(Seed::Demo);
    let fields = [
        ("path", "/api/users"),
        ("what", "user_role"),
        ("target", "uma.sato@example.com"),
        ("value", "auditor"),
        ("do", "change"),
    ];
    done(&submit(&server, &fields));
    let role = |list: &Answer| {
        let list = list.json();
        let found = list
            .as_array()
            .unwrap()
            .iter()
            .find(|user| user["email"] == "uma.sato@example.com");
        found.unwrap()["role"].clone()
    };
    assert_eq!(role(&server.get("/api/users", OWNER_TOKEN)), "user");
    assert_eq!(role(&server.get("/api/users", OWNER_TOKEN)), "auditor");
    assert!(page(&server).text().contains("<td>change: done</td>"));

    let key = server.get("/oauth2/keys", "").json();
    done(&submit(
        &server,
        &[
            ("provider_clock_seconds", "-90"),
            ("events_late_ms", "250"),
            ("token_endpoint_is_stuck", "true"),
            ("do", "conditions"),
        ],
    ));
    assert_eq!(
        server.get("/_standin/conditions", "").json(),
        json!({ "provider_clock_seconds": -90, "events_late_ms": 250, "token_endpoint_is_stuck": true,
            "signs_with_retired_key": false, "refresh_tokens_work": false, "asks_nobody_anew": false,
            "id_token_is_unsigned": false, "discovery": {}, "id_token": {}, "token_answer": {}, "callback": {} })
    );
    let text = page(&server).text();
    assert!(text.contains("name=\"token_endpoint_is_stuck\" value=\"true\" checked"));
    assert!(text.contains("value=\"-90\""));
    done(&submit(&server, &[("do", "rotate")]));
    assert_ne!(server.get("/oauth2/keys", "").json(), key);

    done(&submit(
        &server,
        &[
            ("seed", "4"),
            ("percent", "2.5"),
            ("path", "/api/users"),
            ("do", "chaos"),
        ],
    ));
    assert_eq!(
        server.get("/_standin/chaos", "").json(),
        json!({ "seed": 4, "share": 0.025, "path": "/api/users" })
    );
    assert!(page(&server).text().contains("Chaos with seed 4: 2.5 % each"));
    done(&submit(&server, &[("do", "calm")]));
    assert_eq!(server.get("/_standin/chaos", "").json(), Value::Null);

    done(&submit(&server, &[("do", "reset")]));
    assert_eq!(role(&server.get("/api/users", OWNER_TOKEN)), "user");
    assert_eq!(server.get("/_standin/conditions", "").json()["events_late_ms"], 0);
}

#[test]
fn a_wrong_form_is_answered_by_the_page_with_a_reason() {
    let server = Server::start(Seed::Demo);
    for (fields, reason) in [
        (
            vec![("do", "fault"), ("kind", "hang"), ("path", "api"), ("times", "1")],
            "path begins with a slash",
        ),
        (
            vec![("do", "fault"), ("kind", "hang"), ("path", "/"), ("times", "many")],
            "times is a whole number",
        ),
        (
            vec![("do", "fault"), ("kind", "<b>"), ("path", "/")],
            "unknown variant `&lt;b&gt;`",
        ),
        (
            vec![("do", "chaos"), ("seed", "1"), ("percent", "90")],
            "share is from 0 to 0.2",
        ),
        (vec![("do", "conditions"), ("events_late_ms", "-4")], "invalid value"),
        (vec![("do", "explode")], "there is no switch explode"),
    ] {
        let answer = submit(&server, &fields);
        let text = answer.text();
        assert_eq!(answer.status, 400);
        let alert = text
            .split("role=\"alert\">")
            .nth(1)
            .unwrap()
            .split("</p>")
            .next()
            .unwrap();
        assert!(alert.contains(reason), "{alert}");
    }
    assert_eq!(server.get("/_standin/faults", "").json(), json!([]));
}

#[test]
fn pages_of_other_sites_may_not_switch_anything() {
    let server = Server::start(Seed::Demo);
    let pairs = [("kind", "hang"), ("path", "/api/"), ("times", "0"), ("do", "fault")];
    let cross = ("sec-fetch-site", "cross-site".to_owned());
    let foreign = ("origin", "https://evil.example.com".to_owned());
    for from in [
        vec![cross.clone()],
        vec![foreign.clone()],
        vec![("origin", "null".to_owned())],
    ] {
        assert_eq!(submit_from(&server, &from, &pairs).status, 403, "{from:?}");
    }
    for (method, path) in [
        ("POST", "/_standin/reset"),
        ("POST", "/_standin/rotate-key"),
        ("DELETE", "/_standin/faults"),
        ("POST", "/_standin/faults"),
    ] {
        let answer = server.send(method, path, std::slice::from_ref(&foreign), None);
        assert_eq!(answer.status, 403, "{method} {path}");
    }
    assert_eq!(server.get("/_standin/faults", "").json(), json!([]));
    done(&submit_from(&server, &[], &pairs));
    assert_eq!(
        server.send("GET", "/_standin", &[cross], None).status,
        200,
        "looking is free"
    );
}
