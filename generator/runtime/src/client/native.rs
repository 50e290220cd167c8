//! What the default transport does outside of a browser.

use std::time::Duration;

use http_body_util::BodyExt;
use reqwest::redirect::Policy;

use super::reqwest::transport_error;
use super::{Body, Timeouts, TransportError};

/// The time limit of a request that has none.
pub(super) const NEVER: Option<Duration> = Some(Duration::MAX);

/// No redirects, no `Referer`, and these timeouts but for the total.
pub(super) fn settings(timeouts: Timeouts) -> reqwest::ClientBuilder {
    reqwest::Client::builder()
        .redirect(Policy::none())
        .referer(false)
        .connect_timeout(timeouts.connect)
        .read_timeout(timeouts.read)
}

/// The same without proxies.
pub(super) fn local_settings(timeouts: Timeouts) -> reqwest::ClientBuilder {
    settings(timeouts).no_proxy()
}

/// A body to send, which may be a stream.
pub(super) async fn body(body: Body) -> Result<reqwest::Body, TransportError> {
    Ok(match body.try_into_bytes() {
        Ok(bytes) => bytes.into(),
        Err(stream) => reqwest::Body::wrap(stream),
    })
}

/// A response whose body has not arrived yet.
pub(super) async fn response(
    response: reqwest::Response,
) -> Result<http::Response<Body>, TransportError> {
    let response = http::Response::from(response);
    Ok(response.map(|body| Body::stream(body.map_err(transport_error))))
}

/// Whether there was no connection.
pub(super) fn is_connect(error: &reqwest::Error) -> bool {
    error.is_connect()
}
