//! What the configuration takes and what it refuses, key by key.

use super::*;

const BASE: &str = "https://console.example.com/";

fn parse(text: &str) -> Result<RunConfig, ConfigError> {
    RunConfig::parse(text, BASE)
}

fn refused(text: &str) -> (String, String) {
    let error = parse(text).unwrap_err();
    (error.key, error.problem)
}

#[test]
fn the_least_that_is_needed_and_all_defaults() {
    let config = parse(r#"{"auth":{"issuer":"https://id.example.com/oauth2"}}"#).unwrap();
    assert_eq!(
        config,
        RunConfig {
            api: String::new(),
            auth: AuthConfig {
                mode: AuthMode::Oidc,
                issuer: "https://id.example.com/oauth2".into(),
                client_id: "netbird-dashboard".into(),
                scope: "openid profile email".into(),
                audience: None,
                bearer: Bearer::AccessToken,
                renewal: Renewal::Session,
                storage: StorageKind::Session,
            },
            invite_base: "https://console.example.com/invite#token=".into(),
            base: BASE.into(),
        }
    );
}

#[test]
fn every_key_is_taken() {
    let text = r#"{"api":"https://api.example.com","invite_base":"https://x.example.com/i#t=","auth":{"mode":"oidc",
        "issuer":"https://id.example.com","client_id":"c","scope":"openid groups","audience":"a","bearer":"id_token",
        "renewal":"refresh_token","storage":"memory"}}"#;
    let config = parse(text).unwrap();
    assert_eq!(config.api, "https://api.example.com");
    assert_eq!(config.invite_base, "https://x.example.com/i#t=");
    assert_eq!(config.auth.audience.as_deref(), Some("a"));
    assert_eq!(config.auth.bearer, Bearer::IdToken);
    assert_eq!(config.auth.renewal, Renewal::RefreshToken);
    assert_eq!(config.auth.storage, StorageKind::Memory);
}

#[test]
fn addresses_follow_the_base() {
    let text = r#"{"auth":{"mode":"token"}}"#;
    for (base, kept, path) in [
        ("https://x.example.com/", "https://x.example.com/", "/"),
        ("https://x.example.com/a/b/", "https://x.example.com/a/b/", "/a/b/"),
        (
            "https://x.example.com/a/index.html?q#f",
            "https://x.example.com/a/",
            "/a/",
        ),
    ] {
        let config = RunConfig::parse(text, base).unwrap();
        assert_eq!((config.base.as_str(), config.base_path()), (kept, path));
        assert_eq!(config.redirect_uri(), [kept, "callback"].concat());
        assert_eq!(config.post_logout_uri(), kept);
        assert_eq!(
            (config.own_origin(), config.api_origin()),
            ("https://x.example.com", "https://x.example.com")
        );
    }
}

