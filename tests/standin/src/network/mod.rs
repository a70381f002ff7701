//! Owns the rules for an account's network ranges (contract 5.2) and which address is the how-manieth of a range.

pub mod prefix;

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::IpNet;

/// Which of the two ranges of an account is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    V4,
    V6,
}

/// The smallest range NetBird takes for no peers at all.
const AT_LEAST: u128 = 10;

/// Checks a range but for its size for the peers there are; gives it without its host bits.
///
/// # Errors
/// The server's text, before it is lower-cased.
pub fn range(text: &str, family: Family) -> Result<IpNet, String> {
    let range = prefix::parse(text)
        .map_err(|reason| format!("invalid CIDR format: {reason}"))?
        .trunc();
    let length = range.prefix_len();
    let is_v4 = matches!(range, IpNet::V4(_));
    // Addresses of the one family that are written in the other count as what they stand for.
    let address = range.network().to_canonical();
    let refusal = match family {
        Family::V4 if !is_v4 => "network range must be an IPv4 address",
        Family::V6 if is_v4 => "network range must be an IPv6 address",
        _ if address.is_loopback() => "loopback address range not allowed",
        _ if address.is_multicast() => "multicast address range not allowed",
        _ if is_link_local(address) => "link-local address range not allowed",
        Family::V4 if length > 28 => "network range too small: minimum size is /28 for IPv4",
        Family::V6 if length > 120 => "network range too small: minimum size is /120 for IPv6",
        Family::V6 if length < 48 => "network range too large: maximum size is /48 for IPv6",
        _ => return Ok(range),
    };
    Err(refusal.to_owned())
}

fn is_link_local(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => address.is_unicast_link_local(),
    }
}

/// Checks that there is room for the peers there are and some more.
///
/// # Errors
/// The server's text, before it is lower-cased.
pub fn has_room(range: &IpNet, peers: usize) -> Result<(), String> {
    let peers = u128::try_from(peers).unwrap_or(u128::MAX >> 1);
    let needed = AT_LEAST.max(peers + peers / 2);
    let usable = usable(range);
    if usable < needed {
        return Err(format!(
            "network range too small: need at least {needed} addresses for {peers} peers + buffer, but range provides \
             {usable}"
        ));
    }
    Ok(())
}

/// How many addresses peers may have: all of IPv6, in IPv4 neither the network's nor the broadcast address.
fn usable(range: &IpNet) -> u128 {
    let host_bits = u32::from(range.max_prefix_len() - range.prefix_len());
    let all = 1_u128.checked_shl(host_bits).unwrap_or(u128::MAX);
    if matches!(range, IpNet::V4(_)) {
        all.saturating_sub(2)
    } else {
        all
    }
}

/// The `number`th address of a range, counted from 1, as text; the network's own address is never given.
pub fn address(range: &IpNet, number: u128) -> String {
    match range {
        IpNet::V4(range) => {
            let offset = u32::try_from(number).unwrap_or(u32::MAX);
            Ipv4Addr::from_bits(u32::from(range.network()).saturating_add(offset)).to_string()
        }
        IpNet::V6(range) => Ipv6Addr::from_bits(u128::from(range.network()).saturating_add(number)).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_lose_their_host_bits() {
        for (text, family, kept) in [
            ("100.64.1.1/16", Family::V4, "100.64.0.0/16"),
            ("192.168.7.9/24", Family::V4, "192.168.7.0/24"),
            ("10.20.30.40/28", Family::V4, "10.20.30.32/28"),
            ("8.8.8.8/12", Family::V4, "8.0.0.0/12"),
            ("0.0.0.0/0", Family::V4, "0.0.0.0/0"),
            ("fd12:3456:789a::1/64", Family::V6, "fd12:3456:789a::/64"),
            ("2001:DB8:0:0:1::/120", Family::V6, "2001:db8:0:0:1::/120"),
            ("::1/64", Family::V6, "::/64"),
            ("fd00:1:2:3::/48", Family::V6, "fd00:1:2::/48"),
            ("::ffff:10.1.2.3/104", Family::V6, "::ffff:10.0.0.0/104"),
        ] {
            assert_eq!(
                range(text, family).map(|range| range.to_string()),
                Ok(kept.to_owned()),
                "{text}"
            );
        }
    }

    #[test]
    fn ranges_that_are_refused() {
        let v4 = "network range too small: minimum size is /28 for IPv4";
        let small = "network range too small: minimum size is /120 for IPv6";
        let large = "network range too large: maximum size is /48 for IPv6";
        for (text, family, refusal) in [
            ("fd00::/64", Family::V4, "network range must be an IPv4 address"),
            (
                "::ffff:10.0.0.0/104",
                Family::V4,
                "network range must be an IPv4 address",
            ),
            ("10.0.0.0/16", Family::V6, "network range must be an IPv6 address"),
            ("127.1.2.3/29", Family::V4, "loopback address range not allowed"),
            ("::1/128", Family::V6, "loopback address range not allowed"),
            ("::ffff:127.0.0.0/104", Family::V6, "loopback address range not allowed"),
            ("224.1.0.0/16", Family::V4, "multicast address range not allowed"),
            ("ff02::/64", Family::V6, "multicast address range not allowed"),
            ("169.254.9.0/24", Family::V4, "link-local address range not allowed"),
            ("fe80::1/64", Family::V6, "link-local address range not allowed"),
            ("10.0.0.0/29", Family::V4, v4),
            ("100.64.0.1/32", Family::V4, v4),
            ("fd00::/121", Family::V6, small),
            ("fd00::/128", Family::V6, small),
            ("fd00::/47", Family::V6, large),
            ("fd00::/8", Family::V6, large),
            ("x", Family::V4, "invalid CIDR format: netip.ParsePrefix(\"x\"): no '/'"),
        ] {
            assert_eq!(range(text, family), Err(refusal.to_owned()), "{text}");
        }
    }

    #[test]
    fn there_must_be_room_for_half_as_many_peers_again() {
        let net = |text: &str| text.parse::<IpNet>().unwrap();
        for (text, peers, needed) in [
            ("10.0.0.0/28", 0, None),
            ("10.0.0.0/28", 9, None),
            ("10.0.0.0/28", 10, Some((15, 14))),
            ("10.0.0.0/28", 60, Some((90, 14))),
            ("10.0.0.0/25", 84, None),
            ("10.0.0.0/25", 85, Some((127, 126))),
            ("fd00::/120", 170, None),
            ("fd00::/120", 172, Some((258, 256))),
            ("fd00::/48", 1_000_000, None),
            ("::/0", 1, None),
        ] {
            let expected = needed.map(|(needed, usable)| {
                format!(
                    "network range too small: need at least {needed} addresses for {peers} peers + buffer, but range \
                     provides {usable}"
                )
            });
            assert_eq!(has_room(&net(text), peers).err(), expected, "{text} {peers}");
        }
    }

    #[test]
    fn addresses_are_counted_from_one() {
        let net = |text: &str| text.parse::<IpNet>().unwrap();
        assert_eq!(address(&net("10.1.0.0/16"), 1), "10.1.0.1");
        assert_eq!(address(&net("10.1.0.0/16"), 257), "10.1.1.1");
        assert_eq!(address(&net("fd12:3456::/64"), 255), "fd12:3456::ff");
    }
}
