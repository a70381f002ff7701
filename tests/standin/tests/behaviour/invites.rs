//! Invite links beyond the recording: the order of checks, ages, e-mail forms, roles, who may, what is left behind.

use serde_json::{Value, json};
use standin::Seed;

use crate::support::{Answer, OWNER_TOKEN, PASSWORD, Server, bearer};

const DAY: u64 = 86_400;

/// A link of the right shape that nobody was sent.
const UNKNOWN: &str = "nbi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0uCPlr";

fn invite(server: &Server, body: &Value) -> Answer {
    server.call("POST", "/api/users/invites", OWNER_TOKEN, Some(body.clone()))
}

fn person(email: &str, role: &str) -> Value {
    json!({ "email": email, "name": "Nina", "role": role, "auto_groups": [] })
}

/// A new invite's id and link.
fn made(server: &Server, body: &Value) -> (String, String) {
    let answer = invite(server, body);
    assert_eq!(answer.status, 200, "{}", answer.text());
    let text = |name: &str| answer.json()[name].as_str().unwrap().to_owned();
    (text("id"), text("invite_token"))
}

/// What somebody without credentials sees of a link. Each look is a while after the one before: the limit is not the
/// subject here.
fn info(server: &Server, token: &str) -> Answer {
    server.forward(6);
    server.get(&format!("/api/users/invites/{token}"), "")
}

fn accept(server: &Server, token: &str, password: &str) -> Answer {
    server.forward(6);
    let path = format!("/api/users/invites/{token}/accept");
    server.call("POST", &path, "", Some(json!({ "password": password })))
}

fn listed(server: &Server, id: &str) -> Value {
    let invites = server.get("/api/users/invites", OWNER_TOKEN).json();
    let found = invites.as_array().unwrap().iter().find(|invite| invite["id"] == id);
    found.cloned().unwrap_or(Value::Null)
}

fn moment(value: &Value) -> time::OffsetDateTime {
    use time::format_description::well_known::Rfc3339;
    time::OffsetDateTime::parse(value.as_str().unwrap(), &Rfc3339).unwrap()
}

#[test]
fn the_first_thing_wrong_with_an_invite_is_what_is_said() {
    let server = Server::start(Seed::Demo);
    let uma = bearer(&server, "uma.sato@example.com", PASSWORD);
    let all_wrong = json!({ "email": "", "name": "", "role": "Owner", "expires_in": 1 });
    let mut body = all_wrong;
    let mut wrong = |who: &str, change: &[(&str, Value)]| {
        for (name, value) in change {
            body[*name] = value.clone();
        }
        server
            .call("POST", "/api/users/invites", who, Some(body.clone()))
            .error()
    };
    let is = |status: u16, text: &str| (status, text.to_owned());
    assert_eq!(wrong(&uma, &[]), is(422, "name can't be empty"));
    assert_eq!(wrong(&uma, &[("name", json!("N"))]), is(422, "email can't be empty"));
    assert_eq!(
        wrong(&uma, &[("email", json!("INES.moreau@example.com"))]),
        is(422, "can't invite a user with owner role")
    );
    assert_eq!(wrong(&uma, &[("role", json!("user"))]), is(403, "permission denied"));
    assert_eq!(
        wrong(OWNER_TOKEN, &[("email", json!("Uma.Sato@EXAMPLE.com"))]),
        is(409, "user with this email already exists")
    );
    assert_eq!(
        wrong(OWNER_TOKEN, &[("email", json!("INES.moreau@example.com"))]),
        is(409, "invite already exists for this email")
    );
    assert_eq!(
        wrong(OWNER_TOKEN, &[("email", json!("new@example.com"))]),
        is(422, "invite expiration must be at least 1 hour")
    );
    for bad in [
        json!({ "expires_in": "3600" }),
        json!({ "expires_in": 3600.0 }),
        json!({ "auto_groups": "x" }),
        json!({ "email": 1 }),
        json!([]),
    ] {
        assert_eq!(
            invite(&server, &bad).error(),
            is(400, "couldn't parse JSON request"),
            "{bad}"
        );
    }
    let path = "/api/users/invites";
    assert_eq!(server.call("POST", path, OWNER_TOKEN, None).status, 400);
    assert_eq!(
        server.get(path, "").error(),
        is(401, "no valid authentication provided")
    );
}

