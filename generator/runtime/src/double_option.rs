//! Tells an absent property from one that is `null`.
//!
//! A property of the type `Option<Option<T>>`, or `Option<Value>` where `null` is a value like any other,
//! names this module in `#[serde(with)]`, next to `default` and
//! `skip_serializing_if = "Option::is_none"`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Writes `null` or the value; an absent property does not get here.
///
/// # Errors
///
/// The value cannot be written.
pub fn serialize<S, T>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error>
where
    S: Serializer,
    T: Serialize,
{
    value.serialize(serializer)
}

/// Reads `null` as a value, `Some(None)` if it is an option; an absent property does not get here.
///
/// # Errors
///
/// The value is not a `T`.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
