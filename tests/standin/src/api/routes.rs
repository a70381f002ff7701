//! Owns which paths and methods exist, and who answers them.

use axum::http::Method;

use crate::api::{
    Call, Outcome, PublicCall, account_changes, accounts, events, groups, identity_providers, instance, invites, list,
    passwords, peers, public_invites, tokens, user_changes, user_create, users,
};

type Public = fn(&PublicCall<'_>) -> Outcome;
type Signed = fn(&Call<'_>) -> Outcome;

/// What a method and a path lead to.
pub enum Found {
    /// A call that needs no authentication, with its variable segments.
    Public(Public, Vec<String>),
    /// A call with its variable segments.
    Signed(Signed, Vec<String>),
    /// The path is known and the method is `OPTIONS`.
    OnlyPath,
    Nothing,
}

enum Handler {
    Public(Public),
    Signed(Signed),
}

use Handler::{Public as P, Signed as S};

/// Method, path below `/api/`, handler. `{}` is any segment, `{nbi}` one that looks like an invite token. The first
/// match counts.
const ROUTES: &[(&str, &str, Handler)] = &[
    ("GET", "instance", P(|call| Ok(instance::status(call)))),
    ("GET", "instance/version", S(|call| Ok(instance::version(call)))),
    ("POST", "setup", P(instance::setup)),
    ("GET", "accounts", S(accounts::list)),
    ("PUT", "accounts/{}", S(account_changes::update)),
    ("DELETE", "accounts/{}", S(account_changes::delete)),
    ("GET", "users", S(list::list)),
    ("POST", "users", S(user_create::create)),
    ("GET", "users/current", S(users::current)),
    ("GET", "users/invites", S(invites::list)),
    ("POST", "users/invites", S(invites::create)),
    ("GET", "users/invites/{nbi}", P(public_invites::info)),
    (
        "GET",
        "users/invites/{}",
        S(|call| public_invites::info(&call.public())),
    ),
    ("POST", "users/invites/{nbi}/accept", P(public_invites::accept)),
    (
        "POST",
        "users/invites/{}/accept",
        S(|call| public_invites::accept(&call.public())),
    ),
    ("DELETE", "users/invites/{}", S(invites::delete)),
    ("POST", "users/invites/{}/regenerate", S(invites::regenerate)),
    ("PUT", "users/{}", S(user_changes::update)),
    ("DELETE", "users/{}", S(user_changes::delete)),
    ("POST", "users/{}/approve", S(user_changes::approve)),
    ("DELETE", "users/{}/reject", S(user_changes::reject)),
    ("POST", "users/{}/invite", S(user_changes::resend_invite)),
    ("PUT", "users/{}/password", S(passwords::change)),
    ("GET", "users/{}/tokens", S(tokens::list)),
    ("POST", "users/{}/tokens", S(tokens::create)),
    ("GET", "users/{}/tokens/{}", S(tokens::get)),
    ("DELETE", "users/{}/tokens/{}", S(tokens::delete)),
    ("GET", "groups", S(groups::list)),
    ("POST", "groups", S(groups::create)),
    ("GET", "groups/{}", S(groups::get)),
    ("PUT", "groups/{}", S(groups::update)),
    ("DELETE", "groups/{}", S(groups::delete)),
    ("GET", "peers", S(peers::list)),
    ("GET", "events", S(events::list)),
    ("GET", "events/audit", S(events::list)),
    ("GET", "identity-providers", S(identity_providers::list)),
    ("POST", "identity-providers", S(identity_providers::create)),
    ("GET", "identity-providers/{}", S(identity_providers::get)),
    ("PUT", "identity-providers/{}", S(identity_providers::update)),
    ("DELETE", "identity-providers/{}", S(identity_providers::delete)),
];

/// Finds who answers. A known path with a wrong method is as unknown as any other (contract 1.4).
pub fn find(method: &Method, path: &str) -> Found {
    let segments: Vec<&str> = path.split('/').collect();
    let mut matching = ROUTES
        .iter()
        .filter(|(_, pattern, _)| matches(pattern, &segments))
        .peekable();
    if *method == Method::OPTIONS && matching.peek().is_some() {
        return Found::OnlyPath;
    }
    match matching.find(|(of, _, _)| *of == method.as_str()) {
        Some((_, pattern, P(handler))) => Found::Public(*handler, variable(pattern, &segments)),
        Some((_, pattern, S(handler))) => Found::Signed(*handler, variable(pattern, &segments)),
        None => Found::Nothing,
    }
}

fn matches(pattern: &str, segments: &[&str]) -> bool {
    let mut parts = pattern.split('/');
    let same = segments.iter().all(|segment| match parts.next() {
        Some("{}") => !segment.is_empty(),
        Some("{nbi}") => segment.starts_with("nbi_"),
        part => part == Some(segment),
    });
    same && parts.next().is_none()
}

fn variable(pattern: &str, segments: &[&str]) -> Vec<String> {
    pattern
        .split('/')
        .zip(segments)
        .filter(|(part, _)| part.starts_with('{'))
        .map(|(_, segment)| (*segment).to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(method: &str, path: &str) -> &'static str {
        match find(&Method::from_bytes(method.as_bytes()).unwrap(), path) {
            Found::Public(..) => "public",
            Found::Signed(..) => "signed",
            Found::OnlyPath => "path",
            Found::Nothing => "nothing",
        }
    }

    #[test]
    fn paths_and_methods_that_exist() {
        for (method, path, expected) in [
            ("GET", "users", "signed"),
            ("GET", "users/", "nothing"),
            ("GET", "users/x", "nothing"),
            ("PUT", "users/x", "signed"),
            ("PATCH", "users/x", "nothing"),
            ("OPTIONS", "users/x", "path"),
            ("GET", "accounts/x", "nothing"),
            ("GET", "users/invites/nbi_x", "public"),
            ("GET", "users/invites/x", "signed"),
            ("POST", "setup", "public"),
            ("GET", "instance", "public"),
            ("HEAD", "instance", "nothing"),
            ("GET", "", "nothing"),
            ("OPTIONS", "nope", "nothing"),
        ] {
            assert_eq!(is(method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn variable_segments_come_in_order() {
        let Found::Signed(_, segments) = find(&Method::GET, "users/google-oauth2|1/tokens/t") else {
            panic!("no route");
        };
        assert_eq!(segments, ["google-oauth2|1", "t"]);
    }
}
