//! What a request that failed says: one type for every way to fail, made from status and body by a pure function.

use std::fmt;

use super::json::{self, Fields, Unfit};

/// So many characters of a server's text are kept: more is never worth showing.
const MESSAGE_LIMIT: usize = 1000;
/// So many of them stand in a sentence of ours: a message over the page holds one or two.
const EXCERPT_LIMIT: usize = 240;

/// The kinds of failure that are worded differently.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// No connection: name, TLS, CORS or network; a page cannot tell them apart.
    Offline,
    /// No answer in time.
    Timeout,
    /// Not signed in, or not any more.
    Unauthorized,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 409.
    Conflict,
    /// 412.
    Precondition,
    /// 400, 422 and other refusals of what was sent.
    Invalid,
    /// 429.
    RateLimited,
    /// 5xx.
    Server,
    /// An answer that is not what was asked for.
    Decode,
    /// Given up by the page itself.
    Aborted,
    /// An id that no path can hold: nothing was sent.
    Unaddressable,
}

/// A text of at most `limit` characters. One that was longer ends in an ellipsis.
fn cut(text: &str, limit: usize) -> String {
    if text.chars().nth(limit).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(limit - 1).collect();
    [kept.trim_end(), "…"].concat()
}

/// A failed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// What kind of failure.
    pub kind: ErrorKind,
    /// HTTP status, if there was an answer.
    pub status: Option<u16>,
    /// The server's own words, or what is wrong with its answer. At most [`MESSAGE_LIMIT`] characters; may be empty.
    pub message: String,
    /// Seconds after which to come back, as the answer's `Retry-After` says, where one can be read.
    pub retry_after_s: Option<u32>,
    foreign: bool,
}

impl ApiError {
    fn new(kind: ErrorKind, status: Option<u16>, message: &str) -> Self {
        Self {
            kind,
            status,
            message: cut(message.trim(), MESSAGE_LIMIT),
            retry_after_s: None,
            foreign: false,
        }
    }

    /// The words of the message that fit into a sentence.
    pub fn excerpt(&self) -> String {
        cut(&self.message, EXCERPT_LIMIT)
    }

    /// No connection. `detail` is the browser's text.
    pub fn offline(detail: &str) -> Self {
        Self::new(ErrorKind::Offline, None, detail)
    }

    /// No answer in time.
    pub fn timeout() -> Self {
        Self::new(ErrorKind::Timeout, None, "")
    }

    /// Given up by the page.
    pub fn aborted() -> Self {
        Self::new(ErrorKind::Aborted, None, "")
    }

    /// An answer that is not what was asked for.
    pub fn decode(error: &dyn fmt::Display) -> Self {
        Self::decode_message(&error.to_string())
    }

    /// An answer that is not what was asked for, in our own words.
    pub fn decode_message(message: &str) -> Self {
        Self::new(ErrorKind::Decode, None, message)
    }

    /// Something else than the API answered, with a success: a proxy's page, a network that asks for a sign-in.
    pub fn foreign_answer(status: u16) -> Self {
        Self {
            foreign: true,
            ..Self::new(ErrorKind::Decode, Some(status), "")
        }
    }

    /// An id that no path can hold; nothing was sent.
    pub fn unaddressable() -> Self {
        Self::new(ErrorKind::Unaddressable, None, "")
    }

    /// Judges an answer that is not a success (`contract` 1.2, 1.4). An unknown access token is a 404 that says so.
    pub fn from_answer(status: u16, body: &str) -> Self {
        let said = |body| Fields::of(&json::parse(body)?)?.text("message");
        let message = match said(body) {
            Ok(Some(message)) => message,
            _ if looks_like_html(body) => String::new(),
            _ => body.to_owned(),
        };
        let kind = match status {
            401 => ErrorKind::Unauthorized,
            404 if message.to_lowercase().starts_with("invalid token:") => ErrorKind::Unauthorized,
            403 => ErrorKind::Forbidden,
            404 => ErrorKind::NotFound,
            408 => ErrorKind::Timeout,
            409 => ErrorKind::Conflict,
            412 => ErrorKind::Precondition,
            429 => ErrorKind::RateLimited,
            500.. => ErrorKind::Server,
            _ => ErrorKind::Invalid,
        };
        // The text of an unknown token holds its digest: not for a screen.
        let shown = if kind == ErrorKind::Unauthorized {
            ""
        } else {
            message.as_str()
        };
        Self::new(kind, Some(status), shown)
    }

