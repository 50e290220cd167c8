//! A transport for tests of code that uses the client.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, Method, Uri};

use super::error::Names;
use super::{Body, BoxFuture, Transport, TransportError, TransportErrorKind};

/// A transport that keeps the requests, and answers with the responses it was given, in order.
///
/// A clone shares both, so keep one and give the other to the client.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    requests: Vec<Recorded>,
    replies: VecDeque<Result<http::Response<Body>, TransportError>>,
}

/// A request as a server would have got it.
#[derive(Clone)]
pub struct Recorded {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub uri: Uri,
    /// The headers, credentials included.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Recorder {
    /// Without any responses yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a response with a JSON body, given as text.
    ///
    /// # Panics
    ///
    /// The status is not between 100 and 999.
    pub fn json(self, status: u16, body: impl Into<String>) -> Self {
        let mut response = http::Response::new(Body::from(body.into()));
        *response.status_mut() = status.try_into().expect("a status between 100 and 999");
        let json = HeaderValue::from_static("application/json");
        response.headers_mut().insert(CONTENT_TYPE, json);
        self.response(response)
    }

    /// Adds any response.
    pub fn response(self, response: http::Response<Body>) -> Self {
        self.state().replies.push_back(Ok(response));
        self
    }

    /// Adds a failure of the transport.
    pub fn error(self, error: TransportError) -> Self {
        self.state().replies.push_back(Err(error));
        self
    }

    /// The requests so far.
    pub fn requests(&self) -> Vec<Recorded> {
        self.state().requests.clone()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Recorder {
    fn send(
        &self,
        request: http::Request<Body>,
    ) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        Box::pin(async move {
            let (parts, body) = request.into_parts();
            let (body, _) = body
                .read(usize::MAX)
                .await
                .map_err(TransportError::in_body)?;
            let http::request::Parts {
                method,
                uri,
                headers,
                ..
            } = parts;
            let mut state = self.state();
            state.requests.push(Recorded {
                method,
                uri,
                headers,
                body,
            });
            state.replies.pop_front().unwrap_or_else(|| {
                let error = TransportError::new(TransportErrorKind::Other);
                Err(error.with_source("the recorder has no more responses"))
            })
        })
    }
}

/// Shows neither the URL, nor header values, nor the body, which may be secret.
impl fmt::Debug for Recorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorded")
            .field("method", &self.method)
            .field("headers", &Names(&self.headers))
            .field("body", &self.body.len())
            .finish()
    }
}
