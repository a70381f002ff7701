//! The server with each kind of identity provider: what it says and refuses because of it (contract 4.5).

use serde_json::{Value, json};
use standin::{IdpManager, Seed, StandIn};

use crate::people::{by_button, id_of, newcomer, path_of, person, post};
use crate::support::{Browser, OWNER_TOKEN, PASSWORD, Server, bearer};

fn with(manager: IdpManager) -> Server {
    Server::stand_in(Seed::Demo, |settings| settings.idp = manager)
}

fn without_local_auth() -> Server {
    Server::stand_in(Seed::Demo, |settings| settings.local_auth = false)
}

fn account(server: &Server) -> Value {
    server.get("/api/accounts", OWNER_TOKEN).json()[0].clone()
}

/// The table of contract 4.5: what each kind of server says about its provider, and what it refuses because of it.
#[test]
fn each_mode_refuses_what_it_cannot_do() {
    const LINKS: Option<(u16, &str)> = Some((412, "invite links are only available with embedded identity provider"));
    const LOCAL: Option<(u16, &str)> = Some((
        412,
        "local user creation is disabled - use an external identity provider",
    ));
    const MANAGER: Option<(u16, &str)> = Some((412, "idp manager must be enabled to send user invites"));
    const PASSWORDS: Option<(u16, &str)> =
        Some((412, "password change is only available with embedded identity provider"));
    const SETUP_OVER: Option<(u16, &str)> = Some((412, "setup already completed"));
    const NO_SETUP: Option<(u16, &str)> = Some((500, "internal server error"));
    const NO_INVITE: Option<(u16, &str)> = Some((404, "user invite not found"));
    let link = "nbi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0uCPlr";
    // Server, embedded, local auth disabled, refusals of: create, resend to the owner, list, create invite, regenerate,
    // delete, look, accept, password, setup.
    let servers = [
        (
            Server::start(Seed::Demo),
            (true, false),
            [
                None,
                Some((404, "")),
                None,
                None,
                NO_INVITE,
                NO_INVITE,
                NO_INVITE,
                NO_INVITE,
                None,
                SETUP_OVER,
            ],
        ),
        (
            without_local_auth(),
            (true, true),
            [
                LOCAL,
                Some((404, "")),
                None,
                LOCAL,
                NO_INVITE,
                NO_INVITE,
                NO_INVITE,
                LOCAL,
                Some((422, "")),
                SETUP_OVER,
            ],
        ),
        (
            with(IdpManager::External),
            (false, false),
            [
                None,
                Some((412, "")),
                LINKS,
                LINKS,
                LINKS,
                LINKS,
                NO_INVITE,
                LINKS,
                PASSWORDS,
                NO_SETUP,
            ],
        ),
        (
            with(IdpManager::None),
            (false, false),
            [
                MANAGER, MANAGER, LINKS, LINKS, LINKS, LINKS, NO_INVITE, LINKS, PASSWORDS, NO_SETUP,
            ],
        ),
    ];
    for (server, (embedded, disabled), refusals) in servers {
        let owner = id_of(&server, "olivia.marsh@example.com");
        let at = path_of(&owner);
        let settings = &account(&server)["settings"];
        assert_eq!(
            (&settings["embedded_idp_enabled"], &settings["local_auth_disabled"]),
            (&json!(embedded), &json!(disabled))
        );
        let connectors = server.get("/api/identity-providers", OWNER_TOKEN).json();
        assert_eq!(connectors.as_array().unwrap().len(), usize::from(embedded));
        let delete = |path: &str| server.call("DELETE", path, OWNER_TOKEN, None);
        let answers = [
            post(&server, "/api/users", person("new@example.com")),
            post(&server, &format!("{at}/invite"), json!({})),
            server.get("/api/users/invites", OWNER_TOKEN),
            post(&server, "/api/users/invites", person("newer@example.com")),
            post(&server, "/api/users/invites/nope/regenerate", json!({})),
            delete("/api/users/invites/nope"),
            server.get(&format!("/api/users/invites/{link}"), ""),
            server.call(
                "POST",
                &format!("/api/users/invites/{link}/accept"),
                "",
                Some(json!({ "password": "Long-en0ugh" })),
            ),
            server.call(
                "PUT",
                &format!("{at}/password"),
                OWNER_TOKEN,
                Some(json!({ "old_password": PASSWORD, "new_password": "x" })),
            ),
            server.call(
                "POST",
                "/api/setup",
                "",
                Some(json!({ "email": "s@example.com", "password": "12345678", "name": "S" })),
            ),
        ];
        for (n, (answer, refusal)) in answers.iter().zip(refusals).enumerate() {
            let Some((status, text)) = refusal else {
                assert_eq!(answer.status, 200, "{n}: {}", answer.text());
                continue;
            };
            let (actual, message) = answer.error();
            assert_eq!(actual, status, "{n}: {message}");
            assert!(text.is_empty() || message == text, "{n}: {message}");
        }
        // What no mode takes away.
        let service = post(
            &server,
            "/api/users",
            json!({ "name": "bot", "role": "user", "is_service_user": true }),
        );
        assert_eq!((service.status, &service.json()["issued"]), (200, &json!("api")));
        let service = service.json()["id"].as_str().unwrap().to_owned();
        let token = json!({ "name": "t", "expires_in": 1 });
        assert_eq!(
            post(&server, &format!("/api/users/{service}/tokens"), token).status,
            200
        );
        assert_eq!(delete(&format!("/api/users/{service}")).status, 200);
        assert_eq!(
            server.get("/api/instance", "").json(),
            json!({ "setup_required": false })
        );
    }
}

