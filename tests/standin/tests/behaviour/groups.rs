//! Groups beyond the recording: who may do what, names, links, and the case of the texts.

use serde_json::{Value, json};
use standin::Seed;

use crate::accounts::made_token;
use crate::support::{OWNER_TOKEN, PASSWORD, Server, bearer};

const PATH: &str = "/api/groups";

fn make(server: &Server, header: &str, name: &str) -> (u16, Value) {
    let answer = server.call("POST", PATH, header, Some(json!({ "name": name })));
    (answer.status, answer.json())
}

fn at(id: &Value) -> String {
    format!("{PATH}/{}", id.as_str().unwrap())
}

#[test]
fn readers_read_and_who_manages_networks_changes() {
    let server = Server::start(Seed::Demo);
    let (_, kept) = make(&server, OWNER_TOKEN, "Kept");
    let people = |name: &str| bearer(&server, &format!("{name}@example.com"), PASSWORD);
    for (who, header, read, write) in [
        ("owner", OWNER_TOKEN.to_owned(), 200, 200),
        ("admin", people("ada.okafor"), 200, 200),
        ("network admin", people("nils.lindqvist"), 200, 200),
        ("auditor", people("agnes.novak"), 200, 403),
        ("user", people("uma.sato"), 403, 403),
        ("blocked", people("boris.blake"), 403, 403),
        ("service user", made_token(&server, "user"), 200, 403),
    ] {
        let got = server.get(&at(&kept["id"]), &header);
        assert_eq!(got.status, read, "{who}");
        let (status, made) = make(&server, &header, &format!("By {who}"));
        assert_eq!(status, write, "{who}: {made}");
        let path = at(if status == 200 { &made["id"] } else { &kept["id"] });
        let renamed = server.call("PUT", &path, &header, Some(json!({ "name": format!("Of {who}") })));
        assert_eq!(renamed.status, write, "{who}");
        assert_eq!(server.call("DELETE", &path, &header, None).status, write, "{who}");
    }
    assert_eq!(server.get(&at(&kept["id"]), OWNER_TOKEN).json()["name"], "Kept");
}

#[test]
fn names_are_exact_and_taken_once() {
    let server = Server::start(Seed::Demo);
    for name in ["sales", " Sales", "Sales ", "SALES", "Ventes & co <1>", "営業"] {
        let (status, made) = make(&server, OWNER_TOKEN, name);
        assert_eq!((status, &made["name"]), (200, &json!(name)));
        assert_eq!(make(&server, OWNER_TOKEN, name).0, 409, "{name}");
        let query: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        let found = server.get(&format!("{PATH}?name={query}"), OWNER_TOKEN).json();
        assert_eq!(
            (found.as_array().unwrap().len(), &found[0]["id"]),
            (1, &made["id"]),
            "{name}"
        );
    }
    let missing = server.get(&format!("{PATH}?name=Sal"), OWNER_TOKEN).error();
    assert_eq!(missing, (404, "group: sal not found".to_owned()));
}

#[test]
fn refusals_to_delete_keep_their_capitals() {
    let server = Server::start(Seed::Demo);
    let delete = |id: &Value| server.call("DELETE", &at(id), OWNER_TOKEN, None).error();
    assert_eq!(
        delete(&json!("NoSuchGroup")),
        (400, "group: NoSuchGroup not found".to_owned())
    );
    let all = server.get(&format!("{PATH}?name=All"), OWNER_TOKEN).json()[0]["id"].clone();
    assert_eq!(delete(&all), (400, "deleting group ALL is not allowed".to_owned()));

    let (_, made) = make(&server, OWNER_TOKEN, "Linked");
    let uma = server.person("uma.sato@example.com")["id"].as_str().unwrap().to_owned();
    let set = |groups: Vec<&Value>| {
        let body = json!({ "role": "user", "auto_groups": groups, "is_blocked": false });
        assert_eq!(
            server
                .call("PUT", &format!("/api/users/{uma}"), OWNER_TOKEN, Some(body))
                .status,
            200
        );
    };
    set(vec![&made["id"]]);
    assert_eq!(
        delete(&made["id"]),
        (400, format!("group has been linked to user: {uma}"))
    );
    set(vec![]);
    assert_eq!(
        server.call("DELETE", &at(&made["id"]), OWNER_TOKEN, None).json(),
        json!({})
    );
    let event = server.newest_event(OWNER_TOKEN, "group.delete");
    assert_eq!(
        (&event["target_id"], &event["meta"]),
        (&made["id"], &json!({ "name": "Linked" }))
    );
}
