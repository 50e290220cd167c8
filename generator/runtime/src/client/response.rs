//! A response that the document declares.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::super::headers::{DeclaredHeaders, HeaderError};
use super::super::operation::Operation;
use super::error::Names;
use super::{ApiError, Error, RawResponse};

/// A response that the document declares, with its status and headers.
pub struct Response<T> {
    /// The operation that was called.
    pub operation: &'static Operation,
    /// The status of the response.
    pub status: StatusCode,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The body, or which of the declared outcomes it is.
    pub body: T,
}

impl<T> Response<T> {
    /// Just the body.
    pub fn into_body(self) -> T {
        self.body
    }

    /// The headers that the document declares for this response.
    ///
    /// # Errors
    ///
    /// One of them is missing though it must be there, or is not what the document says.
    pub fn typed_headers<H: DeclaredHeaders>(&self) -> Result<H, HeaderError> {
        H::read(&self.headers)
    }

    /// The same response with another body.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Response<U> {
        let Self {
            operation,
            status,
            headers,
            body,
        } = self;
        Response {
            operation,
            status,
            headers,
            body: f(body),
        }
    }

    /// The same response with one kind of its body.
    ///
    /// # Errors
    ///
    /// [`Error::Unexpected`] if it is another kind, which is not read any further.
    pub fn pick<U, E>(self, f: impl FnOnce(T) -> Option<U>) -> Result<Response<U>, Error<E>> {
        let Self {
            operation,
            status,
            headers,
            body,
        } = self;
        match f(body) {
            Some(body) => Ok(Response {
                operation,
                status,
                headers,
                body,
            }),
            None => Err(Error::Unexpected(Box::new(RawResponse {
                operation,
                status,
                headers,
                body: Bytes::new(),
                truncated: true,
            }))),
        }
    }

    /// Tells success from failure.
    ///
    /// # Errors
    ///
    /// [`Error::Api`] if `f` takes the body for a failure.
    pub fn split<U, E>(self, f: impl FnOnce(T) -> Result<U, E>) -> Result<Response<U>, Error<E>> {
        let Self {
            operation,
            status,
            headers,
            body,
        } = self;
        match f(body) {
            Ok(body) => Ok(Response {
                operation,
                status,
                headers,
                body,
            }),
            Err(body) => Err(Error::Api(Box::new(ApiError {
                operation,
                status,
                headers,
                body,
            }))),
        }
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &Names(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}