#[test]
fn who_may_do_what_with_invites() {
    let server = Server::start(Seed::Demo);
    let (id, _) = made(&server, &person("door@example.com", "user"));
    // Read, create, regenerate, delete; the last for an invite that is not there.
    for (name, expected) in [
        ("olivia.marsh", [200, 200, 200, 404]),
        ("ada.okafor", [200, 200, 200, 404]),
        ("nils.lindqvist", [200, 403, 403, 403]),
        ("agnes.novak", [200, 403, 403, 403]),
        ("bill.okonkwo", [403; 4]),
        ("uma.sato", [403; 4]),
        ("boris.blake", [403; 4]),
        ("petra.vogel", [403; 4]),
    ] {
        let header = bearer(&server, &format!("{name}@example.com"), PASSWORD);
        let statuses = [
            server.get("/api/users/invites", &header),
            server.call(
                "POST",
                "/api/users/invites",
                &header,
                Some(person(&format!("by.{name}@example.com"), "user")),
            ),
            server.call("POST", &format!("/api/users/invites/{id}/regenerate"), &header, None),
            server.call("DELETE", "/api/users/invites/nope", &header, None),
        ]
        .map(|answer| answer.status);
        assert_eq!(statuses, expected, "{name}");
    }
}

#[test]
fn invites_are_valid_until_their_moment_and_stay_in_the_list_after_it() {
    let server = Server::start(Seed::Demo);
    for (seconds, expected) in [
        (json!(3_600), 3_600),
        (json!(7_201), 7_201),
        (json!(30 * DAY), 30 * DAY),
        (json!(100 * DAY), 100 * DAY),
        (json!(10_000 * DAY), 10_000 * DAY),
        (json!(0), 3 * DAY),
        (json!(-5), 3 * DAY),
        (json!(null), 3 * DAY),
    ] {
        let email = format!("in.{seconds}@example.com");
        let mut body = person(&email, "user");
        body["expires_in"] = seconds;
        let (id, token) = made(&server, &body);
        let fresh = listed(&server, &id);
        let lasts = moment(&fresh["expires_at"]) - moment(&fresh["created_at"]);
        assert_eq!(u64::try_from(lasts.whole_seconds()).unwrap(), expected, "{email}");
        assert!(fresh.get("invite_token").is_none(), "shown once only");

        if expected > 300 * DAY {
            // The owner's token does not last that long.
            continue;
        }
        // Twelve seconds pass with the two looks and the tries below.
        server.forward(expected - 30);
        assert_eq!(
            (&listed(&server, &id)["expired"], &info(&server, &token).json()["valid"]),
            (&json!(false), &json!(true))
        );
        server.forward(30);
        assert_eq!(listed(&server, &id)["expired"], true, "{email}");
        let seen = info(&server, &token);
        assert_eq!((seen.status, &seen.json()["valid"]), (200, &json!(false)));
        assert_eq!(
            accept(&server, &token, "Long-en0ugh").error(),
            (422, "invite has expired".to_owned())
        );
        assert_eq!(
            invite(&server, &body).error(),
            (409, "invite already exists for this email".to_owned())
        );
    }
}

#[test]
fn a_new_link_ends_the_old_one_and_revives_what_had_run_out() {
    let server = Server::start(Seed::Demo);
    let (id, old) = made(&server, &person("again@example.com", "auditor"));
    server.forward(4 * DAY);
    let ada = bearer(&server, "ada.okafor@example.com", PASSWORD);
    let path = format!("/api/users/invites/{id}/regenerate");
    for (body, status) in [
        (Some("{\"expires_in\": 3599}"), 422),
        (Some("{\"expires_in\": \"7200\"}"), 400),
        (Some("{"), 400),
    ] {
        let headers = [("authorization", ada.clone())];
        assert_eq!(server.send("POST", &path, &headers, body).status, status, "{body:?}");
    }
    assert_eq!(info(&server, &old).status, 200, "a refused try changes nothing");
    let answer = server.call("POST", &path, &ada, None).json();
    let new = answer["invite_token"].as_str().unwrap();
    assert_eq!(info(&server, &old).error(), (404, "user invite not found".to_owned()));
    let seen = info(&server, new).json();
    assert_eq!(
        (&seen["valid"], &seen["invited_by"], &seen["expires_at"]),
        (&json!(true), &json!("Ada Okafor"), &answer["invite_expires_at"])
    );
    assert_eq!(listed(&server, &id)["expires_at"], answer["invite_expires_at"]);
    assert_eq!(accept(&server, new, "Long-en0ugh").json(), json!({ "success": true }));
}

