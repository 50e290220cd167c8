//! The operations of the document, on the store: the generated traits, implemented.

use std::convert::Infallible;
use std::sync::Arc;

use anchor_webhooks::operations::{Operation, RotateWebhookSecretResponse};
use anchor_webhooks::server::{AuthError, Authenticate, Credentials, WebhooksApi};
use anchor_webhooks::types::{FlatErrorResponse, WebhookWithSecret};
use uuid::Uuid;

use crate::secret::KeyDigest;
use crate::store::{Store, StoreError};

/// Answers for the webhooks of a store.
#[derive(Clone)]
pub struct Service {
    store: Arc<Store>,
}

impl Service {
    /// A service on this store.
    pub const fn new(store: Arc<Store>) -> Self {
        Self { store }
    }
}

impl WebhooksApi for Service {
    type Principal = Uuid;
    type Error = Infallible;

    async fn rotate_webhook_secret(
        &self,
        project: Uuid,
        id: String,
    ) -> Result<RotateWebhookSecretResponse, Infallible> {
        let rotated = self.store.blocking(move |store| store.rotate(project, &id));
        Ok(match rotated.await {
            Ok((webhook, secret)) => {
                let secret = secret.expose().into();
                RotateWebhookSecretResponse::Ok(WebhookWithSecret::from_parts(webhook, secret))
            }
            Err(StoreError::NoWebhook) => {
                let error = failure(404, "There is no such webhook in this project.".to_owned());
                RotateWebhookSecretResponse::NotFound(error)
            }
            // The document has no status for a limit, so this is told by its text.
            Err(error @ StoreError::TooManySecrets { .. }) => {
                let error = failure(500, format!("The secret was not rotated: {error}."));
                RotateWebhookSecretResponse::InternalServerError(error)
            }
            Err(error) => {
                tracing::error!(%error, "a secret was not rotated");
                let error = failure(500, "The secret was not rotated.".to_owned());
                RotateWebhookSecretResponse::InternalServerError(error)
            }
        })
    }
}

fn failure(status: i64, text: String) -> FlatErrorResponse {
    FlatErrorResponse {
        code: Some(status),
        ..FlatErrorResponse::new(text)
    }
}

/// Lets projects in by their API keys.
#[derive(Clone)]
pub struct Keys {
    store: Arc<Store>,
}

impl Keys {
    /// The keys in this store.
    pub const fn new(store: Arc<Store>) -> Self {
        Self { store }
    }
}

impl Authenticate for Keys {
    type Principal = Uuid;

    async fn authenticate(
        &self,
        _: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<Uuid, AuthError> {
        let Credentials::ApiKey { api_key } = credentials;
        let digest = KeyDigest::of(api_key.expose());
        let project = self
            .store
            .blocking(move |store| store.project_of_key(digest));
        match project.await {
            Ok(project) => project.ok_or(AuthError::Unauthorized),
            Err(error) => {
                // Nobody is let in while it is not known who may be, and nobody is told to get another key.
                tracing::error!(%error, "a key was not looked up");
                Err(AuthError::Unavailable)
            }
        }
    }
}
