//! Secrets at rest: encrypted, and bound to the row that they stand in.

use std::fmt;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::secret::NoRandomness;

/// The nonce stands before the ciphertext. It is long enough to be drawn at random.
const NONCE_BYTES: usize = 24;

/// A text is not a key to seal with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a sealing key is 64 hexadecimal digits")]
pub struct NotASealingKey;

/// A sealed text was changed, moved from another row, or sealed with another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("a sealed secret is not what was sealed in this place with this key")]
pub struct Unsealable;

/// The key that everything secret in the database is encrypted with (XChaCha20-Poly1305).
///
/// It is never in the database. It is wiped from memory when dropped.
pub struct SealingKey(Zeroizing<[u8; 32]>);

impl SealingKey {
    /// The key that 64 hexadecimal digits spell.
    ///
    /// # Errors
    ///
    /// They do not spell one.
    pub fn parse(text: &str) -> Result<Self, NotASealingKey> {
        let mut bytes = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text, bytes.as_mut()).map_err(|_| NotASealingKey)?;
        Ok(Self(bytes))
    }

    /// Seals a text for one place, and for no other.
    pub(super) fn seal(&self, text: &[u8], place: &str) -> Result<Vec<u8>, SealError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(NoRandomness::from)?;
        let payload = Payload {
            msg: text,
            aad: place.as_bytes(),
        };
        let sealed = self.cipher().encrypt(&XNonce::from(nonce), payload);
        let sealed = sealed.map_err(|_| SealError::TooLong)?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// Opens what was sealed for this place.
    pub(super) fn unseal(
        &self,
        sealed: &[u8],
        place: &str,
    ) -> Result<Zeroizing<Vec<u8>>, Unsealable> {
        let (nonce, sealed) = sealed
            .split_first_chunk::<NONCE_BYTES>()
            .ok_or(Unsealable)?;
        let payload = Payload {
            msg: sealed,
            aad: place.as_bytes(),
        };
        let text = self.cipher().decrypt(&XNonce::from(*nonce), payload);
        text.map(Zeroizing::new).map_err(|_| Unsealable)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

impl fmt::Debug for SealingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SealingKey([redacted])")
    }
}

/// Why a text could not be sealed.
#[derive(Debug, Error)]
pub(super) enum SealError {
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    #[error("the text is too long to seal")]
    TooLong,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(digit: &str) -> SealingKey {
        SealingKey::parse(&digit.repeat(64)).expect("it is a key")
    }

    #[test]
    fn only_the_key_and_the_place_open_it() {
        let sealed = key("1").seal(b"text", "here").expect("it is sealed");
        assert_eq!(
            key("1").unseal(&sealed, "here").as_deref(),
            Ok(&b"text".to_vec())
        );
        assert_eq!(key("1").unseal(&sealed, "there"), Err(Unsealable));
        assert_eq!(key("2").unseal(&sealed, "here"), Err(Unsealable));
    }

    #[test]
    fn a_change_of_any_byte_is_noticed() {
        let sealed = key("1").seal(b"text", "here").expect("it is sealed");
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key("1").unseal(&changed, "here"), Err(Unsealable), "{at}");
            let cut = &sealed[..at];
            assert_eq!(key("1").unseal(cut, "here"), Err(Unsealable), "{at}");
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_alike() {
        let seal = || key("1").seal(b"text", "here").expect("it is sealed");
        assert_ne!(seal(), seal());
    }

    #[test]
    fn a_key_is_64_digits() {
        for text in ["", "12", &"1".repeat(63), &"1".repeat(66), &"g".repeat(64)] {
            assert!(SealingKey::parse(text).is_err(), "{text}");
        }
    }
}
