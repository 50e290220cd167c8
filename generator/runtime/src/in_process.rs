//! A transport that calls a server without a socket.

use std::fmt;

use axum::Router;
use http::Uri;
use http::header::{HOST, HeaderValue};
use tower::ServiceExt;

use super::client::{Body, BoxFuture, Transport, TransportError};

/// A transport that calls an [`axum::Router`] in the same process, for tests without a socket.
#[derive(Clone)]
pub struct InProcess {
    router: Router,
}

impl InProcess {
    /// Sends every request to this router, whatever its host is.
    pub fn new(router: Router) -> Self {
        Self { router }
    }
}

impl Transport for InProcess {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        let router = self.router.clone();
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            // A server sees the path alone, and the host as a header.
            let host = parts
                .uri
                .authority()
                .map_or("", |authority| authority.as_str());
            if let Ok(host) = HeaderValue::from_str(host) {
                parts.headers.insert(HOST, host);
            }
            if let Some(path) = parts.uri.path_and_query().cloned() {
                parts.uri = Uri::from(path);
            }
            let request = http::Request::from_parts(parts, axum::body::Body::new(body));
            match router.oneshot(request).await {
                Ok(response) => Ok(response.map(Body::stream)),
                Err(never) => match never {},
            }
        })
    }
}

impl fmt::Debug for InProcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InProcess").finish_non_exhaustive()
    }
}
