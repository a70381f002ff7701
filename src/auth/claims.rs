//! An ID token's claims, and whether they are meant for us. The signature is the API's business, over TLS.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Clocks may differ by so many seconds.
pub const SKEW_S: i64 = 60;

/// What is checked of an ID token, and told about a token that the API refuses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// who made it
    pub issuer: String,
    /// the user's id
    pub subject: String,
    /// for whom
    pub audiences: Vec<String>,
    /// valid until, in seconds since 1970
    pub expires_at: i64,
    /// made at, in seconds since 1970
    pub issued_at: Option<i64>,
    /// the value that ties it to one sign-in
    pub nonce: Option<String>,
    /// who asked for it, where there are several audiences
    pub authorized_party: Option<String>,
    /// when somebody last proved who they are, in seconds since 1970, where the provider tells
    #[serde(default)]
    pub auth_time: Option<i64>,
    /// whether it says that it is signed; the signature itself is the API's to check
    #[serde(default)]
    pub is_signed: bool,
}

/// The claim that does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClaimProblem {
    /// it is no token
    Format,
    /// it does without a signature (`alg: none`)
    Unsigned,
    /// another provider's
    Issuer,
    /// another client's
    Audience,
    /// another sign-in's
    Nonce,
    /// over
    Time,
}

/// What a token is expected to say.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// the configured issuer, exactly
    pub issuer: &'a str,
    /// the configured client
    pub client_id: &'a str,
    /// what this sign-in sent; a token that comes by a refresh need not say it again
    pub nonce: Option<&'a str>,
    /// seconds since 1970
    pub now: i64,
}

#[derive(Deserialize)]
struct WireHeader {
    alg: Option<String>,
}

#[derive(Deserialize)]
struct WireClaims {
    iss: String,
    sub: String,
    aud: Value,
    exp: f64,
    iat: Option<f64>,
    nonce: Option<String>,
    azp: Option<String>,
    // Whatever it is: nobody is kept out by a claim that is only looked at before something dangerous.
    auth_time: Option<Value>,
}

impl Claims {
    /// Reads the claims of a token without checking anything.
    ///
    /// # Errors
    /// It is no token.
    pub fn read(token: &str) -> Result<Self, ClaimProblem> {
        let mut parts = token.split('.');
        let (Some(header), Some(payload), Some(signature), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(ClaimProblem::Format);
        };
        let header: WireHeader = serde_json::from_slice(&decode(header)?).map_err(|_| ClaimProblem::Format)?;
        let wire: WireClaims = serde_json::from_slice(&decode(payload)?).map_err(|_| ClaimProblem::Format)?;
        let algorithm = header.alg.unwrap_or_default();
        let audiences = match wire.aud {
            Value::String(one) => vec![one],
            Value::Array(many) => many
                .into_iter()
                .filter_map(|one| one.as_str().map(str::to_owned))
                .collect(),
            _ => return Err(ClaimProblem::Format),
        };
        Ok(Self {
            issuer: wire.iss,
            subject: wire.sub,
            audiences,
            expires_at: seconds(wire.exp),
            issued_at: wire.iat.map(seconds),
            nonce: wire.nonce,
            authorized_party: wire.azp,
            auth_time: wire.auth_time.as_ref().and_then(Value::as_f64).map(seconds),
            is_signed: !algorithm.is_empty() && !algorithm.eq_ignore_ascii_case("none") && !signature.is_empty(),
        })
    }

    /// How many seconds this computer's clock is ahead of its maker's (negative: behind), told by a token that was made
    /// a moment ago; `None` when the two agree.
    pub fn clock_ahead_s(&self, now: i64) -> Option<i64> {
        let ahead = now.saturating_sub(self.issued_at?);
        (ahead.saturating_abs() > SKEW_S).then_some(ahead)
    }

    /// How long the token was made for, by its maker's clock: what a clock that is wrong here does not change.
    pub fn lifetime_s(&self) -> Option<i64> {
        self.issued_at
            .map(|issued_at| self.expires_at.saturating_sub(issued_at))
    }

    /// Checks that the token is this provider's, for this client, from this sign-in, and not over. When it was made is
    /// not checked: a clock that is late here would keep its owner out, and the nonce ties the token to this sign-in.
    ///
    /// # Errors
    /// The first claim that does not fit.
    pub fn check(&self, expected: Expected<'_>) -> Result<(), ClaimProblem> {
        if !self.is_signed {
            return Err(ClaimProblem::Unsigned);
        }
        if self.issuer != expected.issuer {
            return Err(ClaimProblem::Issuer);
        }
        let ours = self.audiences.iter().any(|audience| audience == expected.client_id);
        let party = self.authorized_party.as_deref();
        if !ours || party.is_some_and(|party| party != expected.client_id) {
            return Err(ClaimProblem::Audience);
        }
        if expected.nonce.is_some() && self.nonce.as_deref() != expected.nonce {
            return Err(ClaimProblem::Nonce);
        }
        if self.expires_at.saturating_add(SKEW_S) <= expected.now {
            return Err(ClaimProblem::Time);
        }
        Ok(())
    }
}

