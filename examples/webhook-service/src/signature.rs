//! Signatures of deliveries: how they are made, and how a receiver checks them.
//!
//! A delivery is signed with HMAC-SHA256 over `v0:{timestamp}:{body}`, where the timestamp is in
//! seconds since 1970 and the body is the bytes on the wire. The key is the text of the secret as
//! it was shown, not the bytes that its hexadecimal digits stand for.
//!
//! The header is `Anchor-Signature: t=<timestamp>,v1=<hex>[,v1=<hex>...]`, with one `v1` for each
//! secret that is valid when the attempt is made, newest first. So a receiver that knows any of
//! them accepts the delivery, and can change its secret at any time in the 24 hours after a
//! rotation.

use std::fmt;

use hmac::digest::CtOutput;
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderName;
use sha2::Sha256;
use thiserror::Error;

use crate::secret::SigningSecret;

/// The header with the signatures.
pub const SIGNATURE: HeaderName = HeaderName::from_static("anchor-signature");
/// The header with the time of the attempt, in seconds since 1970.
pub const TIMESTAMP: HeaderName = HeaderName::from_static("anchor-timestamp");
/// The header with the type of the event.
pub const EVENT: HeaderName = HeaderName::from_static("anchor-event");
/// The header with the id of the delivery, which all its attempts share.
pub const DELIVERY_ID: HeaderName = HeaderName::from_static("anchor-delivery-id");

/// How many seconds a delivery may be older or newer than the receiver's clock.
pub const TOLERANCE: u64 = 120;
/// How long a signature header may be, in bytes. Eight signatures have less than 700.
pub const MAX_HEADER: usize = 4096;
/// How many entries a signature header may have.
pub const MAX_ENTRIES: usize = 16;

type Key = Hmac<Sha256>;
type Tag = CtOutput<Key>;

/// Makes the value of `Anchor-Signature`.
///
/// `secrets` are those that are valid now, newest first; `timestamp` is in seconds since 1970, and
/// `body` is what will be sent, byte for byte.
pub fn sign(secrets: &[&SigningSecret], timestamp: u64, body: &[u8]) -> String {
    let mut header = format!("t={timestamp}");
    for secret in secrets {
        let tag = tag(&key(secret.expose().as_bytes()), timestamp, body);
        header.push_str(",v1=");
        header.push_str(&hex::encode(tag.into_bytes()));
    }
    header
}

/// HMAC-SHA256 with a key, ready to be used any number of times.
fn key(text: &[u8]) -> Key {
    Key::new_from_slice(text).expect("HMAC takes a key of any length")
}

/// What a signature of this body, made at this time, must be.
fn tag(key: &Key, timestamp: u64, body: &[u8]) -> Tag {
    let mut mac = key.clone();
    mac.update(format!("v0:{timestamp}:").as_bytes());
    mac.update(body);
    mac.finalize()
}

/// Checks deliveries with the secrets that a receiver knows.
#[derive(Clone)]
pub struct Verifier {
    keys: Vec<Key>,
}

/// A verifier cannot be made of these secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VerifierError {
    /// Without a secret nothing can be verified.
    #[error("there is no secret to verify with")]
    NoSecret,
    /// HMAC would take an empty key, and everybody knows that key.
    #[error("a secret is empty")]
    EmptySecret,
}

impl Verifier {
    /// Makes a verifier of the texts of secrets, as they were returned when they were made.
    ///
    /// # Errors
    ///
    /// There is no secret, or one of them is empty.
    pub fn new<S: AsRef<str>>(secrets: impl IntoIterator<Item = S>) -> Result<Self, VerifierError> {
        let mut keys = Vec::new();
        for secret in secrets {
            let text = secret.as_ref().as_bytes();
            if text.is_empty() {
                return Err(VerifierError::EmptySecret);
            }
            keys.push(key(text));
        }
        if keys.is_empty() {
            return Err(VerifierError::NoSecret);
        }
        Ok(Self { keys })
    }

    /// Checks that a delivery was signed with one of the secrets, and a short time ago.
    ///
    /// `signature` and `timestamp` are the values of the headers, `body` is what was received,
    /// before anything reads it as JSON, and `now` is in seconds since 1970. The answer is which of
    /// the secrets has made a signature, the first of them if it is several.
    ///
    /// Every signature is compared with every secret, each time in constant time, so how long it
    /// takes tells nothing about how close a forged one came.
    ///
    /// # Errors
    ///
    /// What of the headers is not as it must be, or that no signature fits.
    pub fn verify(
        &self,
        signature: &str,
        timestamp: &str,
        body: &[u8],
        now: u64,
    ) -> Result<usize, VerifyError> {
        let signatures = Signatures::parse(signature)?;
        if parse_timestamp(timestamp)? != signatures.timestamp {
            return Err(VerifyError::TimestampsDiffer);
        }
        if now.saturating_sub(signatures.timestamp) > TOLERANCE {
            return Err(VerifyError::TooOld);
        }
        if signatures.timestamp.saturating_sub(now) > TOLERANCE {
            return Err(VerifyError::TooNew);
        }
        let mut made_by = None;
        for (index, key) in self.keys.iter().enumerate() {
            let expected = tag(key, signatures.timestamp, body);
            for given in &signatures.tags {
                // The comparison of `CtOutput` is the one that takes constant time.
                if *given == expected {
                    made_by = made_by.or(Some(index));
                }
            }
        }
        made_by.ok_or(VerifyError::NoMatch)
    }
}

