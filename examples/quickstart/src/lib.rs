//! A service for the document's one operation, in memory: what you write, and all that you write.

use std::collections::HashMap;
use std::convert::Infallible;
use std::sync::{Mutex, PoisonError};

use anchor_webhooks::operations::{Operation, RotateWebhookSecretResponse};
use anchor_webhooks::server::{AuthError, Authenticate, Credentials, WebhooksApi};
use anchor_webhooks::types::{FlatErrorResponse, Secret, WebhookPublic, WebhookWithSecret};
use uuid::Uuid;

/// The webhooks of all projects, by id, each with its current secret.
#[derive(Default)]
pub struct Service {
    webhooks: Mutex<HashMap<String, (WebhookPublic, Secret)>>,
}

impl Service {
    /// Adds a webhook that has no usable secret until the first rotation.
    #[must_use]
    pub fn with(self, webhook: WebhookPublic) -> Self {
        let entry = (webhook.id.clone(), (webhook, Secret::from("")));
        self.webhooks
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend([entry]);
        self
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
        let Ok(fresh) = new_secret() else {
            let error = failure(500, "There is no secret to be had.");
            return Ok(RotateWebhookSecretResponse::InternalServerError(error));
        };
        let mut webhooks = self.webhooks.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(match webhooks.get_mut(&id) {
            Some((webhook, secret)) if webhook.project_id == project => {
                *secret = fresh.clone();
                let whole = WebhookWithSecret::from_parts(webhook.clone(), fresh);
                RotateWebhookSecretResponse::Ok(whole)
            }
            // A webhook of another project is not there either.
            _ => RotateWebhookSecretResponse::NotFound(failure(404, "There is no such webhook.")),
        })
    }
}

fn failure(status: i64, text: &str) -> FlatErrorResponse {
    FlatErrorResponse {
        code: Some(status),
        ..FlatErrorResponse::new(text)
    }
}

/// 256 bits from the operating system, in hexadecimal.
fn new_secret() -> Result<Secret, getrandom::Error> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes)?;
    let text: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(text.into())
}

/// The API keys, each with the project that it belongs to.
pub struct Keys(pub Vec<(Secret, Uuid)>);

impl Authenticate for Keys {
    type Principal = Uuid;

    async fn authenticate(
        &self,
        _: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<Uuid, AuthError> {
        let Credentials::ApiKey { api_key } = credentials;
        let known = self.0.iter().find(|(key, _)| api_key.matches(key));
        known
            .map(|(_, project)| *project)
            .ok_or(AuthError::Unauthorized)
    }
}
