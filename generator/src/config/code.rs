//! Code of the user's, as the configuration names it. A document never names code; a configuration may,
//! because it is checked in and reviewed like code.

use proc_macro2::TokenStream;
use serde::Serialize;
use syn::parse::Parser;
use syn::{Attribute, Path, TypePath};

/// A piece of Rust that was read once and found to be what it should be.
///
/// It is kept as text, because tokens cannot be shared by the threads that write files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct UserCode(String);

impl UserCode {
    /// The path of a type, such as `my_crate::Money` or `my_crate::Id<u64>`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn type_path(text: &str) -> Result<Self, String> {
        let example = "write the path of a type, such as `my_crate::Money`";
        Self::read(text, example, syn::parse_str::<TypePath>(text).is_ok())
    }

    /// The path of a macro to derive with, such as `my_crate::Describe`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn derive(text: &str) -> Result<Self, String> {
        let example = "write the path of a derive macro, such as `my_crate::Describe`";
        let path = syn::parse_str::<Path>(text);
        let is_plain = path.is_ok_and(|it| it.segments.iter().all(|it| it.arguments.is_none()));
        Self::read(text, example, is_plain)
    }

    /// What stands between the brackets of an attribute, such as `my_crate(skip)`.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn attribute(text: &str) -> Result<Self, String> {
        let example = "write what stands between `#[` and `]`, such as `my_crate(skip)`";
        let attributes = Attribute::parse_outer.parse_str(&format!("#[{text}]"));
        let is_one = attributes.is_ok_and(|attributes| attributes.len() == 1);
        Self::read(text, example, is_one)
    }

    fn read(text: &str, example: &str, is_right: bool) -> Result<Self, String> {
        if is_right && text.is_ascii() {
            Ok(Self(text.to_owned()))
        } else {
            Err(example.to_owned())
        }
    }

    /// The code as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The code as tokens.
    pub(crate) fn tokens(&self) -> TokenStream {
        // It was parsed when it was read.
        self.0.parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::UserCode;

    #[test]
    fn only_what_it_should_be_is_taken() {
        for text in ["my::Id", "Id", "::my::Id<u64>", "crate::ids::Id"] {
            assert!(UserCode::type_path(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "my::",
            "my::Id, u8",
            "&'static str",
            "1",
            "my::\u{e9}",
            "a!()",
            "Id // x",
        ] {
            // A comment is no code, and is lost with the tokens; it does no harm.
            assert_eq!(
                UserCode::type_path(text).is_ok(),
                text.contains("//"),
                "{text}"
            );
        }
        assert!(UserCode::derive("my::Describe").is_ok());
        for text in ["", "my::Describe<u8>", "A, B", "A)] struct"] {
            assert!(UserCode::derive(text).is_err(), "{text}");
        }
        for text in ["my(skip)", "serde(alias = \"x\")", "my::attr = 1"] {
            assert!(UserCode::attribute(text).is_ok(), "{text}");
        }
        for text in ["", "a] #[b", "a] struct X; #[b", "#[a]", "1"] {
            assert!(UserCode::attribute(text).is_err(), "{text}");
        }
    }
}
