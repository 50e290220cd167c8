//! Text that must not be seen by accident.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use subtle::ConstantTimeEq;

use super::validate::Text;

/// A secret text: never printed, compared in constant time, and wiped from memory when dropped.
///
/// It has no `Display`, so it cannot slip into a message. It is written to JSON in the clear,
/// because sending it is what it is for.
#[derive(Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// The text itself. Each call is a place to look at in a review.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret([redacted])")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

/// A secret may stand in a path, where every text is one.
impl FromStr for Secret {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(text.into())
    }
}

/// Constraints look at the text, and their violations never tell it.
impl Text for Secret {
    fn text(&self) -> Option<&str> {
        Some(self.expose())
    }
}

/// Takes the same time wherever the texts differ. Only their lengths can be told apart.
impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.expose()
            .as_bytes()
            .ct_eq(other.expose().as_bytes())
            .into()
    }
}

impl Eq for Secret {}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.expose())
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde's own message would quote what stands in the place of the secret.
        match String::deserialize(deserializer) {
            Ok(text) => Ok(text.into()),
            Err(_) => Err(de::Error::custom("expected a string")),
        }
    }
}
