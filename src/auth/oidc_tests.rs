//! OpenID Connect's messages against the standards, the oauth2 crate and what real providers answer.

use super::*;

const ISSUER: &str = "http://127.0.0.1:8080/oauth2";

fn document(change: &str, to: &str) -> String {
    let text = format!(
        r#"{{"issuer":"{ISSUER}","authorization_endpoint":"{ISSUER}/auth","token_endpoint":"{ISSUER}/token",
        "end_session_endpoint":"{ISSUER}/logout","token_endpoint_auth_methods_supported":["client_secret_basic"]}}"#
    );
    assert!(text.contains(change), "{change}");
    text.replace(change, to)
}

fn provider() -> Provider {
    Provider::read(&document("", ""), ISSUER).unwrap()
}

fn request() -> AuthorizationRequest<'static> {
    AuthorizationRequest {
        client_id: "netbird-dashboard",
        redirect_uri: "http://127.0.0.1:8080/callback",
        scope: "openid profile email",
        audience: None,
        state: "s",
        nonce: "n",
        challenge: "c",
        prompt: Prompt::Usual,
    }
}

#[test]
fn a_document_without_public_clients_in_its_list_is_taken() {
    let provider = provider();
    assert_eq!(provider.token_endpoint, "http://127.0.0.1:8080/oauth2/token");
    assert!(!provider.names_issuer);
}