/// How many secrets there are, and none of their text.
impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({} secrets)", self.keys.len())
    }
}

/// Why a delivery is refused. None of this tells what the right signature would have been.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum VerifyError {
    /// The header has more than [`MAX_HEADER`] bytes.
    #[error("the signature header is too long")]
    TooLong,
    /// The header has more than [`MAX_ENTRIES`] entries.
    #[error("the signature header has too many entries")]
    TooManyEntries,
    /// An entry is not `label=value`, with a label of lower-case letters and digits.
    #[error("an entry of the signature header is not label=value")]
    Entry,
    /// There is no `t`, or there are several.
    #[error("the signature header has not exactly one t")]
    NotOneTimestamp,
    /// A timestamp is not a decimal number without sign, space and leading zeros.
    #[error("a timestamp is not a whole number of seconds")]
    Timestamp,
    /// There is no `v1`.
    #[error("the signature header has no v1")]
    NoSignature,
    /// A `v1` is not 64 lower-case hexadecimal digits.
    #[error("a v1 is not 64 lower-case hexadecimal digits")]
    Signature,
    /// The time in the signature header is not the one in the timestamp header.
    #[error("the timestamps of the two headers differ")]
    TimestampsDiffer,
    /// It was signed more than [`TOLERANCE`] seconds ago.
    #[error("the delivery is too old")]
    TooOld,
    /// It was signed more than [`TOLERANCE`] seconds from now.
    #[error("the delivery is from the future")]
    TooNew,
    /// No signature was made with any of the secrets.
    #[error("no signature was made with a known secret")]
    NoMatch,
}

/// A signature header that has been read. It need not be right.
struct Signatures {
    timestamp: u64,
    tags: Vec<Tag>,
}

impl Signatures {
    /// Reads a header strictly: what this sender would never write is refused. Only entries with
    /// other labels are left to later versions of the scheme, and ignored.
    fn parse(header: &str) -> Result<Self, VerifyError> {
        if header.len() > MAX_HEADER {
            return Err(VerifyError::TooLong);
        }
        if header.split(',').count() > MAX_ENTRIES {
            return Err(VerifyError::TooManyEntries);
        }
        let mut timestamp = None;
        let mut tags = Vec::new();
        for entry in header.split(',') {
            let (label, value) = entry.split_once('=').ok_or(VerifyError::Entry)?;
            match label {
                "t" if timestamp.is_some() => return Err(VerifyError::NotOneTimestamp),
                "t" => timestamp = Some(parse_timestamp(value)?),
                "v1" => tags.push(parse_tag(value)?),
                _ if is_label(label) => {}
                _ => return Err(VerifyError::Entry),
            }
        }
        if tags.is_empty() {
            return Err(VerifyError::NoSignature);
        }
        Ok(Self {
            timestamp: timestamp.ok_or(VerifyError::NotOneTimestamp)?,
            tags,
        })
    }
}

fn is_label(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !text.is_empty() && text.bytes().all(letter)
}

/// Only one text stands for a number, so that nobody can sign one text and mean another.
fn parse_timestamp(text: &str) -> Result<u64, VerifyError> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = text.len() > 1 && text.starts_with('0');
    if !digits || leading_zero {
        return Err(VerifyError::Timestamp);
    }
    text.parse().map_err(|_| VerifyError::Timestamp)
}

fn parse_tag(text: &str) -> Result<Tag, VerifyError> {
    let mut bytes = [0; 32];
    let upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
    if upper || hex::decode_to_slice(text, &mut bytes).is_err() {
        return Err(VerifyError::Signature);
    }
    Ok(Tag::new(bytes.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// HMAC-SHA256 of some data, by the function that makes the keys of signatures.
    fn hmac(secret: &[u8], data: &[u8]) -> String {
        hex::encode(key(secret).chain_update(data).finalize().into_bytes())
    }

    /// The vectors of RFC 4231, section 4: key, data, and (the start of) the code.
    #[test]
    fn the_codes_are_those_of_the_rfc() {
        let vectors: [(&[u8], &[u8], &str); 7] = [
            (
                &[0x0b; 20],
                b"Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
            ),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 20],
                &[0xdd; 50],
                "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
            ),
            (
                &(1..=25).collect::<Vec<u8>>(),
                &[0xcd; 50],
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
            ),
            (
                &[0x0c; 20],
                b"Test With Truncation",
                "a3b6167473100ee06e0c796c2955552b",
            ),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                &[0xaa; 131],
                b"This is a test using a larger than block-size key and a larger than block-size \
                  data. The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ];
        for (number, (secret, data, code)) in (1..).zip(vectors) {
            assert!(hmac(secret, data).starts_with(code), "vector {number}");
        }
    }

    /// The example in the documentation of GitHub.
    #[test]
    fn the_code_is_the_one_of_github() {
        assert_eq!(
            hmac(b"It's a Secret to Everybody", b"Hello, World!"),
            "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        );
    }
}