#[test]
fn checks_come_in_order_without_a_manager_and_without_links() {
    let (none, external) = (with(IdpManager::None), with(IdpManager::External));
    let uma = |server: &Server| bearer(server, "uma.sato@example.com", PASSWORD);
    let empty = json!({ "role": "owner", "name": "", "email": "" });
    // The manager comes before the fields and the permission, the role before the manager.
    for header in [OWNER_TOKEN.to_owned(), uma(&none)] {
        let answer = none.call("POST", "/api/users", &header, Some(empty.clone()));
        assert_eq!(
            answer.error(),
            (412, "idp manager must be enabled to send user invites".to_owned())
        );
        let answer = none.call("POST", "/api/users", &header, Some(json!({ "role": "boss" })));
        assert_eq!(answer.error(), (422, "unknown user role boss".to_owned()));
        let answer = none.call("POST", "/api/users/nobody/invite", &header, None);
        assert_eq!(answer.error().0, 412);
    }
    let header = uma(&external);
    let answer = external.call("POST", "/api/users", &header, Some(empty));
    assert_eq!(answer.error(), (422, "name can't be empty".to_owned()));
    for (method, path, body) in [
        ("GET", "/api/users/invites", None),
        ("POST", "/api/users/invites", Some(json!({}))),
        ("POST", "/api/users/invites/x/regenerate", None),
        ("DELETE", "/api/users/invites/x", None),
    ] {
        let answer = external.call(method, path, &header, body);
        assert_eq!(answer.error().0, 412, "{method} {path}: before the permission");
    }
    let answer = external.send(
        "POST",
        "/api/users/invites",
        &[("authorization", header.clone())],
        Some("{"),
    );
    assert_eq!(answer.error().0, 400, "after the body");
    let service = json!({ "role": "user", "is_service_user": true, "name": "x" });
    let answer = external.call("POST", "/api/users", &header, Some(service));
    assert_eq!(answer.error(), (403, "permission denied".to_owned()));
    let local = without_local_auth();
    let uma = id_of(&local, "uma.sato@example.com");
    let answer = local.call(
        "POST",
        "/api/users",
        &by_button(&local, &uma),
        Some(person("x@example.com")),
    );
    assert_eq!(
        answer.error(),
        (403, "permission denied".to_owned()),
        "before local auth"
    );
}

