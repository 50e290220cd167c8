//! A service that answers as it is told to, and remembers what it was asked.

use std::sync::{Arc, Mutex, PoisonError};

use anchor_webhooks::operations::{Operation, RotateWebhookSecretResponse};
use anchor_webhooks::server::{self, AuthError, Authenticate, Credentials, WebhooksApi};
use anchor_webhooks::types::Secret;
use axum::Router;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::Value;

use crate::registry::{Arguments, decode};

/// The key that [`Stub::router`] lets in.
pub const KEY: &str = "key-of-the-conformance-tests";

/// The status that stands for an answer that the crate cannot give.
pub const UNDECLARED: u16 = 599;

/// A call that reached a handler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// The id of the operation.
    pub operation: &'static str,
    /// What the handler got.
    pub arguments: Arguments,
}

/// A service that answers every call with the same status and body.
#[derive(Debug, Clone, Default)]
pub struct Stub {
    status: u16,
    body: Value,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Stub {
    /// Answers with this status and this body, as far as the crate has such an answer.
    #[must_use]
    pub fn new(status: u16, body: Value) -> Self {
        Self {
            status,
            body,
            seen: Arc::default(),
        }
    }

    /// The calls so far.
    #[must_use]
    pub fn seen(&self) -> Vec<Seen> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.clone()
    }

    /// The server of this service, which lets in [`KEY`].
    pub fn router(&self) -> Router {
        server::router(self.clone(), Keys)
    }

    fn remember(&self, operation: &'static str, arguments: Arguments) {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.push(Seen {
            operation,
            arguments,
        });
    }
}

impl WebhooksApi for Stub {
    type Principal = ();
    type Error = Undeclared;

    async fn rotate_webhook_secret(
        &self,
        (): (),
        id: String,
    ) -> Result<RotateWebhookSecretResponse, Undeclared> {
        self.remember("rotateWebhookSecret", [("id".to_owned(), id)].into());
        let undeclared = |problem: String| Undeclared(problem);
        let body = &self.body;
        match self.status {
            200 => decode(body).map(RotateWebhookSecretResponse::Ok),
            404 => decode(body).map(RotateWebhookSecretResponse::NotFound),
            500 => decode(body).map(RotateWebhookSecretResponse::InternalServerError),
            status => Err(format!("there is no answer {status}")),
        }
        .map_err(undeclared)
    }
}

/// Why the crate cannot give an answer.
#[derive(Debug)]
pub struct Undeclared(String);

impl IntoResponse for Undeclared {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(UNDECLARED).unwrap_or_default();
        (status, self.0).into_response()
    }
}

/// Lets in [`KEY`], and no other key.
#[derive(Debug, Clone, Copy)]
pub struct Keys;

impl Authenticate for Keys {
    type Principal = ();

    async fn authenticate(
        &self,
        _: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<(), AuthError> {
        let Credentials::ApiKey { api_key } = credentials;
        if api_key.matches(&Secret::from(KEY)) {
            Ok(())
        } else {
            Err(AuthError::Unauthorized)
        }
    }
}
