//! Ranges of addresses by the server's rules (`contract` 5.2), and what is odd about those it takes all the same.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Which of the two ranges of an account is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// IPv4
    V4,
    /// IPv6
    V6,
}

/// A range of addresses, without host bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cidr {
    address: IpAddr,
    length: u8,
}

/// Why a range is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CidrProblem {
    /// no address, slash and length
    Form,
    /// of the other family
    Family,
    /// addresses of the machine itself
    Loopback,
    /// addresses of many at once
    Multicast,
    /// addresses of one cable
    LinkLocal,
    /// fewer addresses than the family's least
    TooSmall,
    /// more addresses than IPv6 may have
    TooLarge,
    /// no room for the peers there are: so many are needed, so many are there
    NoRoom(u128, u128),
}

/// What is odd about a range that the server takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Oddity {
    /// all addresses there are
    Everything,
    /// the range of nobody, where nothing is routed
    Unspecified,
    /// IPv4 written as IPv6
    Mapped,
    /// addresses that belong to somebody in the Internet
    Public,
}

/// The fewest addresses a range must have, whatever the number of peers.
const AT_LEAST: u128 = 10;

impl Cidr {
    /// Reads a range as the server does; its host bits are cleared.
    ///
    /// # Errors
    /// The first reason against it, in the server's order. `peers` is the number of peers that must fit, where known.
    pub fn check(text: &str, family: Family, peers: Option<usize>) -> Result<Self, CidrProblem> {
        let range = Self::read(text).ok_or(CidrProblem::Form)?;
        let is_v4 = matches!(range.address, IpAddr::V4(_));
        // IPv4 written as IPv6 counts as what it stands for.
        let address = range.address.to_canonical();
        let link_local = match address {
            IpAddr::V4(address) => address.is_link_local(),
            IpAddr::V6(address) => address.is_unicast_link_local(),
        };
        let refusal = match family {
            Family::V4 if !is_v4 => CidrProblem::Family,
            Family::V6 if is_v4 => CidrProblem::Family,
            _ if address.is_loopback() => CidrProblem::Loopback,
            _ if address.is_multicast() => CidrProblem::Multicast,
            _ if link_local => CidrProblem::LinkLocal,
            Family::V4 if range.length > 28 => CidrProblem::TooSmall,
            Family::V6 if range.length > 120 => CidrProblem::TooSmall,
            Family::V6 if range.length < 48 => CidrProblem::TooLarge,
            _ => return range.with_room(peers),
        };
        Err(refusal)
    }

    fn with_room(self, peers: Option<usize>) -> Result<Self, CidrProblem> {
        let peers = peers.and_then(|peers| u128::try_from(peers).ok()).unwrap_or_default();
        let needed = AT_LEAST.max(peers + peers / 2);
        let usable = self.usable();
        if usable < needed {
            return Err(CidrProblem::NoRoom(needed, usable));
        }
        Ok(self)
    }

    /// How many addresses peers may have: in IPv4 neither the network's own nor the one of all.
    fn usable(self) -> u128 {
        match self.address {
            IpAddr::V4(_) => (1_u128 << (32_u32.saturating_sub(self.length.into()))).saturating_sub(2),
            IpAddr::V6(_) => 1_u128
                .checked_shl(128_u32.saturating_sub(self.length.into()))
                .unwrap_or(u128::MAX),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let (address, length) = text.rsplit_once('/')?;
        let address: IpAddr = address.parse().ok()?;
        // A sign or a leading zero is no length.
        if length != "0" && !length.starts_with(|first: char| matches!(first, '1'..='9')) {
            return None;
        }
        let length: u8 = length.parse().ok()?;
        let address = match address {
            IpAddr::V4(address) if length <= 32 => {
                let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
            }
            IpAddr::V6(address) if length <= 128 => {
                let mask = u128::MAX.checked_shl(128 - u32::from(length)).unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
            }
            _ => return None,
        };
        Some(Self { address, length })
    }

    /// The range as the server stores it.
    pub fn stored(self) -> String {
        [self.address.to_string().as_str(), "/", &self.length.to_string()].concat()
    }

    /// What is odd about it, the worst first.
    pub fn oddity(self) -> Option<Oddity> {
        match self.address {
            _ if self.length == 0 => Some(Oddity::Everything),
            IpAddr::V4(address) => {
                let [first, second, ..] = address.octets();
                let shared = first == 100 && (64..128).contains(&second) && self.length >= 10;
                let private = match (first, second) {
                    (10, _) => self.length >= 8,
                    (172, 16..=31) => self.length >= 12,
                    (192, 168) => self.length >= 16,
                    _ => false,
                };
                (!shared && !private).then_some(if first == 0 {
                    Oddity::Unspecified
                } else {
                    Oddity::Public
                })
            }
            IpAddr::V6(address) if address.to_ipv4_mapped().is_some() => Some(Oddity::Mapped),
            // Not even the first 48 bits say whose network it is.
            IpAddr::V6(address) if address.to_bits() >> 80 == 0 => Some(Oddity::Unspecified),
            IpAddr::V6(address) => (!address.is_unique_local()).then_some(Oddity::Public),
        }
    }
}
