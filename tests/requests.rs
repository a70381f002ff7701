//! Properties of requests, answers and what signing in reads: no input changes a path, ends the program or gets through.
#![cfg(not(target_arch = "wasm32"))]

use oauth2::url::{Url, form_urlencoded};
use proptest::prelude::*;
use roost::api::error::ApiError;
use roost::api::request::Request;
use roost::auth::access_token;
use roost::auth::claims::Claims;
use roost::auth::oidc::{AuthorizationRequest, Callback, Prompt, Provider, read_tokens, token_request};
use roost::auth::pending;
use roost::auth::session::Session;
use roost::config::{RunConfig, is_address};

const PAGE: &str = "https://console.example.com/users/x";

/// What a browser makes of a path: the segments after parsing and normalising. `None` when it leads elsewhere.
fn segments_of(path: &str) -> Option<Vec<String>> {
    let url = Url::parse(PAGE).and_then(|page| page.join(path)).ok()?;
    let segments = url.path_segments()?.map(str::to_owned).collect();
    (url.host_str() == Some("console.example.com")).then_some(segments)
}

fn decoded(pairs: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(pairs.as_bytes()).into_owned().collect()
}

/// Texts with many of the characters that mean something in an address.
fn nasty() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,30}",
        "[./\\\\%2eEfF5cC?#&=;:@|+ \\t\\n\\r\u{0}\u{7f}]{0,12}",
        proptest::sample::select(vec![
            "..",
            ".",
            "%2e%2e",
            "%2E.",
            "a/b",
            "x%2Fy",
            "a\\b",
            "google-oauth2|1",
            "🙂",
            "\u{fffd}",
            "//evil.example",
        ])
        .prop_map(str::to_owned),
    ]
}

proptest! {
    #[test]
    fn an_id_is_one_segment_or_is_not_sent(id in nasty()) {
        if let Ok(path) = Request::delete(&["users", &id]).into_parts().0.path {
            let segments = segments_of(&path).unwrap();
            prop_assert_eq!(segments.len(), 3, "{}", path);
            prop_assert_eq!(&segments[..2], ["api", "users"]);
            let decoded = percent_encoding::percent_decode_str(&segments[2]).decode_utf8().unwrap();
            prop_assert_eq!(decoded.as_ref(), id.as_str());
        }
    }

    #[test]
    fn a_query_value_is_one_value(name in "[a-z_]{1,8}", value in nasty()) {
        let path = Request::get(&["users"]).query(&name, &value).into_parts().0.path.unwrap();
        let (before, query) = path.split_once('?').unwrap();
        prop_assert_eq!(before, "/api/users");
        prop_assert!(!query.contains('#'));
        prop_assert_eq!(decoded(query), vec![(name, value)]);
    }

    #[test]
    fn every_answer_has_a_kind_and_a_short_text(status in 0_u16..1000, body in ".{0,2000}") {
        let error = ApiError::from_answer(status, &body);
        prop_assert!(error.message.chars().count() <= 1000);
        prop_assert_eq!(error.status, Some(status));
    }

    #[test]
    fn any_text_is_taken_or_refused_without_ending_the_program(text in ".{0,300}") {
        let _ = RunConfig::parse(&text, PAGE);
        let _ = Callback::read(&text);
        let _ = Claims::read(&text);
        let _ = Provider::read(&text, "https://id.example.com");
        let _ = read_tokens(&text);
        let _ = Session::read(&text, "");
        let _ = pending::take(Some(&text), "s", 0);
        let _ = access_token::check(&text);
    }

    #[test]
    fn an_accepted_address_is_one_for_the_browser_too(text in "https?://[a-z0-9.@:\\[\\]/?#\\\\ -]{0,24}") {
        if is_address(&text) && let Ok(url) = Url::parse(&text) {
            prop_assert!(url.scheme() == "https" || matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]")));
            prop_assert_eq!(url.username(), "");
        }
    }

    #[test]
    fn an_authorization_request_is_read_as_it_was_meant(state in nasty(), scope in nasty(), audience in nasty()) {
        let document = r#"{"issuer":"https://id.example.com","authorization_endpoint":"https://id.example.com/auth?p=1",
            "token_endpoint":"https://id.example.com/token"}"#;
        let provider = Provider::read(document, "https://id.example.com").unwrap();
        let url = provider.authorization_url(&AuthorizationRequest {
            client_id: "roost",
            redirect_uri: "https://console.example.com/callback",
            scope: &scope,
            audience: Some(&audience),
            state: &state,
            nonce: "n",
            challenge: "c",
            prompt: Prompt::SignIn,
        });
        let url = Url::parse(&url).unwrap();
        prop_assert_eq!(url.fragment(), None);
        let value = |name: &str| {
            let found: Vec<_> = url.query_pairs().filter(|(known, _)| known == name).collect();
            assert_eq!(found.len(), 1, "{name}");
            found[0].1.clone().into_owned()
        };
        prop_assert_eq!(value("p"), "1");
        prop_assert_eq!(value("scope"), scope);
        prop_assert_eq!(value("audience"), audience);
        prop_assert_eq!(value("state"), state);
        prop_assert_eq!(value("prompt"), "login");
    }

    #[test]
    fn a_callback_gives_back_what_was_sent(state in nasty(), code in ".{1,30}") {
        let form = token_request(&code, &state, "roost", "v");
        let read = decoded(&form);
        prop_assert_eq!(&read[1].1, &code);
        let query = form.replace("redirect_uri=", "state=");
        let callback = Callback::read(&query).unwrap();
        prop_assert_eq!((callback.state, callback.result), (state, Ok(code)));
    }
}
