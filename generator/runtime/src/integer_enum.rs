//! What all enums of whole numbers have in common.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, Visitor};

pub use super::closed_enum::UnknownValue;
pub use super::validate::{Checker, Validate};

/// Reads a whole number, which may be written `1.0`.
///
/// # Errors
///
/// What is read is no whole number of 64 bits.
pub fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    struct Whole;

    impl Visitor<'_> for Whole {
        type Value = i64;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a whole number of 64 bits")
        }

        fn visit_i64<E: Error>(self, number: i64) -> Result<i64, E> {
            Ok(number)
        }

        fn visit_u64<E: Error>(self, number: u64) -> Result<i64, E> {
            i64::try_from(number).map_err(|_| E::custom("expected a whole number of 64 bits"))
        }

        fn visit_f64<E: Error>(self, number: f64) -> Result<i64, E> {
            // Beyond 53 bits a number with a point is no longer exact.
            const EXACT: f64 = 9_007_199_254_740_992.0;
            if number.fract() == 0.0 && number.abs() <= EXACT {
                Ok(number as i64)
            } else {
                Err(E::custom("expected a whole number of 64 bits"))
            }
        }
    }

    deserializer.deserialize_i64(Whole)
}

/// Implements all that an enum of whole numbers has: `ALL` and `as_i64`, conversion, reading,
/// writing and checking.
///
/// The enum is `Copy` and brings its variants. An `open` one has `Unrecognized(i64)` as well, for a
/// value that is not declared, which only `validate` objects to, and not even that if it is
/// `extensible`. A `closed` one refuses other values. This module and the macro are in scope where
/// the macro is used.
#[allow(unused_macros, reason = "only tests and generated crates use it")]
macro_rules! integer_enum {
    (open $name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        integer_enum!(extensible $name { $($variant = $value),* } but Self::Unrecognized(_));
    };
    (extensible $name:ident { $($variant:ident = $value:literal),* $(,)? } $(but $unknown:pat)?) => {
        integer_enum!(impl $name { $($variant = $value,)* } { Self::Unrecognized(value) => *value });

        impl ::std::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    _ => Self::Unrecognized(value),
                }
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::num::ParseIntError;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                text.parse::<i64>().map(Self::from)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                integer_enum::read(deserializer).map(Self::from)
            }
        }

        impl integer_enum::Validate for $name {
            $(fn check(&self, mut at: integer_enum::Checker<'_>) {
                if let $unknown = self {
                    at.violation("enum", "is not one of the declared values");
                }
            })?
        }
    };
    (closed $name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        integer_enum!(impl $name { $($variant = $value,)* } {});

        impl ::std::convert::TryFrom<i64> for $name {
            type Error = integer_enum::UnknownValue;

            fn try_from(value: i64) -> ::std::result::Result<Self, Self::Error> {
                ::std::result::Result::Ok(match value {
                    $($value => Self::$variant,)*
                    _ => return ::std::result::Result::Err(
                        integer_enum::UnknownValue::new(&[$(stringify!($value)),*]),
                    ),
                })
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = integer_enum::UnknownValue;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                let unknown = integer_enum::UnknownValue::new(&[$(stringify!($value)),*]);
                text.parse::<i64>().map_err(|_| unknown)?.try_into()
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let value = integer_enum::read(deserializer)?;
                value.try_into().map_err(::serde::de::Error::custom)
            }
        }

        impl integer_enum::Validate for $name {}
    };
    (impl $name:ident { $($variant:ident = $value:literal,)* } { $($unknown:pat => $kept:expr)? }) => {
        impl $name {
            /// The declared values.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value on the wire.
            pub const fn as_i64(&self) -> i64 {
                match self {
                    $(Self::$variant => $value,)*
                    $($unknown => $kept,)?
                }
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.as_i64(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.as_i64())
            }
        }
    };
}

#[allow(unused_imports, reason = "only tests and generated crates use it")]
pub(crate) use integer_enum;
