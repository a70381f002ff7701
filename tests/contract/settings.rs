//! The requests about the account's settings. Their bodies are held against the recordings here, not against the
//! description: most recorded ones say less than the console, which sends back all that it received.

use roost::api::settings::{Received, current, update};
use roost::api::{events, peers, request::Request};
use roost::domain::settings::log::is_about_settings;
use roost::domain::settings::{Field, Value as Setting};
use serde_json::{Value, json};

use crate::calls::{Call, decode, goes_by, nothing};
use crate::recordings::Exchange;

/// `settings::current`.
pub const CURRENT: Call = Call {
    function: "settings::current",
    answer: Some("Account"),
    is_list: true,
    body: None,
    is: |one| goes_by(one, &current()),
    sends: nothing,
    check: |one| {
        let read = decode(current(), one).account;
        let recorded = &one.json.as_ref().unwrap()[0];
        assert_eq!(recorded["id"], read.id, "{}", one.title);
        assert_eq!(read.unknown, [], "{}", one.title);
        for field in Field::all() {
            let place = field.entry().path.iter().fold(recorded, |value, name| &value[*name]);
            assert_eq!(to_json(read.get(field)), *place, "{}: {field:?}", one.title);
        }
    },
};

/// `events::settings_log`.
pub const LOG: Call = Call {
    function: "events::settings_log",
    answer: Some("Event"),
    is_list: true,
    body: None,
    is: |one| goes_by(one, &events::settings_log()),
    sends: nothing,
    check: |one| {
        let read = decode(events::settings_log(), one);
        let recorded = one.json.as_ref().unwrap().as_array().unwrap().iter();
        let about = recorded.filter(|event| is_about_settings(event["activity_code"].as_str().unwrap()));
        let ids: Vec<&str> = about.map(|event| event["id"].as_str().unwrap()).collect();
        let known: Vec<String> = read.iter().map(|entry| entry.id.to_string()).collect();
        assert_eq!(known, ids, "{}", one.title);
        assert!(read.iter().all(|entry| entry.field.is_some()), "{}", one.title);
    },
};

/// `settings::update`.
pub const UPDATE: Call = Call {
    function: "settings::update",
    answer: Some("Account"),
    is_list: false,
    body: None,
    is: |one| goes_by(one, &update_of(one, &[])),
    sends: nothing,
    check: |one| {
        // What was recorded, said by the console: every field of it as an edit of an account that has nothing.
        let sent = one.sent.as_ref().unwrap();
        let said = received(json!({ "id": "a", "settings": sent["settings"], "onboarding": sent["onboarding"] }));
        let edits: Vec<(Field, Setting)> = Field::all()
            .map(|field| (field, said.account.get(field).clone()))
            .filter(|(_, value)| *value != Setting::Absent)
            .collect();
        let request = update_of(one, &edits);
        let body: Value = serde_json::from_str(request.body().unwrap()).unwrap();
        for (name, value) in sent["settings"].as_object().unwrap() {
            // An empty object holds no field, so nothing of it can be edited.
            if *value != json!({}) {
                assert_eq!(body["settings"][name], *value, "{}: {name}", one.title);
            }
        }
        assert_eq!(body.get("onboarding"), sent.get("onboarding"), "{}", one.title);
        decode(request, one);
    },
};

/// `peers::for_settings`.
pub const PEERS: Call = Call {
    function: "peers::for_settings",
    answer: Some("PeerBatch"),
    is_list: true,
    body: None,
    is: |one| goes_by(one, &peers::for_settings()),
    sends: nothing,
    check: |one| {
        let read = decode(peers::for_settings(), one);
        for (peer, recorded) in read.iter().zip(one.json.as_ref().unwrap().as_array().unwrap()) {
            assert_eq!(recorded["login_expired"], peer.is_expired, "{}", one.title);
            let groups: Vec<&Value> = recorded["groups"].as_array().into_iter().flatten().collect();
            assert_eq!(groups.len(), peer.groups.len(), "{}", one.title);
        }
    },
};

fn received(account: Value) -> Received {
    let (_, decode) = current().into_parts();
    decode(&json!([account]).to_string()).unwrap()
}

/// The update with these edits, of the account that a recorded exchange names.
fn update_of(one: &Exchange, edits: &[(Field, Setting)]) -> Request<()> {
    let id = one.path.strip_prefix("/api/accounts/").unwrap_or_default();
    update(&received(json!({ "id": id, "settings": {} })), edits)
}

fn to_json(value: &Setting) -> Value {
    match value {
        Setting::Absent => Value::Null,
        Setting::Flag(on) => json!(on),
        Setting::Whole(number) => json!(number),
        Setting::Text(text) => json!(text),
        Setting::List(items) => json!(items),
        Setting::Foreign(text) => serde_json::from_str(text).unwrap(),
    }
}
