//! Owns reading a network prefix, and the reasons NetBird's parser (Go's `netip`) gives for refusing one.

use std::net::IpAddr;

use ipnet::IpNet;

/// Why an address cannot be read, and if it is said where.
type Reason<'t> = (&'static str, Option<&'t str>);

/// Reads a prefix like `10.0.0.0/8`; host bits may be set.
///
/// # Errors
/// The parser's whole sentence.
pub fn parse(text: &str) -> Result<IpNet, String> {
    read(text).map_err(|reason| format!("netip.ParsePrefix({text:?}): {reason}"))
}

fn read(text: &str) -> Result<IpNet, String> {
    let (address, length) = text.rsplit_once('/').ok_or("no '/'")?;
    let ip = read_address(address)?;
    let bad_bits = || format!("bad bits after slash: {length:?}");
    // A sign or a leading zero is no length.
    let is_plain = length == "0" || length.starts_with(|first: char| matches!(first, '1'..='9'));
    if !is_plain {
        return Err(bad_bits());
    }
    let bits: i64 = length.parse().map_err(|_| bad_bits())?;
    u8::try_from(bits)
        .ok()
        .and_then(|bits| IpNet::new(ip, bits).ok())
        .ok_or_else(|| "prefix length out of range".to_owned())
}

fn read_address(text: &str) -> Result<IpAddr, String> {
    if let Ok(ip) = text.parse() {
        return Ok(ip);
    }
    let (message, at) = match text.find(['.', ':', '%']).and_then(|at| text.get(at..)?.chars().next()) {
        Some('.') => why_not_v4(text),
        Some(':') => match why_not_v6(text) {
            Some(reason) => reason,
            None => return Err("IPv6 zones cannot be present in a prefix".to_owned()),
        },
        Some(_) => ("missing IPv6 address", None),
        None => ("unable to parse IP", None),
    };
    let place = at.map(|at| format!(" (at {at:?})")).unwrap_or_default();
    Err(format!("ParseAddr({text:?}): {message}{place}"))
}

/// The first thing that is wrong with an IPv4 address.
fn why_not_v4(text: &str) -> Reason<'_> {
    let mut rest = text;
    for field in 0..4 {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let (number, tail) = rest.split_at(digits);
        // One digit after the other, as they come: `256` is too large before `2560` is too long.
        for end in 1..=digits {
            let so_far = number.get(..end).unwrap_or_default();
            if end > 1 && number.starts_with('0') {
                return ("IPv4 field has octet with leading zero", None);
            }
            if so_far.parse::<u8>().is_err() {
                return ("IPv4 field has value >255", None);
            }
        }
        let Some(after) = tail.strip_prefix('.') else {
            return if tail.is_empty() && field < 3 {
                ("IPv4 address too short", None)
            } else {
                ("unexpected character", Some(tail))
            };
        };
        if number.is_empty() || after.is_empty() {
            return ("IPv4 field must have at least one digit", Some(tail));
        }
        if after.starts_with('.') {
            return if field == 3 {
                ("IPv4 address too long", None)
            } else {
                ("IPv4 field must have at least one digit", Some(after))
            };
        }
        rest = after;
    }
    ("IPv4 address too long", None)
}

