//! Owns the shapes of identifiers and secrets (contract 7.5 and 10.1), and where their randomness comes from.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Prefix of a personal access token.
pub const PAT: &str = "nbp_";
/// Prefix of an invite token.
pub const INVITE: &str = "nbi_";

/// The connector of people who have a password here.
pub const LOCAL: &str = "local";

const DIGITS_UPPER_LOWER: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BASE32_HEX: &[u8; 32] = b"0123456789abcdefghijklmnopqrstuv";
const SECRET_LENGTH: usize = 30;
const CHECKSUM_LENGTH: usize = 6;

/// The time in seeded ids: any, as long as it stays.
const SEEDED_TIME: crate::clock::Nanos = 1_760_000_000 * crate::clock::SECOND;

/// Where random bytes come from.
pub enum Source {
    /// The operating system: for everything made while the server runs.
    System,
    /// A fixed sequence: for seeds, which must come out the same each time.
    Seeded(fastrand::Rng),
}

impl Source {
    fn fill(&mut self, bytes: &mut [u8]) {
        match self {
            Self::Seeded(rng) => rng.fill(bytes),
            Self::System => {
                if let Err(error) = getrandom::fill(bytes) {
                    // No operating system this runs on refuses random bytes; a stand-in may then be guessable.
                    crate::errors::report(&error);
                    fastrand::fill(bytes);
                }
            }
        }
    }

    fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }

    /// A number below `bound`. The bias of the remainder (below 2^-32 for our bounds) does not matter here.
    pub fn below(&mut self, bound: usize) -> usize {
        let number = u64::from_le_bytes(self.bytes());
        usize::try_from(number % u64::try_from(bound.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn pick(&mut self, alphabet: &[u8]) -> char {
        let at = self.below(alphabet.len());
        alphabet.get(at).copied().map_or('0', char::from)
    }
}

/// A 20-character id of accounts, groups, tokens and requests: time and random bytes in lower-case base 32.
pub fn xid(source: &mut Source) -> String {
    let mut bytes = [0_u8; 12];
    let (time, random) = bytes.split_at_mut(4);
    let now = match source {
        Source::System => crate::clock::now(),
        Source::Seeded(_) => SEEDED_TIME,
    };
    let seconds = u32::try_from(crate::clock::seconds(now)).unwrap_or(0);
    time.copy_from_slice(&seconds.to_be_bytes());
    source.fill(random);
    base32(&bytes)
}

fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(20);
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            push_base32(&mut text, buffer >> bits);
        }
        buffer &= (1 << bits) - 1;
    }
    if bits > 0 {
        push_base32(&mut text, buffer << (5 - bits));
    }
    text
}

fn push_base32(text: &mut String, value: u32) {
    let at = usize::try_from(value & 31).unwrap_or(0);
    text.extend(BASE32_HEX.get(at).copied().map(char::from));
}

/// A random UUID (version 4).
pub fn uuid(source: &mut Source) -> String {
    let number = u128::from_be_bytes(source.bytes());
    let number = (number & !(0xF << 76) | (0x4 << 76)) & !(0b11 << 62) | (0b10 << 62);
    let hex = format!("{number:032x}");
    let mut rest = hex.as_str();
    let mut text = String::with_capacity(36);
    for length in [8, 4, 4, 4] {
        let (part, tail) = rest.split_at(length);
        text.push_str(part);
        text.push('-');
        rest = tail;
    }
    text + rest
}

/// The id of a person known to the provider: subject and connector in a protobuf message, in base 64.
pub fn person(subject: &str, connector: &str) -> String {
    let mut bytes = Vec::with_capacity(subject.len() + connector.len() + 4);
    for (tag, field) in [(0x0a, subject), (0x12, connector)] {
        bytes.push(tag);
        bytes.push(u8::try_from(field.len()).unwrap_or(u8::MAX));
        bytes.extend_from_slice(field.as_bytes());
    }
    if connector == LOCAL {
        STANDARD_NO_PAD.encode(bytes)
    } else {
        URL_SAFE_NO_PAD.encode(bytes)
    }
}

/// The id that an outside provider gives somebody, with the bar that must not break an address.
pub fn outside_person(source: &mut Source) -> String {
    let hex = uuid(source).replace('-', "");
    format!("auth0|{}", hex.get(..24).unwrap_or(&hex))
}

/// The connector in a person's id; `None` for any other kind of id.
pub fn connector(id: &str) -> Option<String> {
    let bytes = STANDARD_NO_PAD
        .decode(id)
        .or_else(|_| URL_SAFE_NO_PAD.decode(id))
        .ok()?;
    let rest = field(&bytes, 0x0a)?.1;
    let (connector, rest) = field(rest, 0x12)?;
    if !rest.is_empty() {
        return None;
    }
    String::from_utf8(connector.to_vec()).ok()
}