/// The texts that a claim of a token lists: its groups. `None` when it is no token; a claim that is not there is none.
pub fn listed(token: &str, claim: &str) -> Option<Vec<String>> {
    let value = payload(token)?;
    let items = value.as_object()?.get(claim).and_then(Value::as_array);
    let texts = items.into_iter().flatten().filter_map(Value::as_str);
    Some(texts.map(str::to_owned).collect())
}

/// How a token names its person to people: by the e-mail, else by what comes nearest to it.
pub fn named(token: &str) -> Option<String> {
    let value = payload(token)?;
    let texts = ["email", "preferred_username", "name"].map(|claim| value.get(claim).and_then(Value::as_str));
    texts
        .into_iter()
        .flatten()
        .find(|text| !text.trim().is_empty())
        .map(str::to_owned)
}

fn payload(token: &str) -> Option<Value> {
    let bytes = decode(token.split('.').nth(1)?).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn decode(part: &str) -> Result<Vec<u8>, ClaimProblem> {
    URL_SAFE_NO_PAD
        .decode(part.trim_end_matches('='))
        .map_err(|_| ClaimProblem::Format)
}

fn seconds(value: f64) -> i64 {
    #[allow(
        clippy::cast_possible_truncation,
        reason = "the cast saturates, and no token lives that long"
    )]
    let seconds = value as i64;
    seconds
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(payload: &str) -> String {
        by(r#"{"alg":"RS256"}"#, payload, "c2ln")
    }

    fn by(header: &str, payload: &str, signature: &str) -> String {
        [
            URL_SAFE_NO_PAD.encode(header),
            URL_SAFE_NO_PAD.encode(payload),
            signature.to_owned(),
        ]
        .join(".")
    }

    const NOW: i64 = 1_800_000_000;

    fn claims(change: &str, to: &str) -> Result<(), ClaimProblem> {
        let payload = format!(
            r#"{{"iss":"https://id.example.com","sub":"u","aud":"roost","exp":{},"iat":{},"nonce":"n"}}"#,
            NOW + 300,
            NOW - 5
        );
        assert!(payload.contains(change));
        let expected = Expected {
            issuer: "https://id.example.com",
            client_id: "roost",
            nonce: Some("n"),
            now: NOW,
        };
        Claims::read(&token(&payload.replace(change, to)))?.check(expected)
    }

    #[test]
    fn a_token_for_us_passes() {
        assert_eq!(claims("\"roost\"", "\"roost\""), Ok(()));
        assert_eq!(claims("\"roost\"", r#"["other","roost"]"#), Ok(()));
        assert_eq!(claims("\"nonce\"", r#""azp":"roost","nonce""#), Ok(()));
        assert_eq!(claims("1800000300", "1799999941.5"), Ok(()), "a minute of skew");
        assert_eq!(
            claims("1799999995", "1800003600"),
            Ok(()),
            "a clock that is an hour late"
        );
        assert_eq!(claims("\"iat\"", "\"made\""), Ok(()));
    }

    #[test]
    fn every_claim_that_does_not_fit_is_found() {
        for (change, to, problem) in [
            (
                "https://id.example.com",
                "https://id.example.com/",
                ClaimProblem::Issuer,
            ),
            ("\"roost\"", "\"other\"", ClaimProblem::Audience),
            ("\"roost\"", "[]", ClaimProblem::Audience),
            ("\"roost\"", "7", ClaimProblem::Format),
            ("\"nonce\"", r#""azp":"other","nonce""#, ClaimProblem::Audience),
            ("\"n\"", "\"m\"", ClaimProblem::Nonce),
            (",\"nonce\":\"n\"", "", ClaimProblem::Nonce),
            ("1800000300", "1799999940", ClaimProblem::Time),
            ("\"exp\"", "\"expired\"", ClaimProblem::Format),
        ] {
            assert_eq!(claims(change, to), Err(problem), "{change} -> {to}");
        }
    }

    #[test]
    fn a_person_is_named_by_what_people_know_them_by() {
        for (payload, name) in [
            (r#"{"email":"ada@example.com","name":"Ada"}"#, Some("ada@example.com")),
            (r#"{"email":" ","preferred_username":"ada","name":"Ada"}"#, Some("ada")),
            (r#"{"email":7,"name":"Ada"}"#, Some("Ada")),
            (r#"{"sub":"u"}"#, None),
            ("[]", None),
        ] {
            assert_eq!(named(&token(payload)).as_deref(), name, "{payload}");
        }
        assert_eq!(named("nbp_x"), None);
    }

    #[test]
    fn a_token_without_a_signature_is_refused() {
        let payload = format!(
            r#"{{"iss":"i","sub":"u","aud":"roost","exp":{},"nonce":"n"}}"#,
            NOW + 300
        );
        let expected = Expected {
            issuer: "i",
            client_id: "roost",
            nonce: Some("n"),
            now: NOW,
        };
        for (header, signature) in [
            (r#"{"alg":"none"}"#, "c2ln"),
            (r#"{"alg":"NONE"}"#, "c2ln"),
            ("{}", "c2ln"),
            (r#"{"alg":"RS256"}"#, ""),
        ] {
            let checked = Claims::read(&by(header, &payload, signature)).and_then(|claims| claims.check(expected));
            assert_eq!(checked, Err(ClaimProblem::Unsigned), "{header} {signature:?}");
        }
        assert_eq!(
            Claims::read(&by(r#"{"alg":"RS256"}"#, &payload, "c2ln"))
                .unwrap()
                .check(expected),
            Ok(())
        );
    }

    #[test]
    fn a_refreshed_token_may_leave_the_nonce_out_and_nothing_else() {
        let refreshed = |payload: &str| {
            Claims::read(&token(payload)).unwrap().check(Expected {
                issuer: "i",
                client_id: "roost",
                nonce: None,
                now: NOW,
            })
        };
        assert_eq!(
            refreshed(r#"{"iss":"i","sub":"u","aud":"roost","exp":1800000300}"#),
            Ok(())
        );
        assert_eq!(
            refreshed(r#"{"iss":"i","sub":"u","aud":"other","exp":1800000300}"#),
            Err(ClaimProblem::Audience)
        );
    }

    #[test]
    fn a_clock_that_is_more_than_a_minute_off_is_noticed() {
        let ahead = |issued_at: i64| {
            let payload = format!(r#"{{"iss":"i","sub":"u","aud":"a","exp":{NOW},"iat":{issued_at}}}"#);
            Claims::read(&token(&payload)).unwrap().clock_ahead_s(NOW)
        };
        assert_eq!(ahead(NOW - 60), None);
        assert_eq!(ahead(NOW + 60), None);
        assert_eq!(ahead(NOW - 600), Some(600));
        assert_eq!(ahead(NOW + 7200), Some(-7200));
    }

    #[test]
    fn when_somebody_signed_in_is_read_where_it_is_told() {
        let read = |auth_time: &str| {
            let payload = format!(r#"{{"iss":"i","sub":"u","aud":"a","exp":1060{auth_time}}}"#);
            Claims::read(&token(&payload)).unwrap().auth_time
        };
        assert_eq!(read(r#","auth_time":1000"#), Some(1000));
        assert_eq!(read(r#","auth_time":1000.9"#), Some(1000));
        for none in [
            "",
            r#","auth_time":null"#,
            r#","auth_time":"yesterday""#,
            r#","auth_time":{}"#,
        ] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn a_lifetime_is_told_by_the_makers_clock() {
        let read = |payload: &str| Claims::read(&token(payload)).unwrap().lifetime_s();
        assert_eq!(
            read(r#"{"iss":"i","sub":"u","aud":"a","exp":1060,"iat":1000}"#),
            Some(60)
        );
        assert_eq!(read(r#"{"iss":"i","sub":"u","aud":"a","exp":1060}"#), None);
    }

    #[test]
    fn the_groups_of_a_token_are_read_from_the_claim_that_is_asked_for() {
        let text = token(r#"{"groups":["staff",7,"ops"],"roles":"admin"}"#);
        assert_eq!(
            listed(&text, "groups"),
            Some(vec!["staff".to_owned(), "ops".to_owned()])
        );
        for claim in ["roles", "absent", ""] {
            assert_eq!(listed(&text, claim), Some(Vec::new()), "{claim}");
        }
        assert_eq!(listed("nbp_no-token", "groups"), None);
    }

    #[test]
    fn what_is_no_token_is_none() {
        for text in ["", "a.b", "a.b.c.d", "e30.!!.x", "e30.e30.x"] {
            assert_eq!(Claims::read(text), Err(ClaimProblem::Format), "{text}");
        }
    }
}
