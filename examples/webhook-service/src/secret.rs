//! Texts that are shown once and never again: signing secrets and API keys.

use std::fmt;

use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

/// The bytes of randomness in a secret.
const BYTES: usize = 32;

/// The operating system has no randomness to give. Nothing weaker is used in its place.
#[derive(Debug, Error)]
#[error("the operating system gives no random bytes: {0}")]
pub struct NoRandomness(#[from] getrandom::Error);

/// A text is not a signing secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a signing secret is 64 lower-case hexadecimal digits")]
pub struct NotASecret;

/// What deliveries are signed with: 64 lower-case hexadecimal digits, of 32 bytes from the
/// operating system.
///
/// The key of the HMAC is this text as it stands, not the bytes that it spells. It is wiped from
/// memory when dropped, and has neither `Display` nor `Serialize`.
#[derive(Clone)]
pub struct SigningSecret(Zeroizing<String>);

impl SigningSecret {
    /// Mints a secret.
    ///
    /// # Errors
    ///
    /// There is no randomness.
    pub fn mint() -> Result<Self, NoRandomness> {
        random_hex().map(Self)
    }

    /// A secret that somebody was given.
    ///
    /// # Errors
    ///
    /// It is not 64 lower-case hexadecimal digits.
    pub fn parse(text: &str) -> Result<Self, NotASecret> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 2 * BYTES && text.bytes().all(digit) {
            Ok(Self(Zeroizing::new(text.to_owned())))
        } else {
            Err(NotASecret)
        }
    }

    /// The text itself. Each call is a place to look at in a review.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SigningSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningSecret([redacted])")
    }
}

/// What a project calls the service with. Only its digest is kept.
pub struct ApiKey(Zeroizing<String>);

impl ApiKey {
    /// Makes a key: `ak_` and 64 hexadecimal digits.
    ///
    /// # Errors
    ///
    /// There is no randomness.
    pub fn mint() -> Result<Self, NoRandomness> {
        let random = random_hex()?;
        Ok(Self(Zeroizing::new(format!("ak_{}", *random))))
    }

    /// The text itself. Each call is a place to look at in a review.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey([redacted])")
    }
}

/// The SHA-256 of an API key. A plain digest is enough, because a key is 256 random bits, which
/// nobody can guess; a word that a person chose would need a slow one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyDigest([u8; 32]);

impl KeyDigest {
    /// The digest of what a caller presents.
    pub fn of(key: &str) -> Self {
        Self(Sha256::digest(key).into())
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

fn random_hex() -> Result<Zeroizing<String>, NoRandomness> {
    let mut bytes = Zeroizing::new([0; BYTES]);
    getrandom::fill(bytes.as_mut())?;
    Ok(Zeroizing::new(hex::encode(bytes.as_ref())))
}