#[test]
fn whoever_accepts_gets_what_the_invite_says() {
    let server = Server::start(Seed::Demo);
    let groups = server.get("/api/groups", OWNER_TOKEN).json();
    let sales = groups.as_array().unwrap().iter().find(|group| group["name"] == "Sales");
    let sales = sales.unwrap()["id"].as_str().unwrap();
    for (email, asked, given) in [
        ("admin@example.com", "admin", "admin"),
        ("Mixed.Case@Example.com", "Network_Admin", "network_admin"),
        ("auditor+tag@example.com", "AUDITOR", "auditor"),
        ("bills@example.com", "billing_admin", "billing_admin"),
        ("plain@example.com", "user", "user"),
        ("contractor@example.com", "contractor", "unknown"),
        ("nothing@example.com", "", "unknown"),
        ("not an address", "user", "user"),
        ("ünïcode@exämple.com", "user", "user"),
    ] {
        let body =
            json!({ "email": email, "name": format!("N <{email}>"), "role": asked, "auto_groups": [sales, "gone"] });
        let (id, token) = made(&server, &body);
        assert_eq!(listed(&server, &id)["role"], asked, "as it was asked for");
        let seen = info(&server, &token).json();
        assert_eq!(
            (&seen["email"], &seen["name"], &seen["invited_by"]),
            (&json!(email), &body["name"], &json!("Olivia Marsh"))
        );
        assert_eq!(
            accept(&server, &token, "Long en0ugh").json(),
            json!({ "success": true })
        );
        assert_eq!(listed(&server, &id), Value::Null);
        assert_eq!(accept(&server, &token, "Long en0ugh").status, 404);

        let header = bearer(&server, email, "Long en0ugh");
        let current = server.get("/api/users/current", &header);
        assert_eq!(current.status, 200, "{email}: {}", current.text());
        let current = current.json();
        assert_eq!(
            (
                &current["role"],
                &current["email"],
                &current["name"],
                &current["auto_groups"]
            ),
            (&json!(given), &json!(email), &body["name"], &json!([sales, "gone"]))
        );
        assert_eq!(
            (&current["idp_id"], &current["pending_approval"], &current["status"]),
            (&json!("local"), &json!(false), &json!("active"))
        );
        let list = server.get("/api/users", &header);
        if given == "unknown" {
            let text = "failed to validate user permissions: user role: unknown not found";
            assert_eq!(list.error(), (403, text.to_owned()));
        }
    }
}

