//! Why signing in did not work, in words, with a way out.

use crate::auth::claims::ClaimProblem;
use crate::auth::flow::AuthError;
use crate::browser::page;
use crate::config::{RunConfig, host};
use crate::i18n::{t_guests, t_later, t_session};

const MINUTE_S: u64 = 60;
const HOUR_S: u64 = 3600;

/// What to say.
pub fn auth_words(config: &RunConfig, error: &AuthError) -> String {
    let words = match error {
        AuthError::Unreachable if !page::is_online() => t_session().auth_offline(),
        AuthError::Unreachable => return t_later().auth_provider_unreachable(host(&config.auth.issuer)),
        AuthError::Discovery => t_later().auth_discovery(),
        AuthError::Issuer => t_later().auth_issuer(),
        AuthError::State => t_later().auth_state(),
        AuthError::Denied(word) => return denied_words(word),
        AuthError::Token(word) => return t_later().auth_token(word),
        AuthError::Claim(ClaimProblem::Time) => t_later().auth_clock(),
        AuthError::Claim(claim) => return t_later().auth_id_token(claim_name(*claim)),
        AuthError::Clock(ahead) => {
            return [
                t_session().auth_clock_why(),
                &clock_words(*ahead),
                t_session().auth_clock_do(),
            ]
            .join(" ");
        }
        AuthError::OtherPerson => t_session().auth_other_person(),
        AuthError::HandedOn => t_session().auth_handed_on(),
        AuthError::Loop(None) => t_later().auth_loop(),
        AuthError::Loop(Some(claims)) => {
            let details = t_later().auth_loop_claims(
                &claims.issuer,
                &claims.audiences.join(", "),
                &claims.expires_at.to_string(),
            );
            let wanted = config.auth.audience.as_deref().unwrap_or(&config.auth.client_id);
            let mut words = [t_later().auth_loop(), details.as_str()].join(" ");
            if claims.audiences.iter().all(|audience| audience != wanted) {
                words.push_str(&[" ", &t_guests().auth_loop_audience(wanted)].concat());
            }
            return words;
        }
        AuthError::NoRandomness => t_later().auth_other(),
        AuthError::NotLoaded => t_later().auth_part(),
    };
    words.to_owned()
}

/// The provider's words for a refusal (RFC 6749, 4.1.2.1; OpenID Connect Core, 3.1.2.6).
fn denied_words(word: &str) -> String {
    match word {
        "access_denied" => t_session().auth_denied_access(word),
        "invalid_scope" => t_session().auth_denied_scope(word),
        "login_required" | "interaction_required" | "consent_required" | "account_selection_required" => {
            t_session().auth_denied_login().to_owned()
        }
        "temporarily_unavailable" | "server_error" => t_session().auth_denied_busy(word),
        "unauthorized_client" | "invalid_request" | "unsupported_response_type" | "invalid_target" => {
            t_session().auth_denied_client(word)
        }
        word => t_session().auth_denied(word),
    }
}

/// How far this computer's clock is off; `ahead` in seconds, negative when it is behind.
pub fn clock_words(ahead: i64) -> String {
    let seconds = ahead.unsigned_abs();
    let time = if seconds < 2 * HOUR_S {
        t_session().clock_minutes(seconds / MINUTE_S)
    } else {
        t_session().clock_hours(seconds / HOUR_S)
    };
    if ahead > 0 {
        t_session().clock_ahead(&time)
    } else {
        t_session().clock_behind(&time)
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
