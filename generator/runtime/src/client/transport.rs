//! How requests reach a server.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use super::super::body::{Body, BoxError};
use super::super::operation::Operation;

/// A future that can be sent to another thread.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A future of a browser, which has one thread.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Carries a request to a server and brings the response back.
///
/// A transport follows no redirect, because a request may carry credentials. It may send a request
/// again only where the server cannot have seen it, or where it makes no difference. The extensions of the request hold the
/// `&'static Operation` that it is for, [`Unhurried`] if the response is a stream, and else a [`TimeLimit`]
/// if the user set one.
pub trait Transport: Send + Sync + 'static {
    /// Sends the request, and returns once the head of the response is there.
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>>;
}

/// Stands in the extensions of a request whose response is a stream, which may go on for as long as
/// something arrives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unhurried;

/// Stands in the extensions of a request that may only take so long, response body included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeLimit(pub Duration);

impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        (**self).send(request)
    }
}

/// The same request once more; nothing if its body is a stream.
pub fn replay(request: &http::Request<Body>) -> Option<http::Request<Body>> {
    let mut copy = http::Request::new(request.body().try_clone()?);
    *copy.method_mut() = request.method().clone();
    *copy.uri_mut() = request.uri().clone();
    *copy.headers_mut() = request.headers().clone();
    *copy.extensions_mut() = request.extensions().clone();
    Some(copy)
}

/// A request got no whole response.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    operation: Option<&'static Operation>,
    source: Option<BoxError>,
}

/// Why a request got no whole response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// There was no connection, so the server has not seen the request.
    Connect,
    /// It took too long.
    Timeout,
    /// The response body broke off.
    Body,
    /// The response body is larger than the client accepts.
    TooLarge,
    /// Anything else.
    Other,
}

impl TransportError {
    /// An error of this kind without a cause.
    pub fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            operation: None,
            source: None,
        }
    }

    /// Adds the cause. Its text must not contain secrets or the URL.
    pub fn with_source(mut self, source: impl Into<BoxError>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Why there was no whole response.
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    pub(super) fn of(mut self, operation: &'static Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// What broke while a body was read; a transport may have said so already.
    pub(super) fn in_body(error: BoxError) -> Self {
        match error.downcast::<Self>() {
            Ok(error) => *error,
            Err(error) => Self::new(TransportErrorKind::Body).with_source(error),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(operation) = self.operation {
            write!(f, "{operation}: ")?;
        }
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "cannot connect to the server",
            TransportErrorKind::Timeout => "the server took too long",
            TransportErrorKind::Body => "the response body broke off",
            TransportErrorKind::TooLarge => "the response body is too large",
            TransportErrorKind::Other => "the request could not be sent",
        })
    }
}

impl std::error::Error for TransportError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}
