//! What all enums of strings that keep unknown values have in common.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserializer;
use serde::de::{Error, Visitor};

pub use super::validate::{Checker, Validate};

/// Reads a text as the value that it stands for; only an unknown one is copied.
///
/// # Errors
///
/// What is read is no text.
pub fn read<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: From<String> + for<'a> From<&'a str>,
{
    struct Text<T>(PhantomData<T>);

    impl<T: From<String> + for<'a> From<&'a str>> Visitor<'_> for Text<T> {
        type Value = T;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
            Ok(T::from(text))
        }

        fn visit_string<E: Error>(self, text: String) -> Result<T, E> {
            Ok(T::from(text))
        }
    }

    deserializer.deserialize_string(Text(PhantomData))
}

/// Implements all that an enum of strings has that keeps any value: `ALL` and `as_str`, conversion,
/// reading, writing and checking.
///
/// The enum brings its variants and `Unrecognized(String)` for a value that is not declared, which
/// only `validate` objects to, and not even that if the enum is called `extensible`. This module and
/// the macro are in scope where the macro is used.
#[allow(unused_macros, reason = "only tests and generated crates use it")]
macro_rules! open_enum {
    ($name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        open_enum!(extensible $name { $($variant = $value),* } but Self::Unrecognized(_));
    };
    (extensible $name:ident { $($variant:ident = $value:literal),* $(,)? } $(but $unknown:pat)?) => {
        impl $name {
            /// The declared values.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The value on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $value,)*
                    Self::Unrecognized(value) => value,
                }
            }

            fn declared(text: &str) -> ::std::option::Option<Self> {
                ::std::option::Option::Some(match text {
                    $($value => Self::$variant,)*
                    _ => return ::std::option::Option::None,
                })
            }
        }

        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                Self::declared(&text).unwrap_or(Self::Unrecognized(text))
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::declared(text).unwrap_or_else(|| Self::Unrecognized(text.to_owned()))
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                ::std::result::Result::Ok(text.into())
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
                open_enum::read(deserializer)
            }
        }

        impl open_enum::Validate for $name {
            $(fn check(&self, mut at: open_enum::Checker<'_>) {
                if let $unknown = self {
                    at.violation("enum", "is not one of the declared values");
                }
            })?
        }
    };
}

#[allow(unused_imports, reason = "only tests and generated crates use it")]
pub(crate) use open_enum;
