//! A service whose handler does what the id tells it to, over a socket and in process.
#![allow(dead_code, reason = "each test file uses a part")]

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use anchor_webhooks::client::{Client, InProcess};
use anchor_webhooks::operations::{Operation, RotateWebhookSecretResponse};
use anchor_webhooks::server::{self, AuthError, Authenticate, Credentials, Settings, WebhooksApi};
use anchor_webhooks::types::{FlatErrorResponse, Secret, WebhookEventType, WebhookWithSecret};
use axum::Router;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use conformance::raw::serve_router;

pub(crate) const KEY: &str = "K-SECRET-0123456789";
pub(crate) const HOOK_SECRET: &str = "HOOK-SECRET-9876543210";
pub(crate) const PANIC: &str = "the words of a panic";

/// Bytes that are neither JSON nor text.
pub(crate) const ODD: &[u8] = b"\xff\x00{not json";

/// A service, and the ids that reached its handler.
#[derive(Clone, Default)]
pub(crate) struct Service {
    seen: Arc<Mutex<Vec<String>>>,
}

/// Who called, as the authentication found out.
pub(crate) struct Caller;

impl Service {
    pub(crate) fn seen(&self) -> Vec<String> {
        self.seen.lock().expect("no handler panics here").clone()
    }

    pub(crate) fn router(&self) -> Router {
        // What a client can send at all is to arrive, however long it is.
        let settings = Settings::new().max_uri_bytes(64 << 10);
        server::router_with(self.clone(), Keys, settings)
    }

    /// A client for the service in this process.
    pub(crate) fn in_process(&self) -> Client {
        let builder = Client::builder().transport(InProcess::new(self.router()));
        builder
            .api_key(KEY)
            .build()
            .expect("the settings are right")
    }

    /// The service on a port of its own.
    pub(crate) async fn listen(&self) -> SocketAddr {
        serve_router(self.router()).await
    }

    /// A client for the service on a port of its own.
    pub(crate) async fn over_a_socket(&self) -> Client {
        let url = format!("http://{}", self.listen().await);
        let builder = Client::builder().base_url(url);
        builder
            .api_key(KEY)
            .build()
            .expect("the settings are right")
    }
}

impl WebhooksApi for Service {
    type Principal = Caller;
    type Error = Teapot;

    async fn rotate_webhook_secret(
        &self,
        _: Caller,
        id: String,
    ) -> Result<RotateWebhookSecretResponse, Teapot> {
        self.seen
            .lock()
            .expect("no handler panics here")
            .push(id.clone());
        tokio::task::yield_now().await;
        match id.as_str() {
            "gone" => Ok(RotateWebhookSecretResponse::NotFound(gone())),
            "broken" => {
                let error = FlatErrorResponse::new("no luck");
                Ok(RotateWebhookSecretResponse::InternalServerError(error))
            }
            "panic" => panic!("{PANIC}"),
            "teapot" => Err(Teapot),
            _ => Ok(RotateWebhookSecretResponse::Ok(hook(&id))),
        }
    }
}

/// An outcome that the document does not declare.
pub(crate) struct Teapot;

impl IntoResponse for Teapot {
    fn into_response(self) -> Response {
        (StatusCode::IM_A_TEAPOT, [("x-tea", "earl grey")], ODD).into_response()
    }
}

#[derive(Clone, Copy)]
struct Keys;

impl Authenticate for Keys {
    type Principal = Caller;

    async fn authenticate(
        &self,
        _: &'static Operation,
        credentials: Credentials<'_>,
    ) -> Result<Caller, AuthError> {
        let Credentials::ApiKey { api_key } = credentials;
        if api_key.matches(&Secret::from(KEY)) {
            Ok(Caller)
        } else if api_key.expose() == "known" {
            Err(AuthError::Forbidden)
        } else {
            Err(AuthError::Unauthorized)
        }
    }
}

pub(crate) fn gone() -> FlatErrorResponse {
    FlatErrorResponse {
        error: "gone".to_owned(),
        code: Some(404),
    }
}

pub(crate) fn hook(id: &str) -> WebhookWithSecret {
    let project_id = "5d2c31f6-ab7e-481a-b6fd-8b4a96a4e197";
    WebhookWithSecret {
        id: id.to_owned(),
        project_id: project_id.parse().expect("a UUID"),
        url: "https://example.com/hook".to_owned(),
        description: None,
        subscribed_events: vec![WebhookEventType::TaskHealed, "task.unheard-of".into()],
        enabled: true,
        created_at: None,
        updated_at: Some("2024-05-01T10:20:30.125+02:00".parse().expect("a time")),
        secret: HOOK_SECRET.into(),
    }
}
