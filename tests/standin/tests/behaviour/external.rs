//! A server that may invite people to somebody else's provider by mail, and delete them there (contract 2.7, 3.1).

use serde_json::json;
use standin::{IdpManager, Seed};

use crate::people::{by_button, happened, id_of, path_of, person, post, service_user, sql};
use crate::support::{Browser, OWNER_TOKEN, PASSWORD, Server, bearer};

fn external() -> Server {
    Server::stand_in(Seed::Demo, |settings| settings.idp = IdpManager::External)
}

#[test]
fn an_external_provider_invites_and_the_person_is_active_when_they_came() {
    let server = external();
    let made = post(&server, "/api/users", person("vera.lund@example.com"));
    assert_eq!(made.status, 200, "{}", made.text());
    let made = made.json();
    assert_eq!(
        (&made["status"], &made["issued"], &made["role"]),
        (&json!("invited"), &json!("api"), &json!("auditor"))
    );
    assert!(made.get("password").is_none() && made.get("idp_id").is_none());
    let id = made["id"].as_str().unwrap();
    assert!(id.starts_with("auth0|") && id.len() == 30, "{id}");
    assert_eq!(server.user(id)["status"], "invited");
    happened(&server, id, &["user.invite"]);
    for again in ["vera.lund@example.com", "VERA.LUND@example.com"] {
        assert_eq!(
            post(&server, "/api/users", person(again)).error(),
            (409, "can't invite a user with an existing netbird account".to_owned())
        );
    }

    let resend = format!("{}/invite", path_of(id));
    let uma = bearer(&server, "uma.sato@example.com", PASSWORD);
    assert_eq!(
        server.call("POST", &resend, &uma, None).error(),
        (403, "permission denied".to_owned())
    );
    assert_eq!(server.call("POST", &resend, OWNER_TOKEN, None).json(), json!({}));
    happened(&server, id, &["user.invite", "user.invite"]);

    // Blocked wins over invited, and being unblocked is no visit.
    let path = path_of(id);
    for (blocked, status) in [(true, "blocked"), (false, "invited")] {
        let change = json!({ "role": "auditor", "auto_groups": [], "is_blocked": blocked });
        assert_eq!(
            server.call("PUT", &path, OWNER_TOKEN, Some(change)).json()["status"],
            status
        );
        assert_eq!(server.user(id)["status"], status);
    }

    let header = by_button(&server, id);
    assert_eq!(
        server.user(id)["status"],
        "invited",
        "the first call counts, not the sign-in"
    );
    let current = server.get("/api/users/current", &header).json();
    assert_eq!(
        (
            &current["status"],
            &current["role"],
            &current["email"],
            &current["pending_approval"]
        ),
        (
            &json!("active"),
            &json!("auditor"),
            &json!("vera.lund@example.com"),
            &json!(false)
        )
    );
    assert!(current.get("idp_id").is_none());
    assert_eq!(server.user(id)["status"], "active");
    happened(&server, id, &["user.join", "user.unblock", "user.block", "user.invite"]);
    // Coming again is nothing new: the next thing that happens is the next thing in the log.
    server.get("/api/users", &header);
    let change = json!({ "role": "user", "auto_groups": [], "is_blocked": false });
    assert_eq!(server.call("PUT", &path, OWNER_TOKEN, Some(change)).status, 200);
    happened(&server, id, &["user.role.update", "user.join", "user.unblock"]);
    assert_eq!(
        server.call("POST", &resend, OWNER_TOKEN, None).error(),
        (412, "can't invite a user with an activated netbird account".to_owned())
    );
}

#[test]
fn resending_needs_somebody_the_external_provider_knows() {
    let server = external();
    let service = post(
        &server,
        "/api/users",
        json!({ "name": "bot", "role": "user", "is_service_user": true }),
    )
    .json();
    let service = service["id"].as_str().unwrap();
    for (id, text) in [
        ("no-such-user", "user: no-such-user not found".to_owned()),
        (service, format!("user account {service} doesn't exist")),
    ] {
        let answer = server.call("POST", &format!("/api/users/{id}/invite"), OWNER_TOKEN, None);
        assert_eq!(answer.error(), (404, text));
    }
}

