//! What all enums of strings that keep unknown values have in common.

/// Implements conversion, reading, writing and checking for an enum of strings that keeps any
/// value.
///
/// The enum brings `ALL`, its declared values, `as_str`, and the variant `Unrecognized(String)`
/// for a value that is not declared, which only `validate` objects to. `Validate` and `Checker`
/// are in scope where the macro is used.
#[allow(unused_macros, reason = "only tests and generated crates use it")]
macro_rules! open_enum {
    ($name:ident) => {
        impl ::std::convert::From<::std::string::String> for $name {
            fn from(text: ::std::string::String) -> Self {
                match Self::ALL.iter().find(|value| value.as_str() == text) {
                    Some(value) => value.clone(),
                    None => Self::Unrecognized(text),
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                text.to_owned().into()
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                Ok(text.into())
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
                <::std::string::String as ::serde::Deserialize>::deserialize(deserializer)
                    .map(Self::from)
            }
        }

        impl Validate for $name {
            fn check(&self, mut at: Checker<'_>) {
                if let Self::Unrecognized(_) = self {
                    at.violation("enum", "is not one of the declared values");
                }
            }
        }
    };
}

#[allow(unused_imports, reason = "only tests and generated crates use it")]
pub(crate) use open_enum;
