//! A response whose body has not been read.

use std::fmt;
use std::str::FromStr;

use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap};
use serde::de::DeserializeOwned;

use super::super::form::{self, Styles};
use super::super::headers::{DeclaredHeaders, Headers};
use super::super::json::{self, JsonError};
use super::super::media_type;
use super::super::operation::Operation;
use super::error::Names;
use super::{Body, DecodeError, Error, RawResponse, Response, TransportError, TransportErrorKind};

/// The head of a response. What becomes of the body depends on the status.
pub struct Reply {
    pub(super) operation: &'static Operation,
    pub(super) status: StatusCode,
    pub(in super::super) headers: HeaderMap,
    pub(super) body: Body,
    pub(super) limit: usize,
}

impl Reply {
    /// The status of the response.
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The status of the response, for an outcome that stands for several.
    pub fn status_code(&self) -> StatusCode {
        self.status
    }

    /// The declared headers, for an outcome that has some.
    pub fn headers<H: DeclaredHeaders>(&self) -> Headers<H> {
        Headers::read(&self.headers)
    }

    /// Whether the first digit of the status is this one.
    pub fn is_class(&self, digit: u16) -> bool {
        self.status.as_u16() / 100 == digit
    }

    /// Which of these media types the body is of; nothing if it is none of them. A missing header is
    /// taken for the first.
    pub fn media_type(&self, declared: &[&str]) -> Option<usize> {
        match self.headers.get(CONTENT_TYPE) {
            Some(found) => media_type::position(declared, found.to_str().ok()?),
            None => Some(0),
        }
    }

    /// Reads the body as JSON, whatever its `Content-Type` says, as the body of this outcome.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it does not fit, [`Error::Transport`] if it cannot be read.
    pub async fn json<T, V>(self, outcome: impl FnOnce(T) -> V) -> Result<Response<V>, Error>
    where
        T: DeserializeOwned,
    {
        self.decode(|body| json::from_slice(body), outcome).await
    }

    /// Reads the body as a text in UTF-8 that is the value itself, as the body of this outcome.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it does not fit, [`Error::Transport`] if it cannot be read.
    pub async fn text<T, V>(self, outcome: impl FnOnce(T) -> V) -> Result<Response<V>, Error>
    where
        T: FromStr,
    {
        self.decode(|body| json::from_text(body), outcome).await
    }

    /// Reads the body as a form, as the body of this outcome.
    ///
    /// # Errors
    ///
    /// [`Error::Decode`] if it does not fit, [`Error::Transport`] if it cannot be read.
    pub async fn form<T, V>(
        self,
        styles: Styles,
        outcome: impl FnOnce(T) -> V,
    ) -> Result<Response<V>, Error>
    where
        T: DeserializeOwned,
    {
        self.decode(|text| form::read(styles, text), outcome).await
    }

    /// Hands over the body unread, as the body of this outcome.
    pub fn bytes<V>(mut self, outcome: impl FnOnce(Body) -> V) -> Response<V> {
        let content_type = self.headers.get(CONTENT_TYPE);
        let content_type = content_type.and_then(|value| value.to_str().ok());
        let mut body = std::mem::take(&mut self.body);
        body.content_type = content_type.map(Into::into);
        self.empty(outcome(body))
    }

    /// Reads the whole body in this way, as the body of this outcome.
    pub(in super::super) async fn decode<T, V>(
        self,
        read: impl FnOnce(&Bytes) -> Result<T, JsonError>,
        outcome: impl FnOnce(T) -> V,
    ) -> Result<Response<V>, Error> {
        let RawResponse {
            operation,
            status,
            headers,
            body,
            truncated,
        } = self.read().await?;
        if truncated {
            let error = TransportError::new(TransportErrorKind::TooLarge).of(operation);
            return Err(Error::Transport(error));
        }
        match read(&body) {
            Ok(value) => Ok(Response {
                operation,
                status,
                headers,
                body: outcome(value),
            }),
            Err(error) => {
                let error = DecodeError {
                    operation,
                    status,
                    headers,
                    body,
                    error,
                };
                Err(Error::Decode(Box::new(error)))
            }
        }
    }

    /// Leaves the body unread: this outcome has none.
    pub fn empty<V>(self, outcome: V) -> Response<V> {
        let Self {
            operation,
            status,
            headers,
            ..
        } = self;
        Response {
            operation,
            status,
            headers,
            body: outcome,
        }
    }

    /// The error for a status that the document does not declare.
    pub async fn unexpected(self) -> Error {
        match self.read().await {
            Ok(response) => Error::Unexpected(Box::new(response)),
            Err(error) => error,
        }
    }

    async fn read(self) -> Result<RawResponse, Error> {
        let Self {
            operation,
            status,
            headers,
            body,
            limit,
        } = self;
        match body.read(limit).await {
            Ok((body, whole)) => Ok(RawResponse {
                operation,
                status,
                headers,
                body,
                truncated: !whole,
            }),
            Err(error) => Err(Error::Transport(
                TransportError::in_body(error).of(operation),
            )),
        }
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("operation", &self.operation.id)
            .field("status", &self.status)
            .field("headers", &Names(&self.headers))
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
