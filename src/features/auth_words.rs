//! Why signing in did not work, in words, with a way out.

use crate::auth::claims::ClaimProblem;
use crate::auth::flow::AuthError;
use crate::browser::page;
use crate::config::{RunConfig, host};
use crate::i18n::{a, g, p};

const MINUTE_S: u64 = 60;
const HOUR_S: u64 = 3600;

/// What to say.
pub fn auth_words(config: &RunConfig, error: &AuthError) -> String {
    let words = match error {
        AuthError::Unreachable if !page::is_online() => a().auth_offline(),
        AuthError::Unreachable => return p().auth_provider_unreachable(host(&config.auth.issuer)),
        AuthError::Discovery => p().auth_discovery(),
        AuthError::Issuer => p().auth_issuer(),
        AuthError::State => p().auth_state(),
        AuthError::Denied(word) => return denied_words(word),
        AuthError::Token(word) => return p().auth_token(word),
        AuthError::Claim(ClaimProblem::Time) => p().auth_clock(),
        AuthError::Claim(claim) => return p().auth_id_token(claim_name(*claim)),
        AuthError::Clock(ahead) => return [a().auth_clock_why(), &clock_words(*ahead), a().auth_clock_do()].join(" "),
        AuthError::OtherPerson => a().auth_other_person(),
        AuthError::HandedOn => a().auth_handed_on(),
        AuthError::Loop(None) => p().auth_loop(),
        AuthError::Loop(Some(claims)) => {
            let details = p().auth_loop_claims(
                &claims.issuer,
                &claims.audiences.join(", "),
                &claims.expires_at.to_string(),
            );
            let wanted = config.auth.audience.as_deref().unwrap_or(&config.auth.client_id);
            let mut words = [p().auth_loop(), details.as_str()].join(" ");
            if claims.audiences.iter().all(|audience| audience != wanted) {
                words.push_str(&[" ", &g().auth_loop_audience(wanted)].concat());
            }
            return words;
        }
        AuthError::NoRandomness => p().auth_other(),
        AuthError::NotLoaded => p().auth_part(),
    };
    words.to_owned()
}

/// The provider's words for a refusal (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6).
fn denied_words(word: &str) -> String {
    match word {
        "access_denied" => a().auth_denied_access(word),
        "invalid_scope" => a().auth_denied_scope(word),
        "login_required" | "interaction_required" | "consent_required" | "account_selection_required" => {
            a().auth_denied_login().to_owned()
        }
        "temporarily_unavailable" | "server_error" => a().auth_denied_busy(word),
        "unauthorized_client" | "invalid_request" | "unsupported_response_type" | "invalid_target" => {
            a().auth_denied_client(word)
        }
        word => a().auth_denied(word),
    }
}

/// How far this computer's clock is off; `ahead` in seconds, negative when it is behind.
pub fn clock_words(ahead: i64) -> String {
    let seconds = ahead.unsigned_abs();
    let time = if seconds < 2 * HOUR_S {
        a().clock_minutes(seconds / MINUTE_S)
    } else {
        a().clock_hours(seconds / HOUR_S)
    };
    if ahead > 0 {
        a().clock_ahead(&time)
    } else {
        a().clock_behind(&time)
    }
}

fn claim_name(claim: ClaimProblem) -> &'static str {
    match claim {
        ClaimProblem::Format => "id_token",
        ClaimProblem::Unsigned => "alg",
        ClaimProblem::Issuer => "iss",
        ClaimProblem::Audience => "aud",
        ClaimProblem::Nonce => "nonce",
        ClaimProblem::Time => "exp",
    }
}
