//! Rules for who waits for approval, and accounts that do not see each other (contract 2.6, 4.3, 4.5).

use serde_json::{Value, json};
use standin::Seed;

use crate::people::{happened, id_of, newcomer, path_of, service_user, sql};
use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

fn decide(server: &Server, header: &str, id: &str, approve: bool) -> (u16, Value) {
    let (method, verb) = if approve {
        ("POST", "approve")
    } else {
        ("DELETE", "reject")
    };
    let answer = server.call(method, &format!("{}/{verb}", path_of(id)), header, None);
    (answer.status, answer.json())
}

fn message(status: u16, text: &str) -> (u16, Value) {
    (status, json!({ "message": text, "code": status }))
}

#[test]
fn who_may_approve_and_reject_whom() {
    let server = Server::start(Seed::Demo);
    let uma = id_of(&server, "uma.sato@example.com");
    let denied = message(403, "permission denied");
    let prefix = "failed to validate user permissions: ";
    let mut callers: Vec<(String, Option<(u16, Value)>)> = Vec::new();
    for (name, refusal) in [
        ("olivia.marsh", None),
        ("ada.okafor", None),
        ("nils.lindqvist", Some(denied.clone())),
        ("agnes.novak", Some(denied.clone())),
        ("uma.sato", Some(denied.clone())),
        (
            "bill.okonkwo",
            Some(message(403, &format!("{prefix}user role: billing_admin not found"))),
        ),
        ("boris.blake", Some(message(403, &format!("{prefix}user is blocked")))),
        (
            "petra.vogel",
            Some(message(403, &format!("{prefix}user is pending approval"))),
        ),
    ] {
        callers.push((bearer(&server, &format!("{name}@example.com"), PASSWORD), refusal));
    }
    callers.push((service_user(&server, "admin").1, None));
    callers.push((service_user(&server, "user").1, Some(denied)));
    for (header, refusal) in callers {
        for approve in [true, false] {
            let of = |id: &str| decide(&server, &header, id, approve);
            let expected = |own: (u16, Value)| refusal.clone().unwrap_or(own);
            let not_waiting = format!("user {} is not pending approval", uma.to_lowercase());
            assert_eq!(of("no|body"), expected(message(404, "user: no|body not found")));
            assert_eq!(of(&uma), expected(message(422, &not_waiting)));
        }
    }
}

#[test]
fn everybody_who_waits_is_approved_or_rejected_once() {
    let server = Server::start(Seed::Demo);
    let ada = bearer(&server, "ada.okafor@example.com", PASSWORD);
    let bot = service_user(&server, "admin").1;
    for (name, header) in [
        ("petra.vogel", OWNER_TOKEN),
        ("paul.nakamura", &ada),
        ("priya.raman", &bot),
    ] {
        let id = id_of(&server, &format!("{name}@example.com"));
        // Unblocked by hand, still waiting; approving clears that, too.
        if name == "priya.raman" {
            let body = json!({ "role": "auditor", "auto_groups": [], "is_blocked": false });
            assert_eq!(
                server.call("PUT", &path_of(&id), header, Some(body)).json()["pending_approval"],
                true
            );
        }
        let (status, user) = decide(&server, header, &id, true);
        assert_eq!(status, 200);
        assert_eq!(
            (
                &user["is_blocked"],
                &user["pending_approval"],
                &user["status"],
                &user["id"]
            ),
            (&json!(false), &json!(false), &json!("active"), &json!(id))
        );
        happened(&server, &id, &["user.approve"]);
        let text = format!("user {} is not pending approval", id.to_lowercase());
        for approve in [true, false] {
            assert_eq!(decide(&server, header, &id, approve), message(422, &text));
        }
        // Somebody who is blocked later does not wait.
        let body = json!({ "role": "user", "auto_groups": [], "is_blocked": true });
        assert_eq!(server.call("PUT", &path_of(&id), header, Some(body)).status, 200);
        assert_eq!(decide(&server, header, &id, true), message(422, &text));
    }
}

#[test]
fn a_rejection_is_a_deletion_with_its_protections() {
    let server = Server::start(Seed::Demo);
    let bot = service_user(&server, "admin").1;
    let petra = id_of(&server, "petra.vogel@example.com");
    sql(
        &server,
        "UPDATE users SET issued = 'integration' WHERE id = ?1",
        &[&petra],
    );
    let refused = message(403, "only integration service user can delete this user");
    assert_eq!(decide(&server, OWNER_TOKEN, &petra, false), refused);
    assert_eq!(server.user(&petra)["pending_approval"], true);
    assert_eq!(decide(&server, &bot, &petra, false), (200, json!({})));
    happened(&server, &petra, &["user.reject", "user.delete"]);
    assert_eq!(
        decide(&server, &bot, &petra, false),
        message(404, &format!("user: {} not found", petra.to_lowercase()))
    );
}

