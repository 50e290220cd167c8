//! Names for what is stored.

use uuid::{Builder, Uuid};

use crate::secret::NoRandomness;

/// A random UUID (version 4).
pub(super) fn uuid() -> Result<Uuid, NoRandomness> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)?;
    Ok(Builder::from_random_bytes(bytes).into_uuid())
}

/// A random id with a prefix that says what it is of, such as `wh_` and 32 hexadecimal digits.
pub(super) fn prefixed(prefix: &str) -> Result<String, NoRandomness> {
    Ok(format!("{prefix}_{}", uuid()?.simple()))
}
