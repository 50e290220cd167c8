//! A layer that makes a span of each request.

use std::fmt;

use tracing::field::Empty;
use tracing::{Instrument, info_span};

use super::client::{Body, BoxFuture, Transport, TransportError};
use super::operation::Operation;

/// A layer that makes a span of each request, up to the head of its response:
/// `builder.layer(Traced::new)`.
///
/// It holds what the document says about the operation, the status, and what kind of error there was. It
/// never holds a value of the request: no URL, no header, no body.
#[derive(Clone)]
pub struct Traced<T> {
    transport: T,
}

impl<T: Transport> Traced<T> {
    /// Makes a span of each request that goes through this transport.
    pub fn new(transport: T) -> Self {
        Self { transport }
    }
}

impl<T: Transport> Transport for Traced<T> {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let operation = request.extensions().get::<&'static Operation>();
        let span = info_span!(
            "request",
            otel.kind = "client",
            operation = operation.map(|it| it.id),
            http.request.method = operation.map(|it| it.method),
            url.template = operation.map(|it| it.path),
            http.response.status_code = Empty,
            error.type = Empty,
        );
        let inside = span.clone();
        let sent = async move {
            let outcome = self.transport.send(request).await;
            match &outcome {
                Ok(response) => {
                    inside.record("http.response.status_code", response.status().as_u16());
                }
                Err(error) => {
                    inside.record("error.type", tracing::field::debug(error.kind()));
                }
            }
            outcome
        };
        Box::pin(sent.instrument(span))
    }
}

impl<T> fmt::Debug for Traced<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Traced").finish_non_exhaustive()
    }
}