/// One length-delimited protobuf field of at most 127 bytes, and what follows it.
fn field(bytes: &[u8], tag: u8) -> Option<(&[u8], &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let (length, rest) = rest.split_first()?;
    if *first != tag || *length > 127 {
        return None;
    }
    rest.split_at_checked(usize::from(*length))
}

/// A new secret with its checksum, e.g. a personal access token.
pub fn token(source: &mut Source, prefix: &str) -> String {
    let secret: String = (0..SECRET_LENGTH).map(|_| source.pick(DIGITS_UPPER_LOWER)).collect();
    format!("{prefix}{secret}{}", checksum(&secret))
}

/// What can be wrong with a token before anybody looks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenFlaw {
    Length,
    Prefix,
    /// A character that base 62 does not have.
    Character(char),
    Checksum,
}

/// Looks at length, prefix and checksum of a token, in this order; says nothing about whether it is known.
pub fn check_token(token: &str, prefix: &str) -> Result<(), TokenFlaw> {
    if token.len() != prefix.len() + SECRET_LENGTH + CHECKSUM_LENGTH {
        return Err(TokenFlaw::Length);
    }
    let rest = token.strip_prefix(prefix).ok_or(TokenFlaw::Prefix)?;
    let (secret, sum) = rest
        .as_bytes()
        .split_at_checked(SECRET_LENGTH)
        .ok_or(TokenFlaw::Length)?;
    if decoded(&String::from_utf8_lossy(sum))? == crc32fast::hash(secret) {
        Ok(())
    } else {
        Err(TokenFlaw::Checksum)
    }
}

/// The number that is written in base 62. What is too large for it wraps around, as in the server.
fn decoded(digits: &str) -> Result<u32, TokenFlaw> {
    digits.chars().try_fold(0_u32, |number, digit| {
        let value = DIGITS_UPPER_LOWER
            .iter()
            .position(|known| char::from(*known) == digit)
            .and_then(|at| u32::try_from(at).ok())
            .ok_or(TokenFlaw::Character(digit))?;
        Ok(number.wrapping_mul(62).wrapping_add(value))
    })
}

/// CRC-32 of the secret part, base 62, left-padded with zeros.
fn checksum(secret: &str) -> String {
    let mut rest = usize::try_from(crc32fast::hash(secret.as_bytes())).unwrap_or(0);
    let mut digits = [b'0'; CHECKSUM_LENGTH];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS_UPPER_LOWER.get(rest % 62).copied().unwrap_or(b'0');
        rest /= 62;
    }
    digits.iter().copied().map(char::from).collect()
}

/// What the server keeps of a token.
pub fn token_hash(token: &str) -> String {
    STANDARD.encode(Sha256::digest(token.as_bytes()))
}

