//! Tests of the command line.

use super::*;

fn read(line: &str) -> Result<Option<Options>, String> {
    parse(
        std::iter::once("standin")
            .chain(line.split_whitespace())
            .map(OsString::from),
    )
}

#[test]
fn a_stand_in_with_everything() {
    let options = read(
        "--listen 127.0.0.1:0 --data d --dist e --seed users=7 --setup-pat --issuer http://a/oauth2/ \
         --redirect-uri http://b/callback --redirect-uri http://c/callback --log --mode external --local-auth on \
         --user-delete-from-idp --rate-limit on --clock +30 --token-lifetime 60 --server-version 0.60.1 \
         --oidc-issuer http://i/realms/r --client-id c --auth renewal=none --auth scope=a=b",
    );
    assert_eq!(
        options.unwrap().unwrap(),
        Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            dist: Some("e".into()),
            log: true,
            auth: vec![
                ("renewal".to_owned(), "none".to_owned()),
                ("scope".to_owned(), "a=b".to_owned()),
            ],
            mode: Mode::StandIn(StandIn {
                data: "d".into(),
                seed: Seed::Users(7),
                setup_pat: true,
                issuer: Some("http://a/oauth2".to_owned()),
                redirect_uris: vec!["http://b/callback".to_owned(), "http://c/callback".to_owned()],
                real_provider: Some(("http://i/realms/r".to_owned(), "c".to_owned())),
                idp: IdpManager::External,
                local_auth: true,
                user_delete_from_idp: true,
                rate_limit: true,
                days_ahead: 30,
                token_lifetime: 60,
                version: "0.60.1".to_owned(),
                event_lag: EventLag::default(),
            }),
        }
    );
}

#[test]
fn a_stand_in_by_default() {
    let options = read("--listen 127.0.0.1:0 --data d").unwrap().unwrap();
    assert_eq!(options.mode, Mode::StandIn(StandIn::in_folder("d".into())));
}

#[test]
fn a_console_alone() {
    let options =
        read("--listen 127.0.0.1:1 --dist e --api https://n.example.com/ --oidc-issuer https://i --client-id c");
    assert_eq!(
        options.unwrap().unwrap().mode,
        Mode::ConsoleOnly(ConsoleOnly {
            api: "https://n.example.com".to_owned(),
            issuer: Some("https://i".to_owned()),
            client_id: Some("c".to_owned()),
        })
    );
}

#[test]
fn what_cannot_be_is_refused_in_a_sentence() {
    for (line, part) in [
        ("--data d", "--listen is missing"),
        ("--listen nowhere --data d", "--listen takes an address"),
        ("--listen 127.0.0.1:0", "--data is missing"),
        ("--listen 127.0.0.1:0 --data d --seed some", "--seed takes"),
        ("--listen 127.0.0.1:0 --data d --seed users=0", "--seed takes"),
        ("--listen 127.0.0.1:0 --data d --client-id x", "go together"),
        ("--listen 127.0.0.1:0 --api https://a", "--dist is missing"),
        ("--listen 127.0.0.1:0 --api ftp://a --dist d", "--api takes a URL"),
        (
            "--listen 127.0.0.1:0 --api https://a --dist d --data e",
            "--data does not go with --api",
        ),
        (
            "--listen 127.0.0.1:0 --api https://a --dist d --client-id e",
            "goes with --oidc-issuer",
        ),
        (
            "--listen 127.0.0.1:0 --api https://a --dist d --mode none",
            "--mode does not go with --api",
        ),
        (
            "--listen 127.0.0.1:0 --api https://a --dist d --setup-pat",
            "--setup-pat does not go with --api",
        ),
        ("--listen 127.0.0.1:0 --data d --mode dex", "--mode takes"),
        ("--listen 127.0.0.1:0 --data d --local-auth no", "--local-auth takes"),
        (
            "--listen 127.0.0.1:0 --data d --local-auth off --mode none",
            "goes with --mode embedded",
        ),
        (
            "--listen 127.0.0.1:0 --data d --local-auth off --seed empty",
            "nobody could ever sign in",
        ),
        (
            "--listen 127.0.0.1:0 --data d --user-delete-from-idp",
            "goes with --mode external",
        ),
        ("--listen 127.0.0.1:0 --data d --auth renewal", "--auth takes"),
        ("--listen 127.0.0.1:0 --data d --rate-limit 5", "--rate-limit takes"),
        ("--listen 127.0.0.1:0 --data d --clock 30", "--clock takes"),
        ("--listen 127.0.0.1:0 --data d --clock +-3", "--clock takes"),
        ("--listen 127.0.0.1:0 --data d --clock +36526", "--clock takes"),
        (
            "--listen 127.0.0.1:0 --data d --token-lifetime 0",
            "--token-lifetime takes",
        ),
        ("--listen 127.0.0.1:0 --data d --wrong", "--wrong"),
        ("--listen 127.0.0.1:0 --data d extra", "extra"),
    ] {
        let refusal = read(line).unwrap_err();
        assert!(refusal.contains(part), "{line}: {refusal}");
    }
}

#[test]
fn help_is_no_error() {
    assert_eq!(read("--help"), Ok(None));
}
