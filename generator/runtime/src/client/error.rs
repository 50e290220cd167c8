//! What can go wrong with a call.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use super::super::headers::{DeclaredHeaders, HeaderError};
use super::super::json::{self, JsonError};
use super::super::operation::{NoError, Operation};
use super::{TokenError, TransportError, TransportErrorKind};

/// Why a call has no success to return. `E` is what the document declares for failures.
///
/// Messages name the operation, its method and its path template, but never the values of a
/// request or a response.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E = NoError> {
    /// The server answered with a failure that the document declares.
    Api(Box<ApiError<E>>),
    /// The server answered with a status that the document does not declare.
    Unexpected(Box<RawResponse>),
    /// The response body does not fit the document.
    Decode(Box<DecodeError>),
    /// There was no whole response.
    Transport(TransportError),
    /// The request cannot be sent as it is. Nothing was sent.
    InvalidRequest(InvalidRequest),
    /// The client has no credentials for the operation. Nothing was sent.
    Auth(MissingCredentials),
    /// The client's token provider has no token.
    Token(TokenError),
}

impl<E> Error<E> {
    /// The status of the response, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api(error) => Some(error.status),
            Self::Unexpected(response) => Some(response.status),
            Self::Decode(error) => Some(error.status),
            Self::Transport(_) | Self::InvalidRequest(_) | Self::Auth(_) | Self::Token(_) => None,
        }
    }

    /// Whether the same call may succeed later: a status 408, 429, 502, 503 or 504, no
    /// connection, or a timeout.
    ///
    /// Except for a missing connection, the server may have acted on the request all the same.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => {
                matches!(
                    error.kind(),
                    TransportErrorKind::Connect | TransportErrorKind::Timeout
                )
            }
            _ => self
                .status()
                .is_some_and(|s| matches!(s.as_u16(), 408 | 429 | 502..=504)),
        }
    }
}

impl Error {
    /// The same error where failures are declared.
    pub fn widen<E>(self) -> Error<E> {
        match self {
            Self::Api(error) => match error.body {},
            Self::Unexpected(response) => Error::Unexpected(response),
            Self::Decode(error) => Error::Decode(error),
            Self::Transport(error) => Error::Transport(error),
            Self::InvalidRequest(error) => Error::InvalidRequest(error),
            Self::Auth(error) => Error::Auth(error),
            Self::Token(error) => Error::Token(error),
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Api(error) => write!(f, "{} answered {}", error.operation, error.status),
            Self::Unexpected(response) => write!(
                f,
                "{} answered {}, which the document does not declare",
                response.operation, response.status
            ),
            Self::Decode(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::InvalidRequest(error) => error.fmt(f),
            Self::Auth(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => error.source(),
            Self::Token(error) => error.source(),
            Self::Decode(error) => Some(&error.error),
            _ => None,
        }
    }
}

/// A failure that the document declares.
pub struct ApiError<E> {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// The status of the response.
    pub status: StatusCode,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// What the server says about the failure.
    pub body: E,
}

impl<E> ApiError<E> {
    /// The headers that the document declares for this failure.
    ///
    /// # Errors
    ///
    /// One of them is missing though it must be there, or is not what the document says.
    pub fn typed_headers<H: DeclaredHeaders>(&self) -> Result<H, HeaderError> {
        H::read(&self.headers)
    }
}

impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &Names(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

/// A response that the document does not declare, as it came.
#[derive(Clone)]
pub struct RawResponse {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// The status of the response.
    pub status: StatusCode,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The body, up to the client's limit.
    pub body: Bytes,
    /// Whether the body went on after the limit.
    pub truncated: bool,
}

impl RawResponse {
    /// Reads the body as JSON.
    ///
    /// # Errors
    ///
    /// The body is not JSON, or does not fit the type.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, JsonError> {
        json::from_slice(&self.body)
    }
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &Names(&self.headers))
            .field("body", &Length(&self.body))
            .field("truncated", &self.truncated)
            .finish()
    }
}

/// A response body that does not fit the document.
#[derive(Clone)]
pub struct DecodeError {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// The status of the response.
    pub status: StatusCode,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The body as it came. It may hold secrets.
    pub body: Bytes,
    /// Where the body does not fit, and why.
    pub error: JsonError,
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            operation, status, ..
        } = self;
        write!(
            f,
            "{operation} answered {status} with a body that does not fit the document"
        )
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &Names(&self.headers))
            .field("body", &Length(&self.body))
            .field("error", &self.error)
            .finish()
    }
}

/// A request that cannot be sent as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidRequest {
    pub(super) operation: &'static Operation,
    pub(super) problem: Box<str>,
}

impl fmt::Display for InvalidRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.problem)
    }
}

/// The client has no credentials that the operation accepts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingCredentials {
    pub(super) operation: &'static Operation,
}

impl fmt::Display for MissingCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: the client has no credentials for ", self.operation)?;
        for (index, alternative) in self.operation.security.iter().enumerate() {
            f.write_str(if index == 0 { "" } else { " or " })?;
            for (index, requirement) in alternative.iter().enumerate() {
                f.write_str(if index == 0 { "" } else { " and " })?;
                write!(f, "`{}`", requirement.scheme)?;
            }
        }
        Ok(())
    }
}

/// Shows which headers there are. Their values may be secret.
pub(super) struct Names<'a>(pub(super) &'a HeaderMap);

impl fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.0.keys().map(http::HeaderName::as_str))
            .finish()
    }
}

/// Shows how long a body is. What is in it may be secret.
struct Length<'a>(&'a Bytes);

impl fmt::Debug for Length<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} bytes]", self.0.len())
    }
}
