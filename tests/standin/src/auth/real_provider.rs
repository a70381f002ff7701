//! Owns tokens of an OpenID provider that runs elsewhere: its keys are asked for when one comes that nobody knows.

use std::io::Read as _;
use std::sync::{PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rsa::pkcs1v15::{Signature, VerifyingKey};
use rsa::signature::Verifier as _;
use rsa::{BoxedUint, PublicKey};
use serde::Deserialize;
use serde_json::Value;
use sha2::Sha256;

use crate::auth::jwt::Claims;
use crate::clock::{Nanos, seconds};

/// So much of an answer is read.
const LIMIT: u64 = 1 << 20;

/// A provider that runs elsewhere.
pub struct RealProvider {
    /// The issuer, exactly as its tokens say.
    pub issuer: String,
    /// The console's client there.
    pub client_id: String,
    keys: RwLock<Vec<(String, VerifyingKey<Sha256>)>>,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: String,
}

#[derive(Deserialize)]
struct Discovery {
    jwks_uri: String,
}

#[derive(Deserialize)]
struct KeySet {
    keys: Vec<Jwk>,
}

#[derive(Deserialize)]
struct Jwk {
    kid: Option<String>,
    alg: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

impl RealProvider {
    /// The provider of this issuer, where the console is this client. Nothing is asked for yet.
    #[must_use]
    pub fn new(issuer: String, client_id: String) -> Self {
        Self {
            issuer,
            client_id,
            keys: RwLock::default(),
        }
    }

    /// The claims of a token that this provider signed for the console and that is valid now.
    pub fn verify(&self, token: &str, now: Nanos) -> Option<Claims> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let header: Header = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        if header.alg != "RS256" {
            return None;
        }
        let key = self.key(&header.kid)?;
        let signature = Signature::try_from(URL_SAFE_NO_PAD.decode(signature).ok()?.as_slice()).ok()?;
        key.verify(signed.as_bytes(), &signature).ok()?;
        let told: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        self.claims(&told, seconds(now))
    }

    fn claims(&self, told: &Value, now: i64) -> Option<Claims> {
        let text = |name: &str| told.get(name)?.as_str().map(str::to_owned);
        let number = |name: &str| told.get(name)?.as_i64();
        let is_for_us = match told.get("aud")? {
            Value::Array(many) => many.iter().any(|one| one == self.client_id.as_str()),
            one => one == self.client_id.as_str(),
        };
        let (exp, iat) = (number("exp")?, number("iat")?);
        let is_good = text("iss")? == self.issuer && is_for_us && exp > now && iat <= now;
        is_good.then_some(())?;
        Some(Claims {
            iss: self.issuer.clone(),
            sub: text("sub")?,
            aud: self.client_id.clone(),
            exp,
            iat,
            jti: text("jti").unwrap_or_default(),
            nonce: String::new(),
            auth_time: number("auth_time").unwrap_or(iat),
            at_hash: None,
            c_hash: None,
            email: text("email"),
            email_verified: None,
            name: text("name"),
        })
    }

    fn key(&self, id: &str) -> Option<VerifyingKey<Sha256>> {
        let known = |keys: &[(String, VerifyingKey<Sha256>)]| {
            keys.iter().find(|(known, _)| known == id).map(|(_, key)| key.clone())
        };
        if let Some(key) = known(&self.keys.read().unwrap_or_else(PoisonError::into_inner)) {
            return Some(key);
        }
        let fresh = self.fetch()?;
        let key = known(&fresh);
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        key
    }

    fn fetch(&self) -> Option<Vec<(String, VerifyingKey<Sha256>)>> {
        let address = format!("{}/.well-known/openid-configuration", self.issuer.trim_end_matches('/'));
        let discovery: Discovery = serde_json::from_str(&get(&address)?).ok()?;
        let set: KeySet = serde_json::from_str(&get(&discovery.jwks_uri)?).ok()?;
        // Some publish keys for other purposes beside it.
        let signing = set
            .keys
            .into_iter()
            .filter(|key| key.alg.as_deref().is_none_or(|alg| alg == "RS256"));
        Some(signing.filter_map(Jwk::into_key).collect())
    }
}

impl Jwk {
    fn into_key(self) -> Option<(String, VerifyingKey<Sha256>)> {
        let number = |text: Option<String>| {
            let bytes = URL_SAFE_NO_PAD.decode(text?).ok()?;
            Some(BoxedUint::from_be_slice_vartime(&bytes))
        };
        let key = PublicKey::new(number(self.n)?, number(self.e)?).ok()?;
        Some((self.kid?, VerifyingKey::new(key)))
    }
}

fn get(address: &str) -> Option<String> {
    let mut text = String::new();
    let answer = ureq::get(address).call().ok()?;
    answer
        .into_body()
        .into_reader()
        .take(LIMIT)
        .read_to_string(&mut text)
        .ok()?;
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const NOW: i64 = 1_000;

    fn provider() -> RealProvider {
        RealProvider::new("https://id.example.com/realms/r".to_owned(), "roost".to_owned())
    }

    fn told() -> Value {
        json!({
            "iss": "https://id.example.com/realms/r", "sub": "s", "aud": ["account", "roost"], "exp": 2_000, "iat": 900,
            "email": "ada@example.com",
        })
    }

    #[test]
    fn a_token_is_for_the_console_by_this_issuer_and_in_time() {
        let claims = provider().claims(&told(), NOW).unwrap();
        assert_eq!(
            (claims.sub.as_str(), claims.email.as_deref()),
            ("s", Some("ada@example.com"))
        );
        for (name, value) in [
            ("iss", json!("https://id.example.com/realms/r/")),
            ("aud", json!("account")),
            ("aud", json!(["account"])),
            ("exp", json!(1_000)),
            ("iat", json!(1_001)),
            ("sub", json!(null)),
        ] {
            let mut told = told();
            told[name] = value;
            assert_eq!(provider().claims(&told, NOW), None, "{name}: {}", told[name]);
        }
    }

    #[test]
    fn what_is_no_token_asks_nobody() {
        for token in ["", "a.b", "e30.e30.e30", "eyJhbGciOiJub25lIiwia2lkIjoieCJ9.e30."] {
            assert_eq!(provider().verify(token, 0), None, "{token}");
        }
    }
}
