//! The console against what a real server answered, and against the API's own description.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a recording that cannot be read is a failure"
)]

mod calls;
mod guests;
mod invites;
mod people;
mod recordings;
mod schemas;
mod settings;
mod tokens;

use std::io::Write;
use std::path::Path;

use roost::api::error::ErrorKind;
use serde_json::Value;

use calls::{CALLS, check_refusal};
use schemas::EXCEPTIONS;

#[test]
fn every_request_of_the_console_is_held_against_recordings() {
    let mut known: Vec<&str> = CALLS.iter().map(|call| call.function).collect();
    let mut written = Vec::new();
    let mut places = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/api")];
    while let Some(path) = places.pop() {
        if path.is_dir() {
            places.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let file = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        written.extend(
            text.lines()
                .filter(|line| line.starts_with("pub fn ") && line.contains("-> Request<"))
                .map(|line| format!("{file}::{}", line["pub fn ".len()..].split('(').next().unwrap())),
        );
    }
    known.sort_unstable();
    written.sort_unstable();
    assert_eq!(
        written, known,
        "functions of src/api that build a request, and those in CALLS"
    );
}

#[test]
fn recorded_successes_are_read_as_what_they_say() {
    let exchanges = recordings::all();
    for call in CALLS {
        let answers: Vec<_> = exchanges
            .iter()
            .filter(|one| one.is_success() && (call.is)(one))
            .collect();
        // Recorded was the embedded provider, which always refuses to send an invitation again; its success is `{}`.
        let always_refused = call.function == "users::resend_invitation";
        assert_eq!(
            answers.is_empty(),
            always_refused,
            "recorded answers to {}",
            call.function
        );
        answers.into_iter().for_each(call.check);
    }
}

#[test]
fn recorded_refusals_are_read_as_what_they_say() {
    let exchanges = recordings::all();
    let refusals: Vec<_> = exchanges.iter().filter(|one| one.status >= 400).collect();
    // Whatever was asked: the console reads every refusal the same way.
    for one in &refusals {
        let error = check_refusal(one);
        let unknown_token = one.text.contains("invalid token: pat:");
        let expected = match one.status {
            404 if unknown_token => ErrorKind::Unauthorized,
            400 | 422 => ErrorKind::Invalid,
            401 => ErrorKind::Unauthorized,
            403 => ErrorKind::Forbidden,
            404 => ErrorKind::NotFound,
            409 => ErrorKind::Conflict,
            412 => ErrorKind::Precondition,
            429 => ErrorKind::RateLimited,
            500 => ErrorKind::Server,
            status => panic!("{}: a status of {status} was never seen before", one.title),
        };
        assert_eq!(error.kind, expected, "{}", one.title);
        // A refused write was answered, so nothing is unknown about it.
        assert!(!error.is_ambiguous(), "{}", one.title);
        let pending = one.text.contains("pending approval") && one.status == 403;
        assert_eq!(error.says_pending_approval(), pending, "{}", one.title);
        assert_eq!(
            error.says_blocked(),
            one.text.contains("user is blocked"),
            "{}",
            one.title
        );
        let roleless = one.text.contains("user role: billing_admin not found");
        assert_eq!(error.says_role_without_permissions(), roleless, "{}", one.title);
    }
    for (function, status) in [
        ("users::list", 401),
        ("users::list", 403),
        ("users::list", 404),
        ("users::current", 403),
        ("users::update", 400),
        ("users::update", 403),
        ("users::update", 404),
        ("users::update", 422),
        ("users::delete", 403),
        ("users::delete", 404),
        ("users::delete", 422),
        ("users::create_service", 403),
        ("users::create_service", 422),
        ("tokens::list", 403),
        ("tokens::list", 404),
        ("tokens::create", 403),
        ("tokens::create", 404),
        ("tokens::create", 422),
        ("tokens::delete", 404),
        ("users::create", 409),
        ("users::create", 422),
        ("users::resend_invitation", 404),
        ("invites::create", 403),
        ("invites::create", 409),
        ("invites::create", 422),
        ("invites::delete", 404),
        ("invites::regenerate", 404),
        ("instance::set_up", 400),
        ("instance::set_up", 412),
        ("instance::set_up", 422),
        ("invites::info", 401),
        ("invites::info", 404),
        ("invites::info", 422),
        ("invites::accept", 404),
        ("invites::accept", 422),
        ("invites::accept", 429),
        ("users::approve", 403),
        ("users::approve", 404),
        ("users::approve", 422),
        ("users::reject", 422),
        ("users::change_password", 422),
        ("events::joins", 403),
        ("identity_providers::list", 403),
        ("groups::list", 403),
        ("groups::create", 403),
        ("groups::create", 409),
        ("groups::create", 422),
        ("accounts::current", 403),
        ("settings::current", 403),
        ("settings::update", 400),
        ("settings::update", 403),
        ("settings::update", 422),
        ("settings::update", 500),
    ] {
        let call = CALLS.iter().find(|call| call.function == function).unwrap();
        let found = refusals.iter().any(|one| one.status == status && (call.is)(one));
        assert!(found, "no recorded {status} of {function}");
    }
}

#[test]
fn what_the_console_sends_is_what_was_recorded() {
    let exchanges = recordings::all();
    let mut compared = 0;
    for call in CALLS.iter().filter(|call| call.body.is_some()) {
        for one in exchanges.iter().filter(|one| one.is_success() && (call.is)(one)) {
            let sent: Value = serde_json::from_str(&(call.sends)(one).unwrap()).unwrap();
            // The recording may say more (an empty list of peers) or less than the console, which always says all; what
            // both say is the same, and what is absent means what the console says instead.
            for (name, value) in sent.as_object().unwrap() {
                let recorded = one.sent.as_ref().and_then(|recorded| recorded.get(name));
                let absent = match name.as_str() {
                    "is_blocked" | "is_service_user" => Value::Bool(false),
                    "auto_groups" => Value::Array(Vec::new()),
                    "expires_in" => invites::USUAL_SECONDS.into(),
                    _ => Value::Null,
                };
                // No groups can be said by `null`, too.
                let recorded = recorded.filter(|recorded| !recorded.is_null()).unwrap_or(&absent);
                if name == "role" {
                    // The server takes a role in any case and answers in lower case, which is all the console knows.
                    let lower = recorded.as_str().unwrap().to_lowercase();
                    assert_eq!(value, lower.as_str(), "{}", one.title);
                } else {
                    assert_eq!(value, recorded, "{}: {name}", one.title);
                }
                compared += 1;
            }
        }
    }
    assert!(compared > 40, "only {compared} fields were compared");
}

#[test]
fn bodies_and_answers_keep_to_the_description() {
    let Some(components) = schemas::read() else {
        // Past the harness, which keeps what a passing test prints to itself.
        let words = format!(
            "\nskipped: no {} here, so nothing was held against its schemas\n",
            schemas::DOCUMENT
        );
        let _ = std::io::stderr().write_all(words.as_bytes());
        return;
    };
    let exchanges = recordings::all();
    let mut wrong = Vec::new();
    let mut needed = vec![false; EXCEPTIONS.len()];
    let mut judge = |schema: &str, is_list: bool, value: &Value, title: &str| {
        let validator = schemas::validator(&components, schema, is_list);
        for (at, words) in schemas::complaints(&validator, value) {
            let excuse = EXCEPTIONS.iter().position(|exception| {
                exception.schema == schema && at.ends_with(exception.at) && words.contains(exception.says)
            });
            match excuse {
                Some(excuse) => needed[excuse] = true,
                None => wrong.push(format!("{title}: {schema}{at}: {words}")),
            }
        }
    };
    for call in CALLS {
        for one in exchanges.iter().filter(|one| (call.is)(one)) {
            if let (Some(schema), Some(body)) = (call.body, (call.sends)(one)) {
                judge(schema, false, &serde_json::from_str(&body).unwrap(), &one.title);
            }
            if let (Some(schema), true) = (call.answer, one.is_success()) {
                judge(schema, call.is_list, one.json.as_ref().unwrap(), &one.title);
            }
        }
    }
    for one in exchanges.iter().filter(|one| one.status >= 400) {
        if let Some(json) = &one.json {
            judge("ErrorResponse", false, json, &one.title);
        }
    }
    assert!(wrong.is_empty(), "{} contradictions\n{}", wrong.len(), wrong.join("\n"));
    for (exception, needed) in EXCEPTIONS.iter().zip(needed) {
        assert!(
            needed,
            "no recording needs it any more: {} {} ({})",
            exception.schema, exception.at, exception.reason
        );
    }
}
