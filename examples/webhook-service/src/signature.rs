//! The signature of a delivery: how it is made, and how a receiver checks it.

use thiserror::Error;

use crate::secret::SigningSecret;

/// The value of `Anchor-Signature` for a body that is sent at this time (seconds since 1970), with
/// one `v1` for each secret, in the order given: the newest first.
pub fn sign(_secrets: &[&SigningSecret], _timestamp: u64, _body: &[u8]) -> String {
    String::new()
}

/// Why a delivery is not to be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the signature is not valid")]
pub struct VerifyError;
