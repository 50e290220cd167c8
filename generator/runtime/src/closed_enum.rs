//! What all enums of strings that have just their declared values have in common.

use std::fmt;

/// A text is none of the values of an enum. The text itself is not repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownValue {
    expected: Vec<&'static str>,
}

impl UnknownValue {
    /// Lists the values that would have been right.
    pub fn new(expected: impl Iterator<Item = &'static str>) -> Self {
        Self {
            expected: expected.collect(),
        }
    }

    /// The values that would have been right.
    pub fn expected(&self) -> &[&'static str] {
        &self.expected
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected one of ")?;
        for (index, value) in self.expected.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}`{value}`")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownValue {}

/// Implements conversion, reading and writing for an enum of strings that takes no other value.
///
/// The enum is `Copy` and brings `ALL`, its values, and `as_str`, which returns a `&'static str`.
/// `UnknownValue` and `Validate` are in scope where the macro is used.
#[allow(unused_macros, reason = "only tests and generated crates use it")]
macro_rules! closed_enum {
    ($name:ident) => {
        impl ::std::str::FromStr for $name {
            type Err = UnknownValue;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                let found = Self::ALL.iter().find(|value| value.as_str() == text);
                found
                    .copied()
                    .ok_or_else(|| UnknownValue::new(Self::ALL.iter().map(Self::as_str)))
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let text =
                    <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)?;
                text.parse().map_err(::serde::de::Error::custom)
            }
        }

        impl Validate for $name {}
    };
}

#[allow(unused_imports, reason = "only tests and generated crates use it")]
pub(crate) use closed_enum;
