//! Owns the text formats of account settings: versions of the client and domains (contract 5.2).

/// Whether the server takes this as the version that clients update to.
pub fn is_update_version(text: &str) -> bool {
    matches!(text, "" | "latest" | "disabled") || is_version(text)
}

/// A version like `1`, `v0.50.1` or `1.2.3-rc.1+build.7`.
fn is_version(text: &str) -> bool {
    let text = text.strip_prefix('v').unwrap_or(text);
    let (text, build) = halves(text, '+');
    let (numbers, prerelease) = halves(text, '-');
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<i64>().is_ok();
    numbers.split('.').all(is_number) && prerelease.is_none_or(is_dotted) && build.is_none_or(is_dotted)
}

fn halves(text: &str, at: char) -> (&str, Option<&str>) {
    match text.split_once(at) {
        Some((before, after)) => (before, Some(after)),
        None => (text, None),
    }
}

fn is_dotted(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'~');
    text.split('.')
        .all(|part| !part.is_empty() && part.bytes().all(is_allowed))
}

/// Whether the server takes this as the domain of peers' names; `""` is its own.
pub fn is_dns_domain(text: &str) -> bool {
    if text.is_empty() {
        return true;
    }
    let last = text.split('.').count();
    text.split('.')
        .zip(1..)
        .all(|(label, number)| is_label(label, number == last))
}

fn is_label(label: &str, is_last: bool) -> bool {
    let bytes = label.as_bytes();
    let (Some(first), Some(end)) = (bytes.first(), bytes.last()) else {
        return false;
    };
    bytes.len() <= 63
        && (first.is_ascii_alphanumeric() || (*first == b'_' && !is_last))
        && end.is_ascii_alphanumeric()
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions() {
        for text in [
            "",
            "latest",
            "disabled",
            "1",
            "v1",
            "0.50",
            "0.50.1",
            "v0.50.1",
            "1.2.3.4.5",
            "01.002",
            "1.2.3-rc1",
            "1.2.3-rc.1",
            "1.2.3-0",
            "1.2.3--x",
            "1.2.3+build",
            "1.2.3-rc.1+build.7",
            "1-a~b",
            "1+a-b",
        ] {
            assert!(is_update_version(text), "{text}");
        }
        for text in [
            "newest",
            "Latest",
            "v",
            "vv1",
            "V1",
            "1.",
            ".1",
            "1..2",
            "1.x",
            "1.2.3-",
            "1.2.3+",
            "1.2.3-rc..1",
            "1.2.3-rc.",
            "1.2.3+a+b",
            " 1",
            "1 ",
            "1.2.3-ü",
            "-1",
            "99999999999999999999",
            "1.2.3rc1",
        ] {
            assert!(!is_update_version(text), "{text}");
        }
    }

    #[test]
    fn domains() {
        let long = "a".repeat(63);
        for text in [
            "",
            "corp",
            "corp.internal",
            "a.b.c.d",
            "x-y.z",
            "Corp.INTERNAL",
            "_tcp.example.com",
            "a_b.example",
            "1.2",
            &long,
            &[long.as_str(); 6].join("."),
        ] {
            assert!(is_dns_domain(text), "{text}");
        }
        for text in [
            "*.x.y",
            "trailing.",
            ".leading",
            "a..b",
            ".",
            "-a.b",
            "a-.b",
            "a.b-",
            "a_.b",
            "a._tcp",
            "_",
            "a b",
            "exämple.org",
            "a/b",
            &"a".repeat(64),
            "https://x.y",
        ] {
            assert!(!is_dns_domain(text), "{text}");
        }
    }
}