    /// Whether a proxy or a captive portal answered instead of the API.
    pub fn is_foreign_answer(&self) -> bool {
        self.foreign
    }

    /// Whether nothing of that name is there.
    pub fn is_not_found(&self) -> bool {
        self.kind == ErrorKind::NotFound
    }

    /// Whether there is one already.
    pub fn is_conflict(&self) -> bool {
        self.kind == ErrorKind::Conflict
    }

    /// Whether the session has ended.
    pub fn is_unauthorized(&self) -> bool {
        self.kind == ErrorKind::Unauthorized
    }

    /// Whether a write may have been done although its answer says otherwise: the answer got lost on the way.
    pub fn is_ambiguous(&self) -> bool {
        matches!(self.kind, ErrorKind::Offline | ErrorKind::Timeout | ErrorKind::Decode)
            || matches!(self.status, Some(502..=504))
    }

    /// Whether a read is worth another try (`standards` 4.1).
    pub fn is_worth_retrying(&self) -> bool {
        matches!(
            self.kind,
            ErrorKind::Offline | ErrorKind::Timeout | ErrorKind::RateLimited
        ) || matches!(self.status, Some(502..=504))
    }

    /// Whether the caller waits for approval: the wording of every call but `/users/current` (`contract` 4.3).
    pub fn says_pending_approval(&self) -> bool {
        self.kind == ErrorKind::Forbidden && self.message.to_lowercase().contains("pending approval")
    }

    /// Whether the caller is blocked; `/users/current` says so of people who wait for approval, too.
    pub fn says_blocked(&self) -> bool {
        self.kind == ErrorKind::Forbidden && self.message.to_lowercase().contains("user is blocked")
    }

    /// Whether the caller is no user of the account any more (`contract` 1.7, 2.2). Asked of calls that name nobody else.
    pub fn says_caller_gone(&self) -> bool {
        let message = self.message.to_lowercase();
        let unknown = message.contains("user: ") && message.ends_with("not found");
        matches!(self.kind, ErrorKind::Forbidden | ErrorKind::NotFound)
            && (unknown || message.contains("not part of this account"))
    }

    /// Whether the server has no way to ask its outside provider for an invitation: nothing tells beforehand
    /// (`contract` 2.3, 4.5).
    pub fn says_no_provider_manager(&self) -> bool {
        self.kind == ErrorKind::Precondition && self.message.to_lowercase().contains("idp manager must be enabled")
    }

    /// Whether the person to invite once more has come already.
    pub fn says_activated(&self) -> bool {
        self.kind == ErrorKind::Precondition && self.message.to_lowercase().contains("activated")
    }

    /// Whether the caller's role has no permission set on this server.
    pub fn says_role_without_permissions(&self) -> bool {
        let message = self.message.to_lowercase();
        message.contains("user role:") && message.ends_with("not found")
    }
}

impl From<Unfit> for ApiError {
    fn from(unfit: Unfit) -> Self {
        Self::decode(&unfit)
    }
}

