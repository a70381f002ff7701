//! Outside identity providers: keeping them, choosing one on the login page, and the people who come from there.

use serde_json::{Value, json};
use standin::Seed;

use crate::pages::{bearer_outside, form_action, link};
use crate::support::{
    Browser, OWNER_TOKEN, PASSWORD, Server, VERIFIER, authorize_path, bearer, exchange, form, query_field,
};

const PATH: &str = "/api/identity-providers";

fn provider(name: &str) -> Value {
    json!({ "type": "oidc", "name": name, "issuer": "https://id.example.org", "client_id": "netbird", "client_secret": "s" })
}

fn add(server: &Server, name: &str) -> Value {
    let answer = server.call("POST", PATH, OWNER_TOKEN, Some(provider(name)));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()
}

#[test]
fn a_provider_is_made_read_changed_and_removed() {
    let server = Server::start(Seed::Demo);
    let made = add(&server, "Partners");
    let path = format!("{PATH}/{}", made["id"].as_str().unwrap());
    assert_eq!(made["id"].as_str().unwrap().len(), 20);
    assert!(made.get("client_secret").is_none());
    assert_eq!(server.get(&path, OWNER_TOKEN).json(), made);
    let list = || server.get(PATH, OWNER_TOKEN).json().as_array().unwrap().clone();
    assert_eq!((list().len(), &list()[1]), (2, &made));
    let event = server.newest_event(OWNER_TOKEN, "identityprovider.create");
    let meta = json!({ "issuer": "https://id.example.org", "name": "Partners", "type": "oidc" });
    assert_eq!(
        (&event["target_id"], &event["meta"], &event["activity"]),
        (&made["id"], &meta, &json!("Identity provider created"))
    );

    let changed = json!({ "type": "keycloak", "name": "Others", "issuer": "https://o.example.org", "client_id": "c", "client_secret": "" });
    let answer = server.call("PUT", &path, OWNER_TOKEN, Some(changed)).json();
    let expected = json!({ "id": made["id"], "type": "keycloak", "name": "Others", "issuer": "https://o.example.org", "client_id": "c" });
    assert_eq!((&answer, &list()[1]), (&expected, &expected));
    assert_eq!(
        server.newest_event(OWNER_TOKEN, "identityprovider.update")["meta"]["name"],
        "Others"
    );

    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).json(), json!({}));
    assert_eq!(
        server.newest_event(OWNER_TOKEN, "identityprovider.delete")["target_id"],
        made["id"]
    );
    assert_eq!(list().len(), 1);
    for method in ["GET", "PUT", "DELETE"] {
        let body = (method == "PUT").then(|| provider("x"));
        let refused = server.call(method, &path, OWNER_TOKEN, body).error();
        assert_eq!(refused, (404, "identity provider not found".to_owned()), "{method}");
    }
}

#[test]
fn a_provider_needs_a_name_a_known_type_an_issuer_and_a_client() {
    let server = Server::start(Seed::Demo);
    let post = |change: Value| {
        let mut body = provider("P");
        for (name, value) in change.as_object().unwrap() {
            body[name] = value.clone();
        }
        server.call("POST", PATH, OWNER_TOKEN, Some(body))
    };
    for change in [
        json!({ "name": "" }),
        json!({ "name": null }),
        json!({ "type": "" }),
        json!({ "type": "saml" }),
        json!({ "issuer": "" }),
        json!({ "issuer": "id.example.org" }),
        json!({ "issuer": "/path" }),
        json!({ "type": "google", "issuer": "not a url" }),
        json!({ "client_id": "" }),
    ] {
        assert_eq!(post(change.clone()).status, 422, "{change}");
    }
    assert_eq!(
        post(json!({ "name": 7 })).error(),
        (400, "couldn't parse JSON request".to_owned())
    );
    for kind in [
        "oidc",
        "zitadel",
        "entra",
        "google",
        "okta",
        "pocketid",
        "microsoft",
        "authentik",
        "keycloak",
        "adfs",
    ] {
        let issuer = if kind == "google" || kind == "microsoft" {
            ""
        } else {
            "https://id.example.org"
        };
        assert_eq!(post(json!({ "type": kind, "issuer": issuer })).json()["type"], kind);
    }
}

