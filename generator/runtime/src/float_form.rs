//! Whole numbers that are written with a point or an exponent, as `1.0` and `1e2` are.
//!
//! JSON Schema takes them for integers. A property that does so too names this module in
//! `#[serde(deserialize_with)]`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::strict::{Numbers, Strict, strictly};

/// Beyond 53 bits a number with a point is no longer exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Reads a value in which whole numbers have any form.
///
/// # Errors
///
/// The value is not a `T`.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let deserializer: Strict<D, FloatForm> = strictly(deserializer);
    T::deserialize(deserializer)
}

/// The same for a property that tells absence from `null`; an absent one does not get here.
///
/// # Errors
///
/// The value is not a `T`.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserialize(deserializer).map(Some)
}

/// Whole numbers in any form.
enum FloatForm {}

impl Numbers for FloatForm {
    fn whole<'de, V: Visitor<'de>>(visitor: V) -> impl Visitor<'de, Value = V::Value> {
        Whole(visitor)
    }
}

/// Hands a number without a fraction on as a whole one.
struct Whole<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for Whole<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<V::Value, E> {
        self.0.visit_i64(value)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<V::Value, E> {
        self.0.visit_i128(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<V::Value, E> {
        self.0.visit_u64(value)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<V::Value, E> {
        self.0.visit_u128(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<V::Value, E> {
        if value.fract() == 0.0 && value.abs() <= EXACT {
            self.0.visit_i64(value as i64)
        } else {
            self.0.visit_f64(value)
        }
    }
}