fn looks_like_html(body: &str) -> bool {
    body.trim_start().starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_status_has_its_kind() {
        for (status, kind) in [
            (400, ErrorKind::Invalid),
            (401, ErrorKind::Unauthorized),
            (403, ErrorKind::Forbidden),
            (404, ErrorKind::NotFound),
            (408, ErrorKind::Timeout),
            (409, ErrorKind::Conflict),
            (412, ErrorKind::Precondition),
            (418, ErrorKind::Invalid),
            (422, ErrorKind::Invalid),
            (429, ErrorKind::RateLimited),
            (500, ErrorKind::Server),
            (503, ErrorKind::Server),
            (599, ErrorKind::Server),
        ] {
            assert_eq!(ApiError::from_answer(status, "").kind, kind, "{status}");
        }
    }

    #[test]
    fn an_unknown_access_token_is_the_end_of_the_session_and_its_digest_is_not_kept() {
        let body = r#"{"message":"invalid token: pat: abc= not found","code":404}"#;
        let error = ApiError::from_answer(404, body);
        assert!(error.is_unauthorized());
        assert_eq!(error.message, "");
        assert!(ApiError::from_answer(404, r#"{"message":"user: x not found","code":404}"#).is_not_found());
    }

    #[test]
    fn blocked_waiting_and_roleless_callers_are_told_apart_in_any_case() {
        let forbidden = |message: &str| ApiError::from_answer(403, &format!(r#"{{"message":"{message}","code":403}}"#));
        assert!(forbidden("Failed to validate user permissions: user is PENDING approval").says_pending_approval());
        assert!(forbidden("user is blocked").says_blocked());
        assert!(
            forbidden("failed to validate user permissions: user role: billing_admin not found")
                .says_role_without_permissions()
        );
        assert!(!forbidden("permission denied").says_blocked());
        for gone in [
            "failed to validate user permissions: user: abc not found",
            "user is not part of this account",
        ] {
            assert!(forbidden(gone).says_caller_gone() && !forbidden(gone).says_blocked());
        }
        let nobody = ApiError::from_answer(404, r#"{"message":"user: abc not found","code":404}"#);
        assert!(nobody.says_caller_gone());
        assert!(
            !forbidden("failed to validate user permissions: user role: billing_admin not found").says_caller_gone()
        );
        assert!(!ApiError::from_answer(404, "404 page not found").says_caller_gone());
    }

    #[test]
    fn preconditions_are_told_apart() {
        let refused = |message: &str| ApiError::from_answer(412, &format!(r#"{{"message":"{message}","code":412}}"#));
        let no_manager = refused("IdP manager must be enabled to send user invites");
        assert!(no_manager.says_no_provider_manager() && !no_manager.says_activated());
        let came = refused("can't invite a user with an activated netbird account");
        assert!(came.says_activated() && !came.says_no_provider_manager());
        let links = refused("invite links are only available with embedded identity provider");
        assert!(!links.says_activated() && !links.says_no_provider_manager());
    }

    #[test]
    fn texts_are_taken_from_json_or_plain_text_never_from_html() {
        assert_eq!(
            ApiError::from_answer(422, "{\"message\":\" no \",\"code\":422}").message,
            "no"
        );
        assert_eq!(
            ApiError::from_answer(404, "404 page not found").message,
            "404 page not found"
        );
        assert_eq!(ApiError::from_answer(502, "<html><h1>Bad gateway</h1>").message, "");
    }

    #[test]
    fn texts_are_cut_where_they_are_too_long_and_say_so() {
        let exact = "ü".repeat(MESSAGE_LIMIT);
        assert_eq!(ApiError::from_answer(500, &exact).message, exact);
        let long = ApiError::from_answer(500, &"ü".repeat(5000));
        assert_eq!(long.message.chars().count(), MESSAGE_LIMIT);
        assert!(long.message.ends_with("ü…"));
        assert_eq!(long.excerpt().chars().count(), EXCERPT_LIMIT);
        assert!(long.excerpt().ends_with("ü…"));
        assert_eq!(ApiError::from_answer(500, "no").excerpt(), "no");
        // The space before the ellipsis says nothing.
        let words = ApiError::from_answer(500, &"no ".repeat(1000));
        assert!(words.message.ends_with("no…"), "{}", words.message);
    }

    #[test]
    fn only_lost_answers_are_ambiguous() {
        assert!(ApiError::timeout().is_ambiguous());
        assert!(ApiError::offline("").is_ambiguous());
        assert!(ApiError::from_answer(502, "").is_ambiguous());
        assert!(
            !ApiError::from_answer(500, "").is_ambiguous(),
            "the server itself says that it failed"
        );
        assert!(!ApiError::from_answer(422, "").is_ambiguous());
    }
}