/// A generated password: 16 characters, at least two each of special characters, digits and capitals.
pub fn password(source: &mut Source) -> String {
    const SPECIAL: &[u8] = b"!@#$%&*";
    let classes: [&[u8]; 3] = [SPECIAL, b"0123456789", b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
    let mut characters: Vec<char> = classes
        .iter()
        .flat_map(|class| [source.pick(class), source.pick(class)])
        .collect();
    while characters.len() < 16 {
        characters.push(source.pick(b"abcdefghijklmnopqrstuvwxyz"));
    }
    for last in (1..characters.len()).rev() {
        characters.swap(last, source.below(last + 1));
    }
    characters.into_iter().collect()
}

/// A long unguessable word for codes, sessions and request states.
pub fn secret(source: &mut Source) -> String {
    URL_SAFE_NO_PAD.encode(source.bytes::<24>())
}

/// A new secret of an authenticator, in base 32: 20 bytes, as long as its hash.
pub fn authenticator_secret(source: &mut Source) -> String {
    totp_rs::Secret::from(source.bytes::<20>().to_vec()).to_base32()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_of_the_contract() {
        for (token, hash) in [
            (
                "nbp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0uCPlr",
                "7QUet5VEF5ZF9v3BE+oLQuOLVvq08MSOpUdJOa3TUBs=",
            ),
            (
                "nbp_abcdefghijklmnopqrstuvwxyz01232LolCm",
                "89uDSKaqxfZQMJlbQrA2J63a3pfp8TlAzFbobDygwZY=",
            ),
            (
                "nbp_0123456789ABCDEFGHIJKLMNOPQRST4PMbyp",
                "qDyr7QW1pZhu4imN/r3ZfPVXX7skWyvIg8LihjVMd6k=",
            ),
        ] {
            assert_eq!(check_token(token, PAT), Ok(()), "{token}");
            assert_eq!(token_hash(token), hash);
            let invite = token.replace(PAT, INVITE);
            assert_eq!(check_token(&invite, INVITE), Ok(()), "{invite}");
            assert_eq!(check_token(&invite, PAT), Err(TokenFlaw::Prefix));
            assert_eq!(check_token(&token.to_lowercase(), PAT), Err(TokenFlaw::Checksum));
        }
    }

    #[test]
    fn what_is_wrong_with_a_token_is_found_in_order() {
        let token = "nbi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0uCPlr";
        for (wrong, flaw) in [
            (String::new(), TokenFlaw::Length),
            ("nbi_short".to_owned(), TokenFlaw::Length),
            (format!("{token}0"), TokenFlaw::Length),
            (token.replace("nbi_", "xbi_"), TokenFlaw::Prefix),
            (token.replace("0uCPlr", "0uCP-r"), TokenFlaw::Character('-')),
            (token.replace("0uCPlr", "0uC Ä"), TokenFlaw::Character(' ')),
            (token.replace("0uCPlr", "0uCPls"), TokenFlaw::Checksum),
            (token.replace("AAAA0u", "AAAB0u"), TokenFlaw::Checksum),
            // A letter of two bytes across the border of secret and checksum.
            (token.replace("A0uCPlr", "äuCPlr"), TokenFlaw::Character('\u{fffd}')),
        ] {
            assert_eq!(check_token(&wrong, INVITE), Err(flaw), "{wrong}");
        }
        // The checksum is compared as a number of 32 bits: 2^32 more is the same.
        let mut larger = 830_433_819_u64 + (1 << 32);
        let mut digits = Vec::new();
        while larger > 0 {
            digits.push(char::from(DIGITS_UPPER_LOWER[usize::try_from(larger % 62).unwrap()]));
            larger /= 62;
        }
        let wrapped: String = digits.iter().rev().collect();
        assert_eq!(check_token(&token.replace("0uCPlr", &wrapped), INVITE), Ok(()));
    }

    #[test]
    fn a_new_token_is_well_formed_and_new() {
        let (first, second) = (token(&mut Source::System, PAT), token(&mut Source::System, PAT));
        assert_eq!(check_token(&first, PAT), Ok(()));
        assert_ne!(first, second);
        assert_eq!(first.len(), 40);
    }

    #[test]
    fn the_local_id_of_the_contract() {
        let id = person("8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9", LOCAL);
        assert_eq!(id, "CiQ4YTFiMmMzZC00ZTVmLTYwNzEtODI5My1hNGI1YzZkN2U4ZjkSBWxvY2Fs");
        assert_eq!(connector(&id).as_deref(), Some("local"));
        assert_eq!(
            connector(&person("somebody>>>", "d5p7eedra0h0lt6f59hg")).as_deref(),
            Some("d5p7eedra0h0lt6f59hg")
        );
        assert_eq!(connector("8a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"), None);
        assert_eq!(connector(""), None);
    }

    #[test]
    fn ids_have_their_shapes() {
        let id = xid(&mut Source::System);
        assert!(
            id.len() == 20 && id.bytes().all(|byte| BASE32_HEX.contains(&byte)),
            "{id}"
        );
        let id = uuid(&mut Source::Seeded(fastrand::Rng::with_seed(1)));
        assert_eq!(
            (id.len(), id.as_bytes()[14], id.matches('-').count()),
            (36, b'4', 4),
            "{id}"
        );
        assert_eq!(id, uuid(&mut Source::Seeded(fastrand::Rng::with_seed(1))));
        let id = outside_person(&mut Source::System);
        assert!(id.len() == 30 && id.starts_with("auth0|"), "{id}");
        assert_eq!(connector(&id), None);
    }

    #[test]
    fn generated_passwords_have_two_of_each_kind() {
        for number in 0..200 {
            let password = password(&mut Source::Seeded(fastrand::Rng::with_seed(number)));
            let count = |is: fn(u8) -> bool| password.bytes().filter(|byte| is(*byte)).count();
            assert_eq!(password.len(), 16);
            assert!(count(|byte| byte.is_ascii_digit()) >= 2, "{password}");
            assert!(count(|byte| byte.is_ascii_uppercase()) >= 2, "{password}");
            assert!(count(|byte| b"!@#$%&*".contains(&byte)) >= 2, "{password}");
        }
    }
}
