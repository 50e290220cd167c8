//! The transport that is used unless another is given.

use std::fmt;
use std::time::Duration;

use http_body_util::BodyExt;
use reqwest::redirect::Policy;

use super::builder::is_loopback;
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
}

impl ReqwestTransport {
    /// A transport that follows no redirects and sends no `Referer`.
    ///
    /// # Errors
    ///
    /// TLS cannot be set up.
    pub fn new(timeouts: Timeouts) -> Result<Self, TransportError> {
        let settings = || {
            reqwest::Client::builder()
                .redirect(Policy::none())
                .referer(false)
                .connect_timeout(timeouts.connect)
                .read_timeout(timeouts.read)
                .timeout(timeouts.total)
        };
        let build = |settings: reqwest::ClientBuilder| settings.build().map_err(transport_error);
        Ok(Self {
            client: build(settings())?,
            local: Some(build(settings().no_proxy())?),
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
            if parts.extensions.get::<Unhurried>().is_some() {
                *request.timeout_mut() = Some(Duration::MAX);
            } else if let Some(TimeLimit(limit)) = parts.extensions.get() {
                *request.timeout_mut() = Some(*limit);
            }
            *request.body_mut() = Some(match body.try_into_bytes() {
                Ok(bytes) => bytes.into(),
                Err(stream) => reqwest::Body::wrap(stream),
            });
            let is_local = parts.uri.host().is_some_and(is_loopback);
            let local = self.local.as_ref().filter(|_| is_local);
            let response = local
                .unwrap_or(&self.client)
                .execute(request)
                .await
                .map_err(transport_error)?;
            let response = http::Response::from(response);
            Ok(response.map(|body| Body::stream(body.map_err(transport_error))))
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

fn transport_error(error: reqwest::Error) -> TransportError {
    let kind = if error.is_connect() {
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