#[test]
fn readers_read_and_owners_and_admins_change() {
    let server = Server::start(Seed::Demo);
    let path = format!("{PATH}/{}", add(&server, "P")["id"].as_str().unwrap());
    for (person, read, write) in [
        ("nils.lindqvist", 200, 403),
        ("agnes.novak", 200, 403),
        ("uma.sato", 403, 403),
        ("bill.okonkwo", 403, 403),
        ("boris.blake", 403, 403),
        ("ada.okafor", 200, 200),
    ] {
        let header = bearer(&server, &format!("{person}@example.com"), PASSWORD);
        assert_eq!(server.get(&path, &header).status, read, "{person}");
        assert_eq!(
            server.call("POST", PATH, &header, Some(provider(person))).status,
            write,
            "{person}"
        );
        assert_eq!(
            server.call("PUT", &path, &header, Some(provider("P"))).status,
            write,
            "{person}"
        );
        assert_eq!(server.call("DELETE", &path, &header, None).status, write, "{person}");
    }
    let uma = bearer(&server, "uma.sato@example.com", PASSWORD);
    assert_eq!(
        server.call("POST", PATH, &uma, Some(json!({ "name": "" }))).error(),
        (403, "permission denied".to_owned())
    );
}

#[test]
fn the_login_page_offers_a_password_and_every_provider() {
    let server = Server::start(Seed::Demo);
    add(&server, "<b>Bold</b> & co");
    let mut browser = Browser::default();
    let answers = browser.follow(&server, &authorize_path("openid", &[]));
    assert_eq!(answers.len(), 1, "the chooser is at /auth itself");
    let page = &answers[0];
    let text = page.text();
    assert!(
        text.contains("name=\"login\"") && text.contains("name=\"password\""),
        "{text}"
    );
    assert!(
        text.contains("&lt;b&gt;Bold&lt;/b&gt; &amp; co") && !text.contains("<b>"),
        "{text}"
    );
    for provider in ["Example partners", "&lt;b&gt;Bold"] {
        let target = link(page, provider);
        let outside = browser.send(&server, "GET", &target, None);
        assert_eq!(outside.status, 302);
        assert!(
            outside.header("location").starts_with("/outside/"),
            "{}",
            outside.header("location")
        );
    }
    // A wrong password does not take the choice away.
    let wrong = browser.send(
        &server,
        "POST",
        &form_action(page),
        Some(&form(&[("login", "a@b"), ("password", "x")])),
    );
    assert_eq!(wrong.status, 401);
    link(&wrong, "Example partners");

    // Who says where, is not asked.
    let connectors = server.get(PATH, OWNER_TOKEN).json();
    let direct = authorize_path("openid", &[("connector_id", connectors[0]["id"].as_str().unwrap())]);
    assert!(
        browser
            .page(&server, &direct)
            .text()
            .contains("Sign in at <bdi>Example partners</bdi>")
    );
    let local = browser.follow(&server, &authorize_path("openid", &[("connector_id", "local")]));
    assert_eq!(local.len(), 3);
}

#[test]
fn without_a_provider_there_is_nothing_to_choose() {
    let server = Server::start(Seed::Empty);
    let answers = Browser::default().follow(&server, &authorize_path("openid", &[]));
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [302, 302, 200]);
    assert!(!answers[2].text().contains("/oauth2/auth/") || !answers[2].text().contains("<a "));
}

#[test]
fn errors_of_the_request_are_told_before_the_choice() {
    let server = Server::start(Seed::Demo);
    let mut browser = Browser::default();
    let bad_redirect = authorize_path("openid", &[]).replace("%2Fcallback", "%2Fother");
    assert_eq!(browser.follow(&server, &bad_redirect)[0].status, 400);
    let bad_client = authorize_path("openid", &[]).replace("netbird-dashboard", "nope");
    assert_eq!(browser.follow(&server, &bad_client)[0].status, 400);
    let bad_scope = browser.follow(&server, &authorize_path("openid nope", &[]));
    assert_eq!(query_field(bad_scope[0].header("location"), "error"), "invalid_scope");
    let unknown = authorize_path("openid", &[]).replace("/oauth2/auth?", "/oauth2/auth/nowhere?");
    assert_eq!(browser.send(&server, "GET", &unknown, None).status, 400);
    let silent = browser.follow(&server, &authorize_path("openid", &[("prompt", "none")]));
    assert_eq!(
        query_field(silent.last().unwrap().header("location"), "error"),
        "login_required"
    );
}