#[test]
fn the_host_that_is_named_is_the_apis() {
    assert_eq!(
        parse(r#"{"auth":{"mode":"token"}}"#).unwrap().api_host(),
        "console.example.com"
    );
    let other = parse(r#"{"api":"http://127.0.0.1:8081","auth":{"mode":"token"}}"#).unwrap();
    assert_eq!(other.api_host(), "127.0.0.1:8081");
    assert_eq!(other.api_origin(), "http://127.0.0.1:8081");
}

#[test]
fn mistakes_are_named_by_their_key() {
    for (text, key) in [
        ("", ""),
        ("[]", ""),
        ("{", ""),
        ("null", ""),
        (r#"{"api":""} x"#, ""),
        (r#"{"api":"","api":""}"#, "api"),
        (r#"{"auth":{"mode":"token"},"auth":{}}"#, "auth"),
        (r#"{"auth":{"mode":"token","mode":"oidc"}}"#, "auth.mode"),
        (r#"{"api":1}"#, "api"),
        (r#"{"api":-1}"#, "api"),
        (r#"{"api":1.5e3}"#, "api"),
        (r#"{"api":true}"#, "api"),
        (r#"{"api":null}"#, "api"),
        (r#"{"api":["https://api.example.com"]}"#, "api"),
        (r#"{"api":{"url":"https://api.example.com"}}"#, "api"),
        (r#"{"api":"http://api.example.com"}"#, "api"),
        (r#"{"api":"https://api.example.com/"}"#, "api"),
        (r#"{"api":"https://api.example.com/api"}"#, "api"),
        (r#"{"api":"https://me@api.example.com"}"#, "api"),
        (r#"{"api":"ftp://api.example.com"}"#, "api"),
        (r#"{"api":"https://"}"#, "api"),
        (r#"{"api":"https://a b"}"#, "api"),
        (r#"{"api":"http://localhost.evil.example"}"#, "api"),
        (r#"{"api":"http://[::1].evil.example"}"#, "api"),
        (r#"{"api":"https://:8080"}"#, "api"),
        (r#"{"api":"https://api.example.com:"}"#, "api"),
        (r#"{"api":"https://api.example.com:0"}"#, "api"),
        (r#"{"api":"https://api.example.com:80x"}"#, "api"),
        (r#"{"api":"https://api.example.com:99999"}"#, "api"),
        (r#"{"api":"https://[::1"}"#, "api"),
        (r#"{"color":"red"}"#, "color"),
        (r#"{"auth":"oidc"}"#, "auth"),
        ("{}", "auth.issuer"),
        (r#"{"auth":{}}"#, "auth.issuer"),
        (r#"{"auth":{"issuer":"id.example.com"}}"#, "auth.issuer"),
        (r#"{"auth":{"issuer":"http://id.example.com"}}"#, "auth.issuer"),
        (
            r#"{"auth":{"issuer":"https://id.example.com?tenant=1"}}"#,
            "auth.issuer",
        ),
        (r#"{"auth":{"issuer":["https://id.example.com"]}}"#, "auth.issuer"),
        (r#"{"auth":{"mode":"saml"}}"#, "auth.mode"),
        (r#"{"auth":{"mode":"token","client_id":""}}"#, "auth.client_id"),
        (r#"{"auth":{"mode":"token","scope":"profile"}}"#, "auth.scope"),
        (
            r#"{"auth":{"mode":"token","scope":"openid offline_access"}}"#,
            "auth.scope",
        ),
        (r#"{"auth":{"mode":"token","audience":7}}"#, "auth.audience"),
        (r#"{"auth":{"mode":"token","bearer":"jwt"}}"#, "auth.bearer"),
        (r#"{"auth":{"mode":"token","renewal":"often"}}"#, "auth.renewal"),
        (r#"{"auth":{"mode":"token","storage":"local"}}"#, "auth.storage"),
        (r#"{"auth":{"mode":"token","colour":"red"}}"#, "auth.colour"),
        (
            r#"{"auth":{"mode":"token"},"invite_base":"javascript:1"}"#,
            "invite_base",
        ),
    ] {
        assert_eq!(refused(text).0, key, "{text}");
    }
}

#[test]
fn what_is_allowed_is_said() {
    assert!(refused(r#"{"auth":{"mode":"saml"}}"#).1.contains("oidc, token, proxy"));
    assert!(refused(r#"{"colour":"red"}"#).1.contains("api, auth, invite_base"));
    assert!(refused(r#"{"api":"","api":""}"#).1.contains("twice"));
}

#[test]
fn a_client_secret_is_refused_as_such() {
    let (key, problem) = refused(r#"{"auth":{"mode":"token","client_secret":"s"}}"#);
    assert_eq!(key, "auth.client_secret");
    assert!(problem.contains("secret"));
}

#[test]
fn an_issuer_is_taken_as_it_is() {
    // Some end in a slash, and their tokens say so too.
    let config = parse(r#"{"auth":{"issuer":"https://tenant.example.com/"}}"#).unwrap();
    assert_eq!(config.auth.issuer, "https://tenant.example.com/");
}

#[test]
fn plain_http_only_on_this_computer() {
    for address in [
        "http://127.0.0.1:8080",
        "http://localhost",
        "http://[::1]:9",
        "https://api.example.com:8443",
    ] {
        assert!(
            parse(&format!(r#"{{"api":"{address}","auth":{{"mode":"token"}}}}"#)).is_ok(),
            "{address}"
        );
    }
}

#[test]
fn mixed_content_is_refused_by_its_name_before_anything_is_asked() {
    let api = r#"{"api":"http://api.example.com","auth":{"mode":"token"}}"#;
    let issuer = r#"{"auth":{"issuer":"http://id.example.com/oauth2"}}"#;
    for (text, key) in [(api, "api"), (issuer, "auth.issuer")] {
        let by_https = RunConfig::parse(text, "https://console.example.com/").unwrap_err();
        assert_eq!(by_https.key, key);
        assert!(by_https.problem.contains("mixed content"), "{}", by_https.problem);
        let by_http = RunConfig::parse(text, "http://console.example.com/").unwrap_err();
        assert!(!by_http.problem.contains("mixed content"), "{}", by_http.problem);
    }
    // The computer itself is asked by every page.
    let own = r#"{"api":"http://127.0.0.1:8080","auth":{"mode":"token"}}"#;
    assert!(RunConfig::parse(own, "https://console.example.com/").is_ok());
}
