//! Tests of values by their rules: durations, ranges, versions, domains.

use super::tests::amount;
use super::*;
use crate::domain::settings::cidr::Oddity;

#[test]
fn durations_keep_their_exact_seconds() {
    for (seconds, text, unit) in [
        (86_400, "1", Unit::Days),
        (90_000, "25", Unit::Hours),
        (3_600, "1", Unit::Hours),
        (1_200, "20", Unit::Minutes),
        (3_601, "3601", Unit::Seconds),
        (0, "0", Unit::Seconds),
        (-60, "-1", Unit::Minutes),
        (15_552_000, "180", Unit::Days),
    ] {
        let amount = Amount::of(seconds);
        assert_eq!((amount.text.as_str(), amount.unit), (text, unit));
        assert_eq!(amount.seconds(), Some(seconds));
        assert_eq!(Unit::parse(unit.as_str()), unit);
    }
    for text in ["", "-", "1.5", "1e3", "+1", "one", "--1", "9223372036854775807", "٣"] {
        let amount = Amount {
            text: text.to_owned(),
            unit: Unit::Days,
        };
        assert_eq!(amount.seconds(), None, "{text:?}");
    }
}

#[test]
fn durations_have_the_servers_bounds_and_one_of_ours() {
    let read = |field: Field, text: &str, unit| amount(text, unit).read(field.entry().kind, None);
    for (text, unit, read_as) in [
        ("3599", Unit::Seconds, Err(Problem::TooShort)),
        ("3600", Unit::Seconds, Ok(Value::Whole(3_600))),
        ("1", Unit::Hours, Ok(Value::Whole(3_600))),
        ("180", Unit::Days, Ok(Value::Whole(15_552_000))),
        ("15552001", Unit::Seconds, Err(Problem::TooLong)),
        ("181", Unit::Days, Err(Problem::TooLong)),
        ("0", Unit::Days, Err(Problem::TooShort)),
        ("-1", Unit::Days, Err(Problem::TooShort)),
        (" 2 ", Unit::Hours, Ok(Value::Whole(7_200))),
        ("x", Unit::Hours, Err(Problem::NotWhole)),
    ] {
        assert_eq!(read(Field::LoginExpiration, text, unit), read_as, "{text} {unit:?}");
    }
    for (text, read_as) in [
        ("-1", Err(Problem::Negative)),
        ("0", Ok(Value::Whole(0))),
        ("59", Ok(Value::Whole(59))),
        ("9223372036854775807", Ok(Value::Whole(i64::MAX))),
        ("9223372036854775808", Err(Problem::NotWhole)),
    ] {
        assert_eq!(
            read(Field::InactivityExpiration, text, Unit::Seconds),
            read_as,
            "{text}"
        );
    }
}