/// The first thing that is wrong with an IPv6 address; nothing when only its zone is.
fn why_not_v6(text: &str) -> Option<Reason<'_>> {
    let (mut rest, zone) = match text.split_once('%') {
        Some((_, "")) => return Some(("zone must be a non-empty string", None)),
        Some((address, zone)) => (address, Some(zone)),
        None => (text, None),
    };
    if zone.is_some() && rest.parse::<IpAddr>().is_ok() {
        return None;
    }
    let mut shortened = false;
    if let Some(after) = rest.strip_prefix("::") {
        (rest, shortened) = (after, true);
    }
    let mut fields = 0;
    while fields < 8 && !(rest.is_empty() && shortened) {
        let digits = rest.bytes().take_while(u8::is_ascii_hexdigit).count();
        if digits > 4 {
            return Some(("each group must have 4 or less digits", Some(rest)));
        }
        if digits == 0 {
            return Some(("each colon-separated field must have at least one digit", Some(rest)));
        }
        let (_, tail) = rest.split_at(digits);
        if tail.starts_with('.') {
            return Some(match (shortened, fields) {
                (false, fields) if fields != 6 => (
                    "embedded IPv4 address must replace the final 2 fields of the address",
                    Some(rest),
                ),
                (true, 7) => (
                    "too many hex fields to fit an embedded IPv4 at the end of the address",
                    Some(rest),
                ),
                _ if rest.parse::<std::net::Ipv4Addr>().is_err() => why_not_v4(rest),
                _ => ("the :: must expand to at least one field of zeros", None),
            });
        }
        fields += 1;
        let Some(after) = tail.strip_prefix(':') else {
            if tail.is_empty() {
                rest = tail;
                break;
            }
            return Some(("unexpected character, want colon", Some(tail)));
        };
        if after.is_empty() {
            return Some(("colon must be followed by more characters", Some(tail)));
        }
        rest = after;
        if let Some(after) = rest.strip_prefix(':') {
            if shortened {
                return Some(("multiple :: in address", Some(rest)));
            }
            (rest, shortened) = (after, true);
        }
    }
    Some(if !rest.is_empty() {
        ("trailing garbage after address", Some(rest))
    } else if fields < 8 {
        ("address string too short", None)
    } else {
        ("the :: must expand to at least one field of zeros", None)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_of_both_families_are_read() {
        for (text, trunc) in [
            ("10.1.2.3/8", "10.0.0.0/8"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("100.64.1.1/32", "100.64.1.1/32"),
            ("FD12:3456::0001/64", "fd12:3456::/64"),
            ("::1/64", "::/64"),
            ("::ffff:10.1.2.3/104", "::ffff:10.0.0.0/104"),
            ("2001:db8:0:0:1:0:0:1/128", "2001:db8::1:0:0:1/128"),
        ] {
            assert_eq!(
                parse(text).map(|net| net.trunc().to_string()),
                Ok(trunc.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_wrong_is_said_as_the_server_says_it() {
        for (text, reason) in [
            ("banana", "no '/'"),
            ("", "no '/'"),
            ("banana/8", r#"ParseAddr("banana"): unable to parse IP"#),
            ("/8", r#"ParseAddr(""): unable to parse IP"#),
            ("10.0.0.0/", r#"bad bits after slash: """#),
            ("10.0.0.0/08", r#"bad bits after slash: "08""#),
            ("10.0.0.0/+8", r#"bad bits after slash: "+8""#),
            ("10.0.0.0/8x", r#"bad bits after slash: "8x""#),
            ("10.0.0.0/33", "prefix length out of range"),
            ("10.0.0.0/300", "prefix length out of range"),
            ("fd00::/129", "prefix length out of range"),
            ("10.0.0/8", r#"ParseAddr("10.0.0"): IPv4 address too short"#),
            ("10.0.0.0.0/8", r#"ParseAddr("10.0.0.0.0"): IPv4 address too long"#),
            ("10.0.0.256/8", r#"ParseAddr("10.0.0.256"): IPv4 field has value >255"#),
            (
                "10.01.0.0/8",
                r#"ParseAddr("10.01.0.0"): IPv4 field has octet with leading zero"#,
            ),
            (
                "10..0.0/8",
                r#"ParseAddr("10..0.0"): IPv4 field must have at least one digit (at ".0.0")"#,
            ),
            (
                ".1.2.3/8",
                r#"ParseAddr(".1.2.3"): IPv4 field must have at least one digit (at ".1.2.3")"#,
            ),
            (
                "1.2.3./8",
                r#"ParseAddr("1.2.3."): IPv4 field must have at least one digit (at ".")"#,
            ),
            (
                "10.0.x.0/8",
                r#"ParseAddr("10.0.x.0"): unexpected character (at "x.0")"#,
            ),
            (
                "10.0.0.0/8/9",
                r#"ParseAddr("10.0.0.0/8"): unexpected character (at "/8")"#,
            ),
            ("fd00::%eth0/64", "IPv6 zones cannot be present in a prefix"),
            ("fd00::%/64", r#"ParseAddr("fd00::%"): zone must be a non-empty string"#),
            ("%eth0/64", r#"ParseAddr("%eth0"): missing IPv6 address"#),
            (
                "fd00::12345/64",
                r#"ParseAddr("fd00::12345"): each group must have 4 or less digits (at "12345")"#,
            ),
            (
                "fd00:::1/64",
                r#"ParseAddr("fd00:::1"): each colon-separated field must have at least one digit (at ":1")"#,
            ),
            (
                "fd00::1::2/64",
                r#"ParseAddr("fd00::1::2"): multiple :: in address (at ":2")"#,
            ),
            ("fd00:1/64", r#"ParseAddr("fd00:1"): address string too short"#),
            (
                "fd00:/64",
                r#"ParseAddr("fd00:"): colon must be followed by more characters (at ":")"#,
            ),
            (
                "fd00::g/64",
                r#"ParseAddr("fd00::g"): each colon-separated field must have at least one digit (at "g")"#,
            ),
            (
                "fd00::1g/64",
                r#"ParseAddr("fd00::1g"): unexpected character, want colon (at "g")"#,
            ),
            (
                "1:2:3:4:5:6:7:8:9/64",
                r#"ParseAddr("1:2:3:4:5:6:7:8:9"): trailing garbage after address (at "9")"#,
            ),
            (
                "1:2:3:4::5:6:7:8/64",
                r#"ParseAddr("1:2:3:4::5:6:7:8"): the :: must expand to at least one field of zeros"#,
            ),
            (
                "1:1.2.3.4/64",
                r#"ParseAddr("1:1.2.3.4"): embedded IPv4 address must replace the final 2 fields of the address (at "1.2.3.4")"#,
            ),
            ("::1.2.3/64", r#"ParseAddr("::1.2.3"): IPv4 address too short"#),
        ] {
            assert_eq!(
                parse(text),
                Err(format!("netip.ParsePrefix({text:?}): {reason}")),
                "{text}"
            );
        }
    }
}
