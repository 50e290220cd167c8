//! Takes an empty string for no value.
//!
//! Some servers write `""` where there is no date, no identifier or none of the values of an enum. A
//! property that is read so names this module in `#[serde(deserialize_with)]`, next to `default`. Its
//! value is written as a string, and `""` is none.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

/// Reads a string that is a value, or `""` and `null` as none.
///
/// # Errors
///
/// It is something else, or the string is no value.
pub fn deserialize<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_option(EmptyIsNone(PhantomData))
}

/// The same for a property that tells absence from `null`, which `""` is taken for; an absent one does
/// not get here.
///
/// # Errors
///
/// It is something else, or the string is no value.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserialize(deserializer).map(Some)
}

struct EmptyIsNone<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for EmptyIsNone<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        match text {
            "" => Ok(None),
            text => T::deserialize(StrDeserializer::new(text)).map(Some),
        }
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        match text {
            "" => Ok(None),
            text => T::deserialize(BorrowedStrDeserializer::new(text)).map(Some),
        }
    }
}
