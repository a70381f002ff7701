//! Words for the domain's values: roles, statuses, refusals, errors, spans of time.

use crate::api::error::{ApiError, ErrorKind};
use crate::domain::guard::Refusal;
use crate::domain::permission::Operation;
use crate::domain::role::Role;
use crate::domain::time::Ago;
use crate::domain::user::Status;

use super::t;

/// A role as a label: in a cell, a list, a badge.
pub fn role_name(role: &Role) -> String {
    match role {
        Role::Owner => t().role_owner().to_owned(),
        Role::Admin => t().role_admin().to_owned(),
        Role::NetworkAdmin => t().role_network_admin().to_owned(),
        Role::Auditor => t().role_auditor().to_owned(),
        Role::User => t().role_user().to_owned(),
        Role::BillingAdmin => t().role_billing_admin().to_owned(),
        Role::Other(word) => t().unknown_word(word),
    }
}

/// A role inside a sentence, in lower case.
pub fn role_phrase(role: &Role) -> String {
    match role {
        Role::Owner => t().phrase_owner().to_owned(),
        Role::Admin => t().phrase_admin().to_owned(),
        Role::NetworkAdmin => t().phrase_network_admin().to_owned(),
        Role::Auditor => t().phrase_auditor().to_owned(),
        Role::User => t().phrase_user().to_owned(),
        Role::BillingAdmin => t().phrase_billing_admin().to_owned(),
        Role::Other(word) => word.clone(),
    }
}

/// A status as a label.
pub fn status_name(status: &Status) -> String {
    match status {
        Status::Active => t().status_active().to_owned(),
        Status::Invited => t().status_invited().to_owned(),
        Status::Blocked => t().status_blocked().to_owned(),
        Status::Pending => t().status_pending().to_owned(),
        Status::Other(word) => t().unknown_word(word),
    }
}

/// Why nobody new can be made, for the button that a first visit shows: the reasons that this can have. `refusal` has all.
pub fn invite_refusal(refusal: &Refusal) -> Option<String> {
    match refusal {
        Refusal::NoPermission(module, operation) => {
            Some(t().refused_permission(operation_name(*operation), module.as_str()))
        }
        Refusal::NoLocalSignIn => Some(t().refused_no_local_sign_in().to_owned()),
        Refusal::NoProviderManager => Some(t().refused_no_manager().to_owned()),
        _ => None,
    }
}

/// An operation of the permission matrix.
pub fn operation_name(operation: Operation) -> &'static str {
    match operation {
        Operation::Create => t().operation_create(),
        Operation::Read => t().operation_read(),
        Operation::Update => t().operation_update(),
        Operation::Delete => t().operation_delete(),
    }
}

/// What went wrong, in one sentence, chosen by kind; never the server's own text.
pub fn error_title(error: &ApiError) -> String {
    let words = match error.kind {
        ErrorKind::Offline => t().error_offline(),
        ErrorKind::Timeout => t().error_timeout(),
        ErrorKind::Unauthorized => t().error_unauthorized(),
        ErrorKind::Forbidden => t().error_forbidden(),
        ErrorKind::NotFound => t().error_not_found(),
        ErrorKind::Conflict => t().error_conflict(),
        ErrorKind::Precondition => t().error_precondition(),
        ErrorKind::Invalid => t().error_invalid(),
        ErrorKind::RateLimited => t().error_rate_limited(),
        ErrorKind::Server => return t().error_server(&error.status.map_or_else(String::new, |code| code.to_string())),
        ErrorKind::Decode if error.is_foreign_answer() => t().error_not_json(),
        ErrorKind::Decode => t().error_decode(),
        ErrorKind::Aborted => t().error_aborted(),
        ErrorKind::Unaddressable => t().error_unaddressable(),
    };
    words.to_owned()
}

/// An error in a sentence or two: what happened, and what the server said about it, cut where it is long. Without a status
/// the words are the browser's or our own.
pub fn describe_error(error: &ApiError) -> String {
    describe(error, &error.excerpt())
}

/// The same with all that is known of the server's words: for details, where there is room.
pub fn describe_error_fully(error: &ApiError) -> String {
    describe(error, &error.message)
}

fn describe(error: &ApiError, said: &str) -> String {
    let title = error_title(error);
    let detail = match (said, error.status) {
        ("", _) => return title,
        (message, Some(_)) => t().error_detail(message),
        (message, None) => t().error_detail_here(message),
    };
    [title, detail].join(" ")
}

/// A span of time; `None` where a date says it better.
pub fn ago_words(ago: Ago) -> Option<String> {
    Some(match ago {
        Ago::Now => t().just_now().to_owned(),
        Ago::Minutes(count) => t().minutes_ago(count),
        Ago::Hours(count) => t().hours_ago(count),
        Ago::Days(count) => t().days_ago(count),
        Ago::Long => return None,
    })
}

/// A day: "12 Mar 2026"; the month counts from 0.
pub fn date_words(year: u32, month: u32, day: u32) -> String {
    let month = usize::try_from(month).unwrap_or(usize::MAX);
    let name = t().months().split(' ').nth(month).unwrap_or_default();
    t().date(&day.to_string(), name, &year.to_string())
}

/// A time of day: "14:05".
pub fn time_words(hour: u32, minute: u32) -> String {
    let two_digits = |number: u32| {
        let digits = number.to_string();
        if number < 10 { ["0", &digits].concat() } else { digits }
    };
    t().time_of_day(&two_digits(hour), &two_digits(minute))
}

/// Items as a sentence lists them: "a, b and c".
pub fn list_words(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first, last] => t().list_and(first, last),
        [first, rest @ ..] => t().list_comma(first, &list_words(rest)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_like_sentences() {
        let items: Vec<String> = ["role", "groups", "blocked"].map(str::to_owned).to_vec();
        assert_eq!(list_words(&items), "role, groups and blocked");
        assert_eq!(list_words(&items[..2]), "role and groups");
        assert_eq!(list_words(&[]), "");
    }

    #[test]
    fn days_and_times_are_written_as_people_write_them() {
        assert_eq!(date_words(2026, 0, 1), "1 Jan 2026");
        assert_eq!(date_words(2027, 11, 31), "31 Dec 2027");
        assert_eq!(t().months().split(' ').count(), 12);
        assert_eq!(time_words(0, 5), "00:05");
        assert_eq!(time_words(14, 30), "14:30");
    }

    #[test]
    fn an_unknown_role_is_readable_and_never_empty() {
        assert_eq!(role_name(&Role::parse("gatekeeper")), "Unknown: gatekeeper");
        assert_eq!(role_phrase(&Role::parse("Network_Admin")), "network admin");
    }

    #[test]
    fn only_the_servers_words_are_said_to_be_the_servers() {
        let refused = ApiError::from_answer(422, r#"{"message":"no"}"#);
        assert_eq!(
            describe_error(&refused),
            "The server did not accept this. The server says: “no”."
        );
        let offline = ApiError::offline("Failed to fetch");
        assert_eq!(
            describe_error(&offline),
            "The server cannot be reached. Details: “Failed to fetch”."
        );
        assert_eq!(
            describe_error(&ApiError::unaddressable()),
            "This id cannot be used in a URL, so nothing was sent."
        );
    }
}