#[test]
fn somebody_from_outside_waits_for_approval_under_the_same_id_each_time() {
    let server = Server::start(Seed::Demo);
    let id_of = |email: &str| {
        let users = server.get("/api/users", OWNER_TOKEN).json();
        let found: Vec<Value> = users
            .as_array()
            .unwrap()
            .iter()
            .filter(|user| user["email"] == email)
            .cloned()
            .collect();
        (found.len(), found.first().cloned().unwrap_or_default())
    };
    let connector = server.get(PATH, OWNER_TOKEN).json()[0]["id"].clone();
    let header = bearer_outside(&server, "Example partners", "zoe@example.org");
    assert_eq!(
        id_of("zoe@example.org").0,
        0,
        "the first call makes the row, not the sign-in"
    );
    assert_eq!(server.get("/api/users", &header).status, 403);
    let (count, zoe) = id_of("zoe@example.org");
    assert_eq!(count, 1);
    assert_eq!(
        (&zoe["name"], &zoe["idp_id"], &zoe["role"]),
        (&json!("zoe"), &connector, &json!("user"))
    );
    assert_eq!(
        (&zoe["pending_approval"], &zoe["is_blocked"]),
        (&json!(true), &json!(true))
    );
    let again = bearer_outside(&server, "Example partners", "ZOE@example.org");
    let path = format!("/api/users/{}/approve", zoe["id"].as_str().unwrap());
    assert_eq!(server.call("POST", &path, OWNER_TOKEN, None).status, 200);
    assert_eq!(server.get("/api/users/current", &again).json()["id"], zoe["id"]);

    // The same address at another provider is somebody else.
    add(&server, "Second");
    let other = bearer_outside(&server, "Second", "zoe@example.org");
    assert_eq!(server.get("/api/users", &other).status, 403);
    assert_eq!(id_of("zoe@example.org").0, 2);
    // People of the demo data are who they are.
    let eva = bearer_outside(&server, "Example partners", "eva.lindgren@example.org");
    assert_eq!(server.get("/api/users/current", &eva).json()["name"], "Eva Lindgren");
}

#[test]
fn the_outside_provider_sends_codes_only_where_it_may_and_each_works_once() {
    let server = Server::start(Seed::Demo);
    let mut browser = Browser::default();
    let chooser = browser.page(&server, &authorize_path("openid", &[]));
    let page = browser.page(&server, &link(&chooser, "Example partners"));
    let action = form_action(&page);
    assert!(page.header("content-security-policy").contains("form-action 'self'"));
    let nobody = browser.send(&server, "POST", &action, Some("email=+"));
    assert_eq!(nobody.status, 400);
    assert!(nobody.text().contains("role=\"alert\""));
    for (from, to) in [
        ("%2Foauth2%2Fcallback", "%2Felsewhere"),
        ("client_id=netbird", "client_id=other"),
        ("/outside/", "/outside/x"),
    ] {
        let wrong = action.replace(from, to);
        assert_ne!(wrong, action);
        assert_eq!(browser.send(&server, "GET", &wrong, None).status, 400, "{wrong}");
    }
    let sent = browser.send(&server, "POST", &action, Some("email=mal%40example.org"));
    let back = sent.header("location").to_owned();
    assert!(
        back.starts_with(&format!("{}/oauth2/callback?code=", server.base)),
        "{back}"
    );
    let forged = back.replace("code=", "code=x");
    assert_eq!(browser.send(&server, "GET", &forged, None).status, 400);
    let finished = browser.send(&server, "GET", &back, None);
    assert_eq!(finished.status, 303);
    assert_eq!(exchange(&server, finished.header("location"), VERIFIER).status, 200);
    assert_eq!(browser.send(&server, "GET", &back, None).status, 400, "used up");

    // The session signs in silently, past the choice, until somebody asks for it.
    let silent = browser.follow(&server, &authorize_path("openid", &[("prompt", "none")]));
    assert!(query_field(silent.last().unwrap().header("location"), "code").len() > 20);
    let plain = browser.follow(&server, &authorize_path("openid", &[]));
    assert_eq!(plain.last().unwrap().status, 303);
    assert_eq!(
        browser.follow(&server, &authorize_path("openid", &[("prompt", "login")]))[0].status,
        200
    );
}

#[test]
fn a_removed_provider_lets_nobody_in_any_more() {
    let server = Server::start(Seed::Demo);
    let connector = server.get(PATH, OWNER_TOKEN).json()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let eva = bearer_outside(&server, "Example partners", "eva.lindgren@example.org");
    let mut browser = Browser::default();
    let chooser = browser.page(&server, &authorize_path("openid", &[]));
    let before = link(&chooser, "Example partners");
    let page = browser.page(&server, &before);
    assert_eq!(
        server
            .call("DELETE", &format!("{PATH}/{connector}"), OWNER_TOKEN, None)
            .status,
        200
    );
    assert_eq!(browser.send(&server, "GET", &before, None).status, 400);
    let late = browser.send(
        &server,
        "POST",
        &form_action(&page),
        Some("email=eva.lindgren%40example.org"),
    );
    assert_eq!(late.status, 400);
    assert_eq!(
        server.get("/api/users/current", &eva).status,
        200,
        "her token stays good"
    );
}
