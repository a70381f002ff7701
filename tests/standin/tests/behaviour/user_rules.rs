//! Rules for making, listing and deleting users (contract 2.1 to 2.3, 2.5, 3.2, 4.2).

use serde_json::{Value, json};
use standin::Seed;

use crate::people::{happened, id_of, path_of, post, service_user, sql};
use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

#[test]
fn roles_are_taken_in_any_case_and_nothing_else() {
    let server = Server::start(Seed::Demo);
    let uma = path_of(&id_of(&server, "uma.sato@example.com"));
    for (asked, given) in [
        ("ADMIN", "admin"),
        ("Network_admin", "network_admin"),
        ("nETWORK_aDMIN", "network_admin"),
        ("Auditor", "auditor"),
        ("Billing_Admin", "billing_admin"),
        ("USER", "user"),
    ] {
        let body = json!({ "role": asked, "auto_groups": null, "is_service_user": true, "name": asked });
        assert_eq!(post(&server, "/api/users", body).json()["role"], given);
        let body = json!({ "role": asked, "auto_groups": [] });
        assert_eq!(server.call("PUT", &uma, OWNER_TOKEN, Some(body)).json()["role"], given);
    }
    for wrong in [
        "",
        "unknown",
        "Root",
        " admin",
        "admin ",
        "network-admin",
        "networkadmin",
        "ADM\u{130}N",
        "Ａdmin",
    ] {
        for service in [true, false] {
            let body = json!({ "role": wrong, "is_service_user": service });
            let text = format!("unknown user role {}", wrong.to_lowercase());
            assert_eq!(post(&server, "/api/users", body).error(), (422, text));
        }
        let body = json!({ "role": wrong, "auto_groups": [] });
        let answer = server.call("PUT", &uma, OWNER_TOKEN, Some(body));
        assert_eq!(answer.error(), (422, "invalid user role".to_owned()), "{wrong}");
    }
    for wrong in [json!(1), json!(["admin"]), json!({})] {
        assert_eq!(
            post(&server, "/api/users", json!({ "role": wrong })).status,
            400,
            "{wrong}"
        );
    }
}

#[test]
fn people_of_any_name_and_address_are_made_once() {
    let server = Server::start(Seed::Demo);
    let long = "n".repeat(3_000);
    for (name, email, again) in [
        ("N", "a@b.c", "A@B.C"),
        ("Zoë <b>&", "zoe+vpn@sub.example.org", "ZOE+VPN@sub.example.org"),
        (" ", "no address", "NO ADDRESS"),
        (&long, "o'brien@example.com", "O'Brien@example.com"),
        ("名前", "\"quoted name\"@example.com", "\"QUOTED name\"@example.com"),
    ] {
        let body = |email: &str| json!({ "name": name, "email": email, "role": "user", "is_service_user": false });
        let made = post(&server, "/api/users", body(email)).json();
        assert_eq!(
            (&made["name"], &made["email"], &made["auto_groups"]),
            (&json!(name), &json!(email), &json!([]))
        );
        let password = made["password"].as_str().unwrap();
        assert_eq!(password.chars().count(), 16);
        assert_eq!((&made["status"], made.get("idp_id")), (&json!("active"), None));
        happened(&server, made["id"].as_str().unwrap(), &["user.create"]);
        bearer(&server, email, password);
        let listed = server.user(made["id"].as_str().unwrap());
        assert_eq!((&listed["idp_id"], listed.get("password")), (&json!("local"), None));
        for email in [email, again] {
            assert_eq!(
                post(&server, "/api/users", body(email)).error(),
                (409, "can't invite a user with an existing netbird account".to_owned())
            );
        }
    }
}

#[test]
fn service_users_need_no_name_and_their_groups_are_not_looked_at() {
    let server = Server::start(Seed::Demo);
    for name in ["", " ", "ci", "ci", "Ω <i>"] {
        let body = json!({
            "name": name, "email": "ignored@example.com", "role": "auditor", "auto_groups": ["gone", "gone"],
            "is_service_user": true, "is_blocked": true, "unknown": [1],
        });
        let made = post(&server, "/api/users", body).json();
        assert_eq!(
            (&made["name"], &made["email"], &made["auto_groups"], &made["is_blocked"]),
            (&json!(name), &json!(""), &json!(["gone", "gone"]), &json!(false))
        );
        let id = made["id"].as_str().unwrap();
        assert_eq!((id.len(), made.get("password"), made.get("idp_id")), (36, None, None));
        assert_eq!(server.user(id).get("idp_id"), None);
    }
    let answer = post(
        &server,
        "/api/users",
        json!({ "name": "x", "role": "OWNER", "is_service_user": true }),
    );
    assert_eq!(
        answer.error(),
        (422, "can't create a service user with owner role".to_owned())
    );
    let uma = bearer(&server, "uma.sato@example.com", PASSWORD);
    let body = json!({ "name": "x", "role": "owner", "is_service_user": true });
    let answer = server.call("POST", "/api/users", &uma, Some(body));
    assert_eq!(
        answer.error(),
        (403, "permission denied".to_owned()),
        "the permission comes before the role"
    );
    let body = json!({ "name": "x", "email": "x@example.com", "role": "owner" });
    let answer = server.call("POST", "/api/users", &uma, Some(body));
    assert_eq!(
        answer.error(),
        (422, "can't invite a user with owner role".to_owned()),
        "and after it for people"
    );
}

