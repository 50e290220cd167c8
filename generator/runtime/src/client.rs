//! The client's fixed half: requests, responses, credentials and transports.

mod builder;
mod call;
mod credential;
mod error;
mod recorder;
mod reply;
mod reqwest;
mod response;
mod token;
mod transport;

use std::fmt;
use std::sync::Arc;

use super::operation::Operation;

pub use super::body::{Body, BodyError, BoxError};
pub use super::headers::{DeclaredHeaders, HeaderError, Headers};
pub use super::operation::NoError;

pub use self::builder::{BuildError, ClientBuilder};
pub use self::call::Call;
pub use self::credential::Credential;
pub use self::error::{
    ApiError, DecodeError, Error, InvalidRequest, MissingCredentials, RawResponse,
};
pub use self::recorder::{Recorded, Recorder};
pub use self::reply::Reply;
pub use self::reqwest::{ReqwestTransport, Timeouts};
pub use self::response::Response;
pub use self::token::{Token, TokenError, TokenProvider, TokenRequest};
pub use self::transport::{BoxFuture, Transport, TransportError, TransportErrorKind, Unhurried};

/// Calls the operations of the document.
///
/// A clone is cheap and shares the connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

struct Inner {
    /// Without a slash at its end. Empty if the client only sends to URLs that it is given.
    base_url: String,
    /// Whether the user chose the base URL, which then holds for operations that are served elsewhere.
    is_chosen: bool,
    transport: Arc<dyn Transport>,
    credentials: Vec<(&'static str, Credential)>,
    max_response_bytes: usize,
    allow_plain_http: bool,
    user_agent: http::HeaderValue,
}

impl Client {
    /// Starts a request. The methods of the operations do this.
    pub fn call(&self, operation: &'static Operation) -> Call<'_> {
        Call::new(self, operation)
    }

    /// Starts a request to a URL of the caller's. The methods of the webhooks do this.
    pub fn call_to(&self, operation: &'static Operation, url: &str) -> Call<'_> {
        Call::to(self, operation, url)
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> &str {
        &self.inner.base_url
    }

    async fn exchange(
        &self,
        operation: &'static Operation,
        request: http::Request<Body>,
    ) -> Result<http::Response<Body>, Error> {
        let response = self.inner.transport.send(request).await;
        response.map_err(|error| Error::Transport(error.of(operation)))
    }

    fn credential(&self, scheme: &str) -> Option<&Credential> {
        let found = self
            .inner
            .credentials
            .iter()
            .find(|(name, _)| *name == scheme);
        found.map(|(_, credential)| credential)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.inner.base_url)
            .field("credentials", &self.inner.credentials)
            .finish_non_exhaustive()
    }
}
