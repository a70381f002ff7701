//! The list in memory: what becomes of two readings of it at once.

use std::cell::Cell;
use std::rc::Rc;

use roost::domain::user::{User, UserId};
use roost::state::directory::{Directory, Phase};
use roost::transport::Client;
use roost::transport::fake::{FakeTransport, Reply};
use roost::ui::support::drawn::Draw;
use wasm_bindgen_test::wasm_bindgen_test;

use super::support::mount::{Mounted, mount};
use super::support::wait::until;

/// More people than are decoded at once.
const PEOPLE: usize = 150;

fn people() -> String {
    let one = |number: usize| {
        format!(
            r#"{{"id":"u{number}","email":"u{number}@example.com","name":"","role":"user","status":"active",
            "auto_groups":[],"is_current":false,"is_service_user":false,"is_blocked":false,"pending_approval":false,
            "last_login":"2026-01-02T03:04:05Z","issued":"api","idp_id":"","permissions":null}}"#
        )
    };
    let all: Vec<_> = (0..PEOPLE).map(one).collect();
    ["[", &all.join(","), "]"].concat()
}

/// A list, for as long as the empty page around it lives.
fn directory() -> (Mounted, Directory) {
    let made = Rc::new(Cell::new(None));
    let page = mount({
        let made = Rc::clone(&made);
        move || {
            made.set(Some(Directory::new()));
            ().draw()
        }
    });
    (page, made.get().unwrap())
}

/// A server whose list is whole, and one that is asked for it.
fn server(replies: &[Reply]) -> Client {
    let server = FakeTransport::default();
    for reply in replies {
        server.reply("GET /api/users", reply.clone());
    }
    Client::new(server, |_| (), || ())
}

#[wasm_bindgen_test]
async fn a_list_that_is_begun_anew_while_it_comes_has_nobody_twice() {
    let (_page, directory) = directory();
    let client = server(&[Reply::Body(200, people())]);
    directory.load(&client);
    directory.load(&client);
    until("the list is whole", || directory.phase() == Phase::Ready).await;
    assert_eq!(directory.people(), PEOPLE);
    assert_eq!(directory.loaded(), PEOPLE);
    assert_eq!(directory.problem(), None);
}

#[wasm_bindgen_test]
async fn a_list_that_broke_off_and_was_begun_anew_says_nothing_of_it() {
    let (_page, directory) = directory();
    let half: String = people().chars().take(people().len() / 2).collect();
    let client = server(&[Reply::Cut(half), Reply::Body(200, people())]);
    directory.load(&client);
    directory.load(&client);
    until("the list is whole", || directory.phase() == Phase::Ready).await;
    assert_eq!(directory.people(), PEOPLE);
    assert_eq!(directory.problem(), None);
}

/// One of the people as a write left them.
fn blocked(directory: Directory, id: &str) -> User {
    let mut user = directory.user_untracked(&UserId(id.to_owned())).unwrap();
    user.is_blocked = true;
    user
}

#[wasm_bindgen_test]
async fn what_was_written_while_a_newer_list_came_stays_written() {
    let (_page, directory) = directory();
    let client = server(&[Reply::Body(200, people())]);
    directory.load(&client);
    until("the list is whole", || directory.phase() == Phase::Ready).await;
    let mut added = blocked(directory, "u1");
    added.id = UserId("added".to_owned());
    directory.load(&client);
    assert_eq!(directory.phase(), Phase::Refreshing);
    directory.put(&blocked(directory, "u7"));
    directory.put(&added);
    directory.remove(&UserId("u9".to_owned()));
    until("the newer list is there", || directory.edition() == 1).await;
    assert!(directory.user_untracked(&UserId("u7".to_owned())).unwrap().is_blocked);
    assert!(directory.user_untracked(&added.id).is_some());
    assert!(directory.user_untracked(&UserId("u9".to_owned())).is_none());
    assert_eq!(directory.people(), PEOPLE);
    // What one has done oneself is no news.
    assert_eq!(
        directory.news_of(directory.with(|store| store.find("u7")).flatten().unwrap()),
        None
    );
}

#[wasm_bindgen_test]
async fn what_was_written_while_the_first_list_came_stays_written_and_is_there_once() {
    let (_page, directory) = directory();
    let client = server(&[Reply::Body(200, people())]);
    directory.load(&client);
    until("the list is whole", || directory.phase() == Phase::Ready).await;
    let user = blocked(directory, "u149");
    directory.clear();
    directory.load(&client);
    assert_eq!(directory.phase(), Phase::Loading);
    directory.put(&user);
    directory.remove(&UserId("u9".to_owned()));
    until("the list is whole again", || directory.phase() == Phase::Ready).await;
    assert!(directory.user_untracked(&user.id).unwrap().is_blocked);
    assert_eq!(directory.people(), PEOPLE - 1);
}