#[test]
fn service_users_read_everything_whatever_their_role() {
    let server = Server::start(Seed::Demo);
    let account = server.get("/api/accounts", OWNER_TOKEN).json()[0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    for role in ["admin", "network_admin", "auditor", "user", "billing_admin"] {
        let (id, header) = service_user(&server, role);
        for path in [
            "users",
            "users/invites",
            "groups",
            "accounts",
            "events/audit",
            "peers",
            "identity-providers",
        ] {
            assert_eq!(
                server.get(&format!("/api/{path}"), &header).status,
                200,
                "{role} {path}"
            );
        }
        assert_eq!(server.get("/api/accounts", &header).json()[0]["id"], account);
        assert_eq!(
            server.get("/api/users/current", &header).error(),
            (403, "permission denied".to_owned()),
            "{role}"
        );
        let users = server.get("/api/users", &header).json();
        let current: Vec<&Value> = users
            .as_array()
            .unwrap()
            .iter()
            .filter(|user| user["is_current"] == true)
            .collect();
        assert_eq!((current.len(), &current[0]["id"]), (1, &json!(id)));
        let tokens = server.get(&format!("/api/users/{id}/tokens"), &header).json();
        assert!(tokens[0]["last_used"].is_string(), "{role}: its own");
    }
}

#[test]
fn kinds_of_users_are_asked_for_as_a_go_boolean() {
    let server = Server::start(Seed::Demo);
    let uma = bearer(&server, "uma.sato@example.com", PASSWORD);
    let count = |query: &str, header: &str| {
        let answer = server.get(&format!("/api/users?service_user={query}"), header);
        match answer.status {
            200 => Ok(answer.json().as_array().unwrap().len()),
            _ => Err(answer.error()),
        }
    };
    for (queries, all, own) in [
        (&[""][..], 53, 1),
        (&["1", "t", "T", "TRUE", "true", "True"], 12, 0),
        (&["0", "f", "F", "FALSE", "false", "False"], 41, 1),
    ] {
        for query in queries {
            assert_eq!(
                (count(query, OWNER_TOKEN), count(query, &uma)),
                (Ok(all), Ok(own)),
                "{query}"
            );
        }
    }
    for query in ["yes", "2", "tRUE", "true%20", "null", "-1"] {
        let expected = Err((422, "invalid service_user query parameter".to_owned()));
        assert_eq!(
            (count(query, OWNER_TOKEN), count(query, &uma)),
            (expected.clone(), expected),
            "{query}"
        );
    }
}

#[test]
fn who_cannot_be_deleted_and_by_whom() {
    let server = Server::start(Seed::Demo);
    let (service, service_token) = service_user(&server, "admin");
    let (fixed, _) = service_user(&server, "user");
    sql(&server, "UPDATE users SET non_deletable = 1 WHERE id = ?1", &[&fixed]);
    let id = |name: &str| id_of(&server, &format!("{name}@example.com"));
    let (owner, ada, uma, wanda, victor) = (
        id("olivia.marsh"),
        id("ada.okafor"),
        id("uma.sato"),
        id("wanda.kowalska"),
        id("victor.hansen"),
    );
    for integrated in [&wanda, &victor] {
        sql(
            &server,
            "UPDATE users SET issued = 'integration' WHERE id = ?1",
            &[integrated],
        );
    }
    let header = |name: &str| bearer(&server, &format!("{name}@example.com"), PASSWORD);
    let (as_ada, as_nils, as_uma) = (header("ada.okafor"), header("nils.lindqvist"), header("uma.sato"));
    let delete = |header: &str, id: &str| {
        let answer = server.call("DELETE", &path_of(id), header, None);
        if answer.status == 200 {
            (200, answer.json().to_string())
        } else {
            answer.error()
        }
    };
    let is = |status: u16, text: &str| (status, text.to_owned());
    let itself = is(422, "self deletion is not allowed");
    assert_eq!(delete(OWNER_TOKEN, &owner), itself);
    assert_eq!(delete(&service_token, &service), itself);
    assert_eq!(delete(&as_uma, &uma), itself, "before the permission");
    for header in [&as_nils, &as_uma] {
        assert_eq!(delete(header, "nobody"), is(403, "permission denied"));
        assert_eq!(delete(header, &owner), is(403, "permission denied"));
    }
    assert_eq!(delete(&as_ada, "no|body"), is(404, "user: no|body not found"));
    for header in [&as_ada, &service_token] {
        assert_eq!(
            delete(header, &owner),
            is(403, "can't delete a user with the owner role")
        );
        assert_eq!(
            delete(header, &fixed),
            is(403, "service user is marked as non-deletable")
        );
    }
    for header in [OWNER_TOKEN, &as_ada] {
        assert_eq!(
            delete(header, &wanda),
            is(403, "only integration service user can delete this user")
        );
    }
    assert_eq!(delete(&service_token, &wanda), is(200, "{}"));
    // An owner from an integration is an owner first.
    sql(
        &server,
        "UPDATE users SET issued = 'integration' WHERE id = ?1",
        &[&owner],
    );
    assert_eq!(
        delete(&as_ada, &owner),
        is(403, "can't delete a user with the owner role")
    );
    assert_eq!(delete(&service_token, &ada), is(200, "{}"), "admins delete admins");
    assert_eq!(delete(&service_token, &service), itself);
    assert_eq!(delete(OWNER_TOKEN, &service), is(200, "{}"));
    let (status, text) = server.get("/api/users", &service_token).error();
    assert!(
        status == 404 && text.starts_with("invalid token: pat: "),
        "its tokens went with it: {text}"
    );
}
