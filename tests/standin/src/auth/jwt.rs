//! Owns the signing key and the tokens made with it: RS256, nothing else.

use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use rsa::PrivateKey;
use rsa::pkcs1v15::{Signature, SigningKey, VerifyingKey};
use rsa::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use rsa::signature::{Keypair as _, SignatureEncoding as _, Signer as _, Verifier as _};
use rsa::traits::PublicKeyParts as _;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::clock::{Nanos, seconds};
use crate::db::{self, Database};
use crate::errors;

/// The console's client at the provider.
pub const DASHBOARD: &str = "netbird-dashboard";
/// The command line's client.
pub const CLI: &str = "netbird-cli";

const BITS: usize = 2048;
const FACT: &str = "signing key";

/// What both the access and the ID token say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub sub: String,
    pub aud: String,
    pub exp: i64,
    pub iat: i64,
    pub jti: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub nonce: String,
    pub auth_time: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub c_hash: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct Header<'a> {
    alg: &'a str,
    kid: &'a str,
}

/// The key set, made once per database. Making a key takes some tenths of a second, so it starts beside the server and
/// only who needs it waits.
#[derive(Default)]
pub struct Keys(OnceLock<RwLock<Ring>>);

/// The key that is published, and the one before it.
#[derive(Clone)]
struct Ring {
    current: Arc<Key>,
    retired: Option<Arc<Key>>,
}

/// Which key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    Current,
    /// The one before it, whose tokens are worth nothing.
    Retired,
}

struct Key {
    id: String,
    signing: SigningKey<Sha256>,
    verifying: VerifyingKey<Sha256>,
    modulus: String,
    exponent: String,
}

impl Keys {
    /// Takes the key from the database; says whether there was one.
    pub fn load(&self, database: &Database) -> bool {
        let stored = database.transaction(|db| db::fact(db, FACT)).ok().flatten();
        let known = stored
            .and_then(|text| STANDARD.decode(text).ok())
            .and_then(|der| PrivateKey::from_pkcs8_der(&der).ok());
        known.is_some_and(|private| self.begin(private))
    }

    /// Makes a key. It is there for those who wait before it is written down: they may hold the database.
    pub fn make(&self, database: &Database) {
        let private = new_private();
        if self.begin(private.clone()) {
            keep(database, &private);
        }
    }

    /// Puts another key in the place of the present one, which is published no longer.
    pub fn rotate(&self, database: &Database) {
        let private = new_private();
        keep(database, &private);
        let ring = self.0.wait();
        let mut ring = ring.write().unwrap_or_else(PoisonError::into_inner);
        let retired = std::mem::replace(&mut ring.current, Arc::new(Key::new(private)));
        ring.retired = Some(retired);
    }

    /// Whether a key was retired since the start.
    pub fn have_a_retired_one(&self) -> bool {
        self.ring().retired.is_some()
    }

    fn begin(&self, private: PrivateKey) -> bool {
        let current = Arc::new(Key::new(private));
        self.0.set(RwLock::new(Ring { current, retired: None })).is_ok()
    }

