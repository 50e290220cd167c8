//! What all constants have in common that are neither texts nor whole numbers.

pub use super::closed_enum::UnknownValue;
pub use super::validate::Validate;

/// Implements all that a constant has: its value, conversion, reading and writing.
///
/// The constant is an enum with one variant, and `Copy`. This module and the macro are in scope
/// where the macro is used.
#[allow(unused_macros, reason = "only tests and generated crates use it")]
macro_rules! constant {
    ($name:ident { $variant:ident = $value:literal } $get:ident -> $ty:ty) => {
        impl $name {
            /// The declared values.
            pub const ALL: &'static [Self] = &[Self::$variant];

            /// The value on the wire.
            pub const fn $get(&self) -> $ty {
                $value
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = constant::UnknownValue;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                let same = text.parse::<$ty>().is_ok_and(|value| value == $value);
                let unknown = constant::UnknownValue::new(&[stringify!($value)]);
                same.then_some(Self::$variant).ok_or(unknown)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.$get(), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                ::serde::Serialize::serialize(&self.$get(), serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                let value = <$ty as ::serde::Deserialize>::deserialize(deserializer)?;
                let unknown = constant::UnknownValue::new(&[stringify!($value)]);
                let same = (value == $value).then_some(Self::$variant);
                same.ok_or(unknown).map_err(::serde::de::Error::custom)
            }
        }

        impl constant::Validate for $name {}
    };
}

#[allow(unused_imports, reason = "only tests and generated crates use it")]
pub(crate) use constant;
