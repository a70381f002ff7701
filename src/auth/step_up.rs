//! Whether somebody has to prove anew who they are before something dangerous, and whether an answer is that proof.

use super::claims::{Claims, SKEW_S};
use super::session::Session;

/// A proof is good for so many seconds, that of the sign-in too.
const GOOD_FOR_S: i64 = 300;

/// What is known of how the provider proves who somebody is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Known {
    /// Nothing yet.
    #[default]
    Nothing,
    /// Its document says that it can, or does not.
    Says(bool),
    /// It was asked, and took no notice.
    TookNoNotice,
}

/// What is to be done before something dangerous.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// Nothing: the proof is there, or no provider has a part in the session.
    NotNeeded,
    /// Nothing: the provider cannot prove it, and keeps nobody from what is theirs.
    NotSupported,
    /// The provider's document is looked at first: the sign-in itself does not tell.
    Unknown,
    /// The provider is asked.
    Needed,
}

/// Decides, at a moment in seconds since 1970. Behind a proxy there is no session.
pub fn demand(session: Option<&Session>, known: Known, now: i64) -> Demand {
    let Some(session) = session.filter(|session| session.is_from_provider()) else {
        return Demand::NotNeeded;
    };
    let auth_time = session.claims().and_then(|claims| claims.auth_time);
    match (auth_time, known) {
        (Some(auth_time), _) if is_good(auth_time, session, now) => Demand::NotNeeded,
        (_, Known::TookNoNotice) | (None, Known::Says(false)) => Demand::NotSupported,
        (None, Known::Nothing) => Demand::Unknown,
        (Some(_), _) | (None, Known::Says(true)) => Demand::Needed,
    }
}

/// Whether a proof of then still holds, by the provider's clock: this computer's may be wrong by what was noticed when
/// the session began. One of the future is none, but for what clocks may differ by.
fn is_good(auth_time: i64, session: &Session, now: i64) -> bool {
    let there = now.saturating_sub(session.clock_ahead_s.unwrap_or_default());
    (-SKEW_S..=GOOD_FOR_S).contains(&there.saturating_sub(auth_time))
}

/// Whether an answer proves who somebody is: they said so after the question, which was asked so many seconds before the
/// answer came. Both moments are by the provider's clock. What is nearer to the question than a minute counts as after it;
/// the sign-in before it is five minutes old, or nobody would have asked.
pub fn is_proof(answer: &Claims, waited_s: i64) -> bool {
    let (Some(auth_time), Some(issued_at)) = (answer.auth_time, answer.issued_at) else {
        return false;
    };
    let age = issued_at.saturating_sub(auth_time);
    (-SKEW_S..=waited_s.max(0).saturating_add(SKEW_S)).contains(&age)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    const NOW: i64 = 1_800_000_000;

    fn token(issued_at: Option<i64>, auth_time: Option<i64>) -> String {
        let claim =
            |name: &str, value: Option<i64>| value.map_or(String::new(), |value| format!(r#","{name}":{value}"#));
        let payload = format!(
            r#"{{"iss":"https://id.example.com","sub":"u","aud":"roost","exp":{}{}{}}}"#,
            NOW + 3600,
            claim("iat", issued_at),
            claim("auth_time", auth_time)
        );
        [r#"{"alg":"RS256"}"#, &payload, "s"]
            .map(|part| URL_SAFE_NO_PAD.encode(part))
            .join(".")
    }

    fn signed_in(auth_time: Option<i64>) -> Session {
        Session::with_bearer("", "t", Some(NOW + 3600), &token(Some(NOW), auth_time))
    }

    fn answer(issued_at: Option<i64>, auth_time: Option<i64>) -> Claims {
        Claims::read(&token(issued_at, auth_time)).unwrap()
    }

    fn demanded(auth_time: Option<i64>, known: Known) -> Demand {
        demand(Some(&signed_in(auth_time)), known, NOW)
    }

    #[test]
    fn who_has_just_signed_in_is_not_asked() {
        for age in [-60, 0, 299, 300] {
            assert_eq!(demanded(Some(NOW - age), Known::Nothing), Demand::NotNeeded, "{age}");
        }
        for auth_time in [NOW - 301, NOW - 86_400, NOW + 61, 0, i64::MIN, i64::MAX] {
            assert_eq!(demanded(Some(auth_time), Known::Nothing), Demand::Needed, "{auth_time}");
        }
    }

    #[test]
    fn nobody_is_asked_where_no_provider_signed_in() {
        for known in [Known::Nothing, Known::Says(true), Known::TookNoNotice] {
            assert_eq!(demand(None, known, NOW), Demand::NotNeeded, "behind a proxy");
            let by_token = Session::with_access_token("", "t", true);
            assert_eq!(demand(Some(&by_token), known, NOW), Demand::NotNeeded);
        }
    }

    #[test]
    fn a_sign_in_that_does_not_tell_is_a_matter_of_the_providers_document() {
        assert_eq!(demanded(None, Known::Nothing), Demand::Unknown);
        assert_eq!(demanded(None, Known::Says(true)), Demand::Needed);
        assert_eq!(demanded(None, Known::Says(false)), Demand::NotSupported);
        let garbled = Session::with_bearer("", "t", None, "no token");
        assert_eq!(demand(Some(&garbled), Known::Nothing, NOW), Demand::Unknown);
    }

    #[test]
    fn a_provider_that_tells_is_asked_whatever_its_document_says_and_not_twice_in_vain() {
        let old = Some(NOW - 3600);
        assert_eq!(demanded(old, Known::Says(false)), Demand::Needed);
        assert_eq!(demanded(old, Known::TookNoNotice), Demand::NotSupported);
        assert_eq!(demanded(None, Known::TookNoNotice), Demand::NotSupported);
        assert_eq!(demanded(Some(NOW), Known::TookNoNotice), Demand::NotNeeded);
    }

    #[test]
    fn a_clock_that_is_wrong_here_changes_nothing() {
        for ahead in [-7200, 7200] {
            let at = |age: i64| {
                let session = Session {
                    clock_ahead_s: Some(ahead),
                    ..signed_in(Some(NOW - age))
                };
                demand(Some(&session), Known::Nothing, NOW + ahead)
            };
            assert_eq!(at(10), Demand::NotNeeded, "{ahead}");
            assert_eq!(at(301), Demand::Needed, "{ahead}");
        }
    }

    #[test]
    fn what_does_not_tell_when_is_no_proof() {
        assert!(!is_proof(&answer(Some(NOW), None), 10));
        assert!(!is_proof(&answer(None, Some(NOW)), 10));
        assert!(!is_proof(&answer(Some(NOW), Some(NOW + 61)), 10), "of the future");
        assert!(!is_proof(&answer(Some(NOW), Some(NOW - 300)), -1_000_000));
    }

    #[test]
    fn a_sign_in_after_the_question_is_a_proof_and_the_one_before_it_never() {
        for waited in [0, 1, 299, 7200] {
            let asked = NOW - waited;
            for said in [asked - 60, asked, NOW - waited / 2, NOW, NOW + 60] {
                assert!(is_proof(&answer(Some(NOW), Some(said)), waited), "{waited} {said}");
            }
            for said in [asked - 61, asked - GOOD_FOR_S, 0, i64::MIN] {
                assert!(!is_proof(&answer(Some(NOW), Some(said)), waited), "{waited} {said}");
            }
        }
    }
}