#[test]
fn ranges_by_the_servers_rules() {
    use CidrProblem::{Family as Other, Form, LinkLocal, Loopback, Multicast, NoRoom, TooLarge, TooSmall};
    for (text, family, peers, stored) in [
        ("100.64.1.1/16", Family::V4, None, Ok("100.64.0.0/16")),
        ("10.20.30.40/28", Family::V4, None, Ok("10.20.30.32/28")),
        ("10.0.0.0/29", Family::V4, None, Err(TooSmall)),
        ("0.0.0.0/0", Family::V4, None, Ok("0.0.0.0/0")),
        ("fd00::/64", Family::V4, None, Err(Other)),
        ("10.0.0.0/16", Family::V6, None, Err(Other)),
        ("::ffff:10.0.0.0/104", Family::V4, None, Err(Other)),
        ("::ffff:10.1.2.3/104", Family::V6, None, Ok("::ffff:10.0.0.0/104")),
        ("127.1.2.3/29", Family::V4, None, Err(Loopback)),
        ("::1/128", Family::V6, None, Err(Loopback)),
        ("::1/64", Family::V6, None, Ok("::/64")),
        ("224.1.0.0/16", Family::V4, None, Err(Multicast)),
        ("ff02::/64", Family::V6, None, Err(Multicast)),
        ("169.254.9.0/24", Family::V4, None, Err(LinkLocal)),
        ("fe80::1/64", Family::V6, None, Err(LinkLocal)),
        ("fd00::/47", Family::V6, None, Err(TooLarge)),
        ("fd00::/48", Family::V6, None, Ok("fd00::/48")),
        ("fd00::/120", Family::V6, None, Ok("fd00::/120")),
        ("fd00::/121", Family::V6, None, Err(TooSmall)),
        ("FD12:3456::0001/64", Family::V6, None, Ok("fd12:3456::/64")),
        ("10.0.0.0/28", Family::V4, Some(9), Ok("10.0.0.0/28")),
        ("10.0.0.0/28", Family::V4, Some(10), Err(NoRoom(15, 14))),
        ("10.0.0.0/24", Family::V4, Some(169), Ok("10.0.0.0/24")),
        ("10.0.0.0/24", Family::V4, Some(170), Err(NoRoom(255, 254))),
        ("fd00::/120", Family::V6, Some(171), Ok("fd00::/120")),
        ("fd00::/120", Family::V6, Some(172), Err(NoRoom(258, 256))),
        ("banana", Family::V4, None, Err(Form)),
        ("", Family::V4, None, Err(Form)),
        ("10.0.0.0", Family::V4, None, Err(Form)),
        ("10.0.0.0/", Family::V4, None, Err(Form)),
        ("10.0.0.0/08", Family::V4, None, Err(Form)),
        ("10.0.0.0/+8", Family::V4, None, Err(Form)),
        ("10.0.0.0/33", Family::V4, None, Err(Form)),
        ("fd00::/129", Family::V6, None, Err(Form)),
        ("10.01.0.0/16", Family::V4, None, Err(Form)),
        ("10.0.0/16", Family::V4, None, Err(Form)),
        ("fd00::%eth0/64", Family::V6, None, Err(Form)),
    ] {
        let found = Cidr::check(text, family, peers).map(Cidr::stored);
        assert_eq!(found, stored.map(str::to_owned), "{text} for {peers:?}");
    }
}

#[test]
fn ranges_that_are_odd_although_the_server_takes_them() {
    for (text, family, odd) in [
        ("0.0.0.0/0", Family::V4, Some(Oddity::Everything)),
        ("0.1.0.0/16", Family::V4, Some(Oddity::Unspecified)),
        ("8.8.0.0/16", Family::V4, Some(Oddity::Public)),
        ("100.64.0.0/10", Family::V4, None),
        ("100.64.0.0/9", Family::V4, Some(Oddity::Public)),
        ("100.128.0.0/16", Family::V4, Some(Oddity::Public)),
        ("10.0.0.0/8", Family::V4, None),
        ("10.0.0.0/7", Family::V4, Some(Oddity::Public)),
        ("172.16.0.0/12", Family::V4, None),
        ("172.32.0.0/16", Family::V4, Some(Oddity::Public)),
        ("192.168.0.0/16", Family::V4, None),
        ("::/64", Family::V6, Some(Oddity::Unspecified)),
        ("::ffff:10.0.0.0/104", Family::V6, Some(Oddity::Mapped)),
        ("2001:db8::/64", Family::V6, Some(Oddity::Public)),
        ("fd12:3456::/64", Family::V6, None),
    ] {
        assert_eq!(Cidr::check(text, family, None).unwrap().oddity(), odd, "{text}");
    }
}

#[test]
fn versions_and_domains_by_their_grammars() {
    let long = "a".repeat(63);
    for text in [
        "",
        "latest",
        "disabled",
        "1",
        "v1",
        "0.50.1",
        "01.002",
        "1.2.3-rc.1+build.7",
        "1-a~b",
        "1.2.3--x",
    ] {
        assert!(grammar::is_release(text), "{text}");
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
        "1.2.3-",
        "1+",
        "1+a+b",
        " 1",
        "1.2.3rc1",
        "99999999999999999999",
    ] {
        assert!(!grammar::is_release(text), "{text}");
    }
    for text in [
        "",
        "corp",
        "a.b.c",
        "Corp.INTERNAL",
        "_tcp.example.com",
        "a_b.example",
        "1.2",
        &long,
    ] {
        assert!(grammar::is_domain(text), "{text}");
    }
    for text in [
        "*.x.y",
        "trailing.",
        ".leading",
        "a..b",
        ".",
        "-a.b",
        "a-.b",
        "a._tcp",
        "_",
        "a b",
        "exämple.org",
        &"a".repeat(64),
    ] {
        assert!(!grammar::is_domain(text), "{text}");
    }
}
