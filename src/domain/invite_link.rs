//! An invite link as somebody invited opens it: its secret, what the server says about it, how long to wait between tries
//! (`contract` 2.9, 1.6).

use percent_encoding::percent_decode_str;

/// The parameter that holds the secret, behind `#` in links of our own and behind `?` in those of the official dashboard.
const PARAMETER: &str = "token=";

/// So many seconds after which the server lets one more try through: ten a minute.
pub const USUAL_WAIT_S: u32 = 6;
/// The longest wait that is believed.
const LONGEST_WAIT_S: u32 = 60;

/// The secret in the query and the fragment of an address. The fragment goes first: it is ours.
pub fn secret_in(parameters: &str) -> Option<String> {
    let (query, fragment) = parameters.split_once('#').unwrap_or((parameters, ""));
    [fragment, query.trim_start_matches('?')].into_iter().find_map(|part| {
        let value = part.split('&').find_map(|pair| pair.strip_prefix(PARAMETER))?;
        let secret = percent_decode_str(value).decode_utf8().ok()?.trim().to_owned();
        (!secret.is_empty()).then_some(secret)
    })
}

/// What the server says about a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// Whom it is for.
    pub email: String,
    /// Their name.
    pub name: String,
    /// Who invites; empty when they are gone.
    pub invited_by: String,
    /// When the link ends, in seconds since 1970.
    pub ends_at: Option<i64>,
    /// Whether it works still.
    pub valid: bool,
}

/// What is the matter with a link that opens nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dead {
    /// It has no secret, or one that is cut off or mistyped.
    Broken,
    /// Nobody is invited by it: it was used, taken back, or replaced by another.
    Gone,
    /// Its time is over.
    Over,
    /// Nobody signs in with a password on this server.
    NoPasswords,
}

/// Reads a refusal; `None` when it says nothing about the link.
pub fn dead(status: Option<u16>, message: &str) -> Option<Dead> {
    let message = message.to_lowercase();
    match status? {
        // 401: a secret that does not even begin like one is no public call.
        401 => Some(Dead::Broken),
        404 if message.contains("invite not found") => Some(Dead::Gone),
        412 => Some(Dead::NoPasswords),
        422 if message.starts_with("invalid invite token") => Some(Dead::Broken),
        422 if message.contains("expired") => Some(Dead::Over),
        _ => None,
    }
}

/// How many seconds to wait after a refusal for too many tries, by what the answer says, within reason.
pub fn wait_s(retry_after_s: Option<u32>) -> u32 {
    retry_after_s.map_or(USUAL_WAIT_S, |seconds| seconds.clamp(1, LONGEST_WAIT_S))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_is_found_in_both_kinds_of_links() {
        for (parameters, secret) in [
            ("#token=nbi_a", Some("nbi_a")),
            ("?token=nbi_b", Some("nbi_b")),
            ("?token=nbi_b#token=nbi_a", Some("nbi_a")),
            ("?utm=x&token=nbi_b&y=1", Some("nbi_b")),
            ("?token=nbi_b#", Some("nbi_b")),
            ("?token=%6Ebi_b%20", Some("nbi_b")),
            ("?token=", None),
            ("#token", None),
            ("?nottoken=x", None),
            ("?token=%ff", None),
            ("", None),
        ] {
            assert_eq!(secret_in(parameters).as_deref(), secret, "{parameters}");
        }
    }

    #[test]
    fn what_the_server_says_of_a_dead_link_is_told_apart() {
        for (status, message, expected) in [
            (401, "no valid authentication provided", Some(Dead::Broken)),
            (422, "invalid invite token: invalid token length", Some(Dead::Broken)),
            (422, "Invalid invite token: checksum does not match", Some(Dead::Broken)),
            (404, "user invite not found", Some(Dead::Gone)),
            (422, "invite has expired", Some(Dead::Over)),
            (
                412,
                "local user creation is disabled - use an external identity provider",
                Some(Dead::NoPasswords),
            ),
            (404, "404 page not found", None),
            (
                422,
                "invalid password: password must be at least 8 characters long",
                None,
            ),
            (500, "internal server error", None),
        ] {
            assert_eq!(dead(Some(status), message), expected, "{status} {message}");
        }
        assert_eq!(dead(None, ""), None);
    }

    #[test]
    fn the_wait_is_the_servers_word_within_reason() {
        for (told, seconds) in [(None, USUAL_WAIT_S), (Some(9), 9), (Some(0), 1), (Some(86_400), 60)] {
            assert_eq!(wait_s(told), seconds, "{told:?}");
        }
    }
}
