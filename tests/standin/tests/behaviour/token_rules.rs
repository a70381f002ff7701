//! Rules for access tokens: whose they may be, what they are called, how long they last (contract 2.10).

use serde_json::{Value, json};
use standin::Seed;

use crate::people::{happened, id_of, path_of, post, service_user};
use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

/// Statuses of list, create, get and delete of a token that is not there.
fn statuses(server: &Server, header: &str, id: &str) -> [u16; 4] {
    let tokens = format!("{}/tokens", path_of(id));
    let one = format!("{tokens}/nope");
    [
        server.get(&tokens, header),
        server.call("POST", &tokens, header, Some(json!({ "name": "t", "expires_in": 1 }))),
        server.get(&one, header),
        server.call("DELETE", &one, header, None),
    ]
    .map(|answer| answer.status)
}

#[test]
fn whose_tokens_each_role_may_see_and_make() {
    let server = Server::start(Seed::Demo);
    let (bot, _) = service_user(&server, "user");
    let other = id_of(&server, "xavier.dubois@example.com");
    let all = [200, 200, 404, 404];
    let nothing = [403; 4];
    // For oneself, a service user, another person, somebody unknown.
    for (name, expected) in [
        ("olivia.marsh", [all, all, nothing, [404; 4]]),
        ("ada.okafor", [all, all, nothing, [404; 4]]),
        ("nils.lindqvist", [all, nothing, nothing, [404; 4]]),
        (
            "agnes.novak",
            [[200, 403, 404, 403], nothing, nothing, [404, 403, 404, 403]],
        ),
        ("bill.okonkwo", [nothing; 4]),
        ("uma.sato", [nothing; 4]),
        ("boris.blake", [nothing; 4]),
        ("petra.vogel", [nothing; 4]),
    ] {
        let email = format!("{name}@example.com");
        let header = bearer(&server, &email, PASSWORD);
        let own = id_of(&server, &email);
        let actual = [&own, &bot, &other, &"nobody".to_owned()].map(|id| statuses(&server, &header, id));
        assert_eq!(actual, expected, "{name}");
    }
    // Service users: everything is read, the rest is by role.
    for (role, own, bots) in [
        ("admin", all, all),
        ("network_admin", all, nothing),
        ("auditor", [200, 403, 404, 403], nothing),
        ("user", [200, 403, 404, 403], nothing),
        ("billing_admin", [200, 403, 404, 403], nothing),
    ] {
        let (id, header) = service_user(&server, role);
        let actual = [&id, &bot, &other].map(|id| statuses(&server, &header, id));
        assert_eq!(actual, [own, bots, nothing], "{role}");
    }
}

#[test]
fn the_first_thing_wrong_with_a_token_is_what_is_said() {
    let server = Server::start(Seed::Demo);
    let uma = bearer(&server, "uma.sato@example.com", PASSWORD);
    let ask = |header: &str, id: &str, body: Value| {
        server
            .call("POST", &format!("{}/tokens", path_of(id)), header, Some(body))
            .error()
    };
    let is = |status: u16, text: &str| (status, text.to_owned());
    assert_eq!(ask(&uma, "nobody", json!([])), is(400, "couldn't parse JSON request"));
    let name = is(422, "token name can't be empty");
    assert_eq!(ask(&uma, "nobody", json!({ "name": "", "expires_in": 0 })), name);
    assert_eq!(ask(&uma, "nobody", json!({ "expires_in": 30 })), name);
    let days = is(422, "expiration has to be between 1 and 365");
    assert_eq!(ask(&uma, "nobody", json!({ "name": "t" })), days);
    for wrong in [json!(0), json!(366), json!(-1), json!(i64::MAX), json!(i64::MIN)] {
        assert_eq!(
            ask(&uma, "nobody", json!({ "name": "t", "expires_in": wrong })),
            days,
            "{wrong}"
        );
    }
    for wrong in [json!("1"), json!(1.5), json!(1.0), json!(true), json!(u64::MAX)] {
        let body = json!({ "name": "t", "expires_in": wrong });
        assert_eq!(ask(OWNER_TOKEN, "nobody", body).0, 400, "{wrong}");
    }
    let body = json!({ "name": "t", "expires_in": 30 });
    assert_eq!(ask(&uma, "nobody", body.clone()), is(403, "permission denied"));
    assert_eq!(
        ask(OWNER_TOKEN, "no|body", body.clone()),
        is(404, "user: no|body not found")
    );
    let ada = id_of(&server, "ada.okafor@example.com");
    assert_eq!(
        ask(OWNER_TOKEN, &ada, body),
        is(403, "admin role required to perform this action")
    );
}

#[test]
fn tokens_of_any_name_last_their_days_to_the_second() {
    let server = Server::start(Seed::Demo);
    let (id, _) = service_user(&server, "user");
    let tokens = format!("/api/users/{id}/tokens");
    let moment = |value: &Value| {
        use time::format_description::well_known::Rfc3339;
        time::OffsetDateTime::parse(value.as_str().unwrap(), &Rfc3339).unwrap()
    };
    let long = "x".repeat(5_000);
    for (name, days) in [("t", 1), ("t", 2), (" ", 30), ("Ω <b>\"&", 364), (&long, 365)] {
        let made = post(&server, &tokens, json!({ "name": name, "expires_in": days })).json();
        let token = &made["personal_access_token"];
        assert_eq!(token["name"], name);
        assert!(token.get("last_used").is_none());
        let lasts = moment(&token["expiration_date"]) - moment(&token["created_at"]);
        assert_eq!(lasts, time::Duration::days(days), "{name}");
        let header = format!("Token {}", made["plain_token"].as_str().unwrap());
        let path = format!("{tokens}/{}", token["id"].as_str().unwrap());
        let kept = server.get(&path, OWNER_TOKEN).json();
        assert_eq!((&kept["name"], kept.get("last_used")), (&json!(name), None));
        assert_eq!(server.get("/api/users", &header).status, 200);
        let used = server.get(&path, OWNER_TOKEN).json();
        assert!(moment(&used["last_used"]) >= moment(&used["created_at"]));
        assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).json(), json!({}));
        assert_eq!(server.get("/api/users", &header).status, 404);
    }
    happened(
        &server,
        &id,
        &["personal.access.token.delete", "personal.access.token.create"].repeat(5),
    );
}

#[test]
fn tokens_stay_when_their_user_is_blocked_and_count_again_after() {
    let server = Server::start(Seed::Demo);
    let (id, header) = service_user(&server, "admin");
    for (blocked, status) in [(true, 403), (false, 200)] {
        let body = json!({ "role": "admin", "auto_groups": [], "is_blocked": blocked });
        assert_eq!(server.call("PUT", &path_of(&id), OWNER_TOKEN, Some(body)).status, 200);
        assert_eq!(server.get("/api/users", &header).status, status);
        assert_eq!(
            server.get("/api/instance/version", &header).status,
            200,
            "asks for no permission"
        );
        let tokens = server.get(&format!("/api/users/{id}/tokens"), OWNER_TOKEN).json();
        assert_eq!(tokens.as_array().unwrap().len(), 1);
    }
}