#[test]
fn the_list_blanks_who_the_external_provider_does_not_know() {
    let mut server = external();
    let boris = id_of(&server, "boris.blake@example.com");
    assert_eq!(server.user(&boris)["is_blocked"], true);
    // Somebody deletes him in the provider's own console.
    sql(&server, "DELETE FROM identities WHERE id = ?1", &[&boris]);
    server.restart();
    let user = server.user(&boris);
    for (field, value) in [
        ("name", json!("")),
        ("email", json!("")),
        ("is_blocked", json!(false)),
        ("status", json!("active")),
        ("last_login", json!("0001-01-01T00:00:00Z")),
        ("issued", json!("")),
        ("role", json!("user")),
        ("is_service_user", json!(false)),
    ] {
        assert_eq!(user[field], value, "{field}");
    }
    let users = server.get("/api/users?service_user=true", OWNER_TOKEN).json();
    let services = users.as_array().unwrap();
    assert_eq!(services.len(), 12);
    assert!(services.iter().all(|user| user["issued"] == "" && user["email"] == ""));
    assert!(
        services.iter().filter(|user| user["name"] != "").count() > 8,
        "they keep their names"
    );
    for role in ["admin", "user"] {
        let (id, header) = service_user(&server, role);
        let users = server.get("/api/users?service_user=1", &header).json();
        let own = users.as_array().unwrap().iter().find(|user| user["id"] == *id).unwrap();
        assert_eq!(
            (&own["issued"], &own["is_current"]),
            (&json!(""), &json!(true)),
            "{role}"
        );
    }
    // Without a manager the same rows are as they are stored.
    server.restart_with(|settings| settings.idp = IdpManager::None);
    let user = server.user(&boris);
    assert_eq!(
        (&user["name"], &user["is_blocked"]),
        (&json!("Boris Blake"), &json!(true))
    );
}

#[test]
fn who_is_deleted_stays_at_an_external_provider_unless_the_flag_says_otherwise() {
    for (flag, known) in [(false, true), (true, false)] {
        let server = Server::stand_in(Seed::Demo, |settings| {
            settings.idp = IdpManager::External;
            settings.user_delete_from_idp = flag;
        });
        let uma = id_of(&server, "uma.sato@example.com");
        let header = bearer(&server, "uma.sato@example.com", PASSWORD);
        let path = path_of(&uma);
        assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).json(), json!({}));
        assert!(server.user(&uma).is_null());
        let signs_in = Browser::default()
            .sign_in(&server, "openid", "uma.sato@example.com", PASSWORD)
            .status
            == 303;
        assert_eq!(signs_in, known, "flag {flag}");
        // The token lives on in either case, and its next call makes somebody who waits.
        assert_eq!(
            server.get("/api/users/current", &header).error(),
            (403, "user is blocked".to_owned())
        );
        let again = post(&server, "/api/users", person("uma.sato@example.com"));
        assert_eq!(again.status, 409, "{}", again.text());
    }
}

#[test]
fn without_the_user_an_address_the_external_provider_knows_is_still_taken() {
    let server = external();
    let uma = id_of(&server, "uma.sato@example.com");
    let path = path_of(&uma);
    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).status, 200);
    assert_eq!(post(&server, "/api/users", person("Uma.Sato@example.com")).status, 409);
    // The embedded provider deletes her, so she can be made again.
    let server = Server::start(Seed::Demo);
    let uma = id_of(&server, "uma.sato@example.com");
    assert_eq!(
        server
            .call("DELETE", &format!("/api/users/{uma}"), OWNER_TOKEN, None)
            .status,
        200
    );
    let made = post(&server, "/api/users", person("Uma.Sato@example.com"));
    assert_eq!(
        (made.status, made.json()["password"].as_str().unwrap().len()),
        (200, 16)
    );
}

#[test]
fn the_embedded_provider_refuses_an_address_that_only_it_knows() {
    let server = Server::start(Seed::Empty);
    let setup = |email: &str| {
        let body = json!({ "email": email, "password": "Owner-passw0rd!", "name": "O" });
        server.call("POST", "/api/setup", "", Some(body))
    };
    assert_eq!(setup("o@example.com").status, 200);
    let owner = bearer(&server, "o@example.com", "Owner-passw0rd!");
    let body = person("k@example.com");
    let made = server.call("POST", "/api/users", &owner, Some(body)).json();
    let statement = "DELETE FROM users WHERE id = ?1";
    sql(&server, statement, &[made["id"].as_str().unwrap()]);
    for email in ["k@example.com", "K@Example.Com"] {
        let answer = server.call("POST", "/api/users", &owner, Some(person(email)));
        assert_eq!(answer.error(), (500, "internal server error".to_owned()), "{email}");
    }
}
