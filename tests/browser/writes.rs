//! Writes of several steps: what is read again between them, what becomes of a lost answer, and who hears of a refusal.

use std::cell::Cell;
use std::rc::Rc;

use roost::api::users;
use roost::config::RunConfig;
use roost::domain::group_choice::GroupChoice;
use roost::domain::groups::{Group, Groups};
use roost::domain::guard::Caller;
use roost::domain::permission::Permissions;
use roost::domain::role::Role;
use roost::domain::service_user::ServiceDraft;
use roost::domain::settings::{Field, Value};
use roost::domain::user::{User, UserId};
use roost::domain::user_edit::{Resolution, UserDraft};
use roost::state::console::Console;
use roost::state::service_writes::{self, Made};
use roost::state::settings as settings_writes;
use roost::state::user_writes::{self, SaveRequest, Saved};
use roost::transport::Client;
use roost::transport::fake::{FakeTransport, Reply};
use roost::ui::support::drawn::Draw;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::mount::{Mounted, mount};
use super::support::wait::until;

const LIST: &str = "GET /api/users";
const PUT: &str = "PUT /api/users/u1";
const GROUPS: &str = "GET /api/groups";

/// A user as the API tells of them.
fn row(role: &str, blocked: bool, groups: &[&str]) -> String {
    let groups: Vec<String> = groups.iter().map(|id| format!("{id:?}")).collect();
    format!(
        r#"{{"id":"u1","email":"u1@example.com","name":"Ann","role":"{role}","status":"active","auto_groups":[{}],
        "is_current":false,"is_service_user":false,"is_blocked":{blocked},"pending_approval":false,
        "last_login":"2026-01-02T03:04:05Z","issued":"api","idp_id":"","permissions":null}}"#,
        groups.join(",")
    )
}

fn body(text: &str) -> Reply {
    Reply::Body(200, text.to_owned())
}

fn list(row: &str) -> Reply {
    body(&["[", row, "]"].concat())
}

fn user(row: &str) -> User {
    let (_, decode) = users::approve(&UserId("u1".to_owned())).into_parts();
    decode(row).unwrap()
}

fn owner() -> Caller {
    Caller {
        id: UserId("me".to_owned()),
        role: Role::Owner,
        is_service_user: false,
        permissions: Permissions::of_service_user(&Role::Owner),
    }
}

fn client(server: &FakeTransport) -> Client {
    Client::new(server.clone(), |_| (), || ())
}

/// The bodies of all requests of this kind.
fn bodies(server: &FakeTransport, request: &str) -> Vec<String> {
    let log = server.log().into_iter().filter(|(sent, _)| sent == request);
    log.filter_map(|(_, body)| body).collect()
}