    fn ring(&self) -> Ring {
        let ring = self.0.wait();
        ring.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn key(&self) -> Arc<Key> {
        self.ring().current
    }

    /// The public key as a JSON Web Key.
    pub fn public(&self) -> serde_json::Value {
        let key = self.key();
        serde_json::json!({
            "use": "sig", "kty": "RSA", "kid": key.id, "alg": "RS256", "n": key.modulus, "e": key.exponent
        })
    }

    /// A signed token.
    pub fn sign_with<C: Serialize>(&self, which: Which, claims: &C) -> String {
        let ring = self.ring();
        let key = match (which, ring.retired) {
            (Which::Retired, Some(retired)) => retired,
            _ => ring.current,
        };
        let part = |json: Vec<u8>| URL_SAFE_NO_PAD.encode(json.trim_ascii_end());
        let header = part(crate::json::line(&Header {
            alg: "RS256",
            kid: &key.id,
        }));
        let signed = format!("{header}.{}", part(crate::json::line(claims)));
        let signature = key.signing.sign(signed.as_bytes()).to_bytes();
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
    }

    /// The claims of a token that this key signed for one of our clients and that is valid now.
    pub fn verify(&self, token: &str, issuer: &str, now: Nanos) -> Option<Claims> {
        let claims = self.verify_signature(token)?;
        let now = seconds(now);
        let is_ours = claims.iss == issuer && (claims.aud == DASHBOARD || claims.aud == CLI);
        (is_ours && claims.exp > now && claims.iat <= now).then_some(claims)
    }

    /// The claims of a token that this key signed, even one that has run out (a sign-out may hint with it).
    pub fn verify_signature(&self, token: &str) -> Option<Claims> {
        let key = self.key();
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let header = URL_SAFE_NO_PAD.decode(header).ok()?;
        let header: Header<'_> = serde_json::from_slice(&header).ok()?;
        if header.alg != "RS256" || header.kid != key.id {
            return None;
        }
        let signature = Signature::try_from(URL_SAFE_NO_PAD.decode(signature).ok()?.as_slice()).ok()?;
        key.verifying.verify(signed.as_bytes(), &signature).ok()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
    }
}

fn new_private() -> PrivateKey {
    loop {
        // Fails only when the operating system refuses random bytes for a moment.
        match PrivateKey::new(&mut getrandom::SysRng, BITS) {
            Ok(private) => return private,
            Err(error) => errors::report(&error),
        }
    }
}

/// Writes a key down for the next start.
fn keep(database: &Database, private: &PrivateKey) {
    match private.to_pkcs8_der().map(|der| STANDARD.encode(der.as_bytes())) {
        Ok(text) => {
            if let Err(error) = database.transaction(|db| db::set_fact(db, FACT, &text)) {
                errors::report(&error);
            }
        }
        Err(error) => errors::report(&error),
    }
}

impl Key {
    fn new(private: PrivateKey) -> Self {
        let modulus = URL_SAFE_NO_PAD.encode(private.n_bytes());
        let exponent = URL_SAFE_NO_PAD.encode(private.e_bytes());
        let signing = SigningKey::new(private);
        let verifying = signing.verifying_key();
        let id = Sha256::digest(modulus.as_bytes());
        let id = id
            .iter()
            .take(20)
            .fold(String::new(), |id, byte| format!("{id}{byte:02x}"));
        Self {
            id,
            signing,
            verifying,
            modulus,
            exponent,
        }
    }
}

/// A token that nobody signed, for what must not take one.
pub fn unsigned<C: Serialize>(claims: &C) -> String {
    let payload = URL_SAFE_NO_PAD.encode(crate::json::line(claims).trim_ascii_end());
    format!("{}.{payload}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#))
}

/// The left half of a hash, as `at_hash` and `c_hash` want it.
pub fn half_hash(text: &str) -> String {
    let hash = Sha256::digest(text.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.get(..16).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SECOND;

    const NOW: Nanos = 1_000 * SECOND;

    fn keys() -> (Keys, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::default();
        let database = Database::open(folder.path()).unwrap();
        assert!(!keys.load(&database));
        keys.make(&database);
        (keys, folder)
    }

    fn claims() -> Claims {
        Claims {
            iss: "i".to_owned(),
            sub: "s".to_owned(),
            aud: DASHBOARD.to_owned(),
            exp: 2_000,
            iat: 1_000,
            jti: "j".to_owned(),
            nonce: String::new(),
            auth_time: 1_000,
            at_hash: None,
            c_hash: None,
            email: Some("a@example.com".to_owned()),
            email_verified: Some(true),
            name: Some("<Ada>".to_owned()),
        }
    }

    #[test]
    fn a_token_comes_back_and_a_changed_one_does_not() {
        let (keys, folder) = keys();
        let token = keys.sign_with(Which::Current, &claims());
        assert_eq!(keys.verify(&token, "i", NOW), Some(claims()));

        let parts: Vec<&str> = token.split('.').collect();
        let other_payload = URL_SAFE_NO_PAD.encode(crate::json::line(&Claims {
            sub: "o".to_owned(),
            ..claims()
        }));
        let header = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let none = header(&format!(r#"{{"alg":"none","kid":"{}"}}"#, keys.key().id));
        for tampered in [
            format!("{}.{other_payload}.{}", parts[0], parts[2]),
            format!("{none}.{}.", parts[1]),
            format!("{none}.{}.{}", parts[1], parts[2]),
            format!(
                "{}.{}.{}",
                header(r#"{"alg":"RS256","kid":"other"}"#),
                parts[1],
                parts[2]
            ),
            format!("{}.{}", parts[0], parts[1]),
            format!("{}.{}.", parts[0], parts[1]),
            "abc".to_owned(),
            String::new(),
            "...".to_owned(),
        ] {
            assert_eq!(keys.verify(&tampered, "i", NOW), None, "{tampered}");
        }

        // The same folder gives the same key.
        let again = Keys::default();
        assert!(again.load(&Database::open(folder.path()).unwrap()));
        assert_eq!(again.verify(&token, "i", NOW), Some(claims()));
    }

    #[test]
    fn tokens_are_for_this_issuer_our_clients_and_their_time() {
        let (keys, _folder) = keys();
        for (claims, issuer, now) in [
            (claims(), "other", NOW),
            (
                Claims {
                    aud: "other".to_owned(),
                    ..claims()
                },
                "i",
                NOW,
            ),
            (claims(), "i", 2_000 * SECOND),
            (claims(), "i", 999 * SECOND),
        ] {
            let token = keys.sign_with(Which::Current, &claims);
            assert_eq!(keys.verify(&token, issuer, now), None, "{claims:?}");
            assert!(keys.verify_signature(&token).is_some());
        }
        let cli = Claims {
            aud: CLI.to_owned(),
            ..claims()
        };
        assert_eq!(keys.verify(&keys.sign_with(Which::Current, &cli), "i", NOW), Some(cli));
    }

    #[test]
    fn a_rotated_key_is_worth_nothing_and_the_new_one_outlives_a_start() {
        let (keys, folder) = keys();
        assert!(!keys.have_a_retired_one());
        let before = keys.sign_with(Which::Current, &claims());
        let database = Database::open(folder.path()).unwrap();
        keys.rotate(&database);
        assert_eq!(keys.verify(&before, "i", NOW), None);
        let after = keys.sign_with(Which::Current, &claims());
        assert_eq!(keys.verify(&after, "i", NOW), Some(claims()));
        let retired = keys.sign_with(Which::Retired, &claims());
        assert_eq!(keys.verify(&retired, "i", NOW), None);

        let again = Keys::default();
        assert!(again.load(&database));
        assert_eq!(again.verify(&after, "i", NOW), Some(claims()));
    }

    #[test]
    fn half_a_hash() {
        // The example of OpenID Connect Core, appendix A.3.
        assert_eq!(
            half_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
            "77QmUPtjPfzWtF2AnpK9RQ"
        );
    }
}
