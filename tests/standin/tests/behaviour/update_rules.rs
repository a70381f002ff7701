//! Rules for changing users: every change by everybody who may, and who may not (contract 2.4, 4.1).

use serde_json::{Value, json};
use standin::Seed;

use crate::people::{happened, id_of, path_of, service_user, sql};
use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

const ROLES: [&str; 6] = ["owner", "admin", "network_admin", "auditor", "user", "billing_admin"];

/// Somebody in a test of all combinations.
struct Actor {
    id: String,
    role: &'static str,
    blocked: bool,
    service: bool,
}

/// What contract 4.1 says about a change, restated.
fn refusal(caller: &Actor, target: &Actor, role: &str, blocked: bool) -> Option<&'static str> {
    let is_self = caller.id == target.id;
    if is_self && blocked != target.blocked {
        return Some("admins can't block or unblock themselves");
    }
    if is_self && role != target.role {
        return Some("admins can't change their role");
    }
    if target.role == "owner" && caller.role != "owner" && role != "owner" {
        return Some("only owners can remove owner role from their user");
    }
    if target.role == "owner" && blocked {
        return Some("unable to block owner user");
    }
    if role == "owner" && target.role != "owner" && caller.role != "owner" {
        return Some("only owners can add owner role to other users");
    }
    if role == "owner" && target.service {
        return Some("can't update a service user with owner role");
    }
    None
}

#[test]
fn every_change_by_everybody_who_may_change_users() {
    let server = Server::start(Seed::Demo);
    let person = |name: &str, role, blocked| Actor {
        id: id_of(&server, &format!("{name}@example.com")),
        role,
        blocked,
        service: false,
    };
    let (service, service_token) = service_user(&server, "admin");
    let (other_service, _) = service_user(&server, "user");
    let ada = bearer(&server, "ada.okafor@example.com", PASSWORD);
    let actors = [
        person("olivia.marsh", "owner", false),
        person("ada.okafor", "admin", false),
        person("bruno.keller", "admin", false),
        person("uma.sato", "user", false),
        person("boris.blake", "auditor", true),
        Actor {
            id: service,
            role: "admin",
            blocked: false,
            service: true,
        },
        Actor {
            id: other_service,
            role: "billing_admin",
            blocked: true,
            service: true,
        },
    ];
    let restore = || {
        for actor in &actors {
            let blocked = if actor.blocked { "1" } else { "0" };
            let statement =
                "UPDATE users SET role = ?1, blocked = CAST(?2 AS INTEGER), auto_groups = '[]' WHERE id = ?3";
            sql(&server, statement, &[actor.role, blocked, &actor.id]);
        }
    };
    restore();
    let callers = [
        (&actors[0], OWNER_TOKEN),
        (&actors[1], &ada),
        (&actors[5], &service_token),
    ];
    for (caller, header) in callers {
        for target in &actors {
            for role in ROLES {
                for blocked in [false, true] {
                    let title = format!("{} changes {} to {role}, blocked {blocked}", caller.role, target.role);
                    let body = json!({ "role": role.to_uppercase(), "auto_groups": [], "is_blocked": blocked });
                    let answer = server.call("PUT", &path_of(&target.id), header, Some(body));
                    if let Some(text) = refusal(caller, target, role, blocked) {
                        let id = target.id.to_lowercase();
                        let text = format!("failed to process update for user {id}: {text}");
                        assert_eq!(answer.error(), (403, text), "{title}");
                        continue;
                    }
                    assert_eq!(answer.status, 200, "{title}: {}", answer.text());
                    let after = answer.json();
                    let status = if blocked { "blocked" } else { "active" };
                    assert_eq!(
                        (&after["role"], &after["is_blocked"], &after["status"]),
                        (&json!(role), &json!(blocked), &json!(status)),
                        "{title}"
                    );
                    let is_transfer = role == "owner" && target.role != "owner";
                    let owner_now = server.get("/api/users/current", OWNER_TOKEN).json();
                    if is_transfer && !blocked {
                        // The old owner sees it, as an admin.
                        assert_eq!(owner_now["role"], "admin", "{title}");
                        happened(&server, &target.id, &["transferred.owner.role"]);
                    } else if !is_transfer {
                        assert_eq!(owner_now["role"], "owner", "{title}");
                    }
                    restore();
                }
            }
        }
    }
}

#[test]
fn who_may_not_change_users_is_told_so_before_the_rules_but_after_the_body() {
    let server = Server::start(Seed::Demo);
    let uma = id_of(&server, "uma.sato@example.com");
    let mut headers: Vec<String> = ["nils.lindqvist", "agnes.novak", "uma.sato"]
        .map(|name| bearer(&server, &format!("{name}@example.com"), PASSWORD))
        .into();
    headers.extend(["network_admin", "auditor", "user"].map(|role| service_user(&server, role).1));
    for header in headers {
        let put = |id: &str, body: Value| server.call("PUT", &path_of(id), &header, Some(body)).error();
        let body = json!({ "role": "user", "auto_groups": [] });
        let is = |status: u16, text: &str| (status, text.to_owned());
        assert_eq!(put("no|body", json!([])), is(404, "user: no|body not found"));
        assert_eq!(put(&uma, json!([])), is(400, "couldn't parse JSON request"));
        assert_eq!(
            put(&uma, json!({ "auto_groups": null })),
            is(400, "auto_groups field can't be absent")
        );
        assert_eq!(put(&uma, json!({ "auto_groups": [] })), is(422, "invalid user role"));
        assert_eq!(put(&uma, body), is(403, "permission denied"));
    }
    let bill = bearer(&server, "bill.okonkwo@example.com", PASSWORD);
    let body = json!({ "role": "user", "auto_groups": [] });
    assert_eq!(
        server.call("PUT", &path_of(&uma), &bill, Some(body)).error(),
        (
            403,
            "failed to validate user permissions: user role: billing_admin not found".to_owned()
        )
    );
}
