//! Proof Key for Code Exchange (RFC 7636), method S256, and other values nobody can guess.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Bytes of randomness in each secret: 256 bits, 43 characters.
pub const RANDOM_BYTES: usize = 32;

/// Random bytes as a text for an address: a verifier, a state or a nonce.
pub fn unguessable(random: [u8; RANDOM_BYTES]) -> String {
    URL_SAFE_NO_PAD.encode(random)
}

/// The challenge that goes with a verifier. Done here and not by the browser's `SubtleCrypto`, which plain http lacks.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vector_of_rfc_7636() {
        let bytes = [
            116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186, 22, 212, 37, 77, 105, 214, 191,
            240, 91, 88, 5, 88, 83, 132, 141, 121,
        ];
        let verifier = unguessable(bytes);
        assert_eq!(verifier, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge(&verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    }

    #[test]
    #[cfg(not(target_arch = "wasm32"))]
    fn the_oauth2_crate_makes_the_same_challenge() {
        for byte in [0, 7, 255] {
            let verifier = unguessable([byte; RANDOM_BYTES]);
            let theirs =
                oauth2::PkceCodeChallenge::from_code_verifier_sha256(&oauth2::PkceCodeVerifier::new(verifier.clone()));
            assert_eq!(challenge(&verifier), theirs.as_str());
        }
    }
}
