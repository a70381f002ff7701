//! Changing one's own password beyond the recording: the order of checks, lengths, who, and what stays valid.

use serde_json::json;
use standin::Seed;

use crate::people::{happened, id_of};
use crate::support::{Browser, OWNER_TOKEN, PASSWORD, Server, bearer};

const UMA: &str = "uma.sato@example.com";

fn change(server: &Server, who: &str, id: &str, old: &str, new: &str) -> (u16, String) {
    let body = json!({ "old_password": old, "new_password": new });
    let answer = server.call("PUT", &format!("/api/users/{id}/password"), who, Some(body));
    match answer.status {
        200 => (200, answer.json().to_string()),
        _ => answer.error(),
    }
}

fn refused(text: &str) -> (u16, String) {
    (422, format!("failed to update password: {text}"))
}

#[test]
fn the_first_thing_wrong_is_what_is_said() {
    let server = Server::start(Seed::Demo);
    let uma = bearer(&server, UMA, PASSWORD);
    let (own, ada) = (id_of(&server, UMA), id_of(&server, "ada.okafor@example.com"));
    let is = |text: &str| (422, text.to_owned());
    for (whose, old, new, expected) in [
        (&ada, "", "", is("old password is required")),
        (&ada, "x", "", is("new password is required")),
        (&ada, "x", "x", refused("users can only change their own password")),
        (
            &"nobody".to_owned(),
            "x",
            "y",
            refused("users can only change their own password"),
        ),
        (
            &own,
            "x",
            "x",
            refused("new password must be different from current password"),
        ),
        (&own, "x", &"y".repeat(73), refused("current password is incorrect")),
        (
            &own,
            PASSWORD,
            &"y".repeat(73),
            refused("failed to hash new password: bcrypt: password length exceeds 72 bytes"),
        ),
        (
            &own,
            PASSWORD,
            &"ü".repeat(37),
            refused("failed to hash new password: bcrypt: password length exceeds 72 bytes"),
        ),
    ] {
        assert_eq!(change(&server, &uma, whose, old, new), expected, "{old} {new}");
    }
    for body in [json!({ "old_password": 1, "new_password": "x" }), json!("x"), json!([])] {
        let answer = server.call("PUT", &format!("/api/users/{own}/password"), &uma, Some(body));
        assert_eq!(answer.error(), (400, "couldn't parse JSON request".to_owned()));
    }
    bearer(&server, UMA, PASSWORD);
}

#[test]
fn any_password_of_one_to_72_bytes_does_and_only_the_new_one_then() {
    let server = Server::start(Seed::Demo);
    let uma = bearer(&server, UMA, PASSWORD);
    let own = id_of(&server, UMA);
    let longest = "ü".repeat(36);
    let mut old = PASSWORD;
    for new in ["1", " ", "pässwörd", "correct horse battery staple", &longest] {
        assert_eq!(change(&server, &uma, &own, old, new), (200, "{}".to_owned()), "{new}");
        assert_eq!(Browser::default().sign_in(&server, "openid", UMA, old).status, 401);
        bearer(&server, UMA, new);
        old = new;
    }
    assert_eq!(
        server.get("/api/users/current", &uma).status,
        200,
        "the old token stays valid"
    );
    happened(&server, &own, &["user.password.change"; 5]);
}

#[test]
fn only_people_with_a_password_here_and_every_one_of_them() {
    let server = Server::start(Seed::Demo);
    for email in [
        "olivia.marsh@example.com",
        "bill.okonkwo@example.com",
        "boris.blake@example.com",
        "petra.vogel@example.com",
    ] {
        let header = bearer(&server, email, PASSWORD);
        let own = id_of(&server, email);
        assert_eq!(change(&server, &header, &own, PASSWORD, "another").0, 200, "{email}");
    }
    // A service user, whatever its role, has none.
    let body = json!({ "name": "bot", "role": "user", "is_service_user": true });
    let bot = server.call("POST", "/api/users", OWNER_TOKEN, Some(body)).json();
    let bot = bot["id"].as_str().unwrap();
    let body = json!({ "name": "t", "expires_in": 1 });
    let path = format!("/api/users/{bot}/tokens");
    let token = server.call("POST", &path, OWNER_TOKEN, Some(body)).json();
    let header = format!("Token {}", token["plain_token"].as_str().unwrap());
    assert_eq!(
        change(&server, &header, bot, "a", "b"),
        refused("failed to get user: not found")
    );
}

#[test]
fn the_password_of_a_new_user_can_be_changed_by_them() {
    let server = Server::start(Seed::Empty);
    let setup = json!({ "email": "o@example.com", "password": "12345678", "name": "O", "create_pat": true });
    let owner = server.call("POST", "/api/setup", "", Some(setup)).json();
    let owner = format!("Token {}", owner["personal_access_token"].as_str().unwrap());
    for (n, email) in ["a@b.c", "A.B+c@sub.example.org", "no address at all"]
        .into_iter()
        .enumerate()
    {
        let body = json!({ "email": email, "name": format!("N {n}"), "role": "user", "auto_groups": [] });
        let user = server.call("POST", "/api/users", &owner, Some(body)).json();
        let password = user["password"].as_str().unwrap();
        let header = bearer(&server, email, password);
        assert_eq!(
            change(&server, &header, user["id"].as_str().unwrap(), password, "new").0,
            200,
            "{email}"
        );
        bearer(&server, email, "new");
    }
}
