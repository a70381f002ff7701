//! NetBird's access tokens: told from a mistyped one before anything is sent (`contract` 10.1).

/// What is wrong with a text that should be an access token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenProblem {
    /// nothing was typed
    Empty,
    /// so many characters instead of 40
    Length(usize),
    /// it does not start with `nbp_`
    Prefix,
    /// the last six characters do not fit the others
    Checksum,
}

const PREFIX: &str = "nbp_";
const SECRET: usize = 30;
const CHECKSUM: usize = 6;

/// Checks prefix, length and checksum. Spaces around it are no part of it.
///
/// # Errors
/// The first thing wrong.
pub fn check(text: &str) -> Result<&str, TokenProblem> {
    let token = text.trim();
    if token.is_empty() {
        return Err(TokenProblem::Empty);
    }
    let body = token.strip_prefix(PREFIX).ok_or(TokenProblem::Prefix)?;
    let length = token.chars().count();
    if length != PREFIX.len() + SECRET + CHECKSUM {
        return Err(TokenProblem::Length(length));
    }
    match (body.get(..SECRET), body.get(SECRET..)) {
        (Some(secret), Some(checksum))
            if secret.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && base62(crc32(secret.as_bytes())) == checksum =>
        {
            Ok(token)
        }
        _ => Err(TokenProblem::Checksum),
    }
}

/// CRC-32 (IEEE), bit by bit: thirty bytes need no table.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xEDB8_8320
            } else {
                crc >> 1
            };
        }
    }
    !crc
}

/// Six digits of base 62: figures, capitals, small letters.
fn base62(mut value: u32) -> String {
    const DIGITS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let mut digits = [b'0'; CHECKSUM];
    for digit in digits.iter_mut().rev() {
        *digit = DIGITS.get((value % 62) as usize).copied().unwrap_or(b'0');
        value /= 62;
    }
    digits.iter().map(|digit| char::from(*digit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_contracts_tokens_are_well_formed() {
        for token in [
            "nbp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0uCPlr",
            "nbp_abcdefghijklmnopqrstuvwxyz01232LolCm",
            " nbp_0123456789ABCDEFGHIJKLMNOPQRST4PMbyp\n",
        ] {
            assert_eq!(check(token), Ok(token.trim()));
        }
    }

    #[test]
    fn mistakes_are_told_apart() {
        assert_eq!(check("  "), Err(TokenProblem::Empty));
        assert_eq!(
            check("nbi_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0uCPlr"),
            Err(TokenProblem::Prefix)
        );
        assert_eq!(check("nbp_AAA"), Err(TokenProblem::Length(7)));
        assert_eq!(
            check("nbp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAB0uCPlr"),
            Err(TokenProblem::Checksum)
        );
        assert_eq!(
            check("nbp_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA0uCPlü"),
            Err(TokenProblem::Checksum)
        );
    }
}
