//! Dates and times of the crate `time` in the form that JSON has them in.

use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use time::OffsetDateTime;
use time::error::Parse;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

macro_rules! formatted {
    ($(#[doc = $doc:literal])+ $name:ident($inner:path), $format:expr, $expected:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub $inner);

        impl Deref for $name {
            type Target = $inner;

            fn deref(&self) -> &$inner {
                &self.0
            }
        }

        impl From<$inner> for $name {
            fn from(inner: $inner) -> Self {
                Self(inner)
            }
        }

        impl From<$name> for $inner {
            fn from(value: $name) -> Self {
                value.0
            }
        }

        /// The text that is sent. A year that it has no place for is shown as `time` shows it.
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self.0.format($format) {
                    Ok(text) => f.write_str(&text),
                    Err(_) => self.0.fmt(f),
                }
            }
        }

        impl FromStr for $name {
            type Err = Parse;

            fn from_str(text: &str) -> Result<Self, Parse> {
                <$inner>::parse(text, $format).map(Self)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let text = self.0.format($format).map_err(ser::Error::custom)?;
                serializer.serialize_str(&text)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Visitor;

                impl de::Visitor<'_> for Visitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$name, E> {
                        text.parse().map_err(E::custom)
                    }
                }

                deserializer.deserialize_str(Visitor)
            }
        }
    };
}

formatted!(
    /// A time stamp as RFC 3339 has it.
    DateTime(OffsetDateTime),
    &Rfc3339,
    "a time stamp"
);

formatted!(
    /// A date as RFC 3339 has it.
    Date(time::Date),
    format_description!("[year]-[month]-[day]"),
    "a date"
);