#[test]
fn the_first_to_come_owns_the_account_in_every_mode() {
    for manager in [IdpManager::External, IdpManager::None] {
        let server = Server::stand_in(Seed::Empty, |settings| settings.idp = manager);
        assert_eq!(
            server.get("/api/instance", "").json(),
            json!({ "setup_required": false })
        );
        newcomer(&server, "google-oauth2|1", "p0@example.com");
        newcomer(&server, "8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", "p1@example.com");
        let first = bearer(&server, "p0@example.com", PASSWORD);
        let current = server.get("/api/users/current", &first).json();
        assert_eq!(
            (&current["role"], &current["id"], &current["status"]),
            (&json!("owner"), &json!("google-oauth2|1"), &json!("active"))
        );
        let second = bearer(&server, "p1@example.com", PASSWORD);
        assert_eq!(server.get("/api/users", &second).error().0, 403);
        let users = server.get("/api/users", &first).json();
        let pending = users
            .as_array()
            .unwrap()
            .iter()
            .find(|user| user["role"] == "user")
            .unwrap();
        assert_eq!(pending["pending_approval"], true);
        let approve = format!("/api/users/{}/approve", pending["id"].as_str().unwrap());
        assert_eq!(server.call("POST", &approve, &first, None).status, 200);
        assert_eq!(server.get("/api/users", &second).status, 200);
    }
}

#[test]
fn without_local_auth_nobody_signs_in_with_a_password() {
    let mut server = without_local_auth();
    let owner = server.person("olivia.marsh@example.com");
    assert_eq!(owner["password"], Value::Null);
    let user = server.user(owner["id"].as_str().unwrap());
    let connectors = server.get("/api/identity-providers", OWNER_TOKEN).json();
    assert_eq!(user["idp_id"], connectors[0]["id"], "everybody comes from outside");
    let header = by_button(&server, owner["id"].as_str().unwrap());
    assert_eq!(server.get("/api/users/current", &header).json()["role"], "owner");

    // Somebody who has a password from before cannot use it, but could still change it.
    server.restart_with(|settings| settings.local_auth = true);
    let made = post(&server, "/api/users", person("late@example.com")).json();
    let password = made["password"].as_str().unwrap();
    let id = made["id"].as_str().unwrap();
    let header = bearer(&server, "late@example.com", password);
    let kept = post(&server, "/api/users/invites", person("linked@example.com")).json();
    server.restart_with(|settings| settings.local_auth = false);
    assert_eq!(
        Browser::default()
            .sign_in(&server, "openid", "late@example.com", password)
            .status,
        401
    );
    let body = json!({ "old_password": password, "new_password": "another" });
    let answer = server.call("PUT", &format!("/api/users/{id}/password"), &header, Some(body));
    assert_eq!(answer.json(), json!({}));
    // Invites from before can be seen, renewed and deleted, not accepted.
    let path = format!("/api/users/invites/{}", kept["id"].as_str().unwrap());
    let link = post(&server, &format!("{path}/regenerate"), json!({})).json();
    let public = format!("/api/users/invites/{}", link["invite_token"].as_str().unwrap());
    assert_eq!(server.get(&public, "").json()["valid"], true);
    let accept = server.call("POST", &format!("{public}/accept"), "", Some(json!({ "password": "" })));
    assert_eq!(accept.error().0, 412, "before the password");
    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).json(), json!({}));
}

#[test]
fn people_of_every_mode_have_ids_as_their_provider_gives_them() {
    let ids = |change: fn(&mut StandIn)| -> Vec<Value> {
        let server = Server::stand_in(Seed::Users(30), change);
        let users = server.get("/api/users?service_user=false", OWNER_TOKEN).json();
        users.as_array().unwrap().clone()
    };
    for user in ids(|settings| settings.idp = IdpManager::External) {
        assert!(user["id"].as_str().unwrap().starts_with("auth0|") && user.get("idp_id").is_none());
        let never_came = user["last_login"] == "0001-01-01T00:00:00Z" && user["is_blocked"] == false;
        assert_eq!(user["status"] == "invited", never_came, "{user}");
    }
    for user in ids(|settings| settings.idp = IdpManager::None) {
        assert!(user["id"].as_str().unwrap().starts_with("auth0|") && user["status"] != "invited");
    }
    assert!(ids(|_| {}).iter().all(|user| user["idp_id"] == "local"));
    assert!(
        ids(|settings| settings.local_auth = false)
            .iter()
            .all(|user| user["idp_id"].as_str().unwrap().len() == 20)
    );
}
