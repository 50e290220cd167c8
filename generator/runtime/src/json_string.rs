//! JSON inside of a string.

use std::fmt;
use std::ops::{Deref, DerefMut};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use super::strict::Strict;
use super::validate::{Checker, Validate};

/// A value that is sent as a string, which holds it as JSON.
///
/// It is boxed, because such a string may hold another one of its kind.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct JsonString<T>(Box<T>);

impl<T> JsonString<T> {
    /// The value.
    pub fn into_inner(self) -> T {
        *self.0
    }
}

impl<T> Deref for JsonString<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for JsonString<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for JsonString<T> {
    fn from(value: T) -> Self {
        Self(Box::new(value))
    }
}

/// What is wrong inside of the string is told at the place of the string.
impl<T: Validate> Validate for JsonString<T> {
    fn check(&self, at: Checker<'_>) {
        self.0.check(at);
    }
}

impl<T: Serialize> Serialize for JsonString<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let text = serde_json::to_string(&self.0).map_err(ser::Error::custom)?;
        serializer.serialize_str(&text)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for JsonString<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor<T>(std::marker::PhantomData<T>);

        impl<T: DeserializeOwned> de::Visitor<'_> for Visitor<T> {
            type Value = JsonString<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string that holds JSON")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<JsonString<T>, E> {
                read(text)
                    .map(|value| JsonString(Box::new(value)))
                    .map_err(|error| E::custom(format_args!("in the string: {error}")))
            }
        }

        deserializer.deserialize_str(Visitor(std::marker::PhantomData))
    }
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value = T::deserialize(Strict::new(&mut deserializer))?;
    deserializer.end()?;
    Ok(value)
}