#[test]
fn only_newcomers_wait() {
    let server = Server::start(Seed::Demo);
    let local = "CiQ4YTFiMmMzZC00ZTVmLTYwNzEtODI5My1hNGI1YzZkN2U4ZjkSBWxvY2Fs";
    for (n, id) in ["google-oauth2|1", local, "d9f8"].into_iter().enumerate() {
        let email = format!("newcomer{n}@example.com");
        newcomer(&server, id, &email);
        let header = bearer(&server, &email, PASSWORD);
        assert!(server.user(id).is_null(), "signing in is no call");
        assert_eq!(
            server.get("/api/users/current", &header).error(),
            (403, "user is blocked".to_owned())
        );
        let user = server.user(id);
        assert_eq!(
            (
                &user["role"],
                &user["status"],
                &user["pending_approval"],
                &user["email"]
            ),
            (&json!("user"), &json!("blocked"), &json!(true), &json!(email))
        );
        let pending = "failed to validate user permissions: user is pending approval";
        assert_eq!(server.get("/api/users", &header).error(), (403, pending.to_owned()));
        assert_eq!(decide(&server, OWNER_TOKEN, id, true).0, 200);
        assert_eq!(server.get("/api/users/current", &header).status, 200);
    }
}

/// An account that setup made with a token is joined by nobody: the next person to come gets their own.
#[test]
fn accounts_do_not_see_each_other() {
    let server = Server::start(Seed::Empty);
    let setup = json!({ "email": "o@example.com", "password": "12345678", "name": "O", "create_pat": true });
    let setup = server.call("POST", "/api/setup", "", Some(setup)).json();
    let first = format!("Token {}", setup["personal_access_token"].as_str().unwrap());
    newcomer(&server, "auth0|other", "other@example.com");
    let second = bearer(&server, "other@example.com", PASSWORD);
    assert_eq!(server.get("/api/users/current", &second).json()["role"], "owner");
    assert_eq!(server.get("/api/users", &first).json().as_array().unwrap().len(), 1);

    let invite = json!({ "email": "kept@example.com", "name": "K", "role": "user" });
    let invite = server.call("POST", "/api/users/invites", &second, Some(invite)).json();
    let invite = format!("/api/users/invites/{}", invite["id"].as_str().unwrap());
    let them = path_of("auth0|other");
    let unknown = (404, "user: auth0|other not found".to_owned());
    let call = |method: &str, path: &str, body: Option<Value>| server.call(method, path, &first, body).error();
    let change = json!({ "role": "user", "auto_groups": [], "is_blocked": true });
    assert_eq!(
        call("PUT", &them, Some(change)),
        (
            422,
            "failed to process update for user auth0|other: user account id mismatch".to_owned()
        )
    );
    assert_eq!(call("DELETE", &them, None), unknown);
    assert_eq!(call("POST", &format!("{them}/approve"), None), unknown);
    assert_eq!(call("DELETE", &format!("{them}/reject"), None), unknown);
    assert_eq!(call("POST", &format!("{them}/invite"), None), unknown);
    let denied = (403, "permission denied".to_owned());
    let token = json!({ "name": "t", "expires_in": 1 });
    assert_eq!(call("GET", &format!("{them}/tokens"), None), denied);
    assert_eq!(call("POST", &format!("{them}/tokens"), Some(token)), denied);
    let no_invite = (404, "user invite not found".to_owned());
    assert_eq!(call("DELETE", &invite, None), no_invite);
    assert_eq!(call("POST", &format!("{invite}/regenerate"), None), no_invite);
    assert_eq!(server.get("/api/users/invites", &first).json(), json!([]));

    // An address of the other account: the provider knows it, this account does not.
    let body = json!({ "email": "OTHER@example.com", "name": "X", "role": "user" });
    assert_eq!(
        call("POST", "/api/users", Some(body.clone())),
        (500, "internal server error".to_owned())
    );
    let made = server.call("POST", "/api/users/invites", &first, Some(body)).json();
    let link = format!("/api/users/invites/{}", made["invite_token"].as_str().unwrap());
    assert_eq!(server.get(&link, "").json()["valid"], true);
    let accepted = server.call(
        "POST",
        &format!("{link}/accept"),
        "",
        Some(json!({ "password": "Long-en0ugh" })),
    );
    assert_eq!(accepted.error(), (500, "internal server error".to_owned()));
    let events = server.get("/api/events/audit", &first).json();
    assert!(
        events
            .as_array()
            .unwrap()
            .iter()
            .all(|event| event["initiator_id"] != "auth0|other")
    );
}
