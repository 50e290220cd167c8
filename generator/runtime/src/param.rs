//! Parameters as text: how values are written into paths, queries, headers and cookies, and read from
//! there.
//!
//! Which of the two ends writes and which one reads differs, so both use these files. A value goes
//! through serde, so that it is written and read as it is anywhere else.

mod fields;
mod header;
mod inner;
mod nodes;
mod read;
mod style;
mod value;
mod whole;
mod write;

use std::fmt;

pub use self::header::{header, set_header};
pub use self::nodes::Node;
pub use self::read::{Text, read, read_fields};
pub use self::style::Style;
pub use self::value::{Value, to_value};
pub use self::write::{cookie, path, query};

/// Why a value cannot be written as a parameter, or a text cannot be read as one. It never repeats the
/// value, which may be secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamError(String);

impl ParamError {
    /// An error with this reason, to be read after the name of the parameter and "is not valid:".
    pub fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    /// The text is not encoded as its place asks.
    pub fn broken() -> Self {
        Self::new("it is not encoded as it should be")
    }
}

impl fmt::Display for ParamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for ParamError {}

impl serde::ser::Error for ParamError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self::new("it cannot be written as text")
    }
}

impl serde::de::Error for ParamError {
    /// What a type says of its own accord may quote the value, up to what it expects.
    fn custom<T: fmt::Display>(message: T) -> Self {
        let message = message.to_string();
        match message.rfind("expected ") {
            Some(start) => Self::new(&message[start..]),
            None => Self::new("it is not of its type"),
        }
    }

    fn invalid_type(_: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::new(format!("expected {expected}"))
    }

    fn invalid_value(_: serde::de::Unexpected<'_>, expected: &dyn serde::de::Expected) -> Self {
        Self::new(format!("expected {expected}"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("expected one of {}", expected.join(", ")))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("there is a key other than {}", expected.join(", ")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("`{field}` is missing"))
    }
}
