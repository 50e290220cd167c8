//! The headers that the document declares for a response.

use std::fmt;

use http::HeaderMap;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::param::{self, ParamError, Style};

/// A set of headers that the document declares together.
pub trait DeclaredHeaders: Sized {
    /// Reads the headers.
    ///
    /// # Errors
    ///
    /// One of them is missing though it must be there, or is not what the document says.
    fn read(from: &HeaderMap) -> Result<Self, HeaderError>;

    /// Writes the headers in the place of what was there under their names.
    ///
    /// # Errors
    ///
    /// A header cannot hold one of the values.
    fn write(&self, to: &mut HeaderMap) -> Result<(), HeaderError>;
}

/// The declared headers of an outcome.
///
/// A server makes them of the struct that the document describes. To a client they may come with a
/// mistake, which takes nothing away from the rest of the response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headers<H>(Result<H, HeaderError>);

impl<H> Headers<H> {
    /// The headers as the document describes them.
    ///
    /// # Errors
    ///
    /// What is wrong with those that came.
    pub fn into_result(self) -> Result<H, HeaderError> {
        self.0
    }
}

impl<H: DeclaredHeaders> Headers<H> {
    /// Reads the headers of a response.
    pub fn read(from: &HeaderMap) -> Self {
        Self(H::read(from))
    }

    /// Writes the headers into a response.
    ///
    /// # Errors
    ///
    /// A header cannot hold one of the values, or they came with a mistake.
    pub fn write(&self, to: &mut HeaderMap) -> Result<(), HeaderError> {
        match &self.0 {
            Ok(headers) => headers.write(to),
            Err(error) => Err(error.clone()),
        }
    }
}

impl<H> From<H> for Headers<H> {
    fn from(headers: H) -> Self {
        Self(Ok(headers))
    }
}

impl<H: Default> Default for Headers<H> {
    fn default() -> Self {
        H::default().into()
    }
}

/// A header of a response that is not what the document says. It never repeats the value, which may be
/// secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static str,
    error: ParamError,
}

impl HeaderError {
    /// The name of the header.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the header `{}` is not valid: {}", self.name, self.error)
    }
}

impl std::error::Error for HeaderError {}

/// Reads one header.
///
/// # Errors
///
/// It is no `T`, or it is missing though the type asks for it.
pub fn get<T: DeserializeOwned>(
    from: &HeaderMap,
    name: &'static str,
    style: Style,
) -> Result<T, HeaderError> {
    param::header(from, name, style).map_err(|error| HeaderError { name, error })
}

/// Writes one header; nothing if there is no value.
///
/// # Errors
///
/// A header cannot hold the value.
pub fn set(
    to: &mut HeaderMap,
    name: &'static str,
    style: Style,
    value: &impl Serialize,
) -> Result<(), HeaderError> {
    param::set_header(to, name, style, value).map_err(|error| HeaderError { name, error })
}