#[wasm_bindgen_test]
async fn who_was_blocked_while_groups_were_made_stays_blocked() {
    let server = FakeTransport::default();
    server.reply(LIST, list(&row("user", false, &[])));
    server.reply(LIST, list(&row("user", true, &[])));
    server.reply("POST /api/groups", body(r#"{"id":"g9","name":"Night","issued":"api"}"#));
    server.reply(PUT, body(&row("user", true, &["g9"])));
    let base = user(&row("user", false, &[]));
    let request = SaveRequest {
        caller: owner(),
        draft: UserDraft {
            groups: vec![GroupChoice::New("Night".to_owned())],
            ..UserDraft::of(&base)
        },
        base,
        answers: Resolution::default(),
    };
    let made = Cell::new(0);
    let group_made = |_: &str, _| made.set(made.get() + 1);
    let ended = user_writes::save(&client(&server), request, &Groups::default(), &group_made).await;
    assert!(matches!(ended, Saved::Done { .. }), "{ended:?}");
    assert_eq!(made.get(), 1);
    let sent = bodies(&server, PUT);
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains(r#""is_blocked":true"#), "{}", sent[0]);
    assert!(sent[0].contains(r#"["g9"]"#), "{}", sent[0]);
}

#[wasm_bindgen_test]
async fn a_block_whose_answer_was_lost_is_done_whatever_else_changed() {
    let server = FakeTransport::default();
    server.reply(LIST, list(&row("user", false, &[])));
    server.reply(LIST, list(&row("auditor", true, &["g1"])));
    server.reply(PUT, Reply::Lost);
    let ended = user_writes::set_blocked(&client(&server), &owner(), &UserId("u1".to_owned()), true).await;
    assert!(matches!(ended, Saved::Done { confirmed: true, .. }), "{ended:?}");

    let server = FakeTransport::default();
    server.reply(LIST, list(&row("user", false, &[])));
    server.reply(LIST, list(&row("auditor", false, &["g1"])));
    server.reply(PUT, Reply::Lost);
    let ended = user_writes::set_blocked(&client(&server), &owner(), &UserId("u1".to_owned()), true).await;
    assert!(matches!(ended, Saved::Lost(Some(_))), "{ended:?}");
}

#[wasm_bindgen_test]
async fn no_service_user_is_made_with_a_group_that_is_gone() {
    let server = FakeTransport::default();
    server.reply("GET /api/users?service_user=true", body("[]"));
    server.reply(GROUPS, body(r#"[{"id":"g1","name":"Night","issued":"api"}]"#));
    let draft = ServiceDraft {
        name: "ci".to_owned(),
        role: Role::User,
        groups: vec![
            GroupChoice::Existing("gone".to_owned()),
            GroupChoice::New("Day".to_owned()),
        ],
    };
    let ended = service_writes::make(&client(&server), &draft, &Groups::default(), &|_, _| ()).await;
    let Made::GroupGone(now) = ended else {
        panic!("a group that is gone was taken");
    };
    assert!(now.get("g1").is_some());
    assert_eq!(server.count("POST /api/groups") + server.count("POST /api/users"), 0);
}

#[wasm_bindgen_test]
async fn a_write_that_is_not_allowed_is_heard_of_and_a_read_is_not() {
    let server = FakeTransport::default();
    let refusal = || Reply::Body(403, r#"{"message":"permission denied","code":403}"#.to_owned());
    server.reply(GROUPS, refusal());
    server.reply("POST /api/groups", refusal());
    let client = client(&server);
    let heard = Rc::new(Cell::new(0));
    let hear = Rc::clone(&heard);
    client.hear_forbidden(move || hear.set(hear.get() + 1));
    assert!(client.send(roost::api::groups::list()).await.is_err());
    assert_eq!(heard.get(), 0);
    assert!(client.send(roost::api::groups::create("Night")).await.is_err());
    assert_eq!(heard.get(), 1);
}

/// The state of a session with this server, for as long as the page around it lives.
fn console(server: &FakeTransport) -> (Mounted, Console) {
    let made = Rc::new(Cell::new(None));
    let page = mount({
        let (made, client) = (Rc::clone(&made), client(server));
        move || {
            let config = r#"{"auth":{"issuer":"https://id.example.com","client_id":"roost"}}"#;
            let config = RunConfig::parse(config, "https://console.example.com/").unwrap();
            made.set(Some(Console::new(client.clone(), &config)));
            ().draw()
        }
    });
    (page, made.get().unwrap())
}

/// Groups as the API tells of them.
fn groups(ids: &[&str]) -> Reply {
    let one = |id: &&str| format!(r#"{{"id":"{id}","name":"Group {id}","issued":"api"}}"#);
    let all: Vec<String> = ids.iter().map(one).collect();
    body(&["[", &all.join(","), "]"].concat())
}

fn has(console: Console, id: &str) -> bool {
    console
        .groups
        .get_untracked()
        .is_some_and(|groups| groups.get(id).is_some())
}

fn made() -> Group {
    Group {
        id: "g9".to_owned(),
        name: "Group g9".to_owned(),
        issued: "api".to_owned(),
    }
}

#[wasm_bindgen_test]
async fn a_group_made_before_the_groups_are_known_is_not_taken_for_all_of_them() {
    let server = FakeTransport::default();
    server.reply(GROUPS, Reply::Never);
    server.reply(GROUPS, groups(&["g1", "g9"]));
    let (_page, console) = console(&server);
    console.ask_groups();
    until("they are asked for", || server.count(GROUPS) == 1).await;
    console.group_made(made());
    assert!(console.groups.get_untracked().is_none());
    until("they are known", || has(console, "g1") && has(console, "g9")).await;
}

#[wasm_bindgen_test]
async fn a_group_made_while_the_groups_are_read_stays_and_they_are_read_again() {
    let server = FakeTransport::default();
    server.reply(GROUPS, groups(&["g1"]));
    server.reply(GROUPS, Reply::Never);
    server.reply(GROUPS, groups(&["g1", "g2", "g9"]));
    let (_page, console) = console(&server);
    console.ask_groups();
    until("they are known", || has(console, "g1")).await;
    console.ask_groups();
    until("they are asked for again", || server.count(GROUPS) == 2).await;
    console.group_made(made());
    assert!(has(console, "g1") && has(console, "g9"));
    until("they are read once more", || has(console, "g2") && has(console, "g9")).await;
}

/// The account as the API tells of it.
fn account(signup_form_pending: bool) -> Reply {
    body(&format!(
        r#"[{{"id":"a1","domain":"example.com","domain_category":"private","created_at":"2026-08-22T19:00:00Z",
        "created_by":"u1","onboarding":{{"onboarding_flow_pending":true,"signup_form_pending":{signup_form_pending}}},
        "settings":{{"ipv6_enabled_groups":["gone"]}}}}]"#
    ))
}

#[wasm_bindgen_test]
async fn what_was_stored_before_the_settings_were_refused_is_told() {
    let server = FakeTransport::default();
    server.reply("GET /api/accounts", account(true));
    server.reply("GET /api/accounts", account(true));
    server.reply("GET /api/accounts", account(false));
    let refusal = r#"{"message":"group gone doesn't exist","code":422}"#;
    server.reply("PUT /api/accounts/a1", Reply::Body(422, refusal.to_owned()));
    let client = client(&server);
    let base = client.send(roost::api::settings::current()).await.unwrap();
    let edits = [(Field::SignupFormPending, Value::Flag(false))];
    let ended = settings_writes::save(&client, &base, &edits).await;
    let settings_writes::Saved::Failed { now, partly, .. } = ended else {
        panic!("a refused save has not failed");
    };
    assert_eq!(partly, [Field::SignupFormPending]);
    assert!(now.is_some(), "the form goes on from what is there");
}
