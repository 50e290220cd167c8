//! The transport that is used unless another is given.

use std::fmt;
use std::time::Duration;

#[cfg(target_arch = "wasm32")]
use super::browser as platform;
use super::builder::is_loopback;
#[cfg(not(target_arch = "wasm32"))]
use super::native as platform;
use super::transport::{TimeLimit, Unhurried};
use super::{Body, BoxError, BoxFuture, Transport, TransportError, TransportErrorKind};

/// How long a request may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// Until there is a connection.
    pub connect: Duration,
    /// Between two pieces of the response.
    pub read: Duration,
    /// From the start until the response body has been read. It does not end what is read bit by bit.
    pub total: Duration,
}

impl Default for Timeouts {
    /// 10 seconds to connect, 30 seconds of silence, 60 seconds in all.
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            read: Duration::from_secs(30),
            total: Duration::from_secs(60),
        }
    }
}

/// Sends requests with [`reqwest`] over HTTP/1.1 or HTTP/2, with rustls.
///
/// Requests to this host go through no proxy: it would send out in the clear what was meant to stay here.
#[derive(Clone)]
pub struct ReqwestTransport {
    client: reqwest::Client,
    local: Option<reqwest::Client>,
    total: Option<Duration>,
}

impl ReqwestTransport {
    /// A transport that follows no redirects and sends no `Referer`.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn new(timeouts: Timeouts) -> Result<Self, TransportError> {
        let build = |settings: reqwest::ClientBuilder| settings.build().map_err(transport_error);
        Ok(Self {
            client: build(platform::settings(timeouts))?,
            local: Some(build(platform::local_settings(timeouts))?),
            total: Some(timeouts.total),
        })
    }

    /// A transport over a client of your own making, for proxies, certificates and the like.
    ///
    /// Give it `redirect::Policy::none()`: reqwest would send an API key to wherever a redirect
    /// points.
    pub fn with_client(client: reqwest::Client) -> Self {
        Self {
            client,
            local: None,
            total: None,
        }
    }
}

impl Transport for ReqwestTransport {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let mut request = reqwest::Request::new(parts.method, exact_url(&parts.uri)?);
            *request.headers_mut() = parts.headers;
            let limit = parts.extensions.get().map(|TimeLimit(limit)| *limit);
            *request.timeout_mut() = if parts.extensions.get::<Unhurried>().is_some() {
                platform::NEVER
            } else {
                limit.or(self.total)
            };
            *request.body_mut() = Some(platform::body(body).await?);
            let is_local = parts.uri.host().is_some_and(is_loopback);
            let local = self.local.as_ref().filter(|_| is_local);
            let response = local
                .unwrap_or(&self.client)
                .execute(request)
                .await
                .map_err(transport_error)?;
            platform::response(response).await
        })
    }
}

impl fmt::Debug for ReqwestTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ReqwestTransport").finish_non_exhaustive()
    }
}

/// The URL as it was built. The `url` crate would resolve `..` and rewrite some characters.
fn exact_url(uri: &http::Uri) -> Result<reqwest::Url, TransportError> {
    let other =
        |source: BoxError| TransportError::new(TransportErrorKind::Other).with_source(source);
    let url = reqwest::Url::parse(&uri.to_string()).map_err(|error| other(error.into()))?;
    if url.path() != uri.path() || url.query() != uri.query() {
        return Err(other("the URL would be sent in another spelling".into()));
    }
    Ok(url)
}

pub(super) fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = if platform::is_connect(&error) {
        TransportErrorKind::Connect
    } else if error.is_timeout() {
        TransportErrorKind::Timeout
    } else if error.is_body() || error.is_decode() {
        TransportErrorKind::Body
    } else {
        TransportErrorKind::Other
    };
    TransportError::new(kind).with_source(error.without_url())
}
