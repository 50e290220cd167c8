//! The same service without the generated crate: what a person would write on axum who wants the
//! same answers. The store, the verifier and the memory of events are those of the example.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use http::{HeaderMap, StatusCode};
use serde::{Deserialize, Serialize};
use webhook_service::clock::Clock;
use webhook_service::receiver::{Claim, MemorySeen, Seen};
use webhook_service::secret::KeyDigest;
use webhook_service::signature::{SIGNATURE, TIMESTAMP, Verifier};
use webhook_service::store::{Store, StoreError};

/// A webhook with its secret, in the order of the document.
#[derive(Serialize)]
struct WebhookWithSecret<'a> {
    id: &'a str,
    project_id: uuid::Uuid,
    url: &'a str,
    description: Option<&'a str>,
    subscribed_events: &'a [anchor_webhooks::types::WebhookEventType],
    enabled: bool,
    created_at: Option<chrono::DateTime<chrono::FixedOffset>>,
    updated_at: Option<chrono::DateTime<chrono::FixedOffset>>,
    secret: &'a str,
}

#[derive(Serialize)]
struct Failure<'a> {
    error: &'a str,
    code: u16,
}

/// The service.
pub(crate) fn service(store: Arc<Store>) -> Router {
    Router::new()
        .route("/v1/webhooks/{id}/rotate-secret", post(rotate))
        .fallback(async || failure(StatusCode::NOT_FOUND, "There is nothing at this path."))
        .method_not_allowed_fallback(async || {
            let text = "This path does not support the method.";
            failure(StatusCode::METHOD_NOT_ALLOWED, text)
        })
        .with_state(store)
}

async fn rotate(
    State(store): State<Arc<Store>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let key = headers
        .get("anchor-api-key")
        .and_then(|key| key.to_str().ok());
    let Some(digest) = key.map(KeyDigest::of) else {
        return unauthorized();
    };
    let project = store
        .blocking(move |store| store.project_of_key(digest))
        .await;
    let Ok(Some(project)) = project else {
        return unauthorized();
    };
    match store
        .blocking(move |store| store.rotate(project, &id))
        .await
    {
        Ok((webhook, secret)) => {
            let body = WebhookWithSecret {
                id: &webhook.id,
                project_id: webhook.project_id,
                url: &webhook.url,
                description: webhook.description.as_deref(),
                subscribed_events: &webhook.subscribed_events,
                enabled: webhook.enabled,
                created_at: webhook.created_at,
                updated_at: webhook.updated_at,
                secret: secret.expose(),
            };
            json(StatusCode::OK, &body)
        }
        Err(StoreError::NoWebhook) => {
            let text = "There is no such webhook in this project.";
            failure(StatusCode::NOT_FOUND, text)
        }
        Err(StoreError::TooManySecrets { until }) => {
            let text = format!("The secret was not rotated: {until}.");
            failure(StatusCode::INTERNAL_SERVER_ERROR, &text)
        }
        Err(_) => failure(
            StatusCode::INTERNAL_SERVER_ERROR,
            "The secret was not rotated.",
        ),
    }
}

fn json(status: StatusCode, body: &impl Serialize) -> Response {
    match serde_json::to_vec(body) {
        Ok(body) => (status, [(CONTENT_TYPE, "application/json")], body).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn failure(status: StatusCode, error: &str) -> Response {
    let code = status.as_u16();
    json(status, &Failure { error, code })
}

fn unauthorized() -> Response {
    let text = "The credentials are missing or not valid.";
    let mut response = failure(StatusCode::UNAUTHORIZED, text);
    let scheme = http::HeaderValue::from_static("ApiKey");
    response.headers_mut().insert(WWW_AUTHENTICATE, scheme);
    response
}

/// What a receiver by hand has at hand.
pub(crate) struct Parts {
    pub(crate) verifier: Verifier,
    pub(crate) seen: MemorySeen,
    pub(crate) clock: Arc<dyn Clock>,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    _kind: String,
    #[serde(rename = "created")]
    _created: String,
    #[serde(rename = "project_id")]
    _project: uuid::Uuid,
    #[serde(rename = "text")]
    _text: String,
    #[serde(rename = "data")]
    _data: serde_json::Value,
}

/// The receiver.
pub(crate) fn receiver(parts: Parts) -> Router {
    Router::new()
        .route("/hooks", post(receive))
        .with_state(Arc::new(parts))
}

async fn receive(State(parts): State<Arc<Parts>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(signature), Some(timestamp)) = (text(SIGNATURE), text(TIMESTAMP)) else {
        return StatusCode::BAD_REQUEST;
    };
    let now = parts.clock.now();
    let verified = parts
        .verifier
        .verify(signature, timestamp, &body, now.unix_seconds());
    if verified.is_err() {
        return StatusCode::UNAUTHORIZED;
    }
    let Ok(event) = serde_json::from_slice::<Event>(&body) else {
        return StatusCode::BAD_REQUEST;
    };
    match parts.seen.claim(&event.id, now) {
        Claim::First => parts.seen.handled(&event.id),
        Claim::Handled => {}
        Claim::Busy => return StatusCode::SERVICE_UNAVAILABLE,
    }
    StatusCode::NO_CONTENT
}