#[test]
fn what_is_wrong_with_an_acceptance_is_said_in_order() {
    let server = Server::start(Seed::Demo);
    let (_, token) = made(&server, &person("order@example.com", "user"));
    let is = |status: u16, text: &str| (status, text.to_owned());
    server.forward(60);
    let path = format!("/api/users/invites/{UNKNOWN}/accept");
    assert_eq!(
        server.call("POST", &path, "", Some(json!({ "password": 5 }))).error(),
        is(400, "couldn't parse JSON request")
    );
    for (password, expected) in [
        ("", is(422, "password is required")),
        (
            "Sh0rt!",
            is(422, "invalid password: password must be at least 8 characters long"),
        ),
        (
            "longenough",
            is(
                422,
                "invalid password: password must contain at least one digit, one uppercase letter, one special character",
            ),
        ),
    ] {
        assert_eq!(
            accept(&server, "nbi_short", password).error(),
            expected,
            "before the link: {password}"
        );
    }
    for (link, text) in [
        ("nbi_short", "invalid token length"),
        (
            &UNKNOWN.replace("0uCPlr", "0uCP_R"),
            "checksum decoding failed: invalid character: _",
        ),
        (&UNKNOWN.replace("0uCPlr", "0uCPls"), "checksum does not match"),
    ] {
        let expected = is(422, &format!("invalid invite token: {text}"));
        assert_eq!(accept(&server, link, "Long-en0ugh").error(), expected);
        assert_eq!(info(&server, link).error(), expected);
    }
    let expected = is(404, "user invite not found");
    assert_eq!(accept(&server, UNKNOWN, "Long-en0ugh").error(), expected);
    assert_eq!(info(&server, UNKNOWN).error(), expected);

    let too_long = format!("Aa1!{}", "x".repeat(69));
    assert_eq!(
        accept(&server, &token, &too_long).error(),
        is(500, "internal server error")
    );
    assert_eq!(info(&server, &token).json()["valid"], true, "nothing was used up");
    // Somebody with that address comes to be known meanwhile.
    let user = json!({ "email": "ORDER@example.com", "name": "O", "role": "user", "auto_groups": [] });
    assert_eq!(server.call("POST", "/api/users", OWNER_TOKEN, Some(user)).status, 200);
    assert_eq!(
        accept(&server, &token, "Long-en0ugh").error(),
        is(500, "internal server error")
    );
}

#[test]
fn links_that_do_not_look_like_links_need_a_credential() {
    let server = Server::start(Seed::Demo);
    let length = (422, "invalid invite token: invalid token length".to_owned());
    let prefix = (422, "invalid invite token: invalid token prefix".to_owned());
    for (link, expected) in [("xyz", length), (&UNKNOWN.replace("nbi_", "nbp_"), prefix)] {
        let path = format!("/api/users/invites/{link}");
        let unknown = (401, "no valid authentication provided".to_owned());
        assert_eq!(server.get(&path, "").error(), unknown);
        assert_eq!(server.get(&path, OWNER_TOKEN).error(), expected);
        let path = format!("{path}/accept");
        let body = json!({ "password": "Long-en0ugh" });
        assert_eq!(server.call("POST", &path, "", Some(body.clone())).error(), unknown);
        assert_eq!(server.call("POST", &path, OWNER_TOKEN, Some(body)).error(), expected);
    }
}

#[test]
fn who_invited_may_be_a_service_user_or_gone() {
    let server = Server::start(Seed::Demo);
    let body = json!({ "name": "inviter", "role": "admin", "is_service_user": true });
    let service = server.call("POST", "/api/users", OWNER_TOKEN, Some(body)).json();
    let path = format!("/api/users/{}", service["id"].as_str().unwrap());
    let body = json!({ "name": "t", "expires_in": 1 });
    let token = server
        .call("POST", &format!("{path}/tokens"), OWNER_TOKEN, Some(body))
        .json();
    let header = format!("Token {}", token["plain_token"].as_str().unwrap());
    let body = person("from.service@example.com", "user");
    let link = server.call("POST", "/api/users/invites", &header, Some(body)).json();
    let link = link["invite_token"].as_str().unwrap();
    assert_eq!(info(&server, link).json()["invited_by"], "inviter");
    assert_eq!(server.call("DELETE", &path, OWNER_TOKEN, None).status, 200);
    let seen = info(&server, link).json();
    assert_eq!((&seen["invited_by"], &seen["valid"]), (&json!(""), &json!(true)));
}

#[test]
fn the_demo_company_has_invites_in_every_state() {
    let server = Server::start(Seed::Demo);
    let invites = server.get("/api/users/invites", OWNER_TOKEN).json();
    let invites = invites.as_array().unwrap();
    let expired = invites.iter().filter(|invite| invite["expired"] == true).count();
    assert_eq!((invites.len(), expired), (4, 1));
    let seen = info(&server, "nbi_0123456789ABCDEFGHIJKLMNOPQRST4PMbyp").json();
    assert_eq!((&seen["name"], &seen["valid"]), (&json!("Ines Moreau"), &json!(true)));
}
