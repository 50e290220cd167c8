//! What the default transport does in a browser, which keeps connections, proxies and redirects to itself:
//! it follows redirects, and bodies are whole, in both directions.

use std::time::Duration;

use super::reqwest::transport_error;
use super::{Body, Timeouts, TransportError};

/// The time limit of a request that has none.
pub(super) const NEVER: Option<Duration> = None;

/// Of the timeouts, a browser knows the total, which goes along with each request.
pub(super) fn settings(_: Timeouts) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
}

/// The same, since proxies are up to the browser.
pub(super) fn local_settings(timeouts: Timeouts) -> reqwest::ClientBuilder {
    settings(timeouts)
}

/// A body to send, as a whole.
pub(super) async fn body(body: Body) -> Result<reqwest::Body, TransportError> {
    let (bytes, _) = body
        .read(usize::MAX)
        .await
        .map_err(TransportError::in_body)?;
    Ok(bytes.into())
}

/// A response with its whole body.
pub(super) async fn response(
    response: reqwest::Response,
) -> Result<http::Response<Body>, TransportError> {
    let mut whole = http::Response::new(Body::empty());
    *whole.status_mut() = response.status();
    *whole.headers_mut() = response.headers().clone();
    *whole.body_mut() = response.bytes().await.map_err(transport_error)?.into();
    Ok(whole)
}

/// Whether there was no connection. A browser does not tell.
pub(super) fn is_connect(_: &reqwest::Error) -> bool {
    false
}
