//! The client's fixed half: requests, responses, credentials and transports.

#[cfg(target_arch = "wasm32")]
mod browser;
mod builder;
mod call;
mod credential;
mod error;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod parameters;
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

use self::builder::Settings;

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
pub use self::transport::{
    BoxFuture, TimeLimit, Transport, TransportError, TransportErrorKind, Unhurried, replay,
};

/// Calls the operations of the document.
///
/// A clone is cheap and shares the connections.
#[derive(Clone)]
pub struct Client {
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    settings: Settings,
    transport: Arc<dyn Transport>,
    /// Why nothing can be sent with these settings.
    problem: Option<String>,
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

    /// The same client with other settings, for one call or for several. They share the connections.
    ///
    /// ```text
    /// let slow = |it: ClientBuilder| it.timeout(Duration::from_secs(300)).header("x-trace", "7");
    /// client.with(slow).make_report().send().await?;
    /// ```
    ///
    /// A setting that cannot be used is an [`Error::InvalidRequest`] of the call.
    pub fn with(&self, change: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        if self.inner.problem.is_some() {
            return self.clone();
        }
        let builder = ClientBuilder::of(&self.inner);
        change(builder).build().unwrap_or_else(|error| Self {
            inner: Arc::new(Inner {
                problem: Some(error.to_string()),
                ..(*self.inner).clone()
            }),
        })
    }

    /// The base URL, without a slash at its end.
    pub fn base_url(&self) -> &str {
        self.inner.settings.base_url.as_deref().unwrap_or_default()
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
            .settings
            .credentials
            .iter()
            .find(|(name, _)| *name == scheme);
        found.map(|(_, credential)| credential)
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("credentials", &self.inner.settings.credentials)
            .finish_non_exhaustive()
    }
}
