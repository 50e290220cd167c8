//! Webhooks: each is received at a path of the user's, and looked at as a whole before it is decoded.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use http::HeaderMap;

use super::super::operation::Operation;
use super::{AuthError, Incoming, Problem, Routes, Settings};

/// Tells whether a request comes from whom it should, by its signature for example.
pub trait Verify: Send + Sync + 'static {
    /// Looks at a request as it came, before anything of it is decoded. What is refused is answered
    /// with 401 or 403, and no handler sees it.
    ///
    /// Compare what is secret in constant time. `webhook.security` lists what the document asks for.
    fn verify(
        &self,
        webhook: &'static Operation,
        headers: &HeaderMap,
        body: &[u8],
    ) -> impl Future<Output = Result<(), AuthError>> + Send;
}

/// Takes every request for what it says, whoever sent it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Unverified;

impl Verify for Unverified {
    async fn verify(
        &self,
        _: &'static Operation,
        _: &HeaderMap,
        _: &[u8],
    ) -> Result<(), AuthError> {
        Ok(())
    }
}

/// Receives webhooks, each at the path that it is mounted at. There is a method for each of them.
///
/// Bodies are checked as those of any request, but a value that an enum does not declare reaches the
/// handler: the sender may have come to know it since.
#[must_use = "webhooks are received once there is a router"]
pub struct Receiver<A, V> {
    routes: Routes<A>,
    verify: Arc<V>,
    respond: fn(Problem) -> Response,
}

impl<A: Send + Sync + 'static, V: Verify> Receiver<A, V> {
    /// Nothing to receive yet. `respond` answers what gets no further than the runtime.
    pub fn new(api: A, verify: V, respond: fn(Problem) -> Response) -> Self {
        Self {
            routes: Routes::new(api),
            verify: Arc::new(verify),
            respond,
        }
    }

    /// Says what is put up with, and how problems are answered.
    pub fn settings(mut self, settings: Settings) -> Self {
        self.routes = self.routes.settings(settings);
        self
    }

    /// Adds a webhook at a path. Of two at the same path, the first is received.
    pub fn on<F, H>(mut self, webhook: &'static Operation, path: &'static str, handler: H) -> Self
    where
        H: Fn(Arc<A>, Request) -> F + Send + Sync + 'static,
        F: Future<Output = Result<Response, Problem>> + Send + 'static,
    {
        let (verify, handler) = (self.verify.clone(), Arc::new(handler));
        self.routes = self.routes.at(webhook, path, move |api, request| {
            let (verify, handler) = (verify.clone(), handler.clone());
            async move {
                let request = verified(&*verify, webhook, request).await?;
                handler(api, request).await
            }
        });
        self
    }

    /// The router, to be served or nested into another. It behaves as that of [`Routes`] does.
    pub fn into_router(self) -> Router {
        self.routes.into_router(self.respond)
    }
}

/// Stands in the extensions of a request whose sender may be newer than this document.
#[derive(Debug, Clone, Copy)]
pub(super) struct FromNewer;

/// Lets a request through once its head and its whole body are verified.
async fn verified(
    verify: &impl Verify,
    webhook: &'static Operation,
    request: Request,
) -> Result<Request, Problem> {
    let (incoming, body) = Incoming::with_body(webhook, request);
    let body = incoming.read(body).await?;
    verify.verify(webhook, incoming.headers(), &body).await?;
    let mut request = Request::from_parts(incoming.parts, Body::from(body));
    request.extensions_mut().insert(FromNewer);
    Ok(request)
}