#[test]
fn what_a_document_says_of_proving_anew_is_read_whatever_else_it_lists() {
    let proves = |more: &str| {
        let text = document("\"issuer\"", &[more, ",\"issuer\""].concat());
        Provider::read(&text, "http://127.0.0.1:8080/oauth2")
            .unwrap()
            .proves_anew
    };
    assert!(proves(r#""claims_supported":["sub",7,"auth_time"]"#));
    assert!(proves(r#""prompt_values_supported":["none","login"]"#));
    for more in [
        r#""claims_supported":["sub","auth_times"]"#,
        r#""claims_supported":"auth_time""#,
        r#""prompt_values_supported":{"login":true}"#,
        r#""prompt_values_supported":null,"claims_supported":[]"#,
    ] {
        assert!(!proves(more), "{more}");
    }
}

#[test]
fn another_issuer_is_refused_even_by_a_slash() {
    for issuer in [
        "http://127.0.0.1:8080/oauth2/",
        "http://localhost:8080/oauth2",
        "https://127.0.0.1:8080/oauth2",
    ] {
        assert_eq!(Provider::read(&document("", ""), issuer), Err(DiscoveryProblem::Issuer));
    }
}

#[test]
fn a_document_that_is_none_is_refused() {
    for text in ["", "<html>", "[]", r#"{"issuer":"http://127.0.0.1:8080/oauth2"}"#] {
        assert_eq!(Provider::read(text, ISSUER), Err(DiscoveryProblem::Format), "{text}");
    }
    let secure =
        document(ISSUER, "https://id.example.com").replace("https://id.example.com/token", "http://evil.example");
    assert_eq!(
        Provider::read(&secure, "https://id.example.com"),
        Err(DiscoveryProblem::Format),
        "TLS is never left"
    );
    let nowhere = document(&format!("{ISSUER}/auth"), "https://");
    assert_eq!(Provider::read(&nowhere, ISSUER), Err(DiscoveryProblem::Format));
    let script = document(&format!("{ISSUER}/auth"), "javascript:alert(1)");
    assert_eq!(Provider::read(&script, ISSUER), Err(DiscoveryProblem::Format));
}

#[test]
fn the_authorization_request_says_everything() {
    assert_eq!(
        provider().authorization_url(&request()),
        "http://127.0.0.1:8080/oauth2/auth?response_type=code&client_id=netbird-dashboard\
         &redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback&scope=openid%20profile%20email&state=s&nonce=n\
         &code_challenge=c&code_challenge_method=S256"
    );
    let with_audience = provider().authorization_url(&AuthorizationRequest {
        audience: Some("a b"),
        ..request()
    });
    assert!(with_audience.ends_with("&audience=a%20b"));
    for (prompt, end) in [
        (Prompt::Nothing, "&prompt=none"),
        (Prompt::SignIn, "&prompt=login"),
        (Prompt::Anew, "&prompt=login&max_age=0"),
    ] {
        let url = provider().authorization_url(&AuthorizationRequest { prompt, ..request() });
        assert!(url.ends_with(end), "{url}");
    }
    assert!(!provider().authorization_url(&request()).contains("prompt"));
    let mut odd = provider();
    odd.authorization_endpoint = "https://id.example.com/auth?p=sign-in".into();
    assert!(
        odd.authorization_url(&request())
            .starts_with("https://id.example.com/auth?p=sign-in&response_type=code")
    );
}

#[test]
#[cfg(not(target_arch = "wasm32"))]
fn the_oauth2_crate_asks_the_same() {
    use oauth2::{
        AuthUrl, ClientId, CsrfToken, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, basic::BasicClient,
    };
    use std::collections::BTreeMap;
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let client = BasicClient::new(ClientId::new("netbird-dashboard".into()))
        .set_auth_uri(AuthUrl::new(format!("{ISSUER}/auth")).unwrap())
        .set_redirect_uri(RedirectUrl::new("http://127.0.0.1:8080/callback".into()).unwrap());
    let (theirs, _) = client
        .authorize_url(|| CsrfToken::new("s".into()))
        .add_scopes(["openid", "profile", "email"].map(|scope| Scope::new(scope.into())))
        .add_extra_param("nonce", "n")
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(
            verifier.into(),
        )))
        .url();
    let challenge = crate::auth::pkce::challenge(verifier);
    let ours = provider().authorization_url(&AuthorizationRequest {
        challenge: &challenge,
        prompt: Prompt::Usual,
        ..request()
    });
    let pairs = |query: &str| -> BTreeMap<String, String> {
        query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .map(|(name, value)| (name.into(), decode(value)))
            .collect()
    };
    assert_eq!(pairs(ours.split_once('?').unwrap().1), pairs(theirs.query().unwrap()));
}

#[test]
fn callbacks_are_read_whoever_sends_them() {
    // Keycloak: code with dots, session_state and iss; the embedded provider: neither.
    let keycloak =
        Callback::read("?state=s&session_state=x&iss=http%3A%2F%2Fid.example.com%2Frealms%2Fr&code=a.b.c").unwrap();
    assert_eq!(
        (keycloak.issuer.as_deref(), keycloak.result),
        (Some("http://id.example.com/realms/r"), Ok("a.b.c".into()))
    );
    assert_eq!(Callback::read("code=x&state=s").unwrap().issuer, None);
    let denied = Callback::read("?error=access_denied&error_description=No+way&state=s").unwrap();
    assert_eq!(denied.result, Err("access_denied".into()));
    let endless = ["?state=s&error=", &"x".repeat(9999)].concat();
    assert_eq!(Callback::read(&endless).unwrap().result.unwrap_err().len(), WORD_LIMIT);
}

#[test]
fn what_is_no_callback_is_none() {
    for query in [
        "",
        "?",
        "?code=x",
        "?state=s",
        "?code=&state=s",
        "?code=a&code=b&state=s",
        "?code=a&error=b&state=s",
        "?state=s&state=t&code=x",
    ] {
        assert_eq!(Callback::read(query), None, "{query}");
    }
}

#[test]
fn the_token_request_proves_the_verifier() {
    assert_eq!(
        token_request("a b", "http://127.0.0.1:8080/callback", "roost", "v"),
        "grant_type=authorization_code&code=a%20b&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2Fcallback&client_id=roost&code_verifier=v"
    );
}

#[test]
fn a_refresh_and_a_revocation_name_token_and_client() {
    assert_eq!(
        refresh_request("r+t", "roost"),
        "grant_type=refresh_token&refresh_token=r%2Bt&client_id=roost"
    );
    assert_eq!(
        revocation_request("r", "refresh_token", "roost"),
        "token=r&token_type_hint=refresh_token&client_id=roost"
    );
}

#[test]
fn tokens_are_given_back_only_where_tls_is_kept() {
    let with = |endpoint: &str| {
        let text = document("http://127.0.0.1:8080/oauth2", "https://id.example.com").replace(
            "\"token_endpoint_auth",
            &format!("\"revocation_endpoint\":\"{endpoint}\",\"token_endpoint_auth"),
        );
        Provider::read(&text, "https://id.example.com")
            .unwrap()
            .revocation_endpoint
    };
    assert_eq!(
        with("https://id.example.com/revoke").as_deref(),
        Some("https://id.example.com/revoke")
    );
    assert_eq!(with("http://id.example.com/revoke"), None);
    assert_eq!(with("javascript:alert(1)"), None);
    assert_eq!(provider().revocation_endpoint, None);
}

#[test]
fn a_refresh_may_leave_the_id_token_out_and_bring_another_refresh_token() {
    let tokens = read_tokens(r#"{"access_token":"a","token_type":"Bearer","refresh_token":"r"}"#).unwrap();
    assert_eq!((tokens.id_token, tokens.refresh_token.as_deref()), (None, Some("r")));
    let none = read_tokens(r#"{"access_token":"a","refresh_token":""}"#).unwrap();
    assert_eq!(none.refresh_token, None);
}

#[test]
fn tokens_are_read_and_refusals_named() {
    let body = r#"{"access_token":"a","token_type":"bearer","expires_in":86399,"id_token":"i"}"#;
    let tokens = read_tokens(body).unwrap();
    assert_eq!(
        (
            tokens.access_token.as_str(),
            tokens.id_token.as_deref().unwrap_or_default(),
            tokens.expires_in
        ),
        ("a", "i", Some(86_399))
    );
    let as_text = r#"{"access_token":"a","expires_in":"3599","id_token":"i"}"#;
    assert_eq!(read_tokens(as_text).unwrap().expires_in, Some(3599));
    assert_eq!(
        read_tokens(r#"{"error":"invalid_grant"}"#).err().unwrap(),
        "invalid_grant"
    );
    for broken in [
        "",
        "<html>",
        "{}",
        r#"{"id_token":"i","token_type":"bearer"}"#,
        r#"{"access_token":"a","id_token":"ü"}"#,
        r#"{"access_token":"a","id_token":"i","token_type":"mac"}"#,
        r#"{"access_token":"a\nb","id_token":"i","token_type":"Bearer"}"#,
        r#"{"access_token":"ü","id_token":"i"}"#,
    ] {
        assert_eq!(read_tokens(broken).err().unwrap(), "", "{broken}");
    }
}

#[test]
fn signing_out_says_who_and_where_to_come_back() {
    let url = provider()
        .end_session_url(Some("t"), "roost", "http://127.0.0.1:8080/")
        .unwrap();
    assert_eq!(
        url,
        "http://127.0.0.1:8080/oauth2/logout?id_token_hint=t&client_id=roost&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%3A8080%2F"
    );
    let none = Provider {
        end_session_endpoint: None,
        ..provider()
    };
    assert_eq!(none.end_session_url(None, "roost", "x"), None);
}
