//! The texts of settings by the server's exact grammars: the domain of peers' names, the version clients update to.

/// The words that stand for a version.
pub const LATEST: &str = "latest";
/// No updates.
pub const DISABLED: &str = "disabled";

/// Whether the server takes this as the version that clients update to. For all else it answers 500.
pub fn is_release(text: &str) -> bool {
    matches!(text, "" | LATEST | DISABLED) || is_version(text)
}

/// A version: an optional `v`, numbers joined by dots, an optional `-prerelease`, an optional `+build`.
pub fn is_version(text: &str) -> bool {
    let text = text.strip_prefix('v').unwrap_or(text);
    let (text, build) = match text.split_once('+') {
        Some((text, build)) => (text, Some(build)),
        None => (text, None),
    };
    let (numbers, prerelease) = match text.split_once('-') {
        Some((numbers, prerelease)) => (numbers, Some(prerelease)),
        None => (text, None),
    };
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<i64>().is_ok();
    numbers.split('.').all(is_number) && [prerelease, build].into_iter().flatten().all(is_suffix)
}

fn is_suffix(text: &str) -> bool {
    text.split('.').all(|part| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'~'))
    })
}

/// Whether the server takes this as the domain of peers' names; nothing means its own.
pub fn is_domain(text: &str) -> bool {
    let mut labels = text.rsplit('.');
    let is_last_right = labels.next().is_some_and(|label| is_label(label, false));
    text.is_empty() || (is_last_right && labels.all(|label| is_label(label, true)))
}

/// One label; all but the last may begin with `_`.
fn is_label(label: &str, may_begin_low: bool) -> bool {
    let bytes = label.as_bytes();
    let (Some(first), Some(last)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    bytes.len() <= 63
        && (first.is_ascii_alphanumeric() || (may_begin_low && *first == b'_'))
        && last.is_ascii_alphanumeric()
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
